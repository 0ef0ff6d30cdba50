"""Clustering: scored pairs to groups that each tell one happening.

In: the traits of a record's mentions, sorted, and a scorer.  Out: groups of indexes, every
index in exactly one.  Agglomerative with average linkage: two groups join while their
mentions (those with a time, where both have some) are on average likelier one happening than
two, the likeliest first; so a chain of half-likenesses joins no strangers.  Two mentions that
a level forbids never share a group.  The outcome depends on the mentions alone, not on the
order in which they came.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import fsum

from parley.merging.blocking import candidates
from parley.merging.scoring import VETO, Scorer
from parley.merging.traits import Traits

_SPEAKERS = 8  # mentions that speak for a group: enough to judge, few enough to be quick


def cluster(traits: Sequence[Traits], scorer: Scorer) -> list[list[int]]:
    """Return the groups, each sorted, in the order of their first mentions."""
    copies = _copies(traits)
    return sorted(
        sorted(index for member in group for index in copies[member])
        for group in _Clustering(traits, scorer, [group[0] for group in copies.values()]).run()
    )


def _copies(traits: Sequence[Traits]) -> dict[int, list[int]]:
    """Return first index -> all indexes of tellings that are the same word for word.

    A dispatch that ten thousand sites copy is then compared once.  Where no time is told
    the same words a week later may tell another happening, so the day of printing counts.
    """
    groups: dict[object, list[int]] = {}
    for index, trait in enumerate(traits):
        if not trait.wording or trait.ties or trait.aims:
            groups[index] = [index]
            continue
        printed = trait.report if trait.published is None else trait.published
        dated = printed if trait.first is None else None
        key = (trait.wording, _signature(trait), trait.brokers, trait.figures, dated)
        groups.setdefault(key, []).append(index)
    return {group[0]: group for group in groups.values()}


def _signature(trait: Traits) -> tuple[object, ...]:
    """Return all that a veto can turn on, but for what only counts within one report."""
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
    )


class _Clustering:
    """One run over one record: groups are known by a number that is never used again."""

    def __init__(self, traits: Sequence[Traits], scorer: Scorer, members: Iterable[int]) -> None:
        self.traits = traits
        self.scorer = scorer
        self.settings = scorer.frequencies.rules.settings
        self.groups: dict[int, list[int]] = {index: [index] for index in sorted(members)}
        self.speakers = {index: [index] for index in self.groups}
        self.near: dict[int, set[int]] = {index: set() for index in self.groups}
        self.heap: list[tuple[float, int, int, int, int]] = []
        self.scores: dict[tuple[int, int], float] = {}
        self.verdicts: dict[tuple[int, int], bool] = {}
        self.kinds = self._kinds()

    def run(self) -> list[list[int]]:
        """Join until no two groups are likelier one than two."""
        where = list(self.groups)
        chosen = [self.traits[index] for index in where]
        for one, two in candidates(chosen, self.scorer.frequencies.rules):
            first, second = where[one], where[two]
            score = self._score(first, second)
            if score > self.settings.threshold:
                self.near[first].add(second)
                self.near[second].add(first)
                self._push(first, second, score)
        following = max(self.groups, default=0) + 1
        while self.heap:
            _, _, _, one, two = heapq.heappop(self.heap)
            if one in self.groups and two in self.groups:
                self._join(one, two, following)
                following += 1
        return list(self.groups.values())

    def _join(self, one: int, two: int, new: int) -> None:
        members = sorted(self.groups.pop(one) + self.groups.pop(two))
        self.groups[new] = members
        self.speakers[new] = sorted(members, key=self._informing)[:_SPEAKERS]
        near = (self.near.pop(one) | self.near.pop(two)) & self.groups.keys()
        self.near[new] = set()
        for other in near:
            self.near[other] -= {one, two}
            linkage = self._linkage(new, other)
            # A neighbour stays one even when it may not join yet: after it grows it may.
            self.near[new].add(other)
            self.near[other].add(new)
            if linkage > self.settings.threshold:
                self._push(new, other, linkage)

    def _push(self, one: int, two: int, linkage: float) -> None:
        first, second = sorted((self.groups[one][0], self.groups[two][0]))
        heapq.heappush(self.heap, (-linkage, first, second, one, two))

    def _linkage(self, one: int, two: int) -> float:
        """Return the mean score between two groups, VETO where they may not meet."""
        if self._forbidden(self.groups[one], self.groups[two]):
            return VETO
        scores = {
            (first, second): self._score(*sorted((first, second)))
            for first in self.speakers[one]
            for second in self.speakers[two]
        }
        if min(scores.values()) < self.settings.floor:
            return VETO
        # Those that tell a time speak for those that leave it to them, where both have some.
        dated = [score for pair, score in scores.items() if all(self._is_dated(at) for at in pair)]
        chosen = sorted(dated or scores.values())
        return round(fsum(chosen) / len(chosen), 3)

    def _is_dated(self, index: int) -> bool:
        trait = self.traits[index]
        return trait.first is not None and not trait.undated

    def _score(self, first: int, second: int) -> float:
        score = self.scores.get((first, second))
        if score is None:
            score = self.scorer.score(self.traits[first], self.traits[second])
            self.scores[first, second] = score
        return score

    def _forbidden(self, ones: Sequence[int], twos: Sequence[int]) -> bool:
        """Tell whether any mention of one group may not meet any of the other."""
        kinds = {self.kinds[index][0] for index in ones}, {self.kinds[index][0] for index in twos}
        if any(self._kinds_forbid(one, two) for one in kinds[0] for two in kinds[1]):
            return True
        reports: dict[str, list[int]] = {}
        for index in ones:
            reports.setdefault(self.traits[index].report, []).append(index)
        return any(
            self.scorer.forbids(self.traits[one], self.traits[two])
            for two in twos
            for one in reports.get(self.traits[two].report, ())
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
        for index in self.groups:
            trait = self.traits[index]
            first = firsts.setdefault(_signature(trait), index)
            alone = replace(trait, report=f"{index}", ties=frozenset())
            found[index] = (first, found[first][1] if first in found else alone)
        return found

    def _informing(self, index: int) -> tuple[int, int]:
        """Sort the mentions that tell most first."""
        trait = self.traits[index]
        told = (
            2 * (0 < trait.width <= 10)
            + (trait.first is not None)
            + bool(trait.spots)
            + bool(trait.core)
            + bool(trait.persons)
            + bool(trait.brokers)
            + bool(trait.figures)
        )
        return (-told, index)
