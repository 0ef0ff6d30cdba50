"""`parley persons`: who acts for whom, who met whom, and offices over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli import tables
from parley.cli.asking import Asked, filtered
from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from parley.cli.parties import days, profile_pairs
from parley.cli.showing import LinesOption, listed, reading, say_more, write_data

if TYPE_CHECKING:
    from parley.views import PersonRow

_COLUMNS = (
    tables.Column("person", wraps=True, least=14),
    tables.Column("for", wraps=True),
    tables.Column("events", align="right"),
    tables.Column("first"),
    tables.Column("last"),
)

EXAMPLES = (
    "parley persons",
    "parley persons --since 2023-01-01 --json",
    "parley persons Charles",
)


@filtered
def persons(
    *,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Tell of this person; else list all.")
    ] = None,
    asked: Asked,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    jsonl: LinesOption = False,
) -> None:
    """Print the persons, or all that is told of one.

    Of one person are told the offices that he or she held, in the order of time, with the words
    that say so; who else was at the same talks, and how often; and the latest events.
    """
    from parley.views import show_person, show_persons  # noqa: PLC0415 - slow to load

    with reading(record) as opened:
        if name is not None:
            profile = show_person(opened, name, asked.filters, asked.paging(10))
            if not write_data([profile], json=json, jsonl=jsonl, whole=profile):
                tables.write_sheet([(profile.name, list(profile_pairs(profile)))])
            return
        page = show_persons(opened, asked.filters, asked.paging(50, all_rows=json or jsonl))
        if not write_data(page.rows, json=json, jsonl=jsonl):
            if page.rows:
                tables.write_table(_COLUMNS, [_cells(row) for row in page.rows])
            say_more(page, "person")


def _cells(row: PersonRow) -> tuple[str, ...]:
    return (row.name, listed(row.parties), f"{row.events:,}", *days(row))
