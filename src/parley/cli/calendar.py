"""`parley calendar`: what is ahead, and what was never heard of again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli import tables
from parley.cli.asking import Asked, filtered
from parley.cli.folding import AllOption, folded, say_folded
from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption, day
from parley.cli.showing import LinesOption, quoted, reading, say_more, told, write_data
from parley.cli.terminal import write

if TYPE_CHECKING:
    from parley.views import CalendarRow

_COLUMNS = (
    tables.Column("when", wraps=True, least=11, most=14),
    tables.Column("status"),
    tables.Column("what", wraps=True),
    tables.Column("id"),
)

_ALWAYS = 2  # parts that have their heading though nothing is in them

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

    First what is ahead of a day, then what is past and was never told of again, and what
    another event most likely tells the end of.  Behind
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
        silent = [row for row in found.unheard.rows if row.heard is None]
        heard = [row for row in found.unheard.rows if row.heard is not None]
        parts = (
            (f"Ahead of {phrase_day(found.on)}", found.ahead.rows),
            ("Announced, and never heard of again", silent),
            ("Announced, and told of since", heard),
        )
        for number, (heading, rows) in enumerate(parts):
            if rows or number < _ALWAYS:
                if number:
                    write("")
                tables.write_sheet([(heading, [])])
            if rows:
                tables.write_table(_COLUMNS, [_cells(row) for row in rows])
            if number < _ALWAYS:
                say_more((found.ahead, found.unheard)[number], "announcement")
        say_folded(
            opened,
            filters,
            shown=found.ahead.total + found.unheard.total,
            kinds=("ahead", "unheard"),
            on=found.on,
        )


def _cells(row: CalendarRow) -> tuple[str, ...]:
    event = row.row
    status = event.status.replace("_", " ")
    what = f"{event.summary} {quoted(row.quote)}"
    if row.heard is not None:
        what += f" Most likely: {told(row.heard)}"
    return (event.date, status, what, event.short_id)
