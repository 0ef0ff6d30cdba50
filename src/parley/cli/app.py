"""The commands together, and what becomes of errors."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated

import typer

from parley.cli import (
    add,
    agreements,
    backup,
    brief,
    calendar,
    changes,
    check,
    claims,
    compare,
    confirm,
    dates,
    delete,
    demo,
    diff,
    disagreements,
    edit,
    export,
    fighting,
    history,
    ingest,
    learn,
    merge,
    note,
    parties,
    persons,
    reports,
    score,
    search,
    serve,
    show,
    sources,
    split,
    talks,
    text,
    timeline,
    undo,
    why,
)
from parley.cli.options import ProjectOption, take_project
from parley.cli.terminal import prepare_streams, say
from parley.errors import ParleyError, WrongFilter
from parley.version import __version__

_STOPPED = 130
_WRONG_USAGE = 2

app = typer.Typer(
    name="parley",
    no_args_is_help=True,
    # Plain help reads the same in a terminal, in a pipe and in docs/cli.md.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    epilog="Start with: parley demo",
)
_COMMANDS = (
    ingest,
    timeline,
    show,
    why,
    history,
    talks,
    calendar,
    agreements,
    fighting,
    claims,
    disagreements,
    parties,
    persons,
    sources,
    brief,
    search,
    reports,
    text,
    serve,
    export,
    dates,
    demo,
    edit,
    confirm,
    merge,
    split,
    add,
    delete,
    note,
    undo,
    learn,
    changes,
    check,
    backup,
    compare,
    score,
    diff,
)
for module in _COMMANDS:
    # \b keeps a paragraph's lines as they are.
    examples = "\n".join(f"  {example}" for example in module.EXAMPLES)
    name = module.__name__.rpartition(".")[2]
    app.command(name, epilog=f"\b\nExamples:\n{examples}")(getattr(module, name))


def _show_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"parley {__version__}\n")
        raise typer.Exit


@app.callback()
def describe(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say which.")
    ] = False,
    project: ProjectOption = None,
) -> None:
    """From press reports about a conflict to a record of what happened.

    Talks, agreements, clashes, accusations: each event once, however many reports tell
    it, and every field traced to the words that say it.
    """
    take_project(project)


def main(args: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status: 0 done, 1 something failed, 2 wrong usage.

    Whatever Parley raises on purpose becomes one line on standard error.  A reader that
    closes the pipe early (`parley timeline | head`) is no failure; Ctrl-C is 130.
    """
    prepare_streams()
    try:
        status = app(args=args, prog_name="parley", standalone_mode=False)
        sys.stdout.flush()
        # Typer makes 130 of Ctrl-C, and says nothing.
        return _tell_stopped() if status == _STOPPED else int(status or 0)
    except SystemExit as error:
        # Typer makes this of a broken pipe.
        if not isinstance(error.__context__, BrokenPipeError):
            raise
        _leave_pipe()
        return 0
    except typer.TyperException as error:
        return _tell_usage(error)
    except WrongFilter as error:
        say(f"parley: {error}")
        return _WRONG_USAGE
    except ParleyError as error:
        say(f"parley: {error}")
    except (KeyboardInterrupt, typer.Abort):
        return _tell_stopped()
    except BrokenPipeError:
        _leave_pipe()
        return 0
    except OSError as error:
        what = f"{error.filename}: " if error.filename else "standard output: "
        say(f"parley: {what}{error.strerror or error}")
        _leave_pipe()
    except Exception as error:
        _tell_unexpected(error)
    return 1


def _tell_usage(error: typer.TyperException) -> int:
    """Say in a line what was wrong with the usage, and where the right one stands."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(context.get_help() + "\n" if context else "")
        return error.exit_code
    path = context.command_path if context else "parley"
    message = error.format_message().strip().rstrip(".").replace("Value error, ", "")
    say(f"{path}: {message[:1].lower()}{message[1:]}; see {path} -h")
    return error.exit_code


def _tell_stopped() -> int:
    say("parley: stopped; what was done so far is kept, and the same command goes on from there")
    return _STOPPED


def _tell_unexpected(error: Exception) -> None:
    """Say that Parley itself has failed, and where; PARLEY_DEBUG=1 shows all of it."""
    if os.environ.get("PARLEY_DEBUG"):
        traceback.print_exc()
    frame = traceback.extract_tb(error.__traceback__)[-1]
    say(
        f"parley: unexpected {type(error).__name__}: {error} "
        f"({os.path.basename(frame.filename)}:{frame.lineno}); "  # noqa: PTH119
        f"please report it with what PARLEY_DEBUG=1 shows; the record is as whole as before"
    )


def _leave_pipe() -> None:
    """Lead standard output nowhere, so that the flush at exit fails no more."""
    try:
        standard = sys.__stdout__
        if standard is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), standard.fileno())
    except (OSError, ValueError):
        return
