"""The options that several commands share."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated, get_args

import typer

from parley.model import EventType, Status

DEFAULT_RECORD = "parley.db"

RecordOption = Annotated[
    str,
    typer.Option(
        "--record",
        metavar="FILE-OR-URL",
        envvar="PARLEY_RECORD",
        help="The record: a file, or the URL of a database.",
    ),
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


def day(text: str) -> date:
    """Return a day that was given as YYYY-MM-DD; raise the error of wrong usage."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day; write YYYY-MM-DD, as 2023-05-19") from error


TypeChoice = Enum("TypeChoice", {name: name for name in get_args(EventType)}, type=str)  # type: ignore[misc]
StatusChoice = Enum("StatusChoice", {name: name for name in get_args(Status)}, type=str)  # type: ignore[misc]
