"""`parley calendar`: what is ahead, and what was never heard of again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli import tables
from parley.cli.asking import Asked, filtered
from parley.cli.folding import AllOption, folded, say_folded
from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption, day
from parley.cli.showing import LinesOption, quoted, reading, say_more, write_data
from parley.cli.terminal import write

if TYPE_CHECKING:
    from parley.views import CalendarRow

_COLUMNS = (
    tables.Column("when", wraps=True, least=11, most=14),
    tables.Column("status"),
    tables.Column("what", wraps=True),
    tables.Column("id"),
)

EXAMPLES = (
    "parley calendar",
    "parley calendar --on 2023-05-19 --party Armenia",
)


@filtered
def calendar(
    *,
    asked: Asked,
    record: RecordOption = DEFAULT_RECORD,
    on: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Look from this day; else from that of the last report."),
    ] = None,
    everything: AllOption = False,
    json: JsonOption = False,
    jsonl: LinesOption = False,
) -> None:
    """Print what is announced.

    First what is ahead of a day, then what is past and was never told of again.  Behind
    each stand the words of the report that told it last.  With --jsonl only what is ahead
    is printed.
    """
    from parley.views import phrase_day, show_calendar  # noqa: PLC0415 - slow to load

    seen_from = day(on) if on else None
    filters = folded(asked.filters, everything=everything or json or jsonl)
    with reading(record) as opened:
        found = show_calendar(
            opened, filters, asked.paging(50, all_rows=json or jsonl), on=seen_from
        )
        if write_data(found.ahead.rows, json=json, jsonl=jsonl, whole=found):
            return
        parts = (
            (f"Ahead of {phrase_day(found.on)}", found.ahead),
            ("Announced, and never heard of again", found.unheard),
        )
        for number, (heading, page) in enumerate(parts):
            if number:
                write("")
            tables.write_sheet([(heading, [])])
            if page.rows:
                tables.write_table(_COLUMNS, [_cells(row) for row in page.rows])
            say_more(page, "announcement")
        say_folded(opened, filters, kinds=("ahead", "unheard"), on=found.on)


def _cells(row: CalendarRow) -> tuple[str, ...]:
    event = row.row
    status = event.status.replace("_", " ")
    return (event.date, status, f"{event.summary} {quoted(row.quote)}", event.short_id)
