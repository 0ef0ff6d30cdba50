"""The making of an agreement, told or recalled with its day: "signed in Moscow eight days ago".

In: a word of a time expression.  Out: the `Making` whose day it is, and how likely two of them are
one.  A report that recalls an agreement in few words shares hardly any with the one that told of
its signing at length; but a folder tells of few agreements, and by names which of them is meant.
"""

from __future__ import annotations

from msgspec import Struct
from spacy.tokens import Span, Token

from parley.dating.direction import direction_of, names_accord
from parley.dating.habits import habits
from parley.dating.words import words

_LONGEST_CLIMB = 6
_STEM = 7
_MADE = frozenset({"dobj", "nsubjpass"})


class Making(Struct, frozen=True):
    """An agreement that was made: the names told of it, and whether that is only recalled."""

    names: frozenset[str]
    recalled: bool


def making_of(token: Token) -> Making | None:
    """Return the agreement of whose making a time is, None where it is of none that is made."""
    if names_accord(token):
        return Making(_names(token.head.head), recalled=True)
    accords, making = words().lists.accords, words().lists.making
    node = token
    for _ in range(_LONGEST_CLIMB):
        if node.pos_ in ("VERB", "AUX"):
            break
        node = node.head
    if node.lemma_.lower() not in making or direction_of(token) == "future":
        return None
    if node.dep_ in ("acl", "relcl"):
        noun = _noun_above(node)
        return Making(_names(noun), recalled=True) if noun is not None else None
    made = [child for child in node.children if child.dep_ in _MADE]
    if any(child.lemma_.lower() in accords for child in made):
        return Making(_names(token.sent.root), recalled=False)
    return None


def recalled_in(sentence: Span) -> frozenset[int]:
    """Return the words in which a sentence recalls an agreement, by their numbers."""
    lists = words().lists
    found: set[int] = set()
    for clause in sentence:
        if clause.dep_ in ("acl", "relcl") and clause.lemma_.lower() in lists.making:
            noun = _noun_above(clause)
            if noun is not None:
                found.update(word.i for word in noun.subtree)
    return frozenset(found)


def _noun_above(clause: Token) -> Token | None:
    """Return the agreement's noun on which a clause hangs, be it on what stands behind it."""
    node = clause.head
    for _ in range(_LONGEST_CLIMB):
        if node.lemma_.lower() in words().lists.accords:
            return node
        if node.dep_ not in ("pobj", "prep") or node.head == node:
            break
        node = node.head
    return None


def _names(word: Token) -> frozenset[str]:
    """Return the names below a word, each by its stem."""
    return frozenset(
        inner.lower_[:_STEM]
        for inner in word.subtree
        if inner.pos_ == "PROPN"
        and inner.ent_type_ not in ("DATE", "TIME", "CARDINAL")
        and inner.lemma_.lower() not in words().lists.accords
    )


def same_making(one: Making | None, other: Making | None) -> float:
    """Return how likely two agreements are one, of which at least one is recalled; 0 where unknown.

    All that the recalling words name has to be told of the other.
    """
    if one is None or other is None or not (one.recalled or other.recalled):
        return 0.0
    fewer, more = sorted((one.names, other.names), key=len)
    if not fewer:
        return habits().same_accord_unnamed
    return habits().same_accord if fewer <= more else 0.0
