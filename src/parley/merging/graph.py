"""The graph: which nodes may tell one happening, kept up as nodes come, change and go.

In: nodes that came, changed or went.  Out: the edges, those pairs that share a key and
score above the threshold.  An edge follows from its two nodes, and from how many share
their keys; so the graph is the same whatever came first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet

from parley.merging.blocking import MOST, Key, limit_of, lookups_of
from parley.merging.memory import Memory
from parley.merging.scoring import Scorer
from parley.merging.traits import Traits


class Graph:
    """The nodes, keys and edges that one merge touches, over what memory has."""

    def __init__(self, memory: Memory, scorer: Scorer) -> None:
        """Stand over `memory`, which is not written to."""
        self._memory = memory
        self._scorer = scorer
        self._rules = scorer.frequencies.rules
        self._nodes: dict[str, Traits] = {}
        self._keys: dict[str, dict[Key, tuple[Key, ...]]] = {}
        self._counts: dict[Key, int] = {}
        self._counts_before: dict[Key, int] = {}
        self._holders: dict[Key, set[str]] = {}
        self._edges: dict[str, dict[str, float]] = {}
        self.fresh: set[str] = set()  # nodes whose traits are new or changed
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
        crossed = self._rekey(before, after)
        self._narrow(crossed)
        self._widen(crossed)
        self._connect(wanted)
        return {id_: most for id_, most in self._stirred.items() if id_ not in self.gone}

    # Keys

    def _used(self, key: Key) -> bool:
        """Tell whether few enough have a key to meet by it."""
        return self._counts[key] <= limit_of(key)

    def _load_keys(self, keys: Iterable[Key]) -> None:
        wanted = {key for key in keys if key not in self._counts}
        found = self._memory.holders(wanted, limit=MOST) if wanted else {}
        for key in wanted:
            count, nodes = found.get(key, (0, []))
            self._counts[key] = count
            if count <= limit_of(key):
                self._holders[key] = set(nodes)

    def _rekey(
        self, before: dict[str, AbstractSet[Key]], after: dict[str, AbstractSet[Key]]
    ) -> dict[Key, bool]:
        """Change who has which key; return the keys that are now used, or now not."""
        self._load_keys(key for keys in (*before.values(), *after.values()) for key in keys)
        was: dict[Key, int] = {}
        for id_, keys in before.items():
            for key in keys - after.get(id_, frozenset()):
                was.setdefault(key, self._counts[key])
                self._counts[key] -= 1
                self._holders.get(key, set()).discard(id_)
        for id_, keys in after.items():
            for key in keys - before.get(id_, frozenset()):
                was.setdefault(key, self._counts[key])
                self._counts[key] += 1
                if key in self._holders:
                    self._holders[key].add(id_)
        for key, count in was.items():
            self._counts_before.setdefault(key, count)
        return {
            key: self._used(key)
            for key, count in was.items()
            if (count <= limit_of(key)) != self._used(key)
        }

    def _narrow(self, crossed: dict[Key, bool]) -> None:
        """Cut the edges that only a key held which has become too common."""
        over = {key for key, used in crossed.items() if not used}
        old = {key: self._holders.pop(key) - self.fresh for key in over if key in self._holders}
        affected = {id_ for nodes in old.values() for id_ in nodes}
        self.fetch(affected)
        self._fetch_edges(affected)
        # The partners of another type meet by the same word under a key of their own.
        pairs: dict[tuple[str, str], None] = {}
        for id_ in sorted(affected):
            near = [other for other in self._edges.get(id_, ()) if other not in self.fresh]
            self.fetch(near)
            lost = {k for own, keys in self._lookups(id_).items() if own in over for k in keys}
            pairs.update(
                dict.fromkeys(
                    (min(id_, other), max(id_, other))
                    for other in near
                    if not lost.isdisjoint(self.keys(other))
                )
            )
        self._load_keys(
            key
            for one, _ in pairs
            for own, keys in self._lookups(one).items()
            for key in (own, *keys)
        )
        for one, two in pairs:
            if not self._meet(one, two):
                self._set_edge(one, two, None)

    def _widen(self, crossed: dict[Key, bool]) -> None:
        """Compare those who share a key that has become rare enough to be used."""
        for key in [key for key, used in crossed.items() if used]:
            gone = self.gone
            holders = {id_ for id_ in self._memory.all_holders(key) if id_ not in gone}
            self.fetch(holders)
            holders = {id_ for id_ in holders if id_ in self._nodes and key in self.keys(id_)}
            holders |= {id_ for id_ in self.fresh if key in self.keys(id_)}
            self._holders[key] = holders
            old = holders - self.fresh
            self._fetch_edges(old)
            self._connect(old)

    def _meet(self, one: str, two: str) -> bool:
        """Tell whether two nodes share a key that is in use; the keys are loaded."""
        theirs = self.keys(two)
        return any(
            other in theirs and self._used(key) and self._used(other)
            for key, others in self._lookups(one).items()
            for other in others
        )

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
        """Compare nodes with all that share a key with them."""
        threshold = self._rules.settings.threshold
        near: dict[str, set[str]] = {}
        lookups = {id_: self._lookups(id_) for id_ in ids}
        self._load_keys(
            key for found in lookups.values() for own, keys in found.items() for key in (own, *keys)
        )
        for id_, found in lookups.items():
            others = near[id_] = set()
            for own, keys in found.items():
                if self._used(own):
                    for key in keys:
                        if self._used(key):
                            others |= self._holders[key]
            others.discard(id_)
        self.fetch({other for others in near.values() for other in others})
        self._fetch_edges({*ids, *(other for others in near.values() for other in others)})
        done: set[tuple[str, str]] = set()
        for id_, others in near.items():
            for other in sorted(others | set(self._edges[id_])):
                pair = (min(id_, other), max(id_, other))
                if pair in done:
                    continue
                done.add(pair)
                score: float | None = None
                if other in others:
                    score = self._scorer.score(self._nodes[pair[0]], self._nodes[pair[1]])
                    if score <= threshold:
                        score = None
                if score != self._edges[id_].get(other):
                    self._set_edge(id_, other, score)

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
        """Return the keys whose number of holders changed and is or was large, with it now.

        0 where it is not large any more.
        """
        return {
            key: self._counts[key] if self._counts[key] > MOST else 0
            for key, count in self._counts_before.items()
            if max(count, self._counts[key]) > MOST
        }
