"""Parquet: an event a row with typed columns; several values are a list."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice

from parley.export.format import Format
from parley.export.selection import Selection
from parley.export.table import COLUMNS, rows

_AT_A_TIME = 5000


class Sink(io.RawIOBase):
    """A stream that hands on what was written to it."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def tell(self) -> int:
        """Return how much was written."""
        return self._at

    def write(self, piece: object) -> int:
        """Keep a piece."""
        raw = bytes(memoryview(piece))  # type: ignore[arg-type]
        self._pieces.append(raw)
        self._at += len(raw)
        return len(raw)

    def take(self) -> bytes:
        """Return what was written since the last time."""
        raw, self._pieces = b"".join(self._pieces), []
        return raw


def write_parquet(selection: Selection) -> Iterator[bytes]:
    """Yield the events as Parquet, some thousand a row group."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415

    types = {
        "text": pa.string(), "texts": pa.list_(pa.string()), "integer": pa.int64(),
        "number": pa.float64(), "flag": pa.bool_(), "day": pa.date32(),
    }  # fmt: skip
    schema = pa.schema(
        [
            pa.field(column.name, types[column.kind], metadata={"says": column.says})
            for column in COLUMNS
        ]
    )
    sink = Sink()
    found = rows(selection)
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        while some := list(islice(found, _AT_A_TIME)):
            columns = zip(*some, strict=True)
            arrays = [
                pa.array(values, type=field.type)
                for values, field in zip(columns, schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            yield sink.take()
    yield sink.take()


PARQUET = Format(
    name="parquet",
    says="Parquet: an event a row, typed, for pandas, R and DuckDB",
    media_type="application/vnd.apache.parquet",
    suffix=".parquet",
    pieces=write_parquet,
    extra="formats",
    needs=("pyarrow",),
)
