"""`parley agreements`: what was agreed, and whether it is told to be kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from parley.cli import tables
from parley.cli.asking import Asked, filtered
from parley.cli.folding import AllOption, folded, say_folded
from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from parley.cli.showing import LinesOption, listed, quoted, reading, say_more, told, write_data
from parley.cli.terminal import many

if TYPE_CHECKING:
    from parley.views import AgreementRow, Following

EXAMPLES = (
    "parley agreements",
    "parley agreements --party Sudan --json",
)


@filtered
def agreements(
    *,
    asked: Asked,
    record: RecordOption = DEFAULT_RECORD,
    everything: AllOption = False,
    json: JsonOption = False,
    jsonl: LinesOption = False,
) -> None:
    """Print the agreements and what became of them.

    The latest stand first, each with what was agreed.  Before each provision stands whether
    it is told to be kept, broken, both (disputed) or ended, or that this is unknown; under it
    the events that a report ties to it.  What names no two parties is shown with --all.
    """
    from parley.views import show_agreements  # noqa: PLC0415 - slow to load

    filters = folded(asked.filters, everything=everything or json or jsonl)
    with reading(record) as opened:
        page = show_agreements(opened, filters, asked.paging(20, all_rows=json or jsonl))
        if not write_data(page.rows, json=json, jsonl=jsonl):
            tables.write_sheet((told(row.row), list(_pairs(row))) for row in page.rows)
            say_more(page, "agreement")
            say_folded(opened, filters, shown=page.total, kinds=("agreements",))


def _pairs(row: AgreementRow) -> Iterator[tuple[str, str]]:
    if row.signatories:
        yield "between", listed(row.signatories)
    if row.mediators:
        yield "mediated by", listed(row.mediators)
    if row.provisions:
        yield "provisions", many(len(row.provisions), "point")
    for provision in row.provisions:
        yield provision.state, provision.text
        yield from _following(provision.followed)
    yield from _following(row.followed)
    yield "words", quoted(row.quotes[0])


def _following(followed: Sequence[Following]) -> Iterator[tuple[str, str]]:
    labels = {"implements": "  kept by", "violates": "  broken by", "ends": "  ended by"}
    for each in followed:
        words = f" {quoted(each.quotes[0])}" if each.quotes else ""
        yield labels[each.relation], f"{told(each.row)}{words}"
