"""Which events of two lists are one happening: of two records, of a record and a data set.

In: two lists of `Outline`s.  Out: pairs of indexes, no index twice, the likest first.

Two are likened by when, where, who and what, with weights of our own: time 0.35, place 0.3,
parties 0.25, type 0.1.  Windows further apart than the days allowed, and places in
different countries, are never one.  What one of the two leaves open counts little.  Pairs
from 0.5 up are taken, the likest first, so the outcome does not hang on the order.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from parley.model import Event
from parley.record import folded

THRESHOLD = 0.5
_TIME, _PLACE, _PARTIES, _TYPE = 0.35, 0.3, 0.25, 0.1
_OPEN = 0.3  # how far what one of the two does not say speaks for the pair
_NEAR_KM = 50.0
_NEAR_DEGREES = 0.5  # of latitude: more than 50 km
# Days: windows are kept by how long they are, so that few are looked at in vain; those
# longer than the last are looked at with every other.
_LENGTHS = (7, 366)
# Words of the names of parties that tell none from another.
_EMPTY_WORDS = frozenset(
    "a and armed civilian civilians force forces government group military militia of police "
    "state the unidentified".split()
)


class Outline(Struct, frozen=True, kw_only=True):
    """What is compared of an event.  `low` and `high` are how many were killed, as claimed."""

    id: str
    summary: str
    type: str | None = None
    status: str | None = None
    start: date | None = None
    end: date | None = None
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    parties: tuple[str, ...] = ()
    low: int | None = None
    best: int | None = None
    high: int | None = None


class Pair(Struct, frozen=True):
    """Two outlines, by their places in the lists, and how like they are (0 to 1)."""

    one: int
    other: int
    likeness: float


def outline(event: Event) -> Outline:
    """Return what is compared of an event."""
    killed = [count for count in event.counts if count.what == "killed"]
    lows = [n for c in killed if (n := c.low if c.low is not None else c.best) is not None]
    highs = [n for c in killed if (n := c.high if c.high is not None else c.best) is not None]
    bests = [c.best for c in killed if c.best is not None]
    return Outline(
        id=event.id,
        summary=event.summary,
        type=event.type,
        status=event.status,
        start=event.when.start if event.when else None,
        end=(event.when.end or date.max) if event.when else None,
        places=tuple(place.name for place in event.where),
        countries=tuple(place.country for place in event.where if place.country),
        points=tuple(
            (place.lat, place.lon)
            for place in event.where
            if place.lat is not None and place.lon is not None and place.precision != "country"
        ),
        parties=tuple(
            dict.fromkeys(
                name for part in event.participants for name in (part.name, part.side) if name
            )
        ),
        low=min(lows, default=None),
        best=max(bests, default=None),
        high=max(highs, default=None),
    )


def match(ones: Sequence[Outline], others: Sequence[Outline], *, days: int) -> list[Pair]:
    """Return which of two lists are one happening, in the order of the first list.

    `days` is how far apart the windows of two may lie.
    """
    one_traits, other_traits = [_traits(o) for o in ones], [_traits(o) for o in others]
    found = [
        Pair(at, other, likeness)
        for at, other in _candidates(ones, others, days)
        if (likeness := _liken(one_traits[at], other_traits[other], days)) >= THRESHOLD
    ]
    # Of equals, in an order that does not hang on which list is given first.
    found.sort(key=lambda p: (-p.likeness, *sorted((ones[p.one].id, others[p.other].id))))
    taken: set[int] = set()
    given: set[int] = set()
    kept = []
    for pair in found:
        if pair.one not in taken and pair.other not in given:
            taken.add(pair.one)
            given.add(pair.other)
            kept.append(pair)
    return sorted(kept, key=lambda pair: pair.one)


def liken(one: Outline, other: Outline, *, days: int) -> float:
    """Return how like two are, from 0 (they are not one) to 1."""
    return _liken(_traits(one), _traits(other), days)


class _Traits(Struct, frozen=True):
    """What is compared of an outline, made ready once.

    A party has the telling words of its name: "Military Forces of Chad (1990-)" is {chad}.
    """

    start: date | None
    end: date | None
    places: frozenset[str]
    countries: frozenset[str]
    points: tuple[tuple[float, float], ...]
    parties: frozenset[frozenset[str]]
    type: str | None


def _traits(one: Outline) -> _Traits:
    return _Traits(
        start=one.start,
        end=one.end or one.start,
        places=frozenset(_folded(name) for name in one.places),
        countries=frozenset(one.countries),
        points=one.points,
        parties=frozenset(words for name in one.parties if (words := _told(name))),
        type=one.type,
    )


@lru_cache(maxsize=65_536)
def _folded(name: str) -> str:
    return folded(name)


@lru_cache(maxsize=65_536)
def _told(name: str) -> frozenset[str]:
    return frozenset(
        word for word in folded(name).split() if word not in _EMPTY_WORDS and not word.isdecimal()
    )


def _liken(one: _Traits, other: _Traits, days: int) -> float:
    time = _liken_time(one, other, days)
    place = None if time is None else _liken_places(one, other)
    if time is None or place is None:
        return 0.0
    parties = _liken_parties(one.parties, other.parties)
    type_ = _OPEN if one.type is None or other.type is None else float(one.type == other.type)
    return round(_TIME * time + _PLACE * place + _PARTIES * parties + _TYPE * type_, 4)


def _liken_time(one: _Traits, other: _Traits, days: int) -> float | None:
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return _OPEN
    gap = max((other.start - one.end).days, (one.start - other.end).days)
    return None if gap > days else 1 - max(gap, 0) / (days + 1)


def _liken_places(one: _Traits, other: _Traits) -> float | None:
    if one.places & other.places:
        return 1.0
    # Far apart in latitude alone is far enough, and quickly told.
    near = min(
        (_km(a, b) for a in one.points for b in other.points if abs(a[0] - b[0]) < _NEAR_DEGREES),
        default=math.inf,
    )
    if near <= _NEAR_KM:
        return 1 - 0.5 * near / _NEAR_KM
    if one.countries and other.countries:
        return _OPEN if one.countries & other.countries else None
    return _OPEN


def _liken_parties(ones: frozenset[frozenset[str]], others: frozenset[frozenset[str]]) -> float:
    if not ones or not others:
        return _OPEN
    few, many = sorted((ones, others), key=len)
    shared = sum(any(name <= other or other <= name for other in many) for name in few)
    return shared / len(few)


def _candidates(
    ones: Sequence[Outline], others: Sequence[Outline], days: int
) -> Iterator[tuple[int, int]]:
    """Yield the pairs whose times may fit: those near in time, and all that are open or long."""
    dated: dict[int, list[tuple[date, int]]] = {length: [] for length in _LENGTHS}
    rest = []
    for number, two in enumerate(others):
        lasts = math.inf if two.start is None else ((two.end or two.start) - two.start).days
        length = next((length for length in _LENGTHS if lasts <= length), None)
        if length is None or two.start is None:
            rest.append(number)
        else:
            dated[length].append((two.start, number))
    for kept in dated.values():
        kept.sort()
    for at, one in enumerate(ones):
        if one.start is None:
            yield from ((at, other) for other in range(len(others)))
            continue
        last = _later(one.end or one.start, days)
        for length, kept in dated.items():
            first = bisect_left(kept, (_earlier(one.start, days + length), -1))
            end = bisect_left(kept, (last, len(others)))
            yield from ((at, other) for _, other in kept[first:end])
        yield from ((at, other) for other in rest)


def _earlier(day: date, days: int) -> date:
    return day - timedelta(days) if (day - date.min).days > days else date.min


def _later(day: date, days: int) -> date:
    return day + timedelta(days) if (date.max - day).days > days else date.max


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far apart two points are on the globe (haversine, a radius of 6,371 km)."""
    (lat, lon), (lat2, lon2) = ((math.radians(a), math.radians(b)) for a, b in (one, other))
    half = math.sin((lat2 - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(half)))
