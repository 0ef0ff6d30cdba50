"""`parley history`: the story of one event."""

from __future__ import annotations

from parley.cli import tables
from parley.cli.options import DEFAULT_RECORD, EventArgument, JsonOption, RecordOption
from parley.cli.terminal import write_json

_COLUMNS = (
    tables.Column("at"),
    tables.Column("revision", align="right"),
    tables.Column("event"),
    tables.Column("by"),
    tables.Column("what"),
)

EXAMPLES = ("parley history e_4f2a", "parley history e_4f2a --json")


def history(
    *, event: EventArgument, record: RecordOption = DEFAULT_RECORD, json: JsonOption = False
) -> None:
    """Print the whole story of an event.

    First how far the press told it to be, by when it was printed: scheduled, then held or called
    off.  Then which reports joined it and when, how its fields moved, what went into it, and what
    persons said, with the number that `parley undo` takes; "undone" is what was taken back.
    """
    from parley.record import Record  # noqa: PLC0415 - slow to load
    from parley.views import list_history  # noqa: PLC0415

    with Record.open(record, read_only=True) as opened:
        rows = list_history(opened, event)
    if json:
        write_json(rows)
        return
    tables.write_plain(
        _COLUMNS,
        [
            (
                row.at,
                str(row.revision or ""),
                row.event,
                row.by or "",
                (
                    f"{row.says}"
                    if row.correction is None
                    else f"correction {row.correction}: {row.says}"
                )
                + (f" (“{row.why}”)" if row.why else "")
                + ("" if row.stands else ", undone"),
            )
            for row in rows
        ],
    )
