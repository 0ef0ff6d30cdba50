"""Parquet: a row is a report.  Needs pyarrow, which is an extra."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import Any

from parley.model import Report
from parley.reading.encoding import is_binary
from parley.reading.form import Form, Reading
from parley.reading.rows import TEXTS, read_row
from parley.reading.source import Source
from parley.reading.unreadable import Unreadable

_MAGIC = b"PAR1"
# Rows held at a time.
_BATCH = 64


def _matches(source: Source) -> bool:
    return source.head.startswith(_MAGIC) and is_binary(source.head)


def _read(source: Source, reading: Reading) -> Iterator[Report]:
    arrow, parquet = _pyarrow()
    with source.seekable() as file:
        try:
            table = parquet.ParquetFile(file, pre_buffer=False)
            columns = [str(name) for name in table.schema_arrow.names]
            _check(columns)
            number = 0
            for batch in table.iter_batches(batch_size=_BATCH):
                for values in batch.to_pylist():
                    number += 1
                    try:
                        yield read_row(
                            _fields(values), path=source.name, number=number, reading=reading
                        )
                    except Unreadable as error:
                        reading.report(f"{source.name}#{number}", error)
        except (arrow.ArrowException, OSError, ValueError, OverflowError) as error:
            reason = " ".join(str(error).split())[:160]
            raise Unreadable(
                f"is a damaged Parquet table ({reason})",
                way_out="write it again; the rows before the fault were read",
            ) from error
    if not number:
        raise Unreadable("is a table without rows", way_out="leave it out")


def _check(columns: list[str]) -> None:
    if not TEXTS & {column.strip().lower() for column in columns}:
        shown = ", ".join(columns)[:200] or "none"
        raise Unreadable(
            f"has no column `text` (its columns: {shown})",
            way_out="name the column that holds the reports `text`",
        )


def _fields(values: dict[str, Any]) -> dict[str, object]:
    """Return the fields of a row that have a value, as JSON knows them."""
    return {
        str(key).strip().lower(): _plain(value)
        for key, value in values.items()
        if value is not None
    }


def _plain(value: object) -> object:
    match value:
        case str() | bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else str(value)
        case date():
            return value.isoformat()
        case bytes():
            return value.decode("utf-8", "replace")
        case list() | tuple():
            return [_plain(item) for item in value]
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case None:
            return None
        case _:
            return str(value)


def _pyarrow() -> tuple[Any, Any]:
    """Return pyarrow and its Parquet module; `Unreadable` where they are not installed."""
    try:
        import pyarrow  # noqa: PLC0415 - an extra
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as error:
        raise Unreadable(
            "is a Parquet table, and pyarrow, which reads these, is not installed",
            way_out="pip install 'parley-record[parquet]', or save it as CSV or JSON Lines",
        ) from error
    return pyarrow, pyarrow.parquet


FORM = Form("Parquet", _matches, _read)
