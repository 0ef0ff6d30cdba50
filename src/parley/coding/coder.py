"""The coder that Parley brings: rules over a dependency parse, a lexicon and grounded names.

In: a `Dated` report (its parse and its times) and its `Grounding`.  Out: the `Mention`s, in
the order of the text.  Deterministic, offline.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from spacy.tokens import Token

from parley.coding.attendance import with_attendance
from parley.coding.discourse import settle
from parley.coding.drafts import Draft, Found, changed, draft_paragraph, find_in
from parley.coding.lexicon import Lexicon, load_lexicon
from parley.coding.provisions import list_behind, opens_terms, told_of_terms
from parley.dating import Dated
from parley.grounding import Grounding
from parley.learnt import Components
from parley.model import Mention, Provision, Report, Trace
from parley.parsing import end_of, start_of


class Coder(Protocol):
    """Whatever turns a dated and grounded report into mentions."""

    def code(self, dated: Dated, grounding: Grounding) -> tuple[Mention, ...]:
        """Return the mentions of a report; every one has a span that says it."""


class RuleCoder:
    """The built-in coder.  Loading the lexicon takes some hundredths of a second."""

    def __init__(
        self, *, lexicon: Lexicon | None = None, components: Components | None = None
    ) -> None:
        self._lexicon = lexicon or load_lexicon()
        self._components = components

    def code(self, dated: Dated, grounding: Grounding) -> tuple[Mention, ...]:
        """Return the mentions of a report in the order of the text."""
        return self.code_together([(dated, grounding)])[0]

    def code_together(
        self, reports: Sequence[tuple[Dated, Grounding]]
    ) -> list[tuple[Mention, ...]]:
        """Return the mentions of each of some reports: the same as one by one, but faster."""
        found = find_in(
            [(dated.parse.docs, grounding) for dated, grounding in reports],
            lexicon=self._lexicon,
            components=self._components,
        )
        return [
            self._code(dated, grounding, whole)
            for (dated, grounding), whole in zip(reports, found, strict=True)
        ]

    def _code(
        self, dated: Dated, grounding: Grounding, whole: Sequence[Found]
    ) -> tuple[Mention, ...]:
        docs, report = dated.parse.docs, dated.report
        drafts: list[Draft] = []
        terms: set[int] = set()
        components = self._components
        for index, doc in enumerate(docs):
            if index in terms:
                # A point of an agreement is what was agreed, and no happening.
                continue
            found = draft_paragraph(
                index,
                whole[index],
                dated=dated,
                grounding=grounding,
                lexicon=self._lexicon,
                thresholds=components.card.thresholds if components else {},
            )
            points = list_behind(index, docs) if len(doc) and opens_terms(doc) else []
            agreed = any(draft.mention.provisions for draft in found)
            drafts += found
            terms |= set(points)
            spans = [(start_of(docs[at]), end_of(docs[at])) for at in points if not agreed]
            told = [(None, start, end) for start, end in spans]
            drafts = _with_terms(drafts, [*told, *told_of_terms(doc)], report)
        drafts = with_attendance(drafts, docs, grounding=grounding, lexicon=self._lexicon)
        return settle(drafts, dated=dated, grounding=grounding)


def _with_terms(
    drafts: list[Draft], points: Sequence[tuple[Token | None, int, int]], report: Report
) -> list[Draft]:
    """Give points told of "the deal" to the agreement told last before them."""
    for noun, start, end in points:
        at = _last_agreement(drafts, noun)
        if at is None:
            continue
        mention = drafts[at].mention
        provision = Provision(
            text=report.text[start:end],
            evidence=(Trace(report=report.id, start=start, end=end),),
        )
        drafts[at] = changed(drafts[at], provisions=(*mention.provisions, provision))
    return drafts


def _last_agreement(drafts: Sequence[Draft], noun: Token | None) -> int | None:
    for at in range(len(drafts) - 1, -1, -1):
        draft = drafts[at]
        same_word = noun is not None and start_of(noun) == draft.mention.trigger[0]
        # Not what a plan is filed under: "will withdraw" is itself a point of the deal.
        agreed = draft.trigger.frame.type == draft.mention.type == "AGREE"
        if agreed and draft.mention.status != "denied" and not same_word:
            return at
    return None
