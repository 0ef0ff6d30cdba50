"""Fields: what an event is, how far it is, when and where, from its mentions.

In: the mentions of one event, sorted by report's date and place in the report, and the
reports.  Out: one value a field, chosen by support and exactness; nothing is averaged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

import msgspec

from parley.merging.names import fold
from parley.merging.postponing import find_given_up
from parley.merging.rules import Rules
from parley.merging.traits import is_undated, stage_of
from parley.model import (
    EventType,
    Mention,
    Place,
    PlacePrecision,
    Trace,
    When,
)

_Value = TypeVar("_Value")

_TWO = 2
_FINENESS: dict[PlacePrecision, int] = {
    "point": 0,
    "city": 1,
    "area": 2,
    "region": 3,
    "unknown": 4,
    "country": 5,
}


def commonest(values: Sequence[_Value]) -> _Value | None:
    """Return the most frequent value, the earliest of equals, None of none."""
    if len(values) < _TWO:  # as of most events, which are told once
        return values[0] if values else None
    counted = Counter(values)
    return max(values, key=lambda value: counted[value], default=None)


def choose_type(mentions: Sequence[Mention], rules: Rules) -> EventType:
    """Return the type that most mentions have; of equals the one that names the pair first."""
    if len(mentions) < _TWO:
        return mentions[0].type
    counted = Counter(mention.type for mention in mentions)
    leading = {name for name, times in counted.items() if times == max(counted.values())}
    for pair in rules.pairs.values():
        # A meeting ahead that one desk codes as an agreement to meet stays a meeting.
        if set(pair.types) <= (set(counted) if pair.when == "ahead" else leading):
            leading -= {pair.types[1]}
            leading |= {pair.types[0]} if pair.when == "ahead" else set()
    return next(mention.type for mention in mentions if mention.type in leading)


def choose_when(mentions: Sequence[Mention]) -> When | None:
    """Return the finest window that no finer one stands within, best supported of several.

    A window that is told stands over the day of undated news, and a window told of what is
    done over one told while it lay ahead.  What lasted
    from day to day keeps its span over the first day alone.  A day that was given up for a
    later one is none of its own.  The evidence is that of
    every mention that tells the same window.
    """
    given_up = find_given_up(mentions)
    kept = [mention for index, mention in enumerate(mentions) if index not in given_up]
    told = [mention for mention in kept if mention.when is not None]
    told = [mention for mention in told if not is_undated(mention)] or told
    done = [mention for mention in told if stage_of(mention) != "ahead"]
    windows = [m.when for m in told if m.when is not None]
    if len(windows) < _TWO:
        own = windows[0] if windows else None
        return own and msgspec.structs.replace(own, evidence=join_evidence([own.evidence]))
    # Thousands of mentions tell few windows: those are compared, not the mentions.
    kinds = {_kind(when): when for when in reversed(windows)}
    different = [kinds[key] for key in dict.fromkeys(map(_kind, windows))]
    finest = [w for w in different if not any(_stands_over(other, w) for other in different)]
    times = Counter((when.start, when.end) for when in windows)
    settled = {(mention.when.start, mention.when.end) for mention in done if mention.when}
    best = max(
        finest,
        key=lambda when: (
            any(_have_day(when, *other) for other in settled),
            sum(count for other, count in times.items() if _have_day(when, *other)),
            when.basis == "told",
            -_days(when),
        ),
        default=None,
    )
    if best is None:
        return None
    same = [when for when in windows if (when.start, when.end) == (best.start, best.end)]
    return msgspec.structs.replace(best, evidence=join_evidence(when.evidence for when in same))


def _kind(when: When) -> tuple[date, date | None, str, str]:
    """Return all that tells a window from another, but its evidence."""
    return when.start, when.end, when.precision, when.basis


def _stands_over(one: When, two: When) -> bool:
    """Tell whether window `one` makes `two` superfluous."""
    if (one.start, one.end) == (two.start, two.end) or not meet(one, two):
        return False
    if two.precision == "span" and two.end is not None:
        return False
    if one.precision == "span" and one.end is not None:
        return _inside(two, one) or two.end is None or _inside(one, two)
    return _inside(one, two)


def _inside(one: When, two: When) -> bool:
    last = two.end or date.max
    return two.start <= one.start and (one.end or date.max) <= last


def meet(one: When, two: When) -> bool:
    """Tell whether two windows have a day in common."""
    return _have_day(one, two.start, two.end)


def _have_day(when: When, start: date, end: date | None) -> bool:
    return when.start <= (end or date.max) and start <= (when.end or date.max)


def _days(when: When) -> int:
    return ((when.end or date.max) - when.start).days


def highest_confidence(mentions: Sequence[Mention]) -> float | None:
    """Return how sure the clearest telling is, None where none says."""
    return max((m.confidence for m in mentions if m.confidence is not None), default=None)


def choose_where(mentions: Sequence[Mention]) -> tuple[Place, ...]:
    """Return the places told, finest and best supported first, without what holds another.

    A country is left out where a finer place in it is told.
    """
    places: dict[str, list[Place]] = {}
    for mention in mentions:
        for place in mention.where:
            places.setdefault(fold(place.name), []).append(place)
    found = [_join_places(same) for same in places.values()]
    kept = [place for place in found if not any(_lies_in(other, place) for other in found)]
    support = {place.name: len(places[fold(place.name)]) for place in kept}
    return tuple(sorted(kept, key=lambda place: (_FINENESS[place.precision], -support[place.name])))


def _lies_in(other: Place, place: Place) -> bool:
    return (
        place.precision == "country"
        and place.country is not None
        and other.country == place.country
        and other.precision != "country"
    )


def _join_places(same: Sequence[Place]) -> Place:
    best = min(same, key=lambda place: (place.lat is None, _FINENESS[place.precision]))
    return msgspec.structs.replace(best, evidence=join_evidence(place.evidence for place in same))


def choose_contexts(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return every context told, the most frequent first."""
    counted = Counter(context for mention in mentions for context in mention.contexts)
    return tuple(sorted(counted, key=lambda context: (-counted[context], context)))


def choose_mode(mentions: Sequence[Mention], type_: EventType) -> str | None:
    """Return the commonest mode among the mentions of the event's type."""
    return commonest([m.mode for m in mentions if m.mode is not None and m.type == type_])


def join_evidence(groups: Iterable[tuple[Trace, ...]]) -> tuple[Trace, ...]:
    """Return all traces of several values once, in the order of their places."""
    return tuple(sorted({trace for group in groups for trace in group}))
