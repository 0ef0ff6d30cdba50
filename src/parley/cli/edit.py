"""`parley edit`: an analyst gives fields of an event other values."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.cli.corrections import opened, tell, values_of
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

EXAMPLES = (
    "parley edit e_4f2a --set status=denied --why 'both ministries say so'",
    "parley edit e_4f2a --set when=2023-05-19 --set 'where=Geneva'",
    "parley edit e_4f2a --set 'participants=actor: Chad; host: Libya'",
    "parley edit e_4f2a --set 'counts=killed 3; wounded 10-12'",
)


def edit(
    *,
    event: EventArgument,
    set: Annotated[
        list[str],
        typer.Option("--set", "-s", metavar="FIELD=VALUE", help="A field's value; repeatable."),
    ],
    record: RecordOption = DEFAULT_RECORD,
    by: ByOption = "",
    why: WhyOption = None,
    seen: SeenOption = None,
    force: ForceOption = False,
    json: JsonOption = False,
) -> None:
    """Give fields of an event other values.

    The fields are type, mode, contexts, summary, status, when, where, participants,
    counts and provisions.  A value is written in short words, or as it stands in `parley
    show --json`; `none` empties a field.  A day is 2023-05-19, a month 2023-05, a span two
    days with a slash.

    The machine's value is kept beside yours, and yours holds whatever later runs find.
    Where another person set the field otherwise you are told, and nothing is written.
    """
    from parley.engine import edit_event  # noqa: PLC0415 - slow to load

    values = values_of(set)
    with opened(record) as found:
        done = edit_event(found, event, values, by=analyst(by), why=why, seen=seen, force=force)
    tell(done, json=json)
