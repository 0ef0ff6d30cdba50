"""The coder that Parley brings: rules over a dependency parse, a lexicon and grounded names.

In: a `Dated` report (its parse and its times) and its `Grounding`.  Out: the `Mention`s, in
the order of the text.  Deterministic, offline.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec
from spacy.tokens import Doc, Token

from parley.coding.discourse import settle
from parley.coding.drafts import Draft, draft_paragraph
from parley.coding.lexicon import Lexicon, load_lexicon
from parley.coding.provisions import told_under
from parley.dating import Dated
from parley.grounding import Grounding
from parley.model import Mention, Provision, Trace


class Coder(Protocol):
    """Whatever turns a dated and grounded report into mentions."""

    def code(self, dated: Dated, grounding: Grounding) -> tuple[Mention, ...]:
        """Return the mentions of a report; every one has a span that says it."""


class RuleCoder:
    """The built-in coder.  Loading the lexicon takes some hundredths of a second."""

    def __init__(self, *, lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon or load_lexicon()

    def code(self, dated: Dated, grounding: Grounding) -> tuple[Mention, ...]:
        """Return the mentions of a report in the order of the text."""
        drafts: list[Draft] = []
        for index, doc in enumerate(dated.parse.docs):
            drafts += draft_paragraph(
                index, dated=dated, grounding=grounding, lexicon=self._lexicon
            )
            drafts = _with_terms(drafts, doc, dated.report.id, dated.report.text)
        return settle(drafts, dated=dated)


def _with_terms(drafts: list[Draft], doc: Doc, report: str, text: str) -> list[Draft]:
    """Give "Under the deal, ..." to the agreement told last before it."""
    for noun, start, end in told_under(doc):
        at = _last_agreement(drafts, noun)
        if at is None:
            continue
        mention = drafts[at].mention
        provision = Provision(
            text=text[start:end], evidence=(Trace(report=report, start=start, end=end),)
        )
        drafts[at] = msgspec.structs.replace(
            drafts[at],
            mention=msgspec.structs.replace(mention, provisions=(*mention.provisions, provision)),
        )
    return drafts


def _last_agreement(drafts: Sequence[Draft], noun: Token) -> int | None:
    for at in range(len(drafts) - 1, -1, -1):
        draft = drafts[at]
        if draft.mention.type == "AGREE" and draft.trigger.head.i != noun.i:
            return at
    return None
