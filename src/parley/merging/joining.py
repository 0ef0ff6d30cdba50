"""Joining: what is new or changed joins what stands already.

In: a memory of what stands, and the reports that are new, changed or gone.  Out: `Joined`:
the groups that this touches, and what memory must keep of it.  Only the pools that the
new mentions touch are grouped again, each as a whole; so what comes out is what one merge of
everything would give, whatever came first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from parley.merging.chaining import tellings_of
from parley.merging.clustering import cluster, node_of
from parley.merging.fields import choose_when
from parley.merging.frequencies import Frequencies
from parley.merging.graph import Graph
from parley.merging.memory import (
    NO_CONSTRAINTS,
    Cue,
    Member,
    Memory,
    Pool,
    sequence_of,
)
from parley.merging.pools import find_pools, level_below
from parley.merging.rules import Rules
from parley.merging.scoring import Scorer
from parley.merging.settling import Settled, ended_by, lean, lend, types_alone
from parley.merging.spreading import Spread, unspread
from parley.merging.traits import OrderKey, Traits
from parley.model import Constraints, Mention

_TIED = 1000.0  # bits of an analyst's word
# Reports that are read, and pools that are grouped, faster than divided.
_FEW_REPORTS, _FEW_POOLS = 40, 100


class Joining:
    """One merge of some reports into what stands."""

    def __init__(
        self,
        memory: Memory,
        reports: Collection[str],
        *,
        rules: Rules,
        constraints: Constraints = NO_CONSTRAINTS,
        spread: Spread = unspread,
    ) -> None:
        """Prepare to merge the mentions of `reports` into what `memory` has."""
        self.memory = memory
        self.rules = rules
        self.scorer = Scorer(Frequencies((), rules=rules))
        self.graph = Graph(memory, self.scorer, spread=spread)
        self.spread = spread
        self.constraints = constraints
        self.dirty = set(reports)
        self.members: dict[str, Member] = {}  # new or moved, by mention
        self.left: set[str] = set()  # mentions that are no more
        self._crossed: set[str] = set()  # those that were fighting and are not, or are now
        self.pools: dict[str, Pool] = {}
        self.groups: list[list[str]] = []  # of mentions, in their order
        self.cues: list[Cue] = []
        self.reports_of: dict[str, str] = {}  # mention -> report, of all in the groups
        self._orders: dict[str, str] = {}
        self._mentions: dict[str, Mention] = {}
        self._settled: dict[str, Settled | None] = {}
        self._alone = types_alone(rules)
        self._single = {id_ for pair in constraints.apart for ids in pair for id_ in ids}

    def run(self) -> None:
        """Merge: fighting first, then what leans on it."""
        traits = self._read(self.dirty)
        old = self.memory.members_in(self.dirty)
        self.left = {member.mention for member in old} - {trait.id for trait in traits}
        self.graph.fetch({member.node for member in old})
        fights = {m.node for m in old if self.graph.traits(m.node).type in self._alone}
        fighting = {trait.id for trait in traits if trait.type in self._alone}
        self._crossed = {m.mention for m in old if (m.node in fights) != (m.mention in fighting)}
        standing = self._join(
            [trait for trait in traits if trait.type in self._alone],
            [member for member in old if member.node in fights],
            alone=True,
        )
        settled = self._settle(standing)
        rest = [trait for trait in traits if trait.type not in self._alone]
        leaning = self._stirred(settled, {trait.id for trait in traits})
        others = [member for member in old if member.node not in fights]
        others += self.memory.members_in({trait.report for trait in leaning})
        self._load_ended([self._mentions[trait.id] for trait in [*rest, *leaning]])
        self._join(
            [lean(t, self._mentions[t.id], self._settled.get) for t in [*rest, *leaning]],
            others,
            alone=False,
        )
        if self.constraints:
            self._unite()

    # What the reports tell

    def _read(self, reports: Collection[str]) -> list[Traits]:
        """Return the traits of all mentions of some reports."""
        told = self.memory.mentions_of(reports)
        mentions = [mention for found in told.values() for mention in found]
        self._mentions.update((mention.id, mention) for mention in mentions)
        self.cues += [
            Cue(mention.id, cue.relation, cue.mention, mention.report)
            for mention in mentions
            for cue in mention.links
        ]
        found = self.spread(self._describe, list(told.values()), few=_FEW_REPORTS)
        return sorted((t for traits in found for t in traits), key=lambda trait: trait.order)

    def _describe(self, told: Sequence[Sequence[Mention]]) -> list[list[Traits]]:
        """Return the traits of the mentions of each of some reports."""
        return [
            tellings_of(
                mentions,
                Frequencies(mentions, rules=self.rules),
                self.scorer,
                reports=self.memory.reports,
            )
            for mentions in told
        ]

    def mentions(self, ids: Iterable[str]) -> list[Mention]:
        """Return mentions by id, those that take their time from elsewhere with that time."""
        wanted = [id_ for id_ in ids if id_ not in self._mentions]
        if wanted:
            self._mentions.update(self.memory.mentions(wanted))
        return [self._mentions[id_] for id_ in ids]

    def lent(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Return mentions with the time that those take which lean on fighting."""
        self._load_ended([mention for mention in mentions if ended_by(mention)])
        return [lend(mention, self._settled.get) for mention in mentions]

    # Nodes, pools, groups

    def _join(
        self, traits: Sequence[Traits], old: Sequence[Member], *, alone: bool
    ) -> list[list[str]]:
        """Put mentions into the graph and group anew what they touch; return those groups."""
        stirred = self._reaching(self._place(traits, old))
        tied, mixed = self._tied(alone=alone)
        stirred |= mixed
        self.graph.fetch_edges(stirred)

        def edges(node: str) -> Mapping[str, float]:
            near = self.graph.edges(node)
            return {**near, **dict.fromkeys(tied[node], _TIED)} if node in tied else near

        pools = find_pools(stirred, edges, self.graph.fetch_edges)
        self.pools.update(pools)
        self.graph.fetch(pools)
        inside = self._members_of(pools)
        groups = [
            sequence_of([member for node in group for member in inside[node]])
            for group in self._grouped(pools, tied)
        ]
        self.groups += groups
        return groups

    def _reaching(self, stirred: Mapping[str, float]) -> set[str]:
        """Return the nodes whose pools may be others now: all of the pools that are touched.

        `stirred` is node -> the strongest edge that changed.  An edge too weak to count in a
        node's pool changes nothing there.
        """
        stood = self.memory.pools(stirred)
        touched = {
            pool.id for node, pool in stood.items() if stirred[node] > level_below(pool.level)
        }
        nodes = {node for node in stirred if node not in stood}
        return (nodes | set(self.memory.in_pools(touched))) - self.graph.gone

    def _place(self, traits: Sequence[Traits], old: Sequence[Member]) -> dict[str, float]:
        """Put mentions to their nodes; return the nodes that this touches, and how far."""
        placed = {trait.id: trait for trait in traits}
        here = {
            trait.id: Member(
                trait.id,
                trait.id if trait.id in self._single else node_of(trait),
                trait.report,
                order_text(trait.order),
            )
            for trait in traits
        }
        before = {member.mention: member for member in old}
        went = [m for id_, m in before.items() if id_ in self.left or id_ in self._crossed]
        moved = [before[id_] for id_, m in here.items() if id_ in before]
        touched = {m.node for m in (*here.values(), *moved, *went)}
        inside: dict[str, dict[str, Member]] = {node: {} for node in touched}
        for member in self.memory.members_of(touched):
            inside[member.node][member.mention] = member
        for member in (*moved, *went):
            inside[member.node].pop(member.mention, None)
        for member in here.values():
            inside[member.node][member.mention] = member
        self.members.update(here)
        self.graph.fetch(touched)
        wanted, gone = self._firsts(inside, placed)
        stirred = self.graph.change(wanted, gone)
        stirred.update((node, _TIED) for node in touched if inside[node] or node in gone)
        return stirred

    def _firsts(
        self, inside: Mapping[str, Mapping[str, Member]], placed: Mapping[str, Traits]
    ) -> tuple[dict[str, Traits], list[str]]:
        """Return the nodes whose first mention is another or has changed, and the empty ones."""
        wanted: dict[str, Traits] = {}
        gone: list[str] = []
        for node, members in inside.items():
            if not members:
                gone += [node] if self.graph.has(node) else []
                continue
            first = min(members.values(), key=lambda member: member.order)
            stands = self.graph.traits(node) if self.graph.has(node) else None
            trait = placed.get(first.mention)
            if trait is None and (stands is None or stands.id != first.mention):
                trait = next(t for t in self._read([first.report]) if t.id == first.mention)
            if trait is not None and trait != stands:
                wanted[node] = trait
        return wanted, gone

    def _grouped(
        self, pools: Mapping[str, Pool], tied: Mapping[str, set[str]]
    ) -> Iterator[Sequence[str]]:
        """Yield the groups of the nodes of pools, each pool by itself."""
        ordered = _by_pool(pools)
        several = [(pool, nodes) for pool, nodes in ordered if len(nodes) > 1]
        single = self._nodes_of(self._single) if self._single else {}

        def work(some: Sequence[tuple[Pool, list[str]]]) -> list[list[list[str]]]:
            return [self._cluster(pool, nodes, tied, single) for pool, nodes in some]

        found = iter(self.spread(work, several, few=_FEW_POOLS))
        for _, nodes in ordered:
            yield from next(found) if len(nodes) > 1 else [nodes]

    def _cluster(
        self,
        pool: Pool,
        nodes: Sequence[str],
        tied: Mapping[str, set[str]],
        single: Mapping[str, str],
    ) -> list[list[str]]:
        """Return the groups of a pool; `single` has the nodes of mentions that are kept apart."""
        inside = set(nodes)
        edges = [
            (node, other, score)
            for node in nodes
            for other, score in self.graph.edges(node).items()
            if other in inside and node < other and score > pool.level
        ]
        return cluster(
            {node: self.graph.traits(node) for node in nodes},
            edges,
            self.scorer,
            together=[[n, *sorted(tied[n] & inside)] for n in nodes if tied.get(n)],
            apart=self._apart(inside, single),
        )

    def _members_of(self, nodes: Collection[str]) -> dict[str, list[Member]]:
        """Return node -> its members as they are now."""
        found: dict[str, list[Member]] = {node: [] for node in nodes}
        gone_from = self.left | self._crossed
        for member in self.memory.members_of(nodes):
            if member.mention not in gone_from and member.mention not in self.members:
                found[member.node].append(member)
        for member in self.members.values():
            if member.node in found:
                found[member.node].append(member)
        for members in found.values():
            self._note(members)
        return found

    def _note(self, members: Iterable[Member]) -> None:
        for member in members:
            self.reports_of[member.mention] = member.report
            self._orders[member.mention] = member.order

    def order_of(self, mention: str) -> str:
        """Return the place of a mention in the order of mentions; of one that is not there, ""."""
        return self._orders.get(mention, "")

    def learn_orders(self, reports: Collection[str]) -> None:
        """Bring the order of all mentions of some reports to hand."""
        self._note(self.memory.members_in(set(reports) - self.dirty))

    def traits_of(self, mentions: Collection[str]) -> dict[str, Traits]:
        """Return mention -> the traits of its node."""
        nodes = self._nodes_of(mentions)
        self.graph.fetch(nodes.values())
        return {id_: self.graph.traits(node) for id_, node in nodes.items()}

    # An analyst's words

    def _nodes_of(self, mentions: Collection[str]) -> dict[str, str]:
        found = self.memory.nodes_of([id_ for id_ in mentions if id_ not in self.members])
        found.update((id_, self.members[id_].node) for id_ in mentions if id_ in self.members)
        return {id_: node for id_, node in found.items() if id_ not in self.left}

    def _tied(self, *, alone: bool) -> tuple[dict[str, set[str]], set[str]]:
        """Return node -> the nodes that an analyst says are one with it, and the mixed ones.

        Mixed are those tied to one of a type that is grouped apart from theirs; they are
        always grouped anew, so that `_unite` finds all that is tied.  All are of types that
        stand alone, or none.
        """
        tied: dict[str, set[str]] = {}
        mixed: set[str] = set()
        ids = {id_ for group in self.constraints.together for id_ in group}
        nodes = self._nodes_of(ids) if ids else {}
        self.graph.fetch(nodes.values())
        for group in self.constraints.together:
            inside = {nodes[id_] for id_ in group if id_ in nodes}
            ours = {n for n in inside if (self.graph.traits(n).type in self._alone) == alone}
            mixed |= ours if ours != inside else set()
            for node in ours:
                tied.setdefault(node, set()).update(ours - {node})
        return tied, mixed

    def _unite(self) -> None:
        """Join the groups that an analyst says are one, whatever their types."""
        for together in self.constraints.together:
            found = [group for group in self.groups if not set(together).isdisjoint(group)]
            if len(found) < 2 or self._is_apart(found):
                continue
            self.groups = [group for group in self.groups if group not in found]
            united = [id_ for group in found for id_ in group]
            self.groups.append(sorted(united, key=self.order_of))

    def _is_apart(self, groups: Sequence[Sequence[str]]) -> bool:
        """Tell whether an analyst also says that some of these are not one."""
        return any(self.constraints.part(one, two) for one, two in combinations(groups, 2))

    def _apart(
        self, inside: Collection[str], nodes: Mapping[str, str]
    ) -> Iterable[tuple[str, str]]:
        """Yield the pairs of nodes that an analyst says are not one; `nodes` is by mention."""
        for ones, twos in self.constraints.apart:
            for one in ones:
                for two in twos:
                    pair = nodes.get(one), nodes.get(two)
                    if pair[0] in inside and pair[1] in inside:
                        yield pair  # type: ignore[misc]

    # What leans

    def _settle(self, groups: Sequence[Sequence[str]]) -> set[str]:
        """Note the groups that stand now; return the mentions of those that changed."""
        changed: set[str] = set()
        events = self.memory.events_of([id_ for group in groups for id_ in group])
        for group in groups:
            had = {events.get(id_) for id_ in group}
            same = len(had) == 1 and None not in had
            if same and not any(id_ in self.members for id_ in group):
                continue  # looked up when something leans on it
            changed.update(group)
        return changed

    def _stirred(self, changed: Collection[str], known: Collection[str]) -> list[Traits]:
        """Return the traits of what stands and leans on fighting that changed."""
        reports = {self.reports_of[id_] for id_ in changed}
        cues = self.memory.cues_in(reports - self.dirty)
        leaning = {
            cue.mention: cue.report
            for cue in cues
            if cue.relation == "ends" and cue.target in changed and cue.mention not in known
        }
        if not leaning:
            return []
        return [t for t in self._read(set(leaning.values())) if t.id in leaning]

    def _load_ended(self, mentions: Sequence[Mention]) -> None:
        """Look up the groups of the fighting that mentions say they ended."""
        wanted = {id_ for m in mentions for id_ in ended_by(m) if id_ not in self._settled}
        if not wanted:
            return
        now = {id_: group for group in self.groups for id_ in group}
        for id_ in sorted(wanted & now.keys()):
            self._settled[id_] = Settled(now[id_][0], choose_when(self.mentions(now[id_])))
        stood = self.memory.events_of(wanted - now.keys())
        events = self.memory.events(set(stood.values()))
        for id_ in wanted - now.keys():
            event = events.get(stood.get(id_, ""))
            fights = event is not None and event.type in self._alone
            self._settled[id_] = (
                Settled(event.mentions[0].id, event.when) if event and fights else None
            )


def order_text(order: OrderKey) -> str:
    """Return the order of a mention as text that sorts as it does."""
    published, report, start, trigger, id_ = order
    return f"{published.isoformat()} {report} {start:09d} {trigger:09d} {id_}"


def _by_pool(pools: Mapping[str, Pool]) -> list[tuple[Pool, list[str]]]:
    found: dict[str, tuple[Pool, list[str]]] = {}
    for node in sorted(pools):
        pool = pools[node]
        found.setdefault(pool.id, (pool, []))[1].append(node)
    return [found[id_] for id_ in sorted(found)]
