"""Dates that one report leaves open, told by the others, on a cluster.

In: the coded reports.  Out: the same, those coded again that others date otherwise, as
`engine/settling.py` does it.  The neighbours of the open reports are looked for in all
tasks at once; the beliefs are weighed here, for as many open reports as one machine can.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from parley.engine.coder import BuiltIn
from parley.engine.settling import LEAST, NEIGHBOURS, Settling
from parley.engine.spark.coding import CODED, row_of
from parley.engine.spark.rows import Row, mapped, pack, unpack
from parley.engine.spark.session import Stages
from parley.engine.tasks import ask_here
from parley.learnt import CoderName
from parley.model import Report

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from parley.dating import Counted, Near, Telling

# So many open reports are dated by others; of more, none is.  Each takes a parse of its own and
# some of its neighbours', here and not in a task: 2,000 are some minutes.
MOST_OPEN = 2000
_AT_HAND = 4096


def settle(
    stages: Stages,
    coded: DataFrame,
    *,
    notice: Callable[[str], None],
    coder: CoderName,
    most: int = MOST_OPEN,
) -> DataFrame:
    """Return the coded reports, those anew whose date others tell otherwise: `CODED`."""
    count = coded.where("open").count()
    if not count:
        return coded
    if count > most:
        notice(
            f"{count:,} reports leave their date open, more than the {most:,} that are compared "
            f"with all others: they keep what their own text tells of it"
        )
        return coded
    opened = [unpack(bytes(row.report), Report) for row in coded.where("open").collect()]
    near = _neighbours(stages, coded, opened)
    shelf = _Shelf(coded)
    shelf.fetch({n.report for found in near.values() for n in found})
    own = BuiltIn(coder=coder)
    everyone = {one.id for one in opened}
    changed = [
        row_of(own.recode(again, again.published) if isinstance(again, Report) else again)
        for again in Settling().settle_among(opened, near, shelf, everyone, partial(ask_here, own))
    ]
    if not changed:
        return coded
    anew = stages.keep(stages.frame(changed, CODED), "settled")
    return stages.sql(
        "select * from {coded} c left anti join {anew} a on a.id = c.id union all "
        "select * from {anew}",
        coded=coded,
        anew=anew,
    )


def _neighbours(stages: Stages, coded: DataFrame, opened: list[Report]) -> Mapping[str, list[Near]]:
    """Return for each open report those that tell much the same, of all reports."""
    from parley import dating  # noqa: PLC0415 - slow to load

    texts = coded.where("length(report) > 0").select("report")
    wanted = sorted(map(dating.telling, opened), key=lambda told: told.report)
    vocabulary = frozenset(term for told in wanted for term in told.terms)
    counts = mapped(texts, partial(_count_rows, vocabulary), "term string, n double")
    rows = counts.groupBy("term").sum("n").collect()
    terms = {row[0]: row[1] for row in rows}
    counted = dating.Counted(int(terms.pop("", 0)), terms)
    found = mapped(
        texts,
        partial(_near_rows, tuple(map(pack, wanted)), pack(counted)),
        "report string, near binary",
    )
    near: dict[str, list[Near]] = {told.report: [] for told in wanted}
    for row in found.collect():
        near[row.report] += unpack(bytes(row.near), list[dating.Near])
    return {
        id_: sorted(set(told), key=lambda n: (-n.likeness, n.report))[:NEIGHBOURS]
        for id_, told in near.items()
    }


def _count_rows(vocabulary: frozenset[str], rows: Iterator[Row]) -> Iterator[Row]:
    """Yield how much the reports use each term; how many there are stands under no term."""
    from parley import dating  # noqa: PLC0415 - in the tasks

    count: dict[str, float] = {"": 0.0}
    for (raw,) in rows:
        count[""] += 1
        for term, much in dating.telling(unpack(raw, Report)).terms.items():
            if term in vocabulary:
                count[term] = count.get(term, 0.0) + much
    yield from count.items()


def _near_rows(wanted: tuple[bytes, ...], counted: bytes, rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the nearest of a part of the reports to each that is wanted."""
    from parley import dating  # noqa: PLC0415 - in the tasks

    tellings: list[Telling] = [unpack(raw, dating.Telling) for raw in wanted]
    total: Counted = unpack(counted, dating.Counted)
    best: dict[str, list[Near]] = {told.report: [] for told in tellings}
    while some := [unpack(raw, Report) for (raw,) in _some(rows)]:
        nearest = dating.Nearest(tellings, counted=total)
        for report in some:
            nearest.see(dating.telling(report))
        for id_, found in best.items():
            others = nearest.of(id_, most=NEIGHBOURS, least=LEAST)
            best[id_] = heapq.nsmallest(
                NEIGHBOURS, {*found, *others}, key=lambda n: (-n.likeness, n.report)
            )
    yield from ((id_, pack(found)) for id_, found in best.items() if found)


def _some(rows: Iterator[Row]) -> Iterator[Row]:
    for _, row in zip(range(_AT_HAND), rows, strict=False):
        yield row


class _Shelf(Mapping[str, Report]):
    """The reports by id, those at hand that were fetched."""

    def __init__(self, coded: DataFrame) -> None:
        self._coded = coded
        self._fetched: dict[str, Report] = {}
        self._one = lru_cache(_AT_HAND)(self._read)

    def fetch(self, ids: set[str]) -> None:
        """Bring some reports to hand at once."""
        wanted = sorted(ids - self._fetched.keys())
        if wanted:
            for row in self._coded.where(self._coded.id.isin(wanted)).collect():
                self._fetched[row.id] = unpack(bytes(row.report), Report)

    def __getitem__(self, id_: str) -> Report:
        return self._fetched.get(id_) or self._one(id_)

    def _read(self, id_: str) -> Report:
        (row,) = self._coded.where(self._coded.id == id_).collect()
        return unpack(bytes(row.report), Report)

    def __iter__(self) -> Iterator[str]:
        return iter(self._fetched)

    def __len__(self) -> int:
        return len(self._fetched)
