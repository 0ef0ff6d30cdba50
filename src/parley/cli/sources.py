"""`parley sources`: what each outlet tells, alone or first, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli import tables
from parley.cli.asking import Asked, filtered
from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from parley.cli.showing import LinesOption, reading, say_more, told, write_data
from parley.cli.terminal import clean, write

if TYPE_CHECKING:
    from parley.views import SourceRow

_COLUMNS = (
    tables.Column("source", wraps=True, least=14),
    *(tables.Column(name, align="right") for name in ("reports", "events", "alone", "first")),
    tables.Column("words", wraps=True),
)

EXAMPLES = (
    "parley sources",
    "parley sources --party Armenia",
    "parley sources Courier",
)


@filtered
def sources(
    *,
    name: Annotated[
        str | None, typer.Argument(metavar="OUTLET", help="Print what this outlet tells.")
    ] = None,
    asked: Asked,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    jsonl: LinesOption = False,
) -> None:
    """Print what each outlet tells, and how.

    "alone" are events that no other outlet tells, "first" those that others tell too,
    none of them on an earlier day.  Words are those in which the tellings of one event
    take sides, or the names that they give one place.
    """
    from parley.views import show_sources, show_told  # noqa: PLC0415 - slow to load

    with reading(record) as opened:
        paging = asked.paging(50, all_rows=json or jsonl)
        if name is not None:
            events = show_told(opened, name, asked.filters, paging)
            if not write_data(events.rows, json=json, jsonl=jsonl):
                for row in events.rows:
                    write(clean(told(row)))
                say_more(events, "event")
            return
        page = show_sources(opened, asked.filters, paging)
        if not write_data(page.rows, json=json, jsonl=jsonl):
            if page.rows:
                tables.write_table(_COLUMNS, [_cells(row) for row in page.rows])
            say_more(page, "source")


def _cells(row: SourceRow) -> tuple[str, ...]:
    words = "; ".join(
        f"{wording.word} (others: {', '.join(wording.others)})" for wording in row.words
    )
    numbers = (row.reports, row.events, row.alone, row.earliest)
    return (row.outlet or "no outlet told", *(f"{number:,}" for number in numbers), words)
