"""`parley confirm`: an analyst finds an event right."""

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

EXAMPLES = (
    "parley confirm e_4f2a",
    "parley confirm e_4f2a --field status --field when",
)


def confirm(
    *,
    event: EventArgument,
    field: Annotated[
        list[str] | None,
        typer.Option(
            "--field", metavar="FIELD", help="Only this field, which then stays so; repeatable."
        ),
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
    by: ByOption = "",
    why: WhyOption = None,
    seen: SeenOption = None,
    force: ForceOption = False,
    json: JsonOption = False,
) -> None:
    """Say that an event, or a field of it, is right as it stands."""
    from parley.engine import confirm_event  # noqa: PLC0415 - slow to load

    with opened(record) as found:
        done = confirm_event(
            found, event, fields=field or (), by=analyst(by), why=why, seen=seen, force=force
        )
    tell(done, json=json)
