"""Blocking: which pairs of mentions are worth comparing.

In: the traits of a mention.  Out: its keys.  Two mentions are compared when they have a key
in common that few enough have: one report, one wording, one place or person in the same days,
a rare word of their reports.  One town alone says so little that another
key must be in common as well.  A key that many have tells nothing that a narrower
one does not, and is left out of account, but for its hubs: so the cost of a mention is
bounded whatever the length of the record, and which pairs are compared follows from what
the record holds and not from the order in which it came.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import combinations
from typing import NamedTuple

from parley.merging.commonness import rarity
from parley.merging.names import surname
from parley.merging.rules import Rules
from parley.merging.traits import Traits


class Kind(NamedTuple):
    """What holds of the keys of one kind.

    `limit` is how many of one type may share a key and meet by it; more of them do not.
    `alone` is true where one key in common is enough to meet.  With `hubs` the first few that
    have a key meet all others by it when more than the limit have it: what very many tell
    has one day, one town and the same parties in all tellings, and must not fall apart.
    """

    limit: int
    alone: bool = True
    hubs: bool = False


_OTHER = Kind(64)
_KINDS = {
    "report": Kind(200),
    "story": Kind(32),
    "person": Kind(32),
    "word": Kind(8),
    "word in days": Kind(16, hubs=True),
    "place": Kind(64, alone=False),
    "parties": Kind(24),
    "parties in days": Kind(24, hubs=True),
    "place in days": Kind(64, hubs=True),
    "wording": Kind(64, hubs=True),
    "town in days": Kind(32),
    "window": Kind(64, hubs=True),
    "any in days": Kind(10),
    "accord": Kind(32),
    "accord of": Kind(32, hubs=True),
    "word in print": Kind(16, hubs=True),
    "parties in print": Kind(16, hubs=True),
    "place in print": Kind(16, hubs=True),
    "town in print": Kind(16),
}
HUBS = 6  # the first by their ids, which are hashes: so any
UNDATED_AROUND = 3  # days: undated news may be so much older than its report
_NARROW = 10  # days: a window up to this wide is met by its days
_QUARTER = 92  # days
_QUARTERS = 4  # of a year
_SIDES = 4  # of an agreement, or of those that a report is about
_BIN = 3  # days that share a key, so that a mention has few keys and neighbours meet
_RARE_WORDS = 4  # telling words of a mention that others may meet it by
_RARE_TERMS = 5  # and of its report
_TIMED_WORDS = 2

Key = int


def keys_of(trait: Traits) -> frozenset[Key]:
    """Return the keys by which a mention is found by others of its own type."""
    salt = _salt(trait.type)
    return frozenset(_number(*told) ^ salt for told in _keys(trait))


@cache
def turns_of(type_: str, partners: tuple[str, ...]) -> tuple[int, ...]:
    """Return what turns a key of a type into the same key of each of its `partners`.

    Those are the types whose mentions may tell the same, its own among them.
    """
    return tuple(turn_of(type_, other) for other in partners)


@cache
def turn_of(type_: str, other: str) -> int:
    """Return what turns a key of a type into the same key of another, 0 for one type."""
    return _salt(type_) ^ _salt(other)


def lookups_of(trait: Traits, rules: Rules) -> dict[Key, tuple[Key, ...]]:
    """Return each key of a mention with the keys by which it finds others.

    Beside its own these are the keys that mentions of a type have that may tell the same.
    """
    turns = turns_of(trait.type, rules.partners[trait.type])
    return {key: tuple(key ^ turn for turn in turns) for key in keys_of(trait)}


def kind_of(key: Key) -> Kind:
    """Return what holds of a key."""
    return _CODED[key & 15]


_CODED = sorted({_OTHER, *_KINDS.values()})
_CODES = {name: _CODED.index(kind) for name, kind in _KINDS.items()}
_CODE_OF_OTHERS = _CODED.index(_OTHER)


@lru_cache(maxsize=8192)
def _number(kind: str, *parts: object) -> Key:
    """Return a key of 63 bits, the last four of which tell its kind; the type is mixed in later.

    So a mention's keys under another type cost no more hashing.
    """
    raw = "\x1f".join(map(str, (kind, *parts))).encode("utf-8", "surrogatepass")
    number = int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest()) >> 5
    return number << 4 | _CODES.get(kind, _CODE_OF_OTHERS)


@cache
def _salt(type_: str) -> int:
    """Return the bits that a type turns of a key; the last four, the kind, stay."""
    return int.from_bytes(hashlib.blake2b(type_.encode(), digest_size=8).digest()) >> 5 << 4


def _keys(trait: Traits) -> Iterator[tuple[str, *tuple[object, ...]]]:
    yield "report", trait.report
    if trait.wording:
        yield "wording", trait.wording
    yield from _timeless(trait)
    if trait.first is None or trait.last is None:
        if trait.published is not None:
            for value in _timed(trait, "in print"):
                yield from _in_days(value, trait.published - 1, trait.published + 1)
        return
    if trait.width > _NARROW:
        yield "window", trait.first, trait.last
        return
    around = UNDATED_AROUND if trait.undated else 1
    yield from _in_days(("any in days",), trait.first - around, trait.last + around)
    for value in _timed(trait, "in days"):
        yield from _in_days(value, trait.first - around, trait.last + around)


def _in_days(
    value: tuple[str, *tuple[str, ...]], first: int, last: int
) -> Iterator[tuple[str, *tuple[object, ...]]]:
    """Yield what a mention can be met by from the first to the last of some days (ordinals)."""
    for bin_ in range(first // _BIN, last // _BIN + 1):
        yield value[0], bin_, *value[1:]


def _timeless(trait: Traits) -> Iterator[tuple[str, *tuple[object, ...]]]:
    """Yield what a mention can be met by whenever it was."""
    parties = " ".join(sorted(trait.core))
    for _, names in trait.persons:
        for name in names:
            yield "person", surname(name)
    for spot in trait.spots:
        if spot.precision != "country":
            yield "place", spot.name
            if trait.type == "AGREE" and trait.stage == "done":
                yield "accord", spot.name
            if parties:
                yield "place of parties", spot.name, parties
    if parties:
        yield "parties", parties
        for broker in sorted(trait.brokers):
            yield "broker", broker, parties
        if trait.scale == "whole":
            yield "whole", parties
    if trait.type == "AGREE" and trait.stage == "done":
        yield from _of_parties(trait)
    for figure in trait.figures:
        if figure.number >= 10:
            yield "number", figure.what, _rounded(figure.number)
    for word in _rarest(trait)[:_RARE_WORDS]:
        yield "word", word
    if trait.story is not None and (trait.main or not trait.local):
        for term in trait.story.rarest(_RARE_TERMS):
            yield "story", term
    if trait.story is not None and trait.main:
        for name in trait.story.proper.specific:
            yield "story", name


def _of_parties(trait: Traits) -> Iterator[tuple[str, *tuple[object, ...]]]:
    """Yield what an agreement and one that names it as known can be met by.

    That is two parties and the quarter of a year in which it was made, or any up to a year back.
    """
    sides = sorted(trait.core | trait.context if trait.known else trait.core)[:_SIDES]
    day = trait.published if trait.known and trait.first is None else trait.first
    if day is None:
        return
    back = _QUARTERS if trait.known else 0
    for pair in [*combinations(sides, 2), *((side,) for side in sides)]:
        for quarter in range(day // _QUARTER - back, day // _QUARTER + 1):
            yield "accord of", quarter, " ".join(pair)


def _timed(trait: Traits, when: str) -> Iterator[tuple[str, str]]:
    """Yield what a mention can be met by in its days, or in those of its printing (`when`)."""
    for spot in trait.spots:
        yield f"place {when}", spot.name
    if trait.core:
        yield f"parties {when}", " ".join(sorted(trait.core))
    for word in _rarest(trait)[:_TIMED_WORDS]:
        yield f"word {when}", word
    if trait.story is not None and trait.main:
        for name in trait.story.proper.others:
            yield f"town {when}", name


def _rarest(trait: Traits) -> list[str]:
    return sorted(trait.words, key=lambda word: (-rarity(word), word))


def _rounded(number: int) -> int:
    return number - 1 if number > 100 and number % 10 == 1 else number
