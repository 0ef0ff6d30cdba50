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
from functools import cache

from msgspec import Struct

from parley.merging.names import fold
from parley.merging.rules import load_rules
from parley.model import Event, EventMention, EventType, Link, Provision, Relation, Status

WITHIN = timedelta(days=400)  # after which what was agreed is history
KEEPS = frozenset[EventType]({"RETREAT", "AID", "COOPERATE", "CONCEDE", "CONSULT", "MOBILIZE"})
BREAKS = frozenset[EventType]({"ASSAULT", "COERCE", "REJECT"})
_GIVES = frozenset[EventType]({"RETREAT", "CONCEDE"})
_HELD = frozenset[Status]({"happened", "ongoing"})
_ENDING = re.compile(r"(?:ing|ed|es|s|e|y)$")
_ROOT = 6  # letters of a word without its ending that tell it
_STEM = 5  # letters of the words that any provision may have
_LETTERS = 3
_MEETING = "meet"  # the root of what officers do every Thursday
_ENOUGH = 2  # words in common
_MANY = 3
_NEGATED = re.compile(
    r"\b(?:not?|nobody|none|never|neither|nor|without|stops?|cease|halt|refrain"
    r"|(?:stay|keep|kept)s? (?:away|out|clear))\b"
)
_TO_MEET = re.compile(r"\bmeets?\b")
_MEETINGS: Mapping[EventType, Relation] = {"CONSULT": "implements", "REJECT": "violates"}
_NAME = re.compile(r"(?<![.!?:] )(?<!^)\b[A-ZÀ-Þ][\w'’-]{2,}")


class _Terms(Struct, frozen=True):
    """An agreement as what comes after it is held against it: its names, towns and points.

    Of each point: its words, whether it forbids something, and whether it has somebody meet.
    """

    event: Event
    names: frozenset[str]
    towns: frozenset[str]
    points: tuple[tuple[frozenset[str], bool, bool], ...]


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
        deed = _deed(event)
        kept = [
            (len(words), _day(terms.event), terms.event.id, relation, mention)
            for terms in index.before(deed)
            for words, relation, mention in _observed(deed, terms)
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
    told: tuple[tuple[EventMention, frozenset[str]], ...]


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

    def before(self, deed: _Deed) -> list[_Terms]:
        """Return the agreements made not long before a deed that have a name in common with it."""
        day, found = _day(deed.event), set[int]()
        for name in deed.names:
            some = self._by_name.get(name, [])
            first = bisect_left(some, (day - WITHIN, -1))
            last = bisect_right(some, (day, len(self._terms)))
            found.update(at for _, at in some[first:last])
        return [self._terms[at] for at in sorted(found)]


def _day(event: Event) -> date:
    return event.when.start if event.when is not None else date.min


def _deed(event: Event) -> _Deed:
    told = tuple(
        (mention, roots_of(mention.text))
        for mention in event.mentions
        if not mention.background and mention.status in _HELD
    )
    return _Deed(event=event, names=_names(event), towns=_towns(event), told=told)


def _terms(accord: Event) -> _Terms:
    points = tuple(
        (roots_of(each.text), _is_negated(each), _TO_MEET.search(fold(each.text)) is not None)
        for each in accord.provisions
    )
    return _Terms(event=accord, names=_names(accord), towns=_towns(accord), points=points)


def _observed(
    deed: _Deed, terms: _Terms
) -> Iterator[tuple[frozenset[str], Relation, EventMention]]:
    """Yield how a deed keeps or breaks an agreement: by which words of which of its mentions."""
    event = deed.event
    if event.id == terms.event.id:
        return
    names = _roots_of_names(deed.names & terms.names)
    every = _roots_of_names(deed.names | terms.names)
    for mention, told in deed.told:
        for words, negated, to_meet in terms.points:
            shared = words & told
            if event.type == "CONSULT" and not to_meet:
                continue  # who was to speed up talks and talks again only talks
            if _MEETING in shared and (deed.towns | deed.names) & terms.towns:
                # "The officers stayed away from Thursday's meeting in Dvani."
                held = _MEETINGS.get(event.type)
                if held is not None:
                    yield shared, held, mention
                    continue
            relation = _relation(event, shared, names, every, negated=negated)
            if relation is not None:
                yield shared, relation, mention


def _relation(
    event: Event,
    shared: frozenset[str],
    names: frozenset[str],
    every: frozenset[str],
    *,
    negated: bool,
) -> Relation | None:
    """Return what an event does to a point with which it has these words in common.

    `names` are the names that it has in common with the agreement, `every` those of either.
    """
    plain = shared - every
    named = event.type in _GIVES and len(plain) == 1 and bool(shared & names)
    if event.type in KEEPS:
        return "implements" if (named or len(plain) >= _ENOUGH) and not negated else None
    if len(plain) >= _MANY or (len(plain) >= _ENOUGH and negated):
        return "violates"
    return None


def _names(event: Event) -> frozenset[str]:
    """Return the words of the names that an event has: parties, places, and in its words."""
    told = [party.side or party.name for party in event.participants]
    told += [party.name for party in event.participants] + [place.name for place in event.where]
    words = [word for name in told for word in fold(name).split()]
    for mention in event.mentions:
        words += [fold(word) for word in _NAME.findall(mention.text)]
    rules = load_rules().words
    return frozenset(word for word in words if word not in rules.generic | rules.calendar)


def _roots_of_names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(_root(name) for name in names)


def _towns(event: Event) -> frozenset[str]:
    return frozenset(fold(place.name) for place in event.where if place.precision != "country")


def _is_negated(provision: Provision) -> bool:
    return _NEGATED.search(fold(provision.text)) is not None


def roots_of(text: str) -> frozenset[str]:
    """Return the words of a text by which a point is known, each without its ending."""
    words = re.findall(r"[^\W\d_]+", fold(text))
    rules = load_rules().words
    return frozenset(_roots_of(word for word in words if word not in rules.calendar))


def _roots_of(words: Iterable[str]) -> Iterable[str]:
    rules = load_rules().words
    for word in words:
        root = _root(word)
        if root in _same():
            yield _same()[root]
        elif len(word) > _LETTERS and word[:_STEM] not in rules.agreed:
            yield root


@cache
def _same() -> Mapping[str, str]:
    """Return root -> the root that stands for it and for others of its meaning."""
    groups = ([_root(word) for word in group] for group in load_rules().words.same)
    return {root: group[0] for group in groups for root in group}


def _root(word: str) -> str:
    bare = _ENDING.sub("", word)
    return (bare if len(bare) >= _LETTERS else word)[:_ROOT]
