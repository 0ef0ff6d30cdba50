"""Linking: how events stand to one another.

In: the events' mentions.  Out: links.  Most are in a report's own words (a mention's
`links`); one kind is worked out: an incident is a part of a war when its day lies within
the span of a war that the same parties fought, in no other place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from parley.merging.comparing import COMPARISONS
from parley.merging.frequencies import Frequencies
from parley.merging.memory import Cue
from parley.merging.traits import Traits
from parley.model import Event, EventMention, Link, Relation

WAR_DAYS = 28  # a span at least this long, told as fighting, is a war rather than a battle
_INCIDENT_DAYS = 10
_IN_PLACE = frozenset({"same", "near", "same_area", "within", "same_country"})


def link_told(
    cues: Sequence[Cue],
    told_by: Mapping[str, str],
    shown: Mapping[str, EventMention],
    *,
    among: Collection[str],
) -> tuple[Link, ...]:
    """Return the links from or to the events `among` that the reports' words make.

    `told_by` is mention id -> event id, `shown` mention id -> its public form.  A tie to a
    mention that is not there, or within one event, makes no link.
    """
    found: dict[tuple[Relation, str, str], dict[str, EventMention]] = {}
    for cue in cues:
        source, target = told_by.get(cue.mention), told_by.get(cue.target)
        if source is None or target is None or target == source:
            continue
        if source not in among and target not in among:
            continue
        found.setdefault((cue.relation, source, target), {})[cue.mention] = shown[cue.mention]
    return tuple(
        Link(relation=relation, from_=source, to=target, mentions=tuple(at.values()))
        for (relation, source, target), at in found.items()
    )


def is_war(event: Event) -> bool:
    """Tell whether incidents may be parts of an event: fighting whose long span is known."""
    return event.type == "ASSAULT" and _length(event) >= WAR_DAYS


def is_incident(event: Event) -> bool:
    """Tell whether an event may be a part of a war: fighting of a few days."""
    when = event.when
    if event.type != "ASSAULT" or when is None or when.end is None:
        return False
    return (when.end - when.start).days < _INCIDENT_DAYS


def choose_war(
    event: Event,
    wars: Sequence[Event],
    traits: Mapping[str, Traits],
    frequencies: Frequencies,
) -> Event | None:
    """Return the shortest war that an incident clearly belongs to.

    Clearly: the war's first and last days are known, the incident's day lies between them,
    its parties are the war's, and both share two of them or a place.
    """
    ordered = sorted(wars, key=lambda war: (_length(war), war.id))
    return next((war for war in ordered if _is_part(event, war, traits, frequencies)), None)


def link_part(event: Event, war: Event) -> Link:
    """Return the link of an incident to its war."""
    return Link(
        relation="part_of",
        from_=event.id,
        to=war.id,
        mentions=(event.mentions[0], war.mentions[0]),
    )


def _length(event: Event) -> int:
    when = event.when
    if when is None or when.end is None or when.precision != "span":
        return 0
    return (when.end - when.start).days + 1


def _is_part(
    event: Event, war: Event, traits: Mapping[str, Traits], frequencies: Frequencies
) -> bool:
    if event.when is None or war.when is None or event.id == war.id:
        return False
    last = event.when.end or date.max
    if not (war.when.start <= event.when.start and last <= (war.when.end or date.max)):
        return False
    mine = frozenset[str]().union(*(traits[m.id].core for m in event.mentions))
    theirs = frozenset[str]().union(*(traits[m.id].core for m in war.mentions))
    if not mine or not mine <= theirs:
        return False
    places = {
        COMPARISONS["where"](traits[one.id], traits[two.id], frequencies)[0]
        for one in event.mentions[:5]
        for two in war.mentions[:5]
    }
    if places & _IN_PLACE:
        return True
    return len(mine) > 1 and places == {"unknown"}
