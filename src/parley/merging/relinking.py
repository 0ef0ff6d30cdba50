"""Relinking: the links of the events that a merge changes.

In: the events that are new or changed, and memory.  Out: the links that are new or changed,
and those that are no more.  Only links from or to those events are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parley.merging.joining import Joining
from parley.merging.linking import choose_war, is_incident, is_war, link_part, link_told
from parley.merging.memory import Cue
from parley.merging.observing import is_accord, may_observe, observances
from parley.merging.traits import Traits
from parley.model import Event, EventMention, Link

LinkKey = tuple[str, str, str]


def join_links(
    joining: Joining, events: Sequence[Event], told_by: Mapping[str, str]
) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """Return the links to write and those to delete.

    `events` are new or changed, `told_by` is mention id -> event id of all that was grouped.
    """
    if not events:
        return (), ()
    memory = joining.memory
    changed = {event.id: event for event in events}
    stood = memory.events([event.id for event in events])
    steady = {id_ for id_, event in changed.items() if _is_steady(event, stood.get(id_), joining)}
    told = _told(joining, changed, told_by)
    wanted = {_key(link): link for link in told}
    for link in _parts(joining, changed, steady, told_by):
        wanted.setdefault(_key(link), link)
    for link in _observances(joining, changed, told_by):
        # What a report says of it stands: a deed said to be a breach is one.
        if ("violates", link.from_, link.to) not in wanted:
            wanted.setdefault(_key(link), link)
    there = {_key(link): link for link in memory.links_of(changed, steady=steady)}
    kept = [link for key, link in wanted.items() if there.get(key) != link]
    gone = [link for key, link in there.items() if key not in wanted]
    return tuple(kept), tuple(gone)


def _key(link: Link) -> LinkKey:
    return (link.relation, link.from_, link.to)


def _told(
    joining: Joining, changed: Mapping[str, Event], told_by: Mapping[str, str]
) -> tuple[Link, ...]:
    """Return the links that the reports' words make."""
    memory = joining.memory
    shown: dict[str, EventMention] = {}
    for event in changed.values():
        shown.update((mention.id, mention) for mention in event.mentions)
    reports = {mention.report for mention in shown.values()}
    cues = [cue for cue in joining.cues if cue.report in reports]
    cues += memory.cues_in(reports - {cue.report for cue in joining.cues} - joining.dirty)
    ends = {id_ for cue in cues for id_ in (cue.mention, cue.target)}
    told = {**memory.events_of(ends - told_by.keys() - joining.left), **told_by}
    unseen = {told[cue.mention] for cue in cues if cue.mention in told} - changed.keys()
    for event in memory.events(unseen).values():
        shown.update((mention.id, mention) for mention in event.mentions)
    joining.learn_orders({cue.report for cue in cues if not joining.order_of(cue.mention)})
    return link_told(_in_order(cues, joining), told, shown, among=changed)


def _in_order(cues: Sequence[Cue], joining: Joining) -> list[Cue]:
    unique = dict.fromkeys(cues)
    return sorted(unique, key=lambda cue: (joining.order_of(cue.mention), cue.relation, cue.target))


def _is_steady(event: Event, before: Event | None, joining: Joining) -> bool:
    """Tell whether a war is still the same to its parts, so that these need no new look."""
    if before is None or not is_war(event) or not is_war(before):
        return False
    if event.when != before.when or event.mentions[:5] != before.mentions[:5]:
        return False
    traits = joining.traits_of({m.id for m in (*event.mentions, *before.mentions)})
    return _core(event, traits) == _core(before, traits)


def _core(event: Event, traits: Mapping[str, Traits]) -> frozenset[str]:
    return frozenset[str]().union(*(traits[m.id].core for m in event.mentions if m.id in traits))


def _parts(
    joining: Joining,
    changed: Mapping[str, Event],
    steady: set[str],
    told_by: Mapping[str, str],
) -> list[Link]:
    """Return the links of incidents to the wars that they belong to."""
    memory = joining.memory
    incidents = {id_: event for id_, event in changed.items() if is_incident(event)}
    wars = {id_: event for id_, event in changed.items() if is_war(event)}
    restless = [war for id_, war in wars.items() if id_ not in steady]
    others = {id_ for war in restless for id_ in memory.incidents(war)} - changed.keys()
    if not incidents and not others:
        return []
    gone = set(memory.events_of(told_by).values()) - set(told_by.values())
    incidents.update(memory.events(others - gone))
    wars.update(memory.events(set(memory.wars()) - changed.keys() - gone))
    if not wars:
        return []
    traits = joining.traits_of(
        {m.id for event in (*incidents.values(), *wars.values()) for m in event.mentions}
    )
    found = []
    for event in incidents.values():
        war = choose_war(event, list(wars.values()), traits, joining.scorer.frequencies)
        if war is not None:
            found.append(link_part(event, war))
    return found


def _observances(
    joining: Joining, changed: Mapping[str, Event], told_by: Mapping[str, str]
) -> list[Link]:
    """Return the links of deeds to the agreements that they keep or break by their words."""
    memory = joining.memory
    deeds = {id_: event for id_, event in changed.items() if may_observe(event)}
    accords = {id_: event for id_, event in changed.items() if is_accord(event)}
    if not deeds and not accords:
        return []
    gone = set(memory.events_of(told_by).values()) - set(told_by.values())
    others = {id_ for accord in accords.values() for id_ in memory.after(accord)}
    after = memory.events(others - changed.keys() - gone).values()
    older = memory.events(set(memory.accords()) - changed.keys() - gone) if deeds else {}
    found = observances([*deeds.values()], [*accords.values(), *older.values()])
    found += observances([event for event in after if may_observe(event)], [*accords.values()])
    return found
