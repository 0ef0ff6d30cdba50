"""Tables that a user gives, to be held against a record.

In: a path.  Out: its text, and its rows.  Raises `InputError` for what cannot be read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from parley.errors import InputError

_LONGEST_CELL = 100_000


def read_text(path: str) -> str:
    """Return the text of a file in UTF-8, without its byte order mark."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(path, "not UTF-8", way_out="save it as UTF-8") from error
    except (OSError, ValueError) as error:
        raise InputError(
            path,
            getattr(error, "strerror", None) or str(error),
            way_out="check the name and its permissions",
        ) from error


def read_rows(path: str, text: str) -> tuple[list[str], Iterator[tuple[int, dict[str, str]]]]:
    """Return the columns of a CSV, and its rows with their numbers, the first 1.

    Cells are parted by commas, or by semicolons where the first line has more of these.
    Raises `InputError` for a row that has not as many cells as the first line.
    """
    first = text.partition("\n")[0]
    comma = ";" if first.count(";") > first.count(",") else ","
    rows = _cells(path, csv.reader(io.StringIO(text, newline=""), delimiter=comma))
    names = [name.strip() for name in next(rows, (0, []))[1]]
    return names, _named(path, names, rows)


def _cells(path: str, rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines that are not empty, numbered from 0."""
    number = 0
    try:
        for cells in rows:
            if cells:
                longest = max(map(len, cells))
                if longest > _LONGEST_CELL:
                    # Python's own limit is the process's, and raised where reports are read.
                    raise csv.Error(f"a cell of {longest:,} characters")
                yield number, cells
                number += 1
    except csv.Error as error:
        raise InputError(
            f"{path}#{number}", f"no row of CSV ({error})", way_out="save the table again"
        ) from error


def _named(
    path: str, names: list[str], rows: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in rows:
        if len(cells) != len(names):
            raise InputError(
                f"{path}#{number}",
                f"the row has {len(cells)} of {len(names)} cells",
                way_out="mend the row, or save the table again",
            )
        yield number, dict(zip(names, cells, strict=True))
