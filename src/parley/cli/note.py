"""`parley note`: an analyst writes a note beside an event."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.cli.corrections import opened, tell
from parley.cli.options import (
    DEFAULT_RECORD,
    ByOption,
    EventArgument,
    JsonOption,
    RecordOption,
    analyst,
)

EXAMPLES = ("parley note e_4f2a 'the archive has the minutes'",)


def note(
    *,
    event: EventArgument,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The note.")],
    record: RecordOption = DEFAULT_RECORD,
    by: ByOption = "",
    json: JsonOption = False,
) -> None:
    """Write a note beside an event."""
    from parley.engine import note_event  # noqa: PLC0415 - slow to load

    with opened(record) as found:
        done = note_event(found, event, text, by=analyst(by))
    tell(done, json=json)
