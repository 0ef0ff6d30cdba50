"""CSV: an event a row, several values in one cell set apart by "; "."""

from __future__ import annotations

from collections.abc import Iterator

from parley.export.delimited import write_table
from parley.export.format import Format
from parley.export.selection import Selection
from parley.export.table import COLUMNS, rows


def write_csv(selection: Selection) -> Iterator[bytes]:
    """Yield the events as CSV."""
    return write_table([column.name for column in COLUMNS], rows(selection), bom=selection.bom)


CSV = Format(
    name="csv",
    says="CSV: an event a row, for spreadsheets and statistics",
    media_type="text/csv; charset=utf-8",
    suffix=".csv",
    pieces=write_csv,
)
