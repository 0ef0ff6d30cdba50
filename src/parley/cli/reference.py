"""`docs/cli.md`, made from the help of every command.

python -m parley.cli.reference > docs/cli.md
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stdout

from parley.cli.app import app

_WIDTH = "80"
_HEAD = """\
# The command line

Made from the help of the commands; do not edit it, run

    python -m parley.cli.reference > docs/cli.md

Data goes to standard output, all else to standard error.  Exit status: 0 done, 1
something failed and was reported, 2 wrong usage, 130 stopped with Ctrl-C (what was done
so far is kept).  `NO_COLOR` turns colours off.  `parley --install-completion` lets the
shell complete commands and options.
"""


def write_reference() -> str:
    """Return the text of the reference: the help of Parley, then of each command."""
    names = [command.name or "" for command in app.registered_commands]
    sections = [_section("parley", help_of([]))]
    sections += [_section(f"parley {name}", help_of([name])) for name in names]
    return "".join([_HEAD, *sections])


def help_of(path: list[str]) -> str:
    """Return what the command that these words lead to prints for --help."""
    printed = io.StringIO()
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = _WIDTH
    try:
        with redirect_stdout(printed):
            app([*path, "--help"], prog_name="parley", standalone_mode=False)
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before
    return printed.getvalue()


def _section(title: str, text: str) -> str:
    return f"\n## {title}\n\n```\n{text.strip()}\n```\n"


if __name__ == "__main__":
    sys.stdout.write(write_reference())
