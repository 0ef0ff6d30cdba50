"""The options that several commands share."""

from __future__ import annotations

import sys
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Annotated, get_args

import typer

from parley.model import EventType, Status

DEFAULT_RECORD = "parley.db"
# As parley.grounding.project has it, which takes long to load.
FILE_NAME = "parley.toml"

RecordOption = Annotated[
    str,
    typer.Option(
        "--record",
        metavar="FILE-OR-URL",
        envvar="PARLEY_RECORD",
        help="The record: a file, or the URL of a database.",
    ),
]
ProjectOption = Annotated[
    str | None,
    typer.Option(
        "--project",
        metavar="FILE",
        envvar="PARLEY_PROJECT",
        help="A file of names and verbs of your own; else parley.toml, if there is one here.",
    ),
]
# After the command too; the variable is read before it.
OwnProjectOption = Annotated[
    str | None,
    typer.Option("--project", metavar="FILE", help="As in parley --project FILE ingest."),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print JSON, for scripts, and nothing else.")
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help="Say nothing but what went wrong.")
]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Say what is done, one by one.")
]

EventArgument = Annotated[
    str, typer.Argument(metavar="EVENT", help="The event's id, or its first characters.")
]
ByOption = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="NAME",
        envvar="PARLEY_ANALYST",
        show_default=False,
        help="Who says so; else the name that you have on this machine.",
    ),
]
WhyOption = Annotated[
    str | None, typer.Option("--why", metavar="WORDS", help="Why, for whoever asks later.")
]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Put your word in the place of another person's.")
]
SeenOption = Annotated[
    int | None,
    typer.Option(
        "--seen",
        metavar="NUMBER",
        min=0,
        help="The last correction that you have looked at: what others said up to it is no "
        "conflict.",
    ),
]


def analyst(by: str) -> str:
    """Return who says so: the name given, else the one that the user has on this machine."""
    if by.strip():
        return by
    import getpass  # noqa: PLC0415 - rarely needed

    try:
        login = getpass.getuser()
    except (OSError, KeyError) as error:
        raise typer.BadParameter(
            "nobody knows your name here; give it", param_hint="'--by'"
        ) from error
    try:
        import pwd  # noqa: PLC0415 - not everywhere

        full = pwd.getpwnam(login).pw_gecos.partition(",")[0].strip()
    except (ImportError, KeyError):
        full = ""
    return full or login


def take_project(named: str | None) -> None:
    """Adopt the project file that was named, else the one in the current folder, if any.

    The one in the folder is read when names are first needed.  Raises DataError where
    the named one is malformed or not there.
    """
    path = Path(named) if named else Path(FILE_NAME)
    if not named and not path.is_file():
        # One process may run several commands.
        if "parley.grounding.project" in sys.modules:
            sys.modules["parley.grounding.project"].adopt(None)
        return
    from parley.grounding.project import adopt, read_project  # noqa: PLC0415 - slow to load

    adopt(read_project(path) if named else path)


def day(text: str) -> date:
    """Return a day that was given as YYYY-MM-DD; raise the error of wrong usage."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day; write YYYY-MM-DD, as 2023-05-19") from error


TypeChoice = Enum("TypeChoice", {name: name for name in get_args(EventType)}, type=str)  # type: ignore[misc]
StatusChoice = Enum("StatusChoice", {name: name for name in get_args(Status)}, type=str)  # type: ignore[misc]
