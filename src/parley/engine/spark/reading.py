"""Reading on a cluster: a task for each file, or for some small ones.

In: the files, in the order in which one machine would read them.  Out: a row a report, each
once, with what its outlet repeats marked as if one machine had read them all in a row.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from parley.engine.spark.rows import Row, grouped, mapped, pack, unpack
from parley.engine.spark.session import Stages
from parley.errors import InputError
from parley.model import Report

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_FILES = 500  # small files that one task reads
_BYTES = 64_000_000  # of one task; a larger file is one task
_READ = "file long, row long, outlet string, id string, report binary, refusal binary"
_MARKED = "place long, id string, report binary"


def split(files: Sequence[str]) -> list[list[tuple[int, str]]]:
    """Return the numbered files as the parts that a task each reads."""
    parts: list[list[tuple[int, str]]] = []
    size = _BYTES
    for number, file in enumerate(files):
        try:
            own = Path(file).stat().st_size
        except OSError:
            own = 0  # reading it says what is wrong
        if size + own > _BYTES or len(parts[-1]) == _FILES:
            parts.append([])
            size = 0
        parts[-1].append((number, file))
        size += own
    return parts


def read(stages: Stages, files: Sequence[str], *, leave_out: str | None) -> DataFrame:
    """Return a row for each report and each refusal: `_READ`.

    `leave_out` is the path of the project file, which is no report.
    """
    parts = split(files)
    rows = stages.spark.sparkContext.parallelize(parts, max(1, len(parts)))
    frame = rows.flatMap(lambda part: part).toDF("file long, path string")
    return stages.keep(mapped(frame, partial(_read_rows, leave_out), _READ), "read")


def refusals(read_: DataFrame) -> Iterator[InputError]:
    """Yield what could not be read, in order."""
    refused = read_.where("length(refusal) > 0").orderBy("file", "row").select("refusal")
    for row in refused.collect():
        yield refusal_of(bytes(row.refusal))


def refusal_of(raw: bytes) -> InputError:
    """Return a refusal that `pack_refusal` made bytes of."""
    source, problem, way_out = unpack(raw, tuple[str, str, str])
    return InputError(source, problem, way_out=way_out)


def pack_refusal(error: InputError) -> bytes:
    """Return a refusal as bytes."""
    return pack(
        tuple(
            said.encode("utf-8", "replace").decode()
            for said in (error.source, error.problem, error.way_out)
        )
    )


def mark(stages: Stages, read_: DataFrame) -> DataFrame:
    """Return the reports, each once, with what their outlets repeat marked: `_MARKED`.

    Of reports with the same id the first stays, as in a record.
    """
    counts = stages.sql(
        "select file, count(*) as n from {read} where length(report) > 0 group by file",
        read=read_,
    ).collect()
    sizes = dict(sorted((row.file, row.n) for row in counts))
    begins = dict(zip(sizes, itertools.accumulate(sizes.values(), initial=0), strict=False))
    placed = mapped(
        read_.where("length(report) > 0").select("file", "row", "outlet", "id", "report"),
        partial(_place_rows, begins),
        f"outlet string, {_MARKED}",
    )
    named, nameless = placed.where("outlet <> ''"), placed.where("outlet = ''").drop("outlet")
    marked = grouped(named, _mark_rows, _MARKED, by="outlet", order="place").union(nameless)
    once = stages.sql(
        "select first.place, id, first.report from (select id, min(struct(place, report)) as first "
        "from {marked} group by id)",
        marked=marked,
    )
    return stages.keep(once, "reports")


def _read_rows(leave_out: str | None, files: Iterator[Row]) -> Iterator[Row]:
    from parley import reading  # noqa: PLC0415 - in the tasks

    for number, path in files:
        refused: list[InputError] = []
        row = 0
        for report in reading.read_unmarked(path, refuse=refused.append):
            if leave_out is not None and _is_file(report.source, leave_out):
                continue
            try:
                raw = pack(report)
            except UnicodeEncodeError:
                refused.append(
                    InputError(
                        report.source,
                        "has half a surrogate pair, which cannot be kept",
                        way_out="save the file as UTF-8",
                    )
                )
                continue
            yield number, row, (report.outlet or "").casefold(), report.id, raw, b""
            row += 1
        for at, error in enumerate(refused):
            yield number, at, "", "", b"", pack_refusal(error)


def _is_file(source: str, path: str) -> bool:
    own = Path(path)
    return source.endswith(own.name) and Path(source).resolve() == own


def _place_rows(begins: dict[int, int], rows: Iterator[Row]) -> Iterator[Row]:
    for file, row, outlet, id_, report in rows:
        yield outlet, begins[file] + row, id_, report


def _mark_rows(_: str, rows: Iterator[Row]) -> Iterator[Row]:
    from parley import reading  # noqa: PLC0415 - in the tasks

    reports = ((place, unpack(raw, Report)) for _, place, _, raw in rows)
    for place, report in reading.mark_outlet(reports):
        yield place, report.id, pack(report)
