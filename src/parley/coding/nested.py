"""Nested: whom a noun phrase names that is no name itself, by what stands within it.

In: a noun and the report's grounded references.  Out: the references inside its phrase:
"Israel's proposal", "a ban imposed by Kenya", "the siege of Mariupol", "a delegation led by X".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from parley.coding.clauses import leading_clauses
from parley.coding.syntax import agents, children, conjuncts, has_child, is_said_of, prepositions
from parley.coding.unlisted import names_venue
from parley.coding.words import agreement_words
from parley.grounding import Grounding, Reference

# Where a party is looked for inside the phrase of a noun that names none itself.
NESTED = frozenset({"of", "by", "from", "between", "with", "against", "for", "on", "in", "to"})
# How many phrases deep: no party of "the war of the attack of the war of ..." is looked for.
_DEEPEST = 6


def nested_in(
    token: Token, grounding: Grounding, through: frozenset[str] = NESTED, *, depth: int = 0
) -> Iterator[Reference]:
    """References inside the phrase of a noun: owner and modifiers first, then prepositions."""
    if depth > _DEEPEST:
        return
    paper = token.lemma_.lower() in agreement_words()
    apposed = _called(token, grounding)
    if apposed is not None:
        yield apposed
        return
    for child in token.children:
        if is_said_of(child) and has_child(token, "compound", "amod", "poss"):
            continue
        if child.dep_ in ("poss", "amod", "compound", "nmod", "appos") or child.dep_ == "conj":
            for word in conjuncts(child):
                if paper and names_venue(word, grounding):
                    continue
                reference = grounding.reference(word)
                if reference is not None and reference.members:
                    yield reference
                    yield from _compounded(word, grounding)
                elif child.dep_ in ("conj", "appos", "poss"):
                    yield from nested_in(word, grounding, through, depth=depth + 1)
    found = False
    for name, noun in prepositions(token):
        if name in through:
            reference = grounding.reference(noun)
            if reference is not None and reference.members:
                found = True
                yield reference
            elif name in ("of", "by", "from", "on", "against") and (
                not found or noun.dep_ == "conj"
            ):
                yield from nested_in(noun, grounding, through, depth=depth + 1)


def _called(token: Token, grounding: Grounding) -> Reference | None:
    """Return who a noun is by the name behind it: "the rebels' political wing, Ister First"."""
    if not has_child(token, "poss"):
        return None
    for child in children(token, "appos"):
        reference = grounding.reference(child) if child.pos_ == "PROPN" else None
        if reference is not None and reference.members:
            return reference
    return None


def led_by(token: Token, grounding: Grounding) -> Iterator[Reference]:
    """Yield who leads "a delegation led by Foreign Minister X"."""
    for clause in leading_clauses(token):
        for agent in agents(clause):
            reference = grounding.reference(agent)
            if reference is not None and reference.members:
                yield reference


def _compounded(word: Token, grounding: Grounding) -> Iterator[Reference]:
    """The other half of "Armenia-Azerbaijan": a name that hangs on a name."""
    for child in children(word, "compound", "nmod"):
        reference = grounding.reference(child)
        if reference is not None and reference.members:
            yield reference
