"""`parley delete`: an analyst takes an event out of the record."""

from __future__ import annotations

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

EXAMPLES = ("parley delete e_4f2a --why 'a drill, not an attack'",)


def delete(
    *,
    event: EventArgument,
    record: RecordOption = DEFAULT_RECORD,
    by: ByOption = "",
    why: WhyOption = None,
    seen: SeenOption = None,
    force: ForceOption = False,
    json: JsonOption = False,
) -> None:
    """Take an event out of what the record shows.

    Its reports stay, and `parley undo` brings it back.  It stays out when its reports are
    read again, and when further ones tell it.
    """
    from parley.engine import delete_event  # noqa: PLC0415 - slow to load

    with opened(record) as found:
        done = delete_event(found, event, by=analyst(by), why=why, seen=seen, force=force)
    tell(done, json=json)
