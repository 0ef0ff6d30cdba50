"""Aims: whom a protest is against, where another clause or noun than its own tells it.

In: a trigger.  Out: the words of whom it is aimed at, as arguments.  "Marched to protest
against X", "blocked a road in defiance of X", "gathered outside the embassy of X".  The words
are in `data/protests.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import Struct
from spacy.tokens import Token

from parley.coding.arguments import Argument
from parley.coding.syntax import children, conjuncts, objects, prepositions
from parley.coding.triggers import Trigger
from parley.parsing.wordlists import read_words

_CLAUSES = ("advcl", "xcomp", "conj", "acl")


class ProtestWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What `data/protests.toml` holds."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    calling: frozenset[str]
    behind_verbs: frozenset[str]
    behind_nouns: frozenset[str]
    seats: frozenset[str]


@cache
def protest_words() -> ProtestWords:
    """Return the words by which a protest is aimed at somebody."""
    return read_words("coding", "protests.toml", ProtestWords)


def find_aims(trigger: Trigger) -> Iterator[Argument]:
    """Yield whom a protest is aimed at, as recipients, the most telling words first."""
    words, verb = protest_words(), trigger.predicate
    for clause in children(verb, *_CLAUSES):
        if clause.lemma_ in words.verbs:
            yield from _aims_of(clause, words)
    for _, noun in prepositions(verb):
        if noun.lemma_ in words.nouns:
            yield from _behind(noun, words.behind_nouns)
        if noun.lemma_ in words.seats:
            yield Argument("object", "recipient", noun)


def _aims_of(clause: Token, words: ProtestWords) -> Iterator[Argument]:
    """Yield whom a verb is aimed at: its object or what stands behind that, who is to act."""
    for what in children(clause, "ccomp"):
        yield from (Argument("object", "recipient", who) for who in children(what, "nsubj"))
    for noun in objects(clause):
        if noun.lemma_ in words.nouns:
            yield from _behind(noun, words.behind_nouns)
        else:
            yield Argument("object", "recipient", noun)
            yield from _behind(noun, words.behind_verbs)
    calling = clause.lemma_ in words.calling
    yield from _behind(clause, words.behind_nouns if calling else words.behind_verbs)


def _behind(word: Token, leading: frozenset[str]) -> Iterator[Argument]:
    for name, noun in prepositions(word):
        if name in leading:
            for each in conjuncts(noun):
                yield Argument("object", "recipient", each)
