"""How reports whose own words leave their date open are dated by what others tell.

In: the open reports, the others, and whom to ask what a report says of its day.  Out: those
that get another date, coded again by it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import msgspec

from parley.engine.tasks import Ask, Task
from parley.model import Published, Report

if TYPE_CHECKING:
    from parley import dating
    from parley.engine.steps import Coded

# A report has so many neighbours at most, and they are at least so like it.
NEIGHBOURS = 12
LEAST = 0.03
# Reports of which what they say of their day is kept at hand, and those whose happenings are. Of
# the first all that an archive leaves open are asked again before the run ends, and hundreds by
# the next one; of the others a poll meets hundreds.
_CLUES_AT_HAND, _CLUES_LEFT, _MOMENTS_AT_HAND = 5000, 500, 1000

_Found = TypeVar("_Found")


class Settling:
    """Dates reports by others; what was asked of a report is kept at hand from run to run."""

    def __init__(self) -> None:
        self._clues: OrderedDict[str, dating.Undated] = OrderedDict()
        self._moments: OrderedDict[str, tuple[dating.Moment, ...]] = OrderedDict()

    def remember(self, coded: Coded) -> None:
        """Keep at hand what an open report says of its day, so that it is not asked again."""
        undated = getattr(coded, "undated", None)  # only Parley's own coder tells
        if undated is not None:
            _keep(self._clues, coded.report.id, undated, most=_CLUES_AT_HAND)

    def settle(
        self,
        reports: Sequence[Report],
        others: Mapping[str, Report],
        fresh: Collection[str] | None,
        ask: Ask,
    ) -> Iterator[Coded | Report]:
        """Yield, coded again, those of the open `reports` that others date otherwise.

        Where the days are the same, and only what proves them is not, a report alone.
        `others` are all reports of the record.  Of `reports` those are dated anew that are
        `fresh` (ids), or like one that is; all of them where that is None.
        """
        from parley import dating  # noqa: PLC0415 - slow to load

        wanted = {report.id: report for report in reports}
        nearest = dating.Nearest([dating.telling(report) for report in reports])
        for id_ in others:
            if id_ not in wanted:
                nearest.see(dating.telling(others[id_]))
        near = {id_: nearest.of(id_, most=NEIGHBOURS, least=LEAST) for id_ in wanted}
        stirred = set(wanted) if fresh is None else _touched(near, fresh)
        yield from self.settle_among(reports, near, others, stirred, ask)
        _shorten(self._clues, most=_CLUES_LEFT)

    def settle_among(
        self,
        reports: Sequence[Report],
        near: Mapping[str, Sequence[dating.Near]],
        others: Mapping[str, Report],
        stirred: Collection[str],
        ask: Ask,
    ) -> Iterator[Coded | Report]:
        """Yield, coded again, those of the open reports in `stirred` that others date otherwise.

        Where the days are the same, and only what proves them is not, a report alone: what it
        tells hangs on the days.  `near` has the neighbours of each of `reports`; `others` those
        neighbours at least that are not in `stirred`.
        """
        from parley import dating  # noqa: PLC0415 - slow to load

        wanted = {report.id: report for report in reports}
        undated = self._undated([wanted[id_] for id_ in wanted if id_ in stirred], ask)
        tellings = {one.report.id: dating.telling(wanted[one.report.id]) for one in undated}
        near = {one.report.id: near[one.report.id] for one in undated}
        linked = {n.report for found in near.values() for n in found}
        known = {id_: others[id_] for id_ in sorted(linked - near.keys())}
        alone = {one.report.id: one.report.published for one in undated}
        moments = self._moments_of(known, ask)
        again: list[Task] = []
        for id_, published in dating.pin(undated, near, known, tellings, moments).items():
            # What others no longer pin has the date of its own text again.
            was, now = wanted[id_].published, published or alone[id_]
            if _days(now) != _days(was):
                again.append(Task(wanted[id_], "recode", published))
            elif now != was:
                yield msgspec.structs.replace(wanted[id_], published=now)
        for found in ask(again) if again else ():
            # As it is it was coded: a failure must not cost the others.
            if found.coded is not None:
                self.remember(found.coded)
                yield found.coded

    def _undated(self, reports: Sequence[Report], ask: Ask) -> list[dating.Undated]:
        """Return what open reports say of their days; those that fail are left out."""
        missing = [report for report in reports if report.id not in self._clues]
        here = {r.id: self._clues[r.id] for r in reports if r.id in self._clues}
        for id_ in here:
            self._clues.move_to_end(id_)
        tasks = [Task(report, "find_clues") for report in missing]
        for report, found in zip(missing, ask(tasks) if tasks else (), strict=True):
            if found.told is not None:
                here[report.id] = found.told
                _keep(self._clues, report.id, found.told, most=_CLUES_AT_HAND)
        return [here[report.id] for report in reports if report.id in here]

    def _moments_of(
        self, reports: Mapping[str, Report], ask: Ask
    ) -> dict[str, tuple[dating.Moment, ...]]:
        """Return the happenings that dated reports tell with a day."""
        here = {id_: self._moments[id_] for id_ in reports if id_ in self._moments}
        missing = [id_ for id_ in reports if id_ not in here]
        tasks = [Task(reports[id_], "find_moments") for id_ in missing]
        for id_, found in zip(missing, ask(tasks) if tasks else (), strict=True):
            here[id_] = found.told or ()
            _keep(self._moments, id_, here[id_], most=_MOMENTS_AT_HAND)
        return here


def _keep(shelf: OrderedDict[str, _Found], id_: str, found: _Found, *, most: int) -> None:
    shelf[id_] = found
    shelf.move_to_end(id_)
    _shorten(shelf, most=most)


def _shorten(shelf: OrderedDict[str, _Found], *, most: int) -> None:
    """Give up what was met longest ago."""
    while len(shelf) > most:
        shelf.popitem(last=False)


def _days(published: Published | None) -> tuple[date, date] | None:
    return (published.start, published.end) if published else None


def _touched(near: Mapping[str, Sequence[dating.Near]], fresh: Collection[str]) -> set[str]:
    """Return the open reports that are new, or like a new one."""
    return {id_ for id_ in near if id_ in fresh or any(n.report in fresh for n in near[id_])}
