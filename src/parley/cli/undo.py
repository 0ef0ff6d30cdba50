"""`parley undo`: a correction is taken back."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.cli.corrections import opened, tell
from parley.cli.options import (
    DEFAULT_RECORD,
    ByOption,
    JsonOption,
    RecordOption,
    WhyOption,
    analyst,
)

EXAMPLES = ("parley undo 12",)


def undo(
    *,
    number: Annotated[
        int, typer.Argument(metavar="NUMBER", min=1, help="The correction; parley history has it.")
    ],
    record: RecordOption = DEFAULT_RECORD,
    by: ByOption = "",
    why: WhyOption = None,
    json: JsonOption = False,
) -> None:
    """Take a correction back.

    It stays in the log.  An undoing can be undone too.
    """
    from parley.engine import undo_correction  # noqa: PLC0415 - slow to load

    with opened(record) as found:
        done = undo_correction(found, number, by=analyst(by), why=why)
    tell(done, json=json)
