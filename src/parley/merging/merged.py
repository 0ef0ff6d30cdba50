"""Merging as a whole: mentions in, events and links out."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from parley.merging.copies import Copied, Copies, count_sources, find_copies
from parley.merging.events import build_event, name_groups
from parley.merging.joining import Joining
from parley.merging.memory import (
    NO_CONSTRAINTS,
    Cue,
    Fresh,
    Member,
    Memory,
    Pool,
)
from parley.merging.relinking import join_links
from parley.merging.rules import Rules, load_rules
from parley.merging.spreading import Spread, unspread
from parley.merging.traits import Traits
from parley.model import Constraints, Event, Link, Mention, Report

_log = logging.getLogger("parley.merging")
_NONE: Mapping[str, str] = MappingProxyType({})
_FEW = 400  # events that are told faster than divided


class Merged(Struct, frozen=True):
    """The record's events, sorted by their first mention, and the links between them."""

    events: tuple[Event, ...]
    links: tuple[Link, ...]


class Kept(Struct, frozen=True):
    """What memory is to keep of a merge, in the place of what it had under the same ids.

    `members` are those that are new or moved, `left` mentions that are no more; `nodes` have
    their traits, `gone` are no more; `pools` is node -> its pool; `gained` and `lost` are
    pairs of a key and a node, sorted, `crowds` the keys that many have, with how many (0: not many
    any more); `edges` are pairs of nodes with the score, `cut` those that memory has and that
    are no more, or weigh otherwise now; `cues` all ties in `reports`, which have been merged;
    `copies` what changed of which reports are copies of one another.
    """

    reports: frozenset[str]
    members: tuple[Member, ...]
    left: frozenset[str]
    nodes: Mapping[str, Traits]
    gone: frozenset[str]
    pools: Mapping[str, Pool]
    gained: Sequence[tuple[int, str]]
    lost: Sequence[tuple[int, str]]
    crowds: Mapping[int, int]
    edges: Mapping[tuple[str, str], float]
    cut: tuple[tuple[str, str], ...]
    cues: tuple[Cue, ...]
    copies: Copies


class Joined(Struct, frozen=True):
    """What a merge of some reports changes in a record.

    `events` are new or changed.  `gone` is the id of each event that is no more -> the event
    that has most of its mentions now, None where they are gone as well.  `links` are new
    or changed, `unlinked` are no more, beside those from and to the events that go.
    """

    events: tuple[Event, ...]
    gone: Mapping[str, str | None]
    links: tuple[Link, ...]
    unlinked: tuple[Link, ...]
    kept: Kept


def merge(
    mentions: Sequence[Mention],
    *,
    reports: Mapping[str, Report],
    known: Mapping[str, str] = _NONE,
    constraints: Constraints = NO_CONSTRAINTS,
    rules: Rules | None = None,
) -> Merged:
    """Return the events that `mentions` tell, and the links between them.

    `reports` are by id; a mention whose report is not there is taken as undated.  `known`
    is mention id -> the id of the event it belonged to; events keep these ids as far as
    they can.  `constraints` are an analyst's words, which stand over all evidence.  The
    outcome does not depend on the order of `mentions`; a mention given twice
    counts once.  The number of pairs compared goes to the log "parley.merging".
    """
    memory = Fresh(mentions, reports, known)
    joined = join(
        memory,
        {mention.report for mention in mentions},
        constraints=constraints,
        rules=rules,
    )
    return Merged(events=joined.events, links=joined.links)


def join(
    memory: Memory,
    reports: Collection[str],
    *,
    touched: Collection[str] = (),
    constraints: Constraints = NO_CONSTRAINTS,
    rules: Rules | None = None,
    spread: Spread = unspread,
) -> Joined:
    """Merge `reports` (ids: new, changed or gone) into what `memory` has.

    `touched` are events that lost mentions otherwise.  `spread` divides what takes long among
    several processes.  What comes out is what `merge` would give over everything, as far as it
    differs from what stands.
    """
    rules = rules or load_rules()
    joining = Joining(memory, reports, rules=rules, constraints=constraints, spread=spread)
    joining.run()
    copies = find_copies(memory, joining.dirty, spread=spread)
    events, ids, gone = _events(joining, touched, copies.of)
    links, unlinked = join_links(joining, events, ids)
    _log.info(
        "%d mentions new or changed, %d pairs compared, %d events new or changed",
        len(joining.members),
        joining.graph.compared,
        len(events),
    )
    return Joined(
        events=tuple(events), gone=gone, links=links, unlinked=unlinked, kept=_kept(joining, copies)
    )


def _events(
    joining: Joining, touched: Collection[str], copied: Mapping[str, str | None]
) -> tuple[list[Event], dict[str, str], dict[str, str | None]]:
    """Return the events to write, mention -> event of all groups, and the ids that go."""
    memory, groups = joining.memory, joining.groups
    reports = Copied(memory.reports, copied)
    changed = joining.dirty | copied.keys()
    everyone = [id_ for group in groups for id_ in group]
    known = memory.events_of([*everyone, *joining.left])
    place = {id_: at for at, id_ in enumerate(sorted(everyone, key=joining.order_of))}
    groups.sort(key=lambda group: place[group[0]])
    names = name_groups(groups, known, others=memory.events)
    stood = memory.events({*known.values(), *touched})
    making: dict[str, list[str]] = {}
    for name, group in zip(names, groups, strict=True):
        before = stood.get(name)
        same = before is not None and [mention.id for mention in before.mentions] == group
        if not same or any(joining.reports_of[id_] in changed for id_ in group):
            making[name] = group
    mentions = joining.mentions([id_ for group in making.values() for id_ in group])
    memory.bring({mention.report for mention in mentions})
    told = [(name, joining.lent(joining.mentions(group))) for name, group in making.items()]

    def work(some: Sequence[tuple[str, list[Mention]]]) -> list[Event]:
        return [
            build_event(name, mentions, reports=reports, rules=joining.rules)
            for name, mentions in some
        ]

    events = joining.spread(work, told, few=_FEW)
    now = {id_: name for name, group in zip(names, groups, strict=True) for id_ in group}
    gone: dict[str, str | None] = {}
    for name in sorted(set(stood) - set(names)):
        heirs = Counter(now[m.id] for m in stood[name].mentions if m.id in now)
        gone[name] = min(heirs, key=lambda heir: (-heirs[heir], heir)) if heirs else None
    others = _told_by_copies(memory, copied.keys() - joining.dirty, {*names, *gone}, reports)
    return events + others, now, gone


def _told_by_copies(
    memory: Memory, copied: Collection[str], known: Collection[str], reports: Mapping[str, Report]
) -> list[Event]:
    """Return the events, beside the `known`, that have other sources by reports copied anew."""
    told = memory.events_of([member.mention for member in memory.members_in(copied)])
    events = memory.events(set(told.values()) - set(known))
    found = []
    for id_ in sorted(events):
        sources = count_sources({mention.report for mention in events[id_].mentions}, reports)
        if sources != events[id_].sources:
            found.append(replace(events[id_], sources=sources))
    return found


def _kept(joining: Joining, copies: Copies) -> Kept:
    graph = joining.graph
    gained, lost = graph.changed_keys()
    edges, cut = graph.changed_edges()
    return Kept(
        reports=frozenset(joining.dirty),
        members=tuple(joining.members.values()),
        left=frozenset(joining.left),
        nodes={node: graph.traits(node) for node in sorted(graph.fresh)},
        gone=frozenset(graph.gone),
        pools=joining.pools,
        gained=gained,
        lost=lost,
        crowds=graph.crowds(),
        edges=edges,
        cut=cut,
        cues=tuple(dict.fromkeys(joining.cues)),
        copies=copies,
    )
