"""Parley's own coder: from a report to its mentions.

The parser, the gazetteer and the lexicon are loaded once.  It codes a report, codes it again by
the date that others give it, and tells what these need to know of it (`settling.py`).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
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

    def __call__(self, report: Report, /) -> CodedReport:
        """Code a report."""
        return self.code(report)

    def code(self, report: Report) -> CodedReport:
        """Date, ground and code a report; what was coded before, word for word, is looked up."""
        coded = self._reprints.find(report)
        if coded is None:
            coded = self._code(self._parser.parse(report), None)
            self._reprints.keep(report, coded)
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

    def recode(self, report: Report, published: Published | None) -> CodedReport:
        """Code a report as it would be coded if it was published then.

        With None, as its own text dates it, whatever date it was given.
        """
        bare = msgspec.structs.replace(report, published=None)
        return self._code(self._parser.parse(bare), published)

    def find_clues(self, report: Report) -> dating.Undated:
        """Return what a report whose day is open says of it."""
        from parley import dating  # noqa: PLC0415 - slow to load

        parse = self._parser.parse(msgspec.structs.replace(report, published=None))
        bounds = bounds_of(parse, self._knowledge)
        return _undated(dating.date_report(parse, bounds=bounds), bounds)

    def find_moments(self, report: Report) -> tuple[dating.Moment, ...]:
        """Return the happenings that a dated report tells with a day."""
        from parley import dating  # noqa: PLC0415 - slow to load

        return dating.find_moments(self._parser.parse(report))

    def _code(self, parse: parsing.Parse, settled: Published | None) -> CodedReport:
        from parley import dating, grounding  # noqa: PLC0415 - slow to load

        bounds = bounds_of(parse, self._knowledge) if settled is None else ()
        dated = dating.date_report(parse, settled=settled, bounds=bounds)
        undated = None
        if settled is None and dating.is_open(dated.report.published):
            undated = _undated(dated, bounds)
        grounded = grounding.ground(dated.parse, knowledge=self._knowledge)
        return CodedReport(dated.report, self._coder.code(dated, grounded), undated)


def _undated(dated: dating.Dated, bounds: tuple[dating.Bound, ...]) -> dating.Undated:
    from parley import dating  # noqa: PLC0415 - slow to load

    return dating.Undated(dated.report, dated.clues, bounds, dated.moments())
