"""CSV: a row is a report.  Commas, semicolons, tabs or bars between the fields."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from parley.model import Report
from parley.reading.encoding import guess
from parley.reading.form import Form, Reading
from parley.reading.rows import read_row
from parley.reading.source import HEAD, LONGEST_REPORT, Source
from parley.reading.tablelines import LONGEST_ROW, head_of, lines_of
from parley.reading.unreadable import Unreadable

_SUFFIXES = {".csv", ".tsv"}
_DELIMITERS = ",;\t|"
_KNOWN = {"id", "url", "title", "outlet", "date", "language"}
_COLUMN = re.compile(r"[\w .:-]{1,40}")


def _matches(source: Source) -> bool:
    head = _first_lines(source)
    if not head:
        return False
    header = {column.strip().lower() for column in _split(head[0], _delimiter(head[0]))}
    if "text" in header and (source.suffix in _SUFFIXES or header & _KNOWN):
        return True
    return source.suffix in _SUFFIXES and _is_table(head)


def _read(source: Source, reading: Reading) -> Iterator[Report]:
    # The limit is the module's own, for all of its readers: it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_REPORT))
    lines = _lines(source, reading)
    header_line = next((line for line in lines if line.strip()), "")
    delimiter = _delimiter(header_line)
    columns = [column.strip().lower() for column in _split(header_line, delimiter)]
    if "text" not in columns:
        shown = ", ".join(columns)[:200] or "none"
        raise Unreadable(
            f"has no column `text` (its columns: {shown})",
            way_out="name the column that holds the reports `text`",
        )
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        begins = rows.line_num + 2  # behind the header
        try:
            values = next(rows)
            if not any(value.strip() for value in values):
                number -= 1
                continue
            fields = {c: v for c, v in zip(columns, values, strict=False) if c and v}
            yield read_row(fields, path=source.name, number=number, reading=reading)
        except StopIteration:
            if number == 1:
                raise Unreadable("is a table without rows", way_out="leave it out") from None
            return
        except csv.Error as error:
            reading.report(
                f"{source.name}#{number}",
                Unreadable(
                    f"is no valid CSV ({error}) from line {begins}",
                    way_out="look for a quotation mark that is not closed",
                ),
            )
        except Unreadable as error:
            reading.report(f"{source.name}#{number}", error)


def _lines(source: Source, reading: Reading) -> Iterator[str]:
    """Yield the decoded lines with their ends; UTF-8 unless the bytes say otherwise."""
    encoding = "utf-8"
    for number, line in lines_of(source):
        if line is None:
            problem = f"line {number} is longer than {LONGEST_ROW // 1_000_000} MB"
            reading.report(source.name, Unreadable(problem, way_out="split the report in it"))
            continue
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError:
            # From the first byte that is no UTF-8 on, the file is in what it looks like there.
            encoding = guess(line + source.stream.peek(HEAD))
            yield line.decode(encoding, "replace")


def _first_lines(source: Source) -> list[str]:
    """Return the first lines that are not blank, as far as they can be decoded."""
    head = head_of(source)
    if b"\0" in head:
        return []
    text = head[:20_000].decode("utf-8", "replace")
    return [line for line in text.splitlines() if line.strip()][:4]


def _is_table(lines: list[str]) -> bool:
    """Tell whether lines of a file named .csv are a table at all, not prose."""
    delimiter = _delimiter(lines[0])
    columns = _split(lines[0], delimiter)
    named = all(_COLUMN.fullmatch(column.strip()) for column in columns)
    if not named or len(columns) < 2:
        return False
    # In prose a space follows every comma.
    return any(re.search(rf"{re.escape(delimiter)}\S", line) for line in lines[:2])


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line.strip("\r\n")], delimiter=delimiter), [])
    except csv.Error:
        return []


FORM = Form("CSV", _matches, _read)
