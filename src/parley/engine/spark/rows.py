"""Rows: functions over rows, run where the rows are.

In: a data frame, and a function from an iterator of rows (tuples) to an iterator of rows.
Out: a data frame with what it yields.  Rows pass through as they come: no task holds more
than a batch of them, however many its part of the frame has.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import msgspec

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

Row: TypeAlias = tuple[Any, ...]
Work: TypeAlias = Callable[[Iterator[Row]], Iterator[Row]]
GroupWork: TypeAlias = Callable[[str, Iterator[Row]], Iterator[Row]]
_Kind = TypeVar("_Kind")

_BATCH = 200  # rows that a task hands over at once
_ENCODER = msgspec.msgpack.Encoder()


def mapped(frame: DataFrame, work: Work, columns: str) -> DataFrame:
    """Return what `work` yields of the rows of each part of a frame.

    `columns` names what it yields with its types, as Spark writes them: "id string, at long".
    `work` is a function of a module, or a partial of one, so that tasks can import it.
    """
    schema = _schema(columns)

    def run(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow as pa  # noqa: PLC0415 - in the tasks

        found = work(_rows(batches))
        while some := list(itertools.islice(found, _BATCH)):
            values = zip(*some, strict=True)
            arrays = [pa.array(own, type=of.type) for own, of in zip(values, schema, strict=True)]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    return frame.mapInArrow(run, columns)


def _rows(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[Row]:
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _schema(columns: str) -> pyarrow.Schema:
    """Return what Arrow calls a list of columns with their types."""
    from pyspark.sql.pandas.types import to_arrow_schema  # noqa: PLC0415 - an extra
    from pyspark.sql.types import StructType  # noqa: PLC0415

    return to_arrow_schema(StructType.fromDDL(columns))


def grouped(
    frame: DataFrame, work: GroupWork, columns: str, *, by: str, order: str = ""
) -> DataFrame:
    """Return what `work` yields of each group of rows that have the same `by`, its first column.

    A group comes as an iterator, sorted by the column `order` where one is named, and is
    never held as a whole here.
    """
    assert frame.columns[0] == by, f"{by} must be the first column"
    sorting = [by, order] if order else [by]

    def run(rows: Iterator[Row]) -> Iterator[Row]:
        for key, group in itertools.groupby(rows, key=lambda row: row[0]):
            yield from work(key, group)

    return mapped(frame.repartition(by).sortWithinPartitions(*sorting), run, columns)


def pack(value: object) -> bytes:
    """Return a value of the model as bytes."""
    return _ENCODER.encode(value)


def unpack(raw: bytes, kind: type[_Kind]) -> _Kind:
    """Return the value of a kind that `pack` made bytes of."""
    decoder: msgspec.msgpack.Decoder[_Kind] = _decoder(kind)  # type: ignore[arg-type]
    return decoder.decode(raw)


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:  # noqa: ANN401 - any type
    return msgspec.msgpack.Decoder(kind)
