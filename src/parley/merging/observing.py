"""Observing: which deeds keep or break a point of an agreement, though no report says so.

In: an agreement whose points are known, and an event after it.  Out: whether that keeps or breaks
it, and the point.  An event does where its report's words are those of a point: "the market of
Djibo opens again", and three days later "In Djibo the market opened its stalls".  A withdrawal, a
release or aid keeps a point, an attack or a closure breaks one, and of one that forbids only this.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from parley.merging.bearing import (
    Shared,
    Words,
    is_of_others,
    names_in,
    parties_in,
    shared_by,
    words_of,
)
from parley.merging.names import fold
from parley.merging.rules import load_rules
from parley.model import Event, EventMention, EventType, Link, Provision, Relation, Status

WITHIN = timedelta(days=400)  # after which what was agreed is history
_SOON = timedelta(days=150)  # within which a bare act of its kind keeps a point
KEEPS = frozenset[EventType]({"RETREAT", "AID", "COOPERATE", "CONCEDE", "CONSULT", "MOBILIZE"})
BREAKS = frozenset[EventType]({"ASSAULT", "COERCE", "REJECT"})
_GIVES = frozenset[EventType]({"RETREAT", "CONCEDE", "AID"})
_HELD = frozenset[Status]({"happened", "ongoing"})
_MEETING = "meet"  # the root of what officers do every Thursday
_ENOUGH = 2  # words in common
_MANY = 3
_NEGATED = re.compile(
    r"\b(?:not?|nobody|none|never|neither|nor|without|stops?|cease|halt|refrain"
    r"|(?:stay|keep|kept)s? (?:away|out|clear))\b"
)
_TO_MEET = re.compile(r"\bmeets?\b")
_MEETINGS: Mapping[EventType, Relation] = {"CONSULT": "implements", "REJECT": "violates"}


class _Point(Struct, frozen=True):
    """A point: its words, whether it forbids something, and whether it has somebody meet."""

    about: Provision
    words: Words
    negated: bool
    to_meet: bool


class _Terms(Struct, frozen=True):
    """An agreement as what comes after it is held against it: its names, towns and points."""

    event: Event
    names: frozenset[str]
    towns: frozenset[str]
    bound: frozenset[str]
    points: tuple[_Point, ...]


def is_accord(event: Event) -> bool:
    """Tell whether an event is an agreement that was made, on a known day, with known points."""
    made = event.type == "AGREE" and event.status in _HELD and event.when is not None
    return made and bool(event.provisions)


def may_observe(event: Event) -> bool:
    """Tell whether an event may keep or break what was agreed: done, on a known day."""
    return event.type in KEEPS | BREAKS and event.status in _HELD and event.when is not None


def observances(deeds: Iterable[Event], accords: Iterable[Event]) -> list[Link]:
    """Return the links of some deeds to those of some agreements that they keep or break."""
    found = []
    index = _Index(accords)
    for event in deeds:
        names = _names(event)
        before = index.before(_day(event), names)
        if not before:
            continue
        deed = _deed(event, names)
        kept = [
            (
                len(shared.roots) + len(shared.numbers) + len(shared.names),
                _day(terms.event),
                terms.event.id,
                relation,
                mention,
            )
            for terms in before
            for shared, relation, mention in _observed(deed, terms)
        ]
        if kept:
            # Of several agreements it is the one of whose point most is told, the last such.
            _, _, to, relation, mention = max(kept, key=lambda each: each[:3])
            found.append(Link(relation=relation, from_=event.id, to=to, mentions=(mention,)))
    return found


class _Deed(Struct, frozen=True):
    """An event with its names, its towns, and the words of each mention that tells it as done."""

    event: Event
    names: frozenset[str]
    towns: frozenset[str]
    told: tuple[tuple[EventMention, Words], ...]


class _Index:
    """Agreements by the names that they have, each name's in the order of their days."""

    def __init__(self, accords: Iterable[Event]) -> None:
        self._terms = [_terms(accord) for accord in accords]
        self._by_name: dict[str, list[tuple[date, int]]] = {}
        for at, terms in enumerate(self._terms):
            for name in terms.names:
                self._by_name.setdefault(name, []).append((_day(terms.event), at))
        for some in self._by_name.values():
            some.sort()

    def before(self, day: date, names: Iterable[str]) -> list[_Terms]:
        """Return the agreements made not long before a day that have one of some names."""
        found = set[int]()
        for name in names:
            some = self._by_name.get(name, [])
            first = bisect_left(some, (day - WITHIN, -1))
            last = bisect_right(some, (day, len(self._terms)))
            found.update(at for _, at in some[first:last])
        return [self._terms[at] for at in sorted(found)]


def _day(event: Event) -> date:
    return event.when.start if event.when is not None else date.min


def _deed(event: Event, names: frozenset[str]) -> _Deed:
    told = []
    for mention in event.mentions:
        if not mention.background and mention.status in _HELD:
            words = words_of(mention.text)
            told.append((mention, replace(words, names=words.names | names)))
    return _Deed(event=event, names=names, towns=_towns(event), told=tuple(told))


def _terms(accord: Event) -> _Terms:
    points = tuple(
        _Point(
            about=each,
            words=words_of(each.text),
            negated=_NEGATED.search(fold(each.text)) is not None,
            to_meet=_TO_MEET.search(fold(each.text)) is not None,
        )
        for each in accord.provisions
    )
    return _Terms(
        event=accord,
        names=_names(accord).union(*(point.words.names for point in points)),
        towns=_towns(accord),
        bound=parties_in(accord),
        points=points,
    )


def _observed(deed: _Deed, terms: _Terms) -> Iterator[tuple[Shared, Relation, EventMention]]:
    """Yield how a deed keeps or breaks an agreement: by what of which of its mentions."""
    event = deed.event
    if event.id == terms.event.id:
        return
    for mention, told in deed.told:
        for point in terms.points:
            if event.type in KEEPS and is_of_others(event, point.about):
                continue
            shared = shared_by(
                event,
                told,
                point.words,
                point.about,
                named=deed.names | terms.names,
                bound=terms.bound,
            )
            if event.type == "CONSULT" and not point.to_meet:
                continue  # who was to speed up talks and talks again only talks
            if _MEETING in shared.roots and (deed.towns | deed.names) & terms.towns:
                # "The officers stayed away from Thursday's meeting in Dvani."
                held = _MEETINGS.get(event.type)
                if held is not None:
                    yield shared, held, mention
                    continue
            soon = _day(event) - _day(terms.event) <= _SOON
            relation = _relation(event, shared, negated=point.negated, soon=soon)
            if relation is not None:
                yield shared, relation, mention


def _relation(event: Event, shared: Shared, *, negated: bool, soon: bool) -> Relation | None:
    """Return what an event does to a point with which it has this in common."""
    if event.type in KEEPS and not negated:
        told = len(shared.plain) >= _ENOUGH
        if event.type in _GIVES:
            enough = 1 if shared.act and (soon or shared.numbers or shared.names) else _ENOUGH
            told = shared.things >= enough
        return "implements" if told else None
    if event.type in BREAKS and len(shared.plain) >= (_ENOUGH if negated else _MANY):
        return "violates"
    moved = event.type == "MOBILIZE" and len(shared.plain) + len(shared.names) >= _MANY
    return "violates" if moved and negated else None


def _names(event: Event) -> frozenset[str]:
    """Return the words of the names that an event has: parties, places, and in its words."""
    told = [party.side or party.name for party in event.participants]
    told += [party.name for party in event.participants] + [place.name for place in event.where]
    words = {word for name in told for word in fold(name).split()}
    for mention in event.mentions:
        words |= names_in(mention.text)
    rules = load_rules().words
    return frozenset(word for word in words if word not in rules.generic | rules.calendar)


def _towns(event: Event) -> frozenset[str]:
    return frozenset(fold(place.name) for place in event.where if place.precision != "country")
