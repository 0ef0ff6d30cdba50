"""`parley merge`: an analyst makes one event of several."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.cli.corrections import opened, tell
from parley.cli.options import (
    DEFAULT_RECORD,
    ByOption,
    ForceOption,
    JsonOption,
    RecordOption,
    SeenOption,
    WhyOption,
    analyst,
)

EXAMPLES = ("parley merge e_4f2a e_77c1 --why 'the same meeting'",)


def merge(
    *,
    events: Annotated[
        list[str], typer.Argument(metavar="EVENT EVENT...", help="The events that are one.")
    ],
    record: RecordOption = DEFAULT_RECORD,
    by: ByOption = "",
    why: WhyOption = None,
    seen: SeenOption = None,
    force: ForceOption = False,
    json: JsonOption = False,
) -> None:
    """Make one event of several, with the id of the first.

    The other ids lead to it from then on, and later runs keep it one.
    """
    from parley.engine import merge_events  # noqa: PLC0415 - slow to load

    with opened(record) as found:
        done = merge_events(found, events, by=analyst(by), why=why, seen=seen, force=force)
    tell(done, json=json)
