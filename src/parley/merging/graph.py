"""The graph: which nodes may tell one happening, kept up as nodes come, change and go.

In: nodes that came, changed or went.  Out: the edges, those pairs that share a key and
score above the threshold.  An edge follows from its two nodes, and from who shares
their keys; so the graph is the same whatever came first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from parley.merging.blocking import HUBS, Key, kind_of, lookups_of
from parley.merging.memory import Memory
from parley.merging.scoring import Scorer
from parley.merging.spreading import Spread, unspread
from parley.merging.traits import Traits

_FEW = 2000  # pairs that are compared faster than divided


class _Rekeyed(NamedTuple):
    """What came of a change of who has which key.

    `over` are the keys that too many have now, with all of them; `under` those that no more
    too many have; `moved` those whose hubs are others, with the ones before and now.
    """

    over: dict[Key, set[str]]
    under: set[Key]
    moved: dict[Key, tuple[set[str], set[str]]]


class Graph:
    """The nodes, keys and edges that one merge touches, over what memory has."""

    def __init__(self, memory: Memory, scorer: Scorer, *, spread: Spread = unspread) -> None:
        """Stand over `memory`, which is not written to; `spread` divides what takes long."""
        self._memory = memory
        self._spread = spread
        self.compared = 0  # pairs
        self._scorer = scorer
        self._rules = scorer.frequencies.rules
        self._nodes: dict[str, Traits] = {}
        self._keys: dict[str, dict[Key, tuple[Key, ...]]] = {}
        self._counts: dict[Key, int] = {}
        self._counts_before: dict[Key, int] = {}
        self._holders: dict[Key, set[str]] = {}  # of keys that few enough have
        self._hubs: dict[Key, list[str]] = {}  # of those that too many have, in their order
        self._edges: dict[str, dict[str, float]] = {}
        self.fresh: set[str] = set()  # nodes whose traits are new or changed
        self._fresh_by_key: dict[Key, set[str]] = {}
        self.gone: set[str] = set()
        self.keys_before: dict[str, AbstractSet[Key]] = {}
        self.edges_before: dict[tuple[str, str], float | None] = {}
        self._stirred: dict[str, float] = {}

    # Nodes

    def fetch(self, ids: Iterable[str]) -> None:
        """Bring nodes to hand, those that memory has."""
        wanted = [id_ for id_ in ids if id_ not in self._nodes and id_ not in self.gone]
        if wanted:
            self._nodes.update(self._memory.nodes(wanted))

    def traits(self, id_: str) -> Traits:
        """Return the traits of a node that is at hand."""
        return self._nodes[id_]

    def has(self, id_: str) -> bool:
        """Tell whether a node is at hand."""
        return id_ in self._nodes

    def keys(self, id_: str) -> AbstractSet[Key]:
        """Return the keys of a node that is at hand."""
        return self._lookups(id_).keys()

    def _lookups(self, id_: str) -> dict[Key, tuple[Key, ...]]:
        if id_ not in self._keys:
            self._keys[id_] = lookups_of(self._nodes[id_], self._rules)
        return self._keys[id_]

    def change(self, wanted: dict[str, Traits], gone: Collection[str]) -> dict[str, float]:
        """Put nodes in, in the place of those of the same id, and take others out.

        Returns the nodes that an edge was added to or taken from, or whose edge now weighs
        otherwise, each with the most that such an edge weighs or weighed.  `wanted` and
        `gone` that memory has are at hand.
        """
        self._stirred = {}
        self._fetch_edges([*wanted, *gone])
        before = {id_: self.keys(id_) for id_ in [*wanted, *gone] if id_ in self._nodes}
        for id_, keys in before.items():
            if id_ not in self.fresh:
                self.keys_before.setdefault(id_, keys)
        for id_ in gone:
            self.gone.add(id_)
            self.fresh.discard(id_)
            self._cut(id_)
            self._nodes.pop(id_, None)
            self._keys.pop(id_, None)
        for id_, traits in wanted.items():
            self._nodes[id_] = traits
            self._keys.pop(id_, None)
            self.fresh.add(id_)
            self.gone.discard(id_)
        after = {id_: self.keys(id_) for id_ in wanted}
        change = self._rekey(before, after)
        self._narrow(change)
        self._connect([*wanted, *sorted(self._widen(change))])
        return {id_: most for id_, most in self._stirred.items() if id_ not in self.gone}

    # Keys

    def _used(self, key: Key) -> bool:
        """Tell whether few enough have a key for all of them to meet by it."""
        return self._counts[key] <= kind_of(key).limit

    def _load_keys(self, keys: Iterable[Key]) -> None:
        wanted = {key for key in keys if key not in self._counts}
        found = self._memory.holders(wanted) if wanted else {}
        for key in wanted:
            count, nodes = found.get(key, (0, []))
            self._counts[key] = count
            if self._used(key):
                self._holders[key] = set(nodes)
        crowded = [key for key in wanted if kind_of(key).hubs and not self._used(key)]
        self._hubs.update(self._memory.first_holders(crowded, HUBS) if crowded else {})

    def _rekey(
        self, before: dict[str, AbstractSet[Key]], after: dict[str, AbstractSet[Key]]
    ) -> _Rekeyed:
        """Change who has which key."""
        self._load_keys(key for keys in (*before.values(), *after.values()) for key in keys)
        was: dict[Key, int] = {}
        hubs = dict(self._hubs)
        left: set[Key] = set()  # by one of their hubs
        for id_, keys in before.items():
            for key in keys - after.get(id_, frozenset()):
                self._fresh_by_key.get(key, set()).discard(id_)
                was.setdefault(key, self._counts[key])
                self._counts[key] -= 1
                self._holders.get(key, set()).discard(id_)
                left |= {key} if id_ in hubs.get(key, ()) else set()
        for id_, keys in after.items():
            for key in keys:
                self._fresh_by_key.setdefault(key, set()).add(id_)
            for key in keys - before.get(id_, frozenset()):
                was.setdefault(key, self._counts[key])
                self._counts[key] += 1
                if key in self._holders:
                    self._holders[key].add(id_)
                if key in self._hubs:
                    self._hubs[key] = sorted({*self._hubs[key], id_})[:HUBS]
        for key, count in was.items():
            self._counts_before.setdefault(key, count)
        for key in left:
            self._hubs[key] = sorted(self._everyone(key))[:HUBS]
        crossed = {key for key, n in was.items() if (n <= kind_of(key).limit) != self._used(key)}
        over = {key: self._holders.pop(key) for key in crossed if not self._used(key)}
        self._hubs.update(
            (key, sorted(holders)[:HUBS]) for key, holders in over.items() if kind_of(key).hubs
        )
        under = {key for key in crossed if self._used(key)}
        for key in under:
            self._hubs.pop(key, None)
        moved = {
            key: (set(hubs[key]), set(self._hubs[key]))
            for key in was.keys() & hubs.keys() & self._hubs.keys()
            if hubs[key] != self._hubs[key]
        }
        return _Rekeyed(over, under, moved)

    def _everyone(self, key: Key) -> set[str]:
        """Return all nodes that have a key now, however many."""
        stood = set(self._memory.all_holders(key)) - self.gone - self.fresh
        return stood | self._fresh_by_key.get(key, set())

    def _narrow(self, change: _Rekeyed) -> None:
        """Cut the edges of those that only met by what they may not meet by any more."""
        lost: dict[str, set[Key]] = {}
        for key, holders in change.over.items():
            for id_ in holders - self.fresh:
                lost.setdefault(id_, set()).add(key)
        for key, (before, after) in change.moved.items():
            for id_ in before - after - self.fresh - self.gone:
                lost.setdefault(id_, set()).add(key)
        self.fetch(lost)
        self._fetch_edges(lost)
        pairs: dict[tuple[str, str], None] = {}
        for id_ in sorted(lost):
            near = self._edges[id_].keys() - self.fresh
            others: set[str] = set()
            for own in lost[id_]:
                # The partners of another type meet by the same word under a key of their own.
                for key in self._lookups(id_).get(own, ()):
                    if key not in change.over:
                        self._load_keys([key])
                    known = change.over.get(key) or self._holders.get(key)
                    others |= near & known if known is not None else near
            pairs.update(dict.fromkeys((min(id_, o), max(id_, o)) for o in sorted(others)))
        self.fetch({id_ for pair in pairs for id_ in pair})
        shared = {pair: list(self._shared(*pair)) for pair in pairs}
        self._load_keys(key for keys in shared.values() for pair in keys for key in pair)
        for pair, keys in shared.items():
            if keys and not self._meet(*pair, keys):
                self._set_edge(*pair, None)

    def _widen(self, change: _Rekeyed) -> set[str]:
        """Return those that stood, and may now meet others by a key that they had.

        All such keys are noted before any is compared by: who shares one may share another.
        """
        found: set[str] = set()
        for key in change.under:
            self._holders[key] = self._everyone(key)
            found |= self._holders[key]
        for before, after in change.moved.values():
            found |= after - before
        found -= self.fresh
        self.fetch(found)
        return found

    def _shared(self, one: str, two: str) -> Iterator[tuple[Key, Key]]:
        """Yield the keys by which two nodes may meet: the one's, and the same of the other's."""
        theirs = self.keys(two)
        for key, others in self._lookups(one).items():
            for other in others:
                if other in theirs:
                    yield key, other

    def _meet(self, one: str, two: str, shared: Iterable[tuple[Key, Key]]) -> bool:
        """Tell whether keys that two nodes share suffice to meet by; they are loaded."""
        used = [key for key, other in shared if self._is_open(one, two, key, other)]
        return len(used) > 1 or any(kind_of(key).alone for key in used)

    def _is_open(self, one: str, two: str, key: Key, other: Key) -> bool:
        """Tell whether two nodes may meet by a key of the one and the same of the other."""
        here = self._used(key) or one in self._hubs.get(key, ())
        there = self._used(other) or two in self._hubs.get(other, ())
        return here or there if key == other else here and there

    # Edges

    def edges(self, id_: str) -> dict[str, float]:
        """Return the neighbours of a node with their scores."""
        if id_ not in self._edges:
            self._fetch_edges([id_])
        return self._edges[id_]

    def fetch_edges(self, ids: Iterable[str]) -> None:
        """Bring the edges of nodes to hand."""
        self._fetch_edges(ids)

    def _fetch_edges(self, ids: Iterable[str]) -> None:
        # Whatever this merge changes is fetched before: memory's word is the last on the rest.
        wanted = list(dict.fromkeys(id_ for id_ in ids if id_ not in self._edges))
        found = self._memory.edges(wanted) if wanted else {}
        for id_ in wanted:
            self._edges[id_] = dict(found.get(id_, {}))

    def _cut(self, id_: str) -> None:
        near = list(self.edges(id_))
        self._fetch_edges(near)
        for other in near:
            self._set_edge(id_, other, None)

    def _set_edge(self, one: str, two: str, score: float | None) -> None:
        self._fetch_edges([one, two])
        pair = (min(one, two), max(one, two))
        before = self._edges[one].get(two)
        self.edges_before.setdefault(pair, before)
        most = max(before or 0.0, score or 0.0)
        for node in pair:
            self._stirred[node] = max(most, self._stirred.get(node, 0.0))
        if score is None:
            self._edges[one].pop(two, None)
            self._edges[two].pop(one, None)
        else:
            self._edges[one][two] = self._edges[two][one] = score

    def _connect(self, ids: Collection[str]) -> None:
        """Compare nodes with all that share keys enough with them."""
        self._load_keys(
            key for id_ in ids for own, keys in self._lookups(id_).items() for key in (own, *keys)
        )
        near = {id_: self._near(id_) for id_ in ids}
        self.fetch({other for others in near.values() for other in others})
        self._fetch_edges(ids)
        # Those of one report stand together: much of what they are compared by is the same.
        place = {id_: (self._nodes[id_].report, id_) for ids_ in near.values() for id_ in ids_}
        place.update((id_, (self._nodes[id_].report, id_)) for id_ in near)
        pairs = list(
            dict.fromkeys(
                (min(id_, other), max(id_, other))
                for id_ in sorted(near, key=place.__getitem__)
                for other in sorted(near[id_], key=place.__getitem__)
            )
        )
        scores = self._spread(self._scores, pairs, few=_FEW)
        self.compared += len(pairs)
        found: dict[tuple[str, str], float | None] = dict(zip(pairs, scores, strict=True))
        for id_ in ids:
            for other in sorted(self._edges[id_]):
                found.setdefault((min(id_, other), max(id_, other)), None)
        self._fetch_edges({id_ for pair, score in found.items() if score for id_ in pair})
        for (one, two), score in found.items():
            known = self._edges[one if one in near else two]
            if score != known.get(two if one in near else one):
                self._set_edge(one, two, score)

    def _scores(self, pairs: Sequence[tuple[str, str]]) -> list[float | None]:
        """Return the score of each pair of nodes at hand, None of those that are no edge."""
        threshold, score = self._rules.settings.threshold, self._scorer.score
        found = (score(self._nodes[one], self._nodes[two]) for one, two in pairs)
        return [bits if bits > threshold else None for bits in found]

    def _near(self, id_: str) -> set[str]:
        """Return the nodes that share keys enough with one to be compared with it."""
        found: set[str] = set()
        once: set[str] = set()  # those that share one key which does not suffice alone
        for own, keys in self._lookups(id_).items():
            met = found if kind_of(own).alone else set[str]()
            for key in keys:
                met.update(self._met_by(id_, own, key))
            if met is not found:
                found |= once & met
                once |= met
        found.discard(id_)
        return found

    def _met_by(self, id_: str, own: Key, key: Key) -> Collection[str]:
        """Return the nodes that one meets by a key of its own which they have as `key`."""
        if self._used(own):
            return self._holders[key] if self._used(key) else self._hubs.get(key, ())
        if own not in self._hubs:
            return ()
        if id_ not in self._hubs[own]:
            return self._hubs[own] if own == key else ()
        if own == key:
            return self._everyone(own)
        return self._holders[key] if self._used(key) else self._hubs.get(key, ())

    def changed_edges(self) -> dict[tuple[str, str], float | None]:
        """Return the pairs whose edge is another than it was, with the score it has now."""
        return {
            pair: now
            for pair, before in self.edges_before.items()
            if (now := self._edges.get(pair[0], {}).get(pair[1])) != before
        }

    def changed_keys(self) -> tuple[tuple[tuple[str, Key], ...], tuple[tuple[str, Key], ...]]:
        """Return the pairs of a node and a key that are new, and those that are no more."""
        gained: list[tuple[str, Key]] = []
        lost: list[tuple[str, Key]] = []
        for id_ in sorted(self.fresh | self.gone):
            before = self.keys_before.get(id_, frozenset())
            after = self.keys(id_) if id_ in self.fresh else frozenset()
            gained += [(id_, key) for key in sorted(after - before)]
            lost += [(id_, key) for key in sorted(before - after)]
        return tuple(gained), tuple(lost)

    def crowds(self) -> dict[Key, int]:
        """Return the keys whose number of holders changed and is or was over their limit.

        With how many have them now; 0 where it is not over any more.
        """
        return {
            key: 0 if self._used(key) else self._counts[key]
            for key, count in self._counts_before.items()
            if max(count, self._counts[key]) > kind_of(key).limit
        }
