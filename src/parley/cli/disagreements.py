"""`parley disagreements`: what the sources tell differently, sources down, fields across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.cli import tables
from parley.cli.asking import Asked, filtered
from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from parley.cli.showing import LinesOption, reading, say_more, told, write_data
from parley.cli.terminal import write

if TYPE_CHECKING:
    from parley.views import Matrix

EXAMPLES = (
    "parley disagreements",
    "parley disagreements --type ASSAULT --json",
)


@filtered
def disagreements(
    *,
    asked: Asked,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    jsonl: LinesOption = False,
) -> None:
    """Print what the sources tell differently.

    Each event has its sources down and the disputed fields across.  An empty cell is a
    source that says nothing of the field; who is right is not said.
    """
    from parley.views import show_disagreements  # noqa: PLC0415 - slow to load

    with reading(record) as opened:
        page = show_disagreements(opened, asked.filters, asked.paging(20, all_rows=json or jsonl))
        if not write_data(page.rows, json=json, jsonl=jsonl):
            for number, matrix in enumerate(page.rows):
                if number:
                    write("")
                tables.write_sheet([(told(matrix.row), [])])
                _write_matrix(matrix)
            say_more(page, "event")


def _write_matrix(matrix: Matrix) -> None:
    columns = [tables.Column("source", wraps=True, most=28)]
    columns += [tables.Column(field, wraps=True) for field in matrix.fields]
    tables.write_table(
        columns,
        [
            (source.outlet, *("; ".join(cell.values) for cell in source.cells))
            for source in matrix.sources
        ],
    )
