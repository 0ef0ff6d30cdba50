"""Clustering: scored pairs to groups that each tell one happening.

In: the traits of a pool's nodes, its edges, and a scorer.  Out: groups of nodes, every one
in exactly one.  Agglomerative with average linkage: two groups join while their
mentions (those with a time, where both have some) are on average likelier one happening than
two, the likeliest first; so a chain of half-likenesses joins no strangers.  Where reports tell of
several happenings the average is drawn half way to the likeliest pair (`linkage.py`).  Two
mentions that a level forbids, or an analyst, never share a group.  The outcome depends on the
mentions alone, not on the order in which they came.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from parley.merging.linkage import SPEAKERS, Tally, add_up, choose_speakers, grains_of
from parley.merging.scoring import VETO, Scorer
from parley.merging.traits import Traits
from parley.model import digest

AT_ONCE = 200  # nodes that are weighed all against all


def node_of(trait: Traits) -> str:
    """Return the node of a mention: its own, or one that all tellings of the same words share.

    A dispatch that ten thousand sites copy is then compared once.  Words that any report may use
    are the same with those around them only (`passages.py`), and those that are tied to others of
    their report with what they are tied to.  Where no time is told the same words a week later
    may tell another happening, so the day of printing counts.  An incident that a report is about
    is one node.
    """
    if trait.incident or trait.chain:
        return trait.incident or trait.chain
    if trait.aims:
        return trait.id
    printed = trait.report if trait.published is None else trait.published
    dated = printed if trait.first is None else None
    brokers = tuple(sorted(trait.brokers))
    return digest("n", repr((trait.known_by, _told(trait), brokers, trait.figures, dated)))


def _told(trait: Traits) -> tuple[object, ...]:
    """Return what `_signature` holds, in a form that is the same on every machine."""
    return tuple(
        tuple(sorted(part)) if isinstance(part, frozenset) else part for part in _signature(trait)
    )


def _signature(trait: Traits) -> tuple[object, ...]:
    """Return all that a veto can turn on, but for what is its report's.

    That is what counts within one report only, and when it was printed: of copies that is
    known by the first.
    """
    return (
        trait.type,
        trait.stage,
        trait.first,
        trait.last,
        trait.precision,
        trait.undated,
        trait.lent,
        trait.spots,
        trait.core,
        trait.actors,
        trait.targets,
        trait.focus,
        trait.summed,
    )


def cluster(
    traits: Mapping[str, Traits],
    edges: Iterable[tuple[str, str, float]],
    scorer: Scorer,
    *,
    together: Sequence[Sequence[str]] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> list[list[str]]:
    """Return the groups of the nodes of one pool, each in the order of its nodes.

    `edges` are the pairs that may be one; `together` and `apart` what an analyst says.
    """
    order = sorted(traits, key=lambda node: traits[node].order)
    place = {node: index for index, node in enumerate(order)}
    run = _Clustering([traits[node] for node in order], scorer)
    said = [(place[one], place[two]) for one, two in apart]
    replaced = _replaced([traits[node] for node in order])
    # What is put off is found by its own day first, and then is one with what takes its place.
    run.forbid([*said, *replaced])
    for group in together:
        run.unite([place[node] for node in group])
    known = [(place[one], place[two], score) for one, two, score in edges]
    if len(order) <= AT_ONCE:
        run.run(known)
    else:
        _adopt(run, [place[node] for node in sorted(traits)], known)
    run.apart = {}
    run.forbid(said)
    for pair in replaced:
        run.unite(pair)
    return sorted(
        ([order[index] for index in sorted(group.members)] for group in run.groups.values()),
        key=lambda group: place[group[0]],
    )


def _replaced(traits: Sequence[Traits]) -> list[tuple[int, int]]:
    """Return the pairs (indexes) of what is put off and what takes its place."""
    named: dict[str, list[int]] = {}
    for index, trait in enumerate(traits):
        if trait.put_off:
            named.setdefault(trait.put_off, []).append(index)
    return [(found[0], other) for found in named.values() for other in found[1:]]


def _adopt(
    run: _Clustering, waiting: Sequence[int], edges: Sequence[tuple[int, int, float]]
) -> None:
    """Group a pool too large to weigh all against all.

    The first of those `waiting` are grouped by themselves; the others join, one by one, the
    group to which they have an edge and are likest.  What joins none makes groups with what is
    left, in the same way.
    """
    near: dict[int, dict[int, float]] = {index: {} for index in waiting}
    for one, two, score in edges:
        near[one][two] = near[two][one] = score
    placed: set[int] = set()
    while waiting:
        first, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
        here = set(first)
        run.run(edge for edge in edges if edge[0] in here and edge[1] in here)
        placed |= here
        found = len(waiting)
        while found:  # what was adopted may lead others on
            left = [index for index in waiting if not run.adopt(index, near[index], placed)]
            found, waiting = len(waiting) - len(left), left


@dataclass(slots=True)
class _Group:
    """The members of a group, their kinds, and by report which of them it tells.

    A group that grows takes the smaller one in, so that to make one of ten thousand copies
    takes no look at all of them for each.
    """

    number: int
    members: list[int]
    kinds: set[int]
    reports: dict[str, list[int]]
    first: int = field(init=False)

    def __post_init__(self) -> None:
        self.first = min(self.members)

    def take(self, other: _Group) -> None:
        """Take in what another has."""
        self.members += other.members
        self.kinds |= other.kinds
        for report, members in other.reports.items():
            self.reports[report] = self.reports.get(report, []) + members
        self.first = min(self.first, other.first)


class _Clustering:
    """One run over one pool: groups are known by a number that is never used again."""

    def __init__(self, traits: Sequence[Traits], scorer: Scorer) -> None:
        self.traits = traits
        self.scorer = scorer
        self.settings = scorer.frequencies.rules.settings
        self.groups: dict[int, _Group] = {}
        self.whose: list[_Group] = []
        self.speakers = {index: [index] for index in range(len(traits))}
        self.near: dict[int, set[int]] = {index: set() for index in self.speakers}
        self.heap: list[tuple[float, int, int, int, int]] = []
        self.scores: dict[tuple[int, int], float] = {}
        self.verdicts: dict[tuple[int, int], bool] = {}
        self.apart: dict[int, set[int]] = {}
        self.kinds = self._kinds()
        for index, trait in enumerate(traits):
            group = _Group(index, [index], {self.kinds[index][0]}, {trait.report: [index]})
            self.groups[index] = group
            self.whose.append(group)
        self.made_of: dict[int, tuple[int, int]] = {}
        self.small = dict.fromkeys(self.speakers, True)  # all of it speak for it
        self.tallies: dict[tuple[int, int], Tally] = {}
        self.floor = grains_of(self.settings.floor)
        self.following = len(traits)

    def forbid(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Keep pairs apart, whatever speaks for them."""
        for one, two in pairs:
            if one != two:
                self.apart.setdefault(one, set()).add(two)
                self.apart.setdefault(two, set()).add(one)

    def unite(self, indexes: Sequence[int]) -> None:
        """Make some one group, whatever speaks against it but an analyst's own word."""
        for index in indexes[1:]:
            one, two = self.whose[indexes[0]].number, self.whose[index].number
            if one != two and not self._kept_apart(one, two):
                self._unite(one, two)

    def adopt(self, index: int, near: Mapping[int, float], placed: set[int]) -> bool:
        """Let one join the likest group of those `placed` near it, and be placed; tell whether."""
        for other, score in near.items():
            self.scores[(index, other) if index < other else (other, index)] = score
        own = self.whose[index].number
        members = list(self.groups[own].members)
        groups = sorted({self.whose[other].number for other in near if other in placed} - {own})
        linked = sorted((-self._linkage(own, group), group) for group in groups)
        likely = (group for distance, group in linked if -distance > self.settings.threshold)
        best = next((group for group in likely if not self._forbidden(own, group)), None)
        if best is not None:
            self._unite(own, best)
        elif placed.isdisjoint(members):
            return False
        placed.update(members)
        return True

    def run(self, edges: Iterable[tuple[int, int, float]]) -> None:
        """Join until no two groups are likelier one than two."""
        for first, second, score in edges:
            self.scores[(first, second) if first < second else (second, first)] = score
            one, two = self.whose[first].number, self.whose[second].number
            if one != two:
                self.near[one].add(two)
                self.near[two].add(one)
        alone, threshold, scores = len(self.traits), self.settings.threshold, self.scores
        for one, near in self.near.items():
            for two in near:
                if one < two:
                    if two < alone:
                        linkage = scores[one, two]
                        if linkage > threshold:
                            self.heap.append((-linkage, one, two, one, two))
                    else:
                        self._offer(one, two)
        heapq.heapify(self.heap)
        while self.heap:
            _, _, _, one, two = heapq.heappop(self.heap)
            # Whether all of them may meet is asked last: of most it does not matter.
            if one in self.groups and two in self.groups and not self._forbidden(one, two):
                self._join(one, two)

    def _barred(self, one: int, two: int) -> bool:
        return bool(self.apart) and self._kept_apart(one, two)

    def _kept_apart(self, one: int, two: int) -> bool:
        twos = self.groups[two].members
        return any(
            not self.apart[index].isdisjoint(twos)
            for index in self.groups[one].members
            if index in self.apart
        )

    def _unite(self, one: int, two: int) -> int:
        """Make one group of two; return its number."""
        new, self.following = self.following, self.following + 1
        most, fewer = self.groups.pop(one), self.groups.pop(two)
        if len(most.members) < len(fewer.members):
            most, fewer = fewer, most
        most.take(fewer)
        most.number = new
        self.groups[new] = most
        self.made_of[new] = one, two
        self.small[new] = len(most.members) <= SPEAKERS
        for index in fewer.members:
            self.whose[index] = most
        self.speakers[new] = choose_speakers(self.speakers[one] + self.speakers[two], self.traits)
        near = (self.near.pop(one) | self.near.pop(two)) & self.groups.keys()
        self.near[new] = near - {new}
        for other in self.near[new]:
            self.near[other] -= {one, two}
            # A neighbour stays one even when it may not join yet: after it grows it may.
            self.near[other].add(new)
        return new

    def _join(self, one: int, two: int) -> None:
        new = self._unite(one, two)
        for other in self.near[new]:
            self._offer(other, new)

    def _offer(self, one: int, two: int) -> None:
        """Note that two groups may be one, where they are likelier one than two."""
        linkage = self._linkage(one, two)
        if linkage > self.settings.threshold:
            first, second = self.groups[one].first, self.groups[two].first
            if second < first:
                first, second = second, first
            heapq.heappush(self.heap, (-linkage, first, second, one, two))

    def _linkage(self, one: int, two: int) -> float:
        """Return how likely two groups are one (bits), VETO where a pair is too unlike."""
        found = self._tally(one, two)
        return VETO if found.least < self.floor else found.likely

    def _tally(self, one: int, two: int) -> Tally:
        """Return the scores of those who speak for two groups, added up.

        Of two small groups it is those of the groups that they were made of, so that each
        pair is added up once.
        """
        earlier, later = (one, two) if one < two else (two, one)
        found = self.tallies.get((earlier, later))
        if found is None:
            parts = self.made_of.get(later)
            if parts is not None and self.small[later]:
                found = self._tally(earlier, parts[0])
                if found.least >= self.floor:
                    found = found.plus(self._tally(earlier, parts[1]))
            else:
                found = add_up(
                    self.speakers[earlier],
                    self.speakers[later],
                    self.traits,
                    score=self._score,
                    floor=self.floor,
                )
            self.tallies[earlier, later] = found
        return found

    def _score(self, first: int, second: int) -> float:
        score = self.scores.get((first, second))
        if score is None:
            score = self.scorer.score(self.traits[first], self.traits[second])
            self.scores[first, second] = score
        return score

    def _forbidden(self, one: int, two: int) -> bool:
        """Tell whether any mention of one group may not meet any of the other."""
        if self._barred(one, two):
            return True
        if self.small[one] and self.small[two]:
            return False  # all of them spoke
        fewer, most = sorted((self.groups[one], self.groups[two]), key=lambda g: len(g.members))
        if any(self._kinds_forbid(a, b) for a in fewer.kinds for b in most.kinds):
            return True
        return any(
            self.scorer.forbids(self.traits[first], self.traits[second])
            for report, firsts in fewer.reports.items()
            for second in most.reports.get(report, ())
            for first in firsts
        )

    def _kinds_forbid(self, one: int, two: int) -> bool:
        if one == two:
            return False
        key = (one, two) if one < two else (two, one)
        verdict = self.verdicts.get(key)
        if verdict is None:
            verdict = self.scorer.forbids(self.kinds[key[0]][1], self.kinds[key[1]][1])
            self.verdicts[key] = verdict
        return verdict

    def _kinds(self) -> dict[int, tuple[int, Traits]]:
        """Return index -> the first index of its signature, and that one's traits.

        They are as if each came from a report of its own: what counts within one report
        is looked at mention by mention.
        """
        firsts: dict[tuple[object, ...], int] = {}
        found: dict[int, tuple[int, Traits]] = {}
        for index, trait in enumerate(self.traits):
            first = firsts.setdefault((*_signature(trait), trait.printed), index)
            if first != index:
                found[index] = found[first]
            else:
                found[index] = index, replace(trait, report=f"{index}", ties=frozenset())
        return found
