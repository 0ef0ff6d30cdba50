"""Parley's own coder: from a report to its mentions.

The parser, the gazetteer and the lexicon are loaded once.  It codes a report, codes it again by
the date that others give it, and tells what these need to know of it (`settling.py`).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from parley.engine.garbage import loading
from parley.engine.limit import at_most, seconds_for
from parley.engine.reprints import Reprints
from parley.engine.steps import CodedReport
from parley.engine.terms import bounds_of
from parley.learnt import DEFAULT_CODER, CoderName
from parley.model import Published, Report

if TYPE_CHECKING:
    from parley import dating, parsing

# Of so many strings a parser is given up for a new one, which takes a second: within a run, which
# meets most of its words again, and between two, where what is held has to stay the same for days.
_STRINGS, _STRINGS_AT_FIRST = 40_000, 6_000

_log = logging.getLogger("parley.engine")


class BuiltIn:
    """The steps from a report to its mentions, loaded when first used.

    `coder` is "learnt", the rules and the learnt components together, or "rules" alone.  With
    `cache`, what the model says of a paragraph is kept in the user's cache folder.  Raises
    `DataError` where the components are missing, altered or of another version.
    """

    def __init__(self, *, coder: CoderName = DEFAULT_CODER, cache: bool = False) -> None:
        from parley import coding, grounding, learnt  # noqa: PLC0415 - slow to load
        from parley.grounding.compilation import cache_folder  # noqa: PLC0415 - slow to load

        components = learnt.load() if coder == "learnt" else None
        self._knowledge = grounding.Knowledge.load()
        self._folder = cache_folder() if cache else None
        self._parser: parsing.Parser | None = self._load_parser()
        self._coder = coding.RuleCoder(components=components)
        self._reprints = Reprints()
        self._ahead: dict[str, tuple[Report, CodedReport]] = {}

    def __call__(self, report: Report, /) -> CodedReport:
        """Code a report."""
        return self.code(report)

    def code(self, report: Report) -> CodedReport:
        """Date, ground and code a report; what was coded before, word for word, is looked up."""
        coded = self._reprints.find(report)
        if coded is None:
            ahead = self._ahead.pop(report.id, None)
            if ahead is not None and ahead[0] == report:
                coded = ahead[1]
            else:
                coded = self._code([self._parse(report)])[0]
            self._reprints.keep(report, coded)
        return coded

    def expect(self, reports: Sequence[Report]) -> None:
        """Code together reports that are to be asked for next, one by one: that is faster.

        Where one of them cannot be coded, nothing is lost: each is then coded by itself.  What
        was expected before and not asked for is forgotten.
        """
        self._ahead.clear()
        reports = self._reprints.without(reports)
        try:
            with at_most(seconds_for(*(report.text for report in reports))):
                parser = self._roomy_parser(_STRINGS)
                parser.expect(reports)
                coded = self._code([parser.parse(report) for report in reports])
        except Exception:
            _log.debug("reports could not be coded together", exc_info=True)
        else:
            self._ahead = {
                report.id: (report, one) for report, one in zip(reports, coded, strict=True)
            }

    def recode(self, report: Report, published: Published | None) -> CodedReport:
        """Code a report as it would be coded if it was published then.

        With None, as its own text dates it, whatever date it was given.
        """
        bare = msgspec.structs.replace(report, published=None)
        return self._code([self._parse(bare)], published)[0]

    def find_clues(self, report: Report) -> dating.Undated:
        """Return what a report whose day is open says of it."""
        from parley import dating, parsing  # noqa: PLC0415 - slow to load

        parse = self._parse(msgspec.structs.replace(report, published=None))
        bounds = bounds_of(parse, self._knowledge)
        dated = dating.date_report(parse, bounds=bounds)
        parsing.let_go(parse.docs)
        return _undated(dated, bounds)

    def find_moments(self, report: Report) -> tuple[dating.Moment, ...]:
        """Return the happenings that a dated report tells with a day."""
        from parley import dating, parsing  # noqa: PLC0415 - slow to load

        parse = self._parse(report)
        moments = dating.find_moments(parse)
        parsing.let_go(parse.docs)
        return moments

    def _load_parser(self) -> parsing.Parser:
        from parley import parsing  # noqa: PLC0415 - slow to load

        return parsing.Parser(names=self._knowledge.patterns(), kept=self._folder)

    def make_room(self) -> None:
        """Give up what takes much memory and was of use to another run."""
        self._roomy_parser(_STRINGS_AT_FIRST)

    def _parse(self, report: Report) -> parsing.Parse:
        return self._roomy_parser(_STRINGS).parse(report)

    def _roomy_parser(self, most: int) -> parsing.Parser:
        """Return the parser, a new one where it has met more strings; what it says is the same."""
        if self._parser is not None and self._parser.strings > most:
            self._parser.close()
            self._parser = None
        if self._parser is None:  # now, or where loading was cut off before
            with loading():
                self._parser = self._load_parser()
        return self._parser

    def _code(
        self, parses: Sequence[parsing.Parse], settled: Published | None = None
    ) -> list[CodedReport]:
        """Date, ground and code reports; `settled` is their date, where others gave it."""
        from parley import grounding  # noqa: PLC0415 - slow to load

        dated = [self._date(parse, settled) for parse in parses]
        told = self._coder.code_together(
            [(one, grounding.ground(one.parse, knowledge=self._knowledge)) for one, _ in dated]
        )
        return [
            CodedReport(one.report, mentions, undated)
            for (one, undated), mentions in zip(dated, told, strict=True)
        ]

    def _date(
        self, parse: parsing.Parse, settled: Published | None
    ) -> tuple[dating.Dated, dating.Undated | None]:
        """Date a report; where its day is open, return what it says of it, too."""
        from parley import dating  # noqa: PLC0415 - slow to load

        bounds = bounds_of(parse, self._knowledge) if settled is None else ()
        dated = dating.date_report(parse, settled=settled, bounds=bounds)
        is_open = settled is None and dating.is_open(dated.report.published)
        return dated, _undated(dated, bounds) if is_open else None


def _undated(dated: dating.Dated, bounds: tuple[dating.Bound, ...]) -> dating.Undated:
    from parley import dating  # noqa: PLC0415 - slow to load

    return dating.Undated(dated.report, dated.clues, bounds, dated.moments())
