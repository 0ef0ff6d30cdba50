"""Linking: how events stand to one another.

In: the events' mentions.  Out: links.  Most are in a report's own words (a mention's
`links`); one kind is worked out: an incident is a part of a war when its day lies within
the span of a war that the same parties fought, in no other place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from parley.merging.comparing import COMPARISONS
from parley.merging.traits import Frequencies, Traits
from parley.model import Event, EventMention, Link, Mention, Relation

_WAR_DAYS = 28  # a span at least this long, told as fighting, is a war rather than a battle
_INCIDENT_DAYS = 10
_IN_PLACE = frozenset({"same", "near", "same_area", "within", "same_country"})


def link_told(
    mentions: Sequence[Mention],
    told_by: Mapping[str, str],
    shown: Mapping[str, EventMention],
) -> tuple[Link, ...]:
    """Return the links that the reports' words make.

    `told_by` is mention id -> event id, `shown` mention id -> its public form.  A tie to a
    mention that is not there, or within one event, makes no link.
    """
    found: dict[tuple[Relation, str, str], list[EventMention]] = {}
    for mention in mentions:
        for cue in mention.links:
            source, target = told_by[mention.id], told_by.get(cue.mention)
            if target is None or target == source:
                continue
            at = found.setdefault((cue.relation, source, target), [])
            if shown[mention.id] not in at:
                at.append(shown[mention.id])
    return tuple(
        Link(relation=relation, from_=source, to=target, mentions=tuple(at))
        for (relation, source, target), at in found.items()
    )


def link_parts(
    events: Sequence[Event],
    traits: Mapping[str, Traits],
    frequencies: Frequencies,
    *,
    already: Sequence[Link],
) -> tuple[Link, ...]:
    """Return a part_of link for each incident that clearly belongs to a war.

    Clearly: the war's first and last days are known, the incident's day lies between them,
    its parties are the war's, and both share two of them or a place.
    """
    wars = [event for event in events if event.type == "ASSAULT" and _length(event) >= _WAR_DAYS]
    wars.sort(key=lambda event: (_length(event), event.id))
    taken = {(link.from_, link.to) for link in already if link.relation == "part_of"}
    found = []
    for event in events if wars else ():
        if event.type != "ASSAULT" or event.when is None or event.when.end is None:
            continue
        if (event.when.end - event.when.start).days >= _INCIDENT_DAYS:
            continue
        war = next((w for w in wars if _is_part(event, w, traits, frequencies)), None)
        if war is not None and (event.id, war.id) not in taken:
            found.append(
                Link(
                    relation="part_of",
                    from_=event.id,
                    to=war.id,
                    mentions=(event.mentions[0], war.mentions[0]),
                )
            )
    return tuple(found)


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
