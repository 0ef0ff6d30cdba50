"""Coding on a cluster: the steps of one machine, loaded once in each process of Python.

In: the reports.  Out: a row a report, dated as far as its own text goes, with its mentions;
what could not be coded is a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from parley.engine.crew import GROUP_LENGTH
from parley.engine.garbage import loading
from parley.engine.spark.reading import pack_refusal
from parley.engine.spark.rows import Row, mapped, pack, unpack
from parley.engine.spark.session import Stages
from parley.engine.steps import Code, Coded, CodedReport, built_in, expect
from parley.engine.tasks import Task, answer
from parley.errors import InputError
from parley.learnt import CoderName
from parley.model import Report

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from parley.grounding.project import Project

CODED = (
    "id string, coded boolean, open boolean, language string, told long, "
    "report binary, mentions binary, refusal binary"
)
_REPORTS = 250  # of one task at least: what a lost process costs
_PARTS = 20_000  # tasks at most

_loaded: tuple[tuple[Project | None, CoderName], Code] | None = None


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
    languages = built_in(coder=coder).languages
    for group in _in_groups(unpack(raw, Report) for _, raw in rows):
        wanted = {one.id for one in group if one.language is None or one.language in languages}
        if wanted:
            code = _coder(project, coder)
            expect(code, [report for report in group if report.id in wanted])
        for report in group:
            if report.id in wanted:
                yield _code_row(code, report)
            else:
                yield row_of(CodedReport(report, ()), read=False)


def _in_groups(reports: Iterator[Report]) -> Iterator[list[Report]]:
    """Yield reports in groups, each as long as is parsed together."""
    group: list[Report] = []
    for report in reports:
        group.append(report)
        if sum(len(one.text) for one in group) >= GROUP_LENGTH:
            yield group
            group = []
    if group:
        yield group


def _code_row(code: Code, report: Report) -> Row:
    told = answer(code, Task(report))
    if told.coded is not None:
        return row_of(told.coded)
    refusal = InputError(
        report.source,
        f"could not be coded ({told.failed})",
        way_out="left out, the others are kept; please report this with the file",
    )
    return report.id, False, False, "", 0, b"", b"", pack_refusal(refusal)


def _coder(project: Project | None, coder: CoderName) -> Code:
    """Return what codes a report, loaded once in a process for as long as it stays the same."""
    global _loaded  # noqa: PLW0603 - once a process
    if _loaded is None or _loaded[0] != (project, coder):
        from parley.grounding.project import adopt  # noqa: PLC0415 - in the tasks

        adopt(project)
        with loading():
            code = built_in(coder=coder).load()
        _loaded = (project, coder), code
    return _loaded[1]
