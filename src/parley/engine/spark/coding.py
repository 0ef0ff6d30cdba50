"""Coding on a cluster: the steps of one machine, loaded once in each process of Python.

In: the reports.  Out: a row a report, dated as far as its own text goes, with its mentions;
what could not be coded is a refusal.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from parley.engine.limit import at_most, seconds_for
from parley.engine.spark.reading import pack_refusal
from parley.engine.spark.rows import Row, mapped, pack, unpack
from parley.engine.spark.session import Stages
from parley.engine.steps import Coded, built_in
from parley.errors import DataError, InputError, RecordError
from parley.learnt import CoderName
from parley.model import Report

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from parley.grounding.project import Project

_log = logging.getLogger("parley.engine")

CODED = (
    "id string, coded boolean, open boolean, language string, told long, "
    "report binary, mentions binary, refusal binary"
)
_REPORTS = 250  # of one task at least: what a lost process costs
_PARTS = 20_000  # tasks at most

_loaded: tuple[tuple[Project | None, CoderName], Callable[[Report], Coded]] | None = None


def code(
    stages: Stages, reports: DataFrame, *, project: Project | None, coder: CoderName
) -> DataFrame:
    """Return the reports coded: `CODED`."""
    parts = max(1, min(_PARTS, -(-reports.count() // _REPORTS)))
    parts = max(parts, stages.spark.sparkContext.defaultParallelism)
    spread = reports.select("id", "report").repartition(parts, "id")
    return stages.keep(mapped(spread, partial(_code_rows, project, coder), CODED), "coded")


def row_of(coded: Coded, *, read: bool = True) -> Row:
    """Return the row of a coded report; `read` is False for one that no coder reads."""
    from parley.dating import is_open  # noqa: PLC0415 - slow to load

    report = coded.report
    open_ = read and is_open(report.published)
    told = len(coded.mentions)
    mentions = pack(list(coded.mentions))
    return report.id, read, open_, report.language or "", told, pack(report), mentions, b""


def _code_rows(project: Project | None, coder: CoderName, rows: Iterator[Row]) -> Iterator[Row]:
    from parley.engine.steps import CodedReport  # noqa: PLC0415 - in the tasks

    languages = built_in(coder=coder).languages
    for _, raw in rows:
        report = unpack(raw, Report)
        if report.language is not None and report.language not in languages:
            yield row_of(CodedReport(report, ()), read=False)
            continue
        try:
            with at_most(seconds_for(report.text)):
                coded = _coder(project, coder)(report)
        except (RecordError, DataError):
            raise
        except Exception as error:
            # One report among millions must not cost the others.
            _log.debug("%s could not be coded", report.source, exc_info=True)
            refusal = InputError(
                report.source,
                f"could not be coded ({type(error).__name__}: {error})",
                way_out="left out, the others are kept; please report this with the file",
            )
            yield report.id, False, False, "", 0, b"", b"", pack_refusal(refusal)
        else:
            yield row_of(coded)


def _coder(project: Project | None, coder: CoderName) -> Callable[[Report], Coded]:
    """Return what codes a report, loaded once in a process for as long as it stays the same."""
    global _loaded  # noqa: PLW0603 - once a process
    if _loaded is None or _loaded[0] != (project, coder):
        from parley.grounding.project import adopt  # noqa: PLC0415 - in the tasks

        adopt(project)
        _loaded = (project, coder), built_in(coder=coder).load()
    return _loaded[1]
