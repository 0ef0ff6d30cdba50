"""Provisions: what was agreed, point by point, in the report's words.

In: an agreement's trigger and the paragraphs behind its own.  Out: one `Provision` a point:
the items of a list that the sentence opens ("agreed:"), and the clauses that the verb of
agreeing governs ("agreed to exchange prisoners and to reopen the road").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from parley.coding.syntax import children, conjuncts
from parley.coding.triggers import Trigger
from parley.model import Provision, Trace
from parley.parsing import end_of, kind_of, start_of
from parley.parsing.layout import lay_out

_POINTS = frozenset({"xcomp", "ccomp", "advcl"})
_TERMS = frozenset(
    "deal agreement accord truce ceasefire pact treaty statement declaration term terms "
    "document memorandum protocol armistice settlement cease annex text plan roadmap paper "
    "communique resolution charter commitment arrangement provision".split()
)
# What a paragraph speaks of that opens a list of terms: an agreement, those bound by it.
_TOLD_OF = _TERMS | {"party", "side", "signatory"}
# "The accord obliges both sides to ...": the verbs by which a text lays down its terms.
_LAYING_DOWN = frozenset(
    "oblige provide require stipulate envisage foresee bind commit demand call oblige order "
    "include contain allow give set create establish guarantee".split()
)


def find_provisions(
    trigger: Trigger, *, paragraph: int, docs: Sequence[Doc], report: str, text: str
) -> tuple[Provision, ...]:
    """Return the provisions that an agreement's own sentence gives or opens."""
    items = _items(trigger, paragraph, docs)
    spans = [(start_of(doc), end_of(doc)) for doc in items] or [
        (start_of(point[0]), end_of(point[-1])) for point in _clauses(trigger.head)
    ]
    return tuple(
        Provision(text=text[start:end], evidence=(Trace(report=report, start=start, end=end),))
        for start, end in spans
    )


def list_behind(paragraph: int, docs: Sequence[Doc]) -> list[int]:
    """Return the indexes of the list items that a paragraph ending in a colon opens."""
    doc = docs[paragraph]
    if not doc.text.rstrip().endswith(":"):
        return []
    found = []
    for at in range(paragraph + 1, len(docs)):
        if kind_of(docs[at]) != "item":
            break
        found.append(at)
    return found


def opens_terms(doc: Doc) -> bool:
    """Tell whether a paragraph speaks of an agreement's terms: "Under the annex:"."""
    layout = lay_out(doc)
    start, end = layout.sentences[-1]
    return any(lemma.lower() in _TOLD_OF for lemma in layout.lemmas[start:end])


def _items(trigger: Trigger, paragraph: int, docs: Sequence[Doc]) -> list[Doc]:
    """The list that begins right behind a sentence that ends in a colon."""
    if trigger.head.sent != list(docs[paragraph].sents)[-1]:
        return []
    return [docs[at] for at in list_behind(paragraph, docs)]


def _clauses(verb: Token) -> Iterator[list[Token]]:
    for clause in children(verb, "xcomp", "ccomp"):
        for point in conjuncts(clause):
            own = [
                token
                for token in point.subtree
                if not any(
                    (other != point and other.is_ancestor(token)) or other == token
                    for other in conjuncts(point)
                    if other != point
                )
            ]
            own = [token for token in own if not (token.is_punct or token.dep_ == "cc")]
            if own:
                contiguous = list(point.doc[own[0].i : own[-1].i + 1])
                yield contiguous


def told_of_terms(doc: Doc) -> Iterator[tuple[Token, int, int]]:
    """Yield (agreement noun, start, end) for each point that a paragraph tells of an agreement.

    "Under the deal, X will ..."; "The accord obliges both sides to ... and to ...".
    """
    lowers = lay_out(doc).lowers
    for sentence in doc.sents:
        yield from _laid_down(sentence.root)
        for i in range(sentence.start, min(sentence.start + 8, sentence.end)):
            token = doc[i]
            if lowers[i] != "under" or token.dep_ not in ("prep", "ROOT"):
                continue
            for noun in children(token, "pobj"):
                opens = token.i == sentence.start or token.head == sentence.root
                if noun.lemma_.lower() in _TERMS and opens:
                    rest = [
                        other
                        for other in sentence
                        if not (token == other or token.is_ancestor(other)) and not other.is_punct
                    ]
                    if rest:
                        yield noun, start_of(rest[0]), end_of(rest[-1])


def _laid_down(verb: Token) -> Iterator[tuple[Token, int, int]]:
    if verb.lemma_ not in _LAYING_DOWN:
        return
    texts = [noun for noun in children(verb, "nsubj") if noun.lemma_.lower() in _TERMS]
    if texts:
        for point in _clauses(verb):
            yield texts[0], start_of(point[0]), end_of(point[-1])
