"""`parley split`: an analyst sets tellings of an event apart."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.cli.corrections import opened, tell
from parley.cli.options import (
    DEFAULT_RECORD,
    ByOption,
    EventArgument,
    ForceOption,
    JsonOption,
    RecordOption,
    SeenOption,
    WhyOption,
    analyst,
)

EXAMPLES = ("parley split e_4f2a 2 5 --why 'the second round, a week later'",)


def split(
    *,
    event: EventArgument,
    mentions: Annotated[
        list[str],
        typer.Argument(
            metavar="MENTION...",
            help="What is set apart: the numbers that `parley show` gives, or ids.",
        ),
    ],
    record: RecordOption = DEFAULT_RECORD,
    by: ByOption = "",
    why: WhyOption = None,
    seen: SeenOption = None,
    force: ForceOption = False,
    json: JsonOption = False,
) -> None:
    """Set tellings of an event apart, as one of their own.

    Later runs keep the two apart.
    """
    from parley.engine import split_event  # noqa: PLC0415 - slow to load

    with opened(record) as found:
        done = split_event(found, event, mentions, by=analyst(by), why=why, seen=seen, force=force)
    tell(done, json=json)
