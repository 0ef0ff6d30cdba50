"""Comma-separated values, safe to open in a spreadsheet.

UTF-8; a line ends with CR LF and a cell that holds a comma, a quotation mark or a line
break stands in quotation marks (RFC 4180).  What stands in a report can be anybody's: a
text that a spreadsheet would run as a formula has an apostrophe before it (the way that
OWASP recommends, *CSV Injection*); numbers are left as they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

Cell = str | int | float | bool | date | tuple[str, ...] | None

BOM = b"\xef\xbb\xbf"
_AT_A_TIME = 200
# The last four are the full-width forms, which some spreadsheets read as the first four.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_table(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], *, bom: bool = False
) -> Iterator[bytes]:
    """Yield a table as CSV, some rows at a time, after a header."""
    yield (BOM if bom else b"") + _encode([header])
    rows = iter(rows)
    while some := list(islice(rows, _AT_A_TIME)):
        yield _encode([[cell_text(cell) for cell in row] for row in some])


def cell_text(cell: Cell) -> str:
    """Return a cell as text: several values set apart by "; ", nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (int, float)):
        return str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return defused("; ".join(cell) if isinstance(cell, tuple) else cell)


def defused(text: str) -> str:
    """Return a text so that no spreadsheet takes it for a formula."""
    bare = text.replace("\x00", "")
    return f"'{bare}" if bare.lstrip(" ").startswith(_FORMULA) else bare


def _encode(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8")
