"""The coder that Parley brings: rules over a dependency parse, a lexicon and grounded names.

In: a `Dated` report (its parse and its times) and its `Grounding`.  Out: the `Mention`s, in
the order of the text.  Deterministic, offline.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from parley.coding.agreed import Agreements, signings
from parley.coding.attendance import with_attendance
from parley.coding.brokers import with_brokers
from parley.coding.discourse import settle
from parley.coding.doers import with_doers
from parley.coding.drafts import draft_paragraph
from parley.coding.finding import Found, find_in
from parley.coding.homes import with_homes
from parley.coding.identities import with_identities
from parley.coding.lexicon import Lexicon, load_lexicon
from parley.coding.provisions import list_behind, opens_terms, whole_provision
from parley.coding.terms import State, read_terms
from parley.dating import Dated
from parley.grounding import Grounding
from parley.learnt import Components
from parley.model import Mention
from parley.parsing import let_go


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
        told = [
            self._code(dated, grounding, whole)
            for (dated, grounding), whole in zip(reports, found, strict=True)
        ]
        let_go(doc for dated, _ in reports for doc in dated.parse.docs)
        return told

    def _code(
        self, dated: Dated, grounding: Grounding, whole: Sequence[Found]
    ) -> tuple[Mention, ...]:
        docs, report = dated.parse.docs, dated.report
        agreements = Agreements(dated)
        items: set[int] = set()
        state: State = "closed"
        components = self._components
        for index, doc in enumerate(docs):
            if index in items:
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
            listed = list_behind(index, docs)
            told, state = read_terms(
                doc,
                state=state,
                signed=signings(found),
                listed=bool(listed),
                agreed=agreements.are_told,
            )
            agreements.add(found, told, doc)
            told_items = [docs[at] for at in listed]
            if listed and opens_terms(doc, told_items, agreed=agreements.are_told):
                items |= set(listed)
                state = "signed"
                agreements.add_list([whole_provision(item, report) for item in told_items])
        drafts = with_attendance(
            agreements.drafts, docs, grounding=grounding, lexicon=self._lexicon
        )
        drafts = with_identities(
            with_doers(drafts), docs, grounding=grounding, lexicon=self._lexicon
        )
        mentions = settle(with_brokers(drafts), dated=dated, grounding=grounding)
        return with_homes(mentions, grounding.home)
