"""Excel: a sheet of events, one of tellings with the reports' words, one of links.

Excel has room for 1,048,576 rows a sheet and 32,767 characters a cell (Microsoft, *Excel
specifications and limits*): rows go on in a further sheet, texts are cut with an ellipsis.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from parley.export.format import Format
from parley.export.selection import Selection
from parley.export.table import COLUMNS, Value, row_of

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
_PIECE = 1 << 16
# What XML 1.0 has no place for.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_TELLINGS = (
    "event", "report", "outlet", "source", "published", "status", "background", "quoted",
    "said", "words", "start", "end",
)  # fmt: skip
_LINKS = ("from", "relation", "to", "words")


def write_xlsx(selection: Selection) -> Iterator[bytes]:
    """Yield a workbook.  It is built in a temporary file: an archive has its index at the end."""
    from openpyxl import Workbook  # noqa: PLC0415 - an extra

    book = Workbook(write_only=True)
    _fill(book, "events", [column.name for column in COLUMNS], _events(selection))
    _fill(book, "tellings", _TELLINGS, _tellings(selection))
    _fill(book, "links", _LINKS, _links(selection))
    with tempfile.TemporaryFile() as stream:
        book.save(stream)
        stream.seek(0)
        while piece := stream.read(_PIECE):
            yield piece


def _fill(
    book: Workbook, name: str, header: Sequence[str], rows: Iterable[Sequence[Value]]
) -> None:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - an extra

    number, sheet, filled = 1, book.create_sheet(name), 0
    sheet.freeze_panes = "A2"
    sheet.append(list(header))
    for row in rows:
        if filled == MOST_ROWS - 1:
            number, filled = number + 1, 0
            sheet = book.create_sheet(f"{name} {number}")
            sheet.freeze_panes = "A2"
            sheet.append(list(header))
        cells: list[Any] = []
        for value in row:
            if isinstance(value, (str, tuple)):
                cell = WriteOnlyCell(sheet, value=None)
                # Said to be text, "=1+1" stays what the report says.
                cell._value, cell.data_type = _text(value), "s"
                cells.append(cell)
            else:
                cells.append(value)
        sheet.append(cells)
        filled += 1


def _text(value: str | tuple[str, ...]) -> str:
    text = _NO_XML.sub("�", "; ".join(value) if isinstance(value, tuple) else value)
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"


def _events(selection: Selection) -> Iterator[Sequence[Value]]:
    for told in selection.told():
        yield row_of(told)


def _tellings(selection: Selection) -> Iterator[Sequence[Value]]:
    for told in selection.told():
        for mention in told.event.mentions:
            line = told.reports.get(mention.report)
            published = line.published if line else None
            quoted = tuple(f"{one.name} ({one.stance})" for one in mention.attribution)
            yield (
                told.event.id,
                mention.report,
                line.outlet if line else None,
                line.source if line else None,
                published.start if published else None,
                mention.status,
                mention.background,
                quoted,
                mention.said,
                mention.text,
                mention.start,
                mention.end,
            )


def _links(selection: Selection) -> Iterator[Sequence[Value]]:
    for link in selection.links():
        words = link.mentions[0].text if link.mentions else None
        yield (link.from_, link.relation, link.to, words)


XLSX = Format(
    name="xlsx",
    says="Excel: sheets of events, of what the reports say, and of links",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    suffix=".xlsx",
    pieces=write_xlsx,
    extra="formats",
    needs=("openpyxl",),
)
