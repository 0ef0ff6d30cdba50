"""Observing: which deeds keep or break a point of an agreement, though no report says so.

In: an agreement whose points are known, and an event after it.  Out: whether that keeps or breaks
it, and the point.  An event does where its report's words are those of a point: "the market of
Djibo opens again", and three days later "In Djibo the market opened its stalls".  A withdrawal, a
release or aid keeps a point, an attack or a closure breaks one, and of one that forbids only this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cache

from msgspec import Struct

from parley.merging.names import fold
from parley.merging.rules import load_rules
from parley.model import Event, EventType, Link, Provision, Relation, Status

WITHIN = timedelta(days=400)  # after which what was agreed is history
KEEPS = frozenset[EventType]({"RETREAT", "AID", "COOPERATE", "CONCEDE", "CONSULT", "MOBILIZE"})
BREAKS = frozenset[EventType]({"ASSAULT", "COERCE", "REJECT"})
_GIVES = frozenset[EventType]({"RETREAT", "CONCEDE"})
_HELD = frozenset[Status]({"happened", "ongoing"})
_ENDING = re.compile(r"(?:ing|ed|es|s|e|y)$")
_ROOT = 6  # letters of a word without its ending that tell it
_STEM = 5  # letters of the words that any provision may have
_LETTERS = 3
_ENOUGH = 2  # words in common
_MANY = 3
_NEGATED = re.compile(
    r"\b(?:not?|nobody|none|never|neither|nor|without|stops?|cease|halt|refrain"
    r"|(?:stay|keep|kept)s? (?:away|out|clear))\b"
)
_NAME = re.compile(r"(?<![.!?:] )(?<!^)\b[A-ZÀ-Þ][\w'’-]{2,}")


class Terms(Struct, frozen=True):
    """An agreement as what comes after it is held against it: its names, towns and points.

    Of each point: its words, whether it forbids something, whether it is of meetings.
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


def terms_of(accord: Event) -> Terms:
    """Return an agreement as later events are held against it."""
    points = tuple(
        (_roots(each.text), _is_negated(each), "talks" in each.topics) for each in accord.provisions
    )
    return Terms(event=accord, names=_names(accord), towns=_towns(accord), points=points)


def observed(event: Event, terms: Terms) -> Relation | None:
    """Return whether an event keeps or breaks an agreement, None where it does neither."""
    made, when = terms.event.when, event.when
    if made is None or when is None or event.id == terms.event.id:
        return None
    if not made.start <= when.start <= made.start + WITHIN:
        return None
    own = _names(event)
    names = _roots_of_names(own & terms.names)
    every = _roots_of_names(own | terms.names)
    if not names:
        return None
    for mention in event.mentions:
        if mention.background or mention.status not in _HELD:
            continue
        told = _roots(mention.text)
        for words, negated, of_meetings in terms.points:
            shared = words & told
            if of_meetings and event.type == "CONSULT" and shared and _towns(event) & terms.towns:
                return "implements"
            relation = _relation(event, shared, names, every, negated=negated)
            if relation is not None:
                return relation
    return None


def link_observed(event: Event, accord: Event, relation: Relation) -> Link:
    """Return the link of a deed to the agreement that it keeps or breaks."""
    return Link(relation=relation, from_=event.id, to=accord.id, mentions=(event.mentions[0],))


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


def _roots(text: str) -> frozenset[str]:
    """Return the words of a text by which a point is known, each without its ending."""
    words = re.findall(r"[^\W\d_]+", fold(text))
    rules = load_rules().words
    return frozenset(_roots_of(word for word in words if word not in rules.calendar))


def _roots_of(words: Iterable[str]) -> Iterable[str]:
    rules = load_rules().words
    for word in words:
        if len(word) > _LETTERS and word[:_STEM] not in rules.agreed:
            root = _root(word)
            yield _same().get(root, root)


@cache
def _same() -> Mapping[str, str]:
    """Return root -> the root that stands for it and for others of its meaning."""
    groups = ([_root(word) for word in group] for group in load_rules().words.same)
    return {root: group[0] for group in groups for root in group}


def _root(word: str) -> str:
    bare = _ENDING.sub("", word)
    return (bare if len(bare) >= _LETTERS else word)[:_ROOT]


def observances(deeds: Sequence[Event], accords: Sequence[Event]) -> list[Link]:
    """Return the links of some deeds to those of some agreements that they keep or break."""
    found = []
    terms = [terms_of(accord) for accord in accords]
    for deed in deeds:
        for each in terms:
            relation = observed(deed, each)
            if relation is not None:
                found.append(link_observed(deed, each.event, relation))
    return found
