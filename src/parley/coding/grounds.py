"""Grounds: the names that can but be places, by the noun that they belong to.

In: a name.  Out: whether it is that of ground that is besieged or lost ("the siege of Orrin"), or
of where a way leads ("the road to Orrin", "the Loma-Tishe road"), whatever the model takes it for.
The nouns are in `data/places.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from parley.coding.syntax import children, lower_lemmas_in
from parley.coding.words import place_words
from parley.grounding import Grounding
from parley.parsing.layout import lay_out

# How a way is told by where it leads, and beside which it is.
_LEADING = frozenset({"to", "from", "between", "into", "at", "near"})
_NAMING = frozenset({"compound", "nmod", "poss"})
# Whom a name that no list has may be taken for.
TAKEN = frozenset({"person", "organisation"})


def names_ground(name: Token, grounding: Grounding) -> bool:
    """Tell whether a name can but say where something is, as no known party bears it."""
    return name.i in _grounds_of(name.doc) and _is_unknown(name, grounding)


def grounds_in(noun: Token, grounding: Grounding) -> Iterator[Token]:
    """Yield the names in the phrase of a noun that can but be places."""
    first, last = noun.left_edge.i, noun.right_edge.i
    for i in sorted(_grounds_of(noun.doc)):
        if first <= i <= last and _is_unknown(noun.doc[i], grounding):
            yield noun.doc[i]


def _is_unknown(name: Token, grounding: Grounding) -> bool:
    reference = grounding.reference(name)
    members = reference.members if reference is not None else ()
    return all(member.party.kind in TAKEN for member in members)


def _grounds_of(doc: Doc) -> frozenset[int]:
    """Return the names of ground and of where ways lead, by index.

    They are sought once a paragraph, from the few nouns that they belong to.
    """
    layout = lay_out(doc)
    found: frozenset[int] | None = layout.found.get("grounds")
    if found is None:
        words = place_words()
        told = words.grounds | words.ways
        nouns = () if lower_lemmas_in(doc).isdisjoint(told) else range(len(doc))
        found = layout.found["grounds"] = frozenset(
            name.i for i in nouns if layout.lemmas[i].lower() in told for name in _named_by(doc[i])
        )
    return found


def _named_by(noun: Token) -> Iterator[Token]:
    """Yield the names that belong to a noun of ground, or to one of a way."""
    words, lemma = place_words(), noun.lemma_.lower()
    if lemma in words.ways:
        yield from _names(children(noun, *_NAMING))
    for name, preposition in ((word.lower_, word) for word in children(noun, "prep")):
        if (lemma in words.grounds and name == "of") or (lemma in words.ways and name in _LEADING):
            waiting = _names(children(preposition, "pobj"))
            while waiting:
                place = waiting.pop()
                yield place
                waiting += _names(children(place, "conj"))


def _names(words: Iterable[Token]) -> list[Token]:
    return [w for w in words if w.pos_ == "PROPN" and not any(c.isdigit() for c in w.text)]
