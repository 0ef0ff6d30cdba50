"""`parley claims`: who accuses whom of what, who denies it, who confirms it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from parley.cli import tables
from parley.cli.asking import Asked, filtered
from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from parley.cli.showing import LinesOption, listed, quoted, reading, say_more, told, write_data

if TYPE_CHECKING:
    from parley.views import ClaimRow

_PASSIVE = {"denies": "denied", "responds_to": "answered"}

EXAMPLES = (
    "parley claims",
    "parley claims --party Azerbaijan --since 2023-05-01",
)


@filtered
def claims(
    *,
    asked: Asked,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    jsonl: LinesOption = False,
) -> None:
    """Print who accuses whom, and who denies it.

    The latest stand first: accusations, what is alleged, what is denied.  Who says what
    is told by the attributions in the reports, and by the events that deny or answer
    another.
    """
    from parley.views import show_claims  # noqa: PLC0415 - slow to load

    with reading(record) as opened:
        page = show_claims(opened, asked.filters, asked.paging(20, all_rows=json or jsonl))
        if not write_data(page.rows, json=json, jsonl=jsonl):
            tables.write_sheet((told(row.row), list(_pairs(row))) for row in page.rows)
            say_more(page, "claim")


def _pairs(row: ClaimRow) -> Iterator[tuple[str, str]]:
    names = (
        ("claimed by", row.claimed_by),
        ("about", row.against),
        ("denied by", row.denied_by),
        ("confirmed by", row.confirmed_by),
    )
    for label, those in names:
        if those:
            yield label, listed(those)
    for answer in row.answers:
        relation = answer.relation.replace("_", " ")
        label = relation if answer.direction == "to" else f"{_PASSIVE[answer.relation]} by"
        yield label, told(answer.row)
    yield "words", quoted(row.quotes[0])
