"""Compliance: what a clause says was done as agreed, or against it, where no word names a deed.

In: a paragraph, with the triggers that it has.  Out: the verbs that tell such a thing, and whether
that kept the agreement or broke it: "Farmers are back in the marsh, as was promised", "The hotline
agreed in Dvani has been in operation", "Guns still stand there, in breach of the truce".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

from spacy.tokens import Doc, Span, Token

from parley.coding.syntax import ancestors, children, is_verbal
from parley.coding.tying import load_patterns
from parley.coding.words import agreement_words, compliance_words

Kind = Literal["kept", "broken"]

_SUBJECTS = ("nsubj", "nsubjpass")
_HAVING = frozenset({"has", "have", "had", "'ve", "'s"})
_BEING = frozenset({"is", "are", "was", "were", "been", "being"})
_LAST = 5  # words of "(under) the settlement." that end a sentence
_NOBODY = frozenset({"nobody", "none", "no", "neither", "not", "n't", "never", "nor"})


def observed_acts(doc: Doc, taken: Collection[int]) -> Iterator[tuple[Token, Kind]]:
    """Yield the verbs of a paragraph that tell something as kept or broken; no word in `taken`."""
    text = doc.text.lower()
    patterns = load_patterns()
    if len(text) != len(doc.text) or patterns.observed.search(text) is None:
        return
    found: set[int] = set()
    for kind, some in (
        ("kept", (patterns.keeping, patterns.as_agreed, patterns.agreed_in)),
        ("broken", (patterns.breaking, patterns.against_agreed)),
    ):
        for pattern in some:
            for match in pattern.finditer(text):
                span = doc.char_span(*match.span(), alignment_mode="expand")
                if span is None:
                    continue
                verb = _verb_of(span, loose=pattern is patterns.keeping)
                # "Violation" itself tells no other deed.
                others = [i for i in taken if not span.start <= i < span.end]
                if verb is None or verb.i in found or _is_told(verb, others):
                    continue
                found.add(verb.i)
                yield verb, "broken" if kind == "broken" or _is_negated(verb) else "kept"


def _verb_of(span: Span, *, loose: bool) -> Token | None:
    """Return the verb of the clause that a phrase stands in, where that tells what was done."""
    for word in (span.root, *ancestors(span.root)):
        if span.start <= word.i < span.end or not is_verbal(word):
            continue
        if not children(word, *_SUBJECTS):
            continue
        if word.lemma_.lower() in compliance_words().saying:
            # "The goats are back, the chief said, as the accord demands"
            said = [clause for clause in children(word, "ccomp") if clause.i < word.i]
            if not said or span.start < word.i or not children(said[0], *_SUBJECTS):
                return None
            word = said[0]  # noqa: PLW2901
        opening = span[0].lower_ if loose else ""
        if opening in compliance_words().vague and span.sent.end - span.end > _LAST:
            return None
        if opening in compliance_words().loose and span.start < word.i:
            # "Under the deal, Peru got the hills" tells its terms.
            return None
        return word if _is_done(word) and not _is_of_agreement(word, span) else None
    return None


def _is_done(verb: Token) -> bool:
    """Tell whether a verb tells what was done or is so, not what will, may or should be."""
    helped = children(verb, "aux", "auxpass")
    lowers = {child.lower_ for child in helped}
    if verb.lemma_ == "be":
        words = {word.lower_ for word in verb.rights}
        inner = {word.lower_ for prep in children(verb, "prep") for word in prep.children}
        return not (words | inner).isdisjoint(compliance_words().states)
    if any(child.tag_ in ("MD", "TO") for child in helped):
        return False
    return verb.tag_ == "VBD" or bool(lowers & (_HAVING | _BEING))


def _is_of_agreement(verb: Token, span: Span) -> bool:
    """Tell whether what a clause is about is an agreement itself: "The truce was broken"."""
    for noun in children(verb, *_SUBJECTS):
        if noun.lemma_.lower() in agreement_words() or noun.lower_ in ("it", "this", "that"):
            return True
    return verb.lemma_.lower() in compliance_words().of_agreements


def _is_told(verb: Token, taken: Collection[int]) -> bool:
    """Tell whether a clause has a word already that names what it tells."""
    return any(word.i in taken for word in verb.subtree if word.sent == verb.sent)


def _is_negated(verb: Token) -> bool:
    negated = any(child.dep_ == "neg" for child in verb.children)
    nobody = any(
        word.lower_ in _NOBODY for noun in children(verb, *_SUBJECTS) for word in noun.subtree
    )
    return negated or nobody
