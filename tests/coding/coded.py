"""A bench on which tests lay texts: parsed, dated, grounded and coded, each once a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from parley.coding import RuleCoder
from parley.dating import Dated, date_report
from parley.grounding import Grounding, Knowledge, ground
from parley.model import Mention, Report, digest
from parley.parsing import Parse, Parser

# A Friday.
DAY = date(2024, 3, 15)


@dataclass(frozen=True)
class Coded:
    """A text and what was made of it on the way to its mentions."""

    report: Report
    dated: Dated
    grounding: Grounding
    mentions: tuple[Mention, ...]

    def told(self, type_: str | None = None) -> list[Mention]:
        """Return the mentions, those of one type where it is named."""
        return [m for m in self.mentions if type_ is None or m.type == type_]

    def trigger(self, mention: Mention) -> str:
        """Return the characters that name the happening."""
        start, end = mention.trigger
        return self.report.text[start:end]


class Bench:
    """Parser, names and coder, loaded once; what has been coded is remembered."""

    def __init__(self, *, knowledge: Knowledge | None = None, parser: Parser | None = None) -> None:
        self.knowledge = knowledge or Knowledge.load()
        self.parser = parser or Parser(names=self.knowledge.patterns())
        self.coder = RuleCoder()
        self._done: dict[tuple[str, date | None], Coded] = {}

    def code(self, text: str, *, given: date | None = DAY) -> Coded:
        """Code a text that was published on the given day (None: the text must tell)."""
        found = self._done.get((text, given))
        if found is None:
            found = self.code_report(make_report(text), given=given)
            self._done[text, given] = found
        return found

    def code_report(self, report: Report, *, given: date | None = None) -> Coded:
        """Code a report anew."""
        return self.code_parse(self.parser.parse(report), given=given)

    def code_parse(self, parse: Parse, *, given: date | None = DAY) -> Coded:
        """Code what has been parsed."""
        dated = date_report(parse, given=given)
        grounding = ground(dated.parse, knowledge=self.knowledge)
        return Coded(dated.report, dated, grounding, self.coder.code(dated, grounding))

    def code_many(self, texts: Sequence[str], *, given: date | None = DAY) -> list[Coded]:
        """Code texts."""
        return [self.code(text, given=given) for text in texts]


def make_report(text: str) -> Report:
    """Return a report; its id follows from the text."""
    return Report(id=digest("r", text), source="bench", text=text)
