"""The graph: which nodes may tell one happening, kept up as nodes come, change and go.

In: nodes that came, changed or went.  Out: the edges, those pairs that share a key and
score above the threshold.  An edge follows from its two nodes, and from who shares
their keys; so the graph is the same whatever came first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from parley.merging.blocking import Key, keys_of, kind_of, turn_of, turns_of
from parley.merging.holders import Changed, Holders
from parley.merging.memory import Memory
from parley.merging.scoring import Scorer
from parley.merging.spreading import Spread, unspread
from parley.merging.timing import out_of_reach, reach_of
from parley.merging.traits import Traits

_FEW = 100  # nodes whose pairs are compared faster than divided


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
        self._keys: dict[str, frozenset[Key]] = {}
        self._holders = Holders(memory)
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
        found = self._keys.get(id_)
        if found is None:
            found = self._keys[id_] = keys_of(self._nodes[id_])
        return found

    def _turns(self, id_: str) -> tuple[int, ...]:
        """Return what turns a node's keys into those by which it finds others."""
        type_ = self._nodes[id_].type
        return turns_of(type_, self._rules.partners[type_])

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
        change = self._holders.change(before, after)
        self._narrow(change)
        self._connect([*wanted, *sorted(self._widen(change))])
        return {id_: most for id_, most in self._stirred.items() if id_ not in self.gone}

    # Keys

    def _narrow(self, change: Changed) -> None:
        """Cut the edges of those that only met by what they may not meet by any more."""
        lost: dict[str, set[Key]] = {}
        for key, holders in change.over.items():
            for id_ in holders - self.fresh:
                lost.setdefault(id_, set()).add(key)
        for key, (before, after) in change.moved.items():
            for id_ in before - after - self.fresh - self.gone:
                lost.setdefault(id_, set()).add(key)
        self._fetch_edges(lost)
        # Of those that had a key which is crowded now most have an edge to nobody.
        lost = {id_: keys for id_, keys in lost.items() if self._edges[id_].keys() - self.fresh}
        self.fetch(lost)
        self._holders.load(
            own ^ turn for id_, keys in lost.items() for turn in self._turns(id_) for own in keys
        )
        pairs: dict[tuple[str, str], None] = {}
        for id_ in sorted(lost):
            near = self._edges[id_].keys() - self.fresh
            others: set[str] = set()
            # The partners of another type meet by the same word under a key of their own.
            for key in (own ^ turn for own in lost[id_] for turn in self._turns(id_)):
                known = change.over.get(key) or self._holders.known(key)
                others |= near & known if known is not None else near
            pairs.update(dict.fromkeys((min(id_, o), max(id_, o)) for o in sorted(others)))
        self.fetch({id_ for pair in pairs for id_ in pair})
        shared = {pair: self._shared(*pair) for pair in pairs}
        asked = set[Key]()
        for turn, keys in shared.values():
            asked |= keys
            if turn:
                asked.update(key ^ turn for key in keys)
        self._holders.ask(asked)
        for pair, (turn, keys) in shared.items():
            if keys and not self._meet(*pair, keys, turn):
                self._set_edge(*pair, None)

    def _widen(self, change: Changed) -> set[str]:
        """Return those that stood, and may now meet others by a key that they had."""
        found: set[str] = set()
        for holders in change.under.values():
            found |= holders
        for before, after in change.moved.values():
            found |= after - before
        found -= self.fresh
        self.fetch(found)
        return found

    def _load_lookups(self, ids: Iterable[str]) -> None:
        """Bring to hand who has the keys by which nodes find others."""
        self._holders.load(
            key ^ turn for id_ in ids for turn in self._turns(id_) for key in self.keys(id_)
        )

    def _shared(self, one: str, two: str) -> tuple[int, AbstractSet[Key]]:
        """Return the keys of the one by which two nodes may meet, and what turns them into theirs.

        Only what turns the one's type into the other's does.
        """
        mine, theirs = self.keys(one), self.keys(two)
        turn = turn_of(self._nodes[one].type, self._nodes[two].type)
        if not turn:
            return 0, mine & theirs
        if turn not in self._turns(one):
            return turn, frozenset()
        return turn, {key for key in mine if key ^ turn in theirs}

    def _meet(self, one: str, two: str, shared: AbstractSet[Key], turn: int) -> bool:
        """Tell whether keys that two nodes share suffice to meet by; they are loaded."""
        if not turn and len(self._holders.open_among(shared)) > 1:
            return True
        used = [key for key in shared if self._holders.meet(one, two, key, key ^ turn)]
        return len(used) > 1 or any(kind_of(key).alone for key in used)

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
        self._load_lookups(ids)
        near = {id_: self._near(id_) for id_ in ids}
        self._leave_out(near)
        self.fetch(set[str]().union(*near.values()))
        asked = self._asked(near)
        self.compared += sum(len(others) for _, others in asked)
        now: dict[str, dict[str, float]] = {id_: {} for id_ in near}
        told = self._spread(self._compare, asked, few=_FEW)
        for (id_, _), edges in zip(asked, told, strict=True):
            now[id_].update(edges)
            for other in edges.keys() & near.keys():
                now[other][id_] = edges[other]
        self._fetch_edges(near)
        self._fetch_edges(other for id_ in near for other in (*now[id_], *self._edges[id_]))
        for id_, edges in now.items():
            before = dict(self._edges[id_])
            for other in before.keys() - edges.keys():
                self._set_edge(id_, other, None)
            for other, score in edges.items():
                if score != before.get(other):
                    self._set_edge(id_, other, score)

    def _leave_out(self, near: Mapping[str, set[str]]) -> None:
        """Take out of those near each node whom time alone excludes, before they are fetched.

        In a large record that is most of those who share a rare word, or parties and a town.
        """
        if not self._rules.levels["when"]["not_yet"].veto:
            return
        away = set[str]().union(*near.values()) - self._nodes.keys()
        reaches = self._memory.reaches(away)
        for id_, others in near.items():
            own = reach_of(self._nodes[id_])
            others -= {
                other for other in others if other in reaches and out_of_reach(own, reaches[other])
            }

    def _asked(self, near: Mapping[str, Collection[str]]) -> list[tuple[str, list[str]]]:
        """Return each node with those that it is to be compared with, every pair once.

        Of two that are near one another either may ask.  It is the same for all nodes of two
        reports, as much of what they are compared by is the same; and each asks half of the others,
        so that the work is divided evenly.
        """
        numbers: dict[str, int] = {}
        order = sorted(near, key=lambda id_: (self._nodes[id_].report, id_))
        place = {id_: numbers.setdefault(self._nodes[id_].report, len(numbers)) for id_ in order}

        def asks(one: str, two: str) -> bool:
            mine, theirs = place[one], place.get(two)
            if theirs is None:
                return True
            return one < two if mine == theirs else (mine < theirs) == bool((mine + theirs) % 2)

        return [(id_, [other for other in near[id_] if asks(id_, other)]) for id_ in order]

    def _compare(self, asked: Sequence[tuple[str, list[str]]]) -> list[dict[str, float]]:
        """Return for nodes that ask the scores of those others to which they have an edge."""
        threshold, score, nodes = self._rules.settings.threshold, self._scorer.score, self._nodes
        found: list[dict[str, float]] = []
        for id_, others in asked:
            told = ((o, score(nodes[min(id_, o)], nodes[max(id_, o)])) for o in others)
            found.append({other: bits for other, bits in told if bits > threshold})
        return found

    def _near(self, id_: str) -> set[str]:
        """Return the nodes that share keys enough with one to be compared with it."""
        found: set[str] = set()
        once: set[str] = set()  # those that share one key which does not suffice alone
        turns, met_by = self._turns(id_), self._holders.met_by
        for own in self.keys(id_):
            met = met_by(id_, own, turns)
            if kind_of(own).alone:
                found |= met
            else:
                found |= once & met
                once |= met
        found.discard(id_)
        return found

    def changed_edges(self) -> tuple[dict[tuple[str, str], float], tuple[tuple[str, str], ...]]:
        """Return the pairs with an edge that memory has not so, and those whose edge it has is not.

        The first have the score that they have now.
        """
        found: dict[tuple[str, str], float] = {}
        cut: list[tuple[str, str]] = []
        for pair, before in self.edges_before.items():
            now = self._edges.get(pair[0], {}).get(pair[1])
            if now == before:
                continue
            if now is not None:
                found[pair] = now
            if before is not None:
                cut.append(pair)
        return found, tuple(cut)

    def changed_keys(self) -> tuple[list[tuple[Key, str]], list[tuple[Key, str]]]:
        """Return the pairs of a key and a node that are new, and those that are no more."""
        gained: list[tuple[Key, str]] = []
        lost: list[tuple[Key, str]] = []
        for id_ in self.fresh | self.gone:
            before = self.keys_before.get(id_, frozenset())
            after = self.keys(id_) if id_ in self.fresh else frozenset()
            gained += [(key, id_) for key in after - before]
            lost += [(key, id_) for key in before - after]
        return sorted(gained), sorted(lost)

    def crowds(self) -> dict[Key, int]:
        """Return how many have the keys that very many have, where memory has it otherwise."""
        return self._holders.changed_crowds()
