"""Grounds: the names that can but be places, by the noun that they belong to.

In: a name.  Out: whether it is that of ground that is besieged or lost ("the siege of Orrin"), or
of where a way leads ("the road to Orrin", "the Loma-Tishe road"), whatever the model takes it for.
The nouns are in `data/places.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from parley.coding.syntax import first_conjunct
from parley.coding.words import place_words
from parley.grounding import Grounding

# How a way is told by where it leads, and beside which it is.
_LEADING = frozenset({"to", "from", "between", "into", "at", "near"})
_NAMING = frozenset({"compound", "nmod", "poss"})
# Whom a name that no list has may be taken for.
TAKEN = frozenset({"person", "organisation"})


def names_ground(name: Token, grounding: Grounding) -> bool:
    """Tell whether a name can but say where something is, as no known party bears it."""
    if name.pos_ != "PROPN" or any(c.isdigit() for c in name.text) or not _is_of_ground(name):
        return False
    reference = grounding.reference(name)
    members = reference.members if reference is not None else ()
    return all(member.party.kind in TAKEN for member in members)


def grounds_in(noun: Token, grounding: Grounding) -> Iterator[Token]:
    """Yield the names in the phrase of a noun that can but be places."""
    for word in noun.subtree:
        if names_ground(word, grounding):
            yield word


def _is_of_ground(name: Token) -> bool:
    words = place_words()
    if name.dep_ in _NAMING and name.head.lemma_.lower() in words.ways:
        return True
    first = first_conjunct(name)
    if first.dep_ != "pobj" or first.head.dep_ != "prep":
        return False
    lemma = first.head.head.lemma_.lower()
    preposition = first.head.lower_
    return (lemma in words.grounds and preposition == "of") or (
        lemma in words.ways and preposition in _LEADING
    )
