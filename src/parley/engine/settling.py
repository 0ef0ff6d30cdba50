"""Parley's own coder, and how it dates what one report alone leaves open.

The parser, the gazetteer and the lexicon are loaded once, when first needed, and serve
both: to code a report, and to code it again by the date that others give it.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from parley.engine.limit import at_most, seconds_for
from parley.engine.reprints import Reprints
from parley.engine.steps import CodedReport
from parley.engine.terms import bounds_of
from parley.learnt import DEFAULT_CODER, CoderName
from parley.model import Published, Report

if TYPE_CHECKING:
    from parley import dating, parsing

_log = logging.getLogger("parley.engine")

# A report has so many neighbours at most, and they are at least so like it.
NEIGHBOURS = 12
LEAST = 0.03
# So many open reports are looked at anew with every run, whatever is new: then no order
# in which reports come makes a difference.  Of more, those that what is new can touch.
_FEW = 300
_CLUES_AT_HAND = 5000


class BuiltIn:
    """The steps from a report to its mentions, loaded when first used.

    `coder` is "learnt", the rules and the learnt components together, or "rules" alone.  With
    `cache`, what the model says of a paragraph is kept in the user's cache folder.  Raises
    `DataError` where the components are missing, altered or of another version.
    """

    def __init__(self, *, coder: CoderName = DEFAULT_CODER, cache: bool = False) -> None:
        from parley import coding, grounding, learnt, parsing  # noqa: PLC0415 - slow to load
        from parley.grounding.compilation import cache_folder  # noqa: PLC0415 - slow to load

        components = learnt.load() if coder == "learnt" else None
        self._knowledge = grounding.Knowledge.load()
        self._parser = parsing.Parser(
            names=self._knowledge.patterns(), kept=cache_folder() if cache else None
        )
        self._coder = coding.RuleCoder(components=components)
        self._reprints = Reprints()
        self._clues: OrderedDict[str, dating.Undated] = OrderedDict()
        self._told: OrderedDict[str, tuple[dating.Moment, ...]] = OrderedDict()

    def __call__(self, report: Report, /) -> CodedReport:
        """Code a report."""
        return self.code(report)

    def code(self, report: Report) -> CodedReport:
        """Date, ground and code a report; what was coded before, word for word, is looked up."""
        coded = self._reprints.find(report)
        if coded is None:
            coded = self._code(self._parser.parse(report), None)
            self._reprints.keep(report, coded)
        elif coded.undated is not None:
            self.remember(coded.undated)
        return coded

    def expect(self, reports: Sequence[Report]) -> None:
        """Parse together reports that are to be coded next, one by one: that is faster.

        Where one of them cannot be parsed, nothing is lost: each is then parsed by itself.
        """
        reports = [report for report in reports if not self._reprints.has(report)]
        try:
            with at_most(sum(seconds_for(report.text) for report in reports)):
                self._parser.expect(reports)
        except Exception:
            _log.debug("reports could not be parsed together", exc_info=True)

    def remember(self, undated: dating.Undated) -> None:
        """Keep at hand what an open report says of its day, so that it is not asked again."""
        self._clues[undated.report.id] = undated
        if len(self._clues) > _CLUES_AT_HAND:
            self._clues.popitem(last=False)

    def settle(
        self,
        reports: Sequence[Report],
        others: Mapping[str, Report],
        fresh: Collection[str] | None,
    ) -> Iterator[CodedReport]:
        """Yield, coded again, those of the open `reports` that others date otherwise.

        `others` are all reports of the record; `fresh` the ids of those that were not
        there the last time, None where that is not known.
        """
        from parley import dating  # noqa: PLC0415 - slow to load

        wanted = {report.id: report for report in reports}
        tellings = {id_: dating.telling(report) for id_, report in wanted.items()}
        if fresh is not None and len(wanted) > _FEW and not self._stirs(tellings, others, fresh):
            return
        nearest = dating.Nearest(list(tellings.values()))
        for id_ in others:
            if id_ not in wanted:
                nearest.see(dating.telling(others[id_]))
        near = {id_: nearest.of(id_, most=NEIGHBOURS, least=LEAST) for id_ in wanted}
        stirred = set(wanted) if fresh is None or len(wanted) <= _FEW else _touched(near, fresh)
        yield from self.settle_among(reports, near, others, stirred)

    def settle_among(
        self,
        reports: Sequence[Report],
        near: Mapping[str, Sequence[dating.Near]],
        others: Mapping[str, Report],
        stirred: Collection[str],
    ) -> Iterator[CodedReport]:
        """Yield, coded again, those of the open reports in `stirred` that others date otherwise.

        `near` has the neighbours of each of `reports`, which are all that are open; `others`
        the neighbours that are not open, at least.
        """
        from parley import dating  # noqa: PLC0415 - slow to load

        wanted = {report.id: report for report in reports}
        tellings = {id_: dating.telling(report) for id_, report in wanted.items()}
        undated = [self._undated(report) for id_, report in wanted.items() if id_ in stirred]
        linked = {n.report for one in undated for n in near[one.report.id]}
        active = {one.report.id for one in undated}
        known = {id_: others[id_] for id_ in linked - active}
        alone = {one.report.id: one.report.published for one in undated}
        moments = {id_: self._moments(report) for id_, report in known.items()}
        for id_, published in dating.pin(undated, near, known, tellings, moments).items():
            report = wanted[id_]
            if (published or alone[id_]) == report.published:
                continue
            try:
                with at_most(seconds_for(report.text)):
                    # What others no longer pin has the date of its own text again.
                    bare = msgspec.structs.replace(report, published=None)
                    yield self._code(self._parser.parse(bare), published)
            except Exception:
                # As it is it was coded; that must not cost the others.
                _log.debug("%s could not be coded again", report.source, exc_info=True)

    def _stirs(
        self,
        tellings: Mapping[str, dating.Telling],
        others: Mapping[str, Report],
        fresh: Collection[str],
    ) -> bool:
        """Tell whether what is fresh can change what is open, before all else is looked at."""
        from parley import dating  # noqa: PLC0415 - slow to load

        if any(id_ in tellings for id_ in fresh):
            return True
        nearest = dating.Nearest(list(tellings.values()))
        for id_ in sorted(fresh):
            nearest.see(dating.telling(others[id_]))
        return any(
            near.report in fresh
            for id_ in tellings
            for near in nearest.of(id_, most=NEIGHBOURS, least=LEAST)
        )

    def _undated(self, report: Report) -> dating.Undated:
        from parley import dating  # noqa: PLC0415 - slow to load

        if report.id not in self._clues:
            bare = msgspec.structs.replace(report, published=None)
            parse = self._parser.parse(bare)
            bounds = bounds_of(parse, self._knowledge)
            self.remember(_undated(dating.date_report(parse, bounds=bounds), bounds))
        return self._clues[report.id]

    def _moments(self, report: Report) -> tuple[dating.Moment, ...]:
        """Return the happenings that a dated report tells with a day."""
        from parley import dating  # noqa: PLC0415 - slow to load

        if report.id not in self._told:
            self._told[report.id] = dating.find_moments(self._parser.parse(report))
            if len(self._told) > _CLUES_AT_HAND:
                self._told.popitem(last=False)
        return self._told[report.id]

    def _code(self, parse: parsing.Parse, settled: Published | None) -> CodedReport:
        from parley import dating, grounding  # noqa: PLC0415 - slow to load

        bounds = bounds_of(parse, self._knowledge) if settled is None else ()
        dated = dating.date_report(parse, settled=settled, bounds=bounds)
        undated = None
        if settled is None and dating.is_open(dated.report.published):
            undated = _undated(dated, bounds)
            self.remember(undated)
        grounded = grounding.ground(dated.parse, knowledge=self._knowledge)
        return CodedReport(dated.report, self._coder.code(dated, grounded), undated)


def _undated(dated: dating.Dated, bounds: tuple[dating.Bound, ...]) -> dating.Undated:
    from parley import dating  # noqa: PLC0415 - slow to load

    return dating.Undated(dated.report, dated.clues, bounds, dated.moments())


def _touched(near: Mapping[str, Sequence[dating.Near]], fresh: Collection[str]) -> set[str]:
    """Return the open reports that are new, like a new one, or linked to such by others."""
    linked: dict[str, set[str]] = {id_: set() for id_ in near}
    for id_, found in near.items():
        for n in found:
            if n.report in linked:
                linked[id_].add(n.report)
                linked[n.report].add(id_)
    waiting = [id_ for id_ in near if id_ in fresh or any(n.report in fresh for n in near[id_])]
    touched: set[str] = set()
    while waiting:
        id_ = waiting.pop()
        if id_ not in touched:
            touched.add(id_)
            waiting += linked[id_] - touched
    return touched
