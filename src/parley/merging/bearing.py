"""Bearing: how much the words of a deed have in common with a point of an agreement.

In: a point, and the words that tell a deed, with its type and mode.  Out: what they share: what is
done, whom or what it is done to, numbers ("free 16 detainees", "sixteen men walked out of the
prison") and names ("pull back from Nyassa").  The kinds of deeds, the words that tell an act alone
and the numbers are `data/points.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import get_args

from msgspec import Struct

from parley.errors import DataError
from parley.merging.names import fold
from parley.merging.rules import load_rules, read_data
from parley.model import Event, EventType, Provision

_ENDING = re.compile(r"(?:ing|ed|es|s|e|y)$")
_ROOT = 6  # letters of a word without its ending that tell it
_STEM = 5  # letters of the words that any provision may have
_LETTERS = 3
_NAME = re.compile(r"(?<![.!?:] )(?<!^)\b[A-ZÀ-Þ][\w'’-]{2,}")
_LEAST = 4  # numbers below this are in many sentences
_YEARS = range(1900, 2101)
_OPENING = 3  # words of a point that say who is to do it: "the army is to leave"
_GROUPS, _STATES = frozenset({"armed_group"}), frozenset({"state", "government_body", "military"})


class Words(Struct, frozen=True):
    """The words of a text by which what it is about is known: roots, numbers and names."""

    roots: frozenset[str]
    numbers: frozenset[int]
    names: frozenset[str]


class Shared(Struct, frozen=True):
    """What a deed and a point have in common: the act, and what it is done to.

    `roots` are all roots of words that both have, `plain` those that are no names of a side.
    """

    roots: frozenset[str]
    plain: frozenset[str]
    numbers: frozenset[int]
    names: frozenset[str]
    act: bool

    @property
    def things(self) -> int:
        """How much they share of what the act is done to: words, numbers and names of it."""
        told = self.plain - acts()
        anybody = told & _of_anybody()
        things = len(told - anybody) + len(self.numbers)
        # Who does it is no thing that it is done to: "rebels freed a pilot".  Of a place it is one
        # name, however many words that has: much is done there besides what was agreed.
        return things + bool(self.names) + (len(anybody) if things else 0)


class _Points(Struct, frozen=True, forbid_unknown_fields=True):
    acts: frozenset[str]
    topics: dict[str, frozenset[str]]
    breaches: dict[str, frozenset[str]]
    doers: dict[str, frozenset[str]]
    numbers: dict[str, int]


@cache
def _load_points() -> _Points:
    """Return how deeds are held against points.  Raises DataError, naming file and key."""
    data = read_data("points.toml", _Points)
    for kind in (*data.topics, *data.breaches):
        if kind.split()[0] not in get_args(EventType):
            raise DataError(f"parley/merging/data/points.toml: topics: {kind}: no type; mend it")
    return data


@cache
def acts() -> frozenset[str]:
    """Return the roots of the words that tell an act alone."""
    return frozenset(_meaning(root_of(word)) for word in _load_points().acts)


@cache
def _of_anybody() -> frozenset[str]:
    """Return the roots of the words that many parties are called by: "rebels", "the army"."""
    return frozenset(_meaning(root_of(word)) for word in load_rules().words.generic)


def words_of(text: str) -> Words:
    """Return the words of a text by which what it is about is known."""
    return Words(roots=roots_of(text), numbers=_numbers_in(text), names=names_in(text))


def shared_by(
    deed: Event,
    told: Words,
    point: Words,
    about: Provision,
    *,
    named: Iterable[str],
    bound: Iterable[str],
) -> Shared:
    """Return what the words of a deed have in common with those of a point.

    `named` are the words of all names that the deed or the agreement has, which are no plain words,
    and `bound` those of the parties to the agreement: they are in every point.
    """
    roots = told.roots & point.roots
    plain = roots - frozenset(root_of(name) for name in named)
    return Shared(
        roots=roots,
        plain=plain,
        numbers=told.numbers & point.numbers,
        names=(told.names & point.names) - frozenset(bound),
        act=not acts().isdisjoint(plain) or is_of_kind(deed, about),
    )


def is_of_others(deed: Event, point: Provision) -> bool:
    """Tell whether a point is for the other side to do: "the army is to leave", the rebels left."""
    doers = {party.kind for party in deed.participants if party.role == "actor"}
    opening = set(re.findall(r"[^\W\d_]+", fold(point.text))[:_OPENING])
    named = {side for side, words in _load_points().doers.items() if words & opening}
    if len(named) != 1 or not doers:
        return False
    return doers <= _GROUPS if named == {"state"} else doers <= _STATES


def is_of_kind(deed: Event, point: Provision) -> bool:
    """Tell whether a deed's type and mode are what a point is about."""
    fits = _load_points().topics
    kinds = fits.get(f"{deed.type} {deed.mode}", frozenset()) | fits.get(deed.type, frozenset())
    return not kinds.isdisjoint(point.topics)


def is_breach_of_kind(deed: Event, point: Provision) -> bool:
    """Tell whether a deed's type is one by which what a point is about is mostly broken."""
    return not _load_points().breaches.get(deed.type, frozenset()).isdisjoint(point.topics)


def parties_in(event: Event) -> frozenset[str]:
    """Return the words of the names of an event's parties, folded; persons are none."""
    parties = [party for party in event.participants if party.kind != "person"]
    told = [name for party in parties for name in (party.side, party.name) if name]
    return frozenset(word for name in told for word in fold(name).split())


def names_in(text: str) -> frozenset[str]:
    """Return the words of the names in a text, folded, without those that many names have."""
    rules = load_rules().words
    words = (fold(word) for word in _NAME.findall(text))
    return frozenset(word for word in words if word not in rules.generic | rules.calendar)


def roots_of(text: str) -> frozenset[str]:
    """Return the words of a text by which a point is known, each without its ending."""
    words = re.findall(r"[^\W\d_]+", fold(text))
    rules = load_rules().words
    return frozenset(_roots_of(word for word in words if word not in rules.calendar))


def root_of(word: str) -> str:
    """Return a word without its ending, cut where it tells the word."""
    bare = _ENDING.sub("", word)
    return (bare if len(bare) >= _LETTERS else word)[:_ROOT]


def _roots_of(words: Iterable[str]) -> Iterable[str]:
    rules = load_rules().words
    for word in words:
        root = root_of(word)
        if root in _same():
            yield _same()[root]
        elif len(word) > _LETTERS and word[:_STEM] not in rules.agreed:
            yield root


def _meaning(root: str) -> str:
    return _same().get(root, root)


@cache
def _same() -> Mapping[str, str]:
    """Return root -> the root that stands for it and for others of its meaning."""
    groups = ([root_of(word) for word in group] for group in load_rules().words.same)
    return {root: group[0] for group in groups for root in group}


def _numbers_in(text: str) -> frozenset[int]:
    """Return the numbers of a text that count something: no years, no days of a month."""
    words = re.findall(r"\d[\d,]*|[^\W\d_]+", fold(text))
    calendar, named = load_rules().words.calendar, _load_points().numbers
    found = set[int]()
    for at, word in enumerate(words):
        number = named.get(word)
        if number is None and word[0].isdigit():
            number = int(word.replace(",", ""))
        beside = {*words[max(0, at - 1) : at], *words[at + 1 : at + 2]}
        if (
            number is not None
            and number >= _LEAST
            and number not in _YEARS
            and not beside & calendar
        ):
            found.add(number)
    return frozenset(found)
