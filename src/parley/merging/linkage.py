"""Linkage: how likely two groups of mentions tell one happening.

In: the traits of two groups, and the scores of their pairs.  Out: how likely they are one, in bits:
of those pairs that speak for the others the mean, drawn towards the likeliest; and the lowest
score.  Of each group those speak that tell most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from parley.merging.scoring import VETO
from parley.merging.traits import Traits
from parley.merging.wholes import speaks_whole

SPEAKERS = 8  # mentions that speak for a group: enough to judge, few enough to be quick
_GRAIN = 1000  # parts of a bit that scores are told in
_MOST, _LEAST = 10**9, -(10**9)  # above and below all scores
# The part of the likeliest pair in how likely two groups are one, where reports tell of several
# happenings: who recalls one in a few words is like the report that tells what these name, and less
# like all others.
_LIKELIEST = 0.5

Speaking = Literal["whole", "dated", "all"]


class Tally(NamedTuple):
    """Scores added up, in thousandths of a bit so that no order of adding makes a difference.

    `least` is the lowest; `dated` those of pairs of which both tell a time, `whole` those of pairs
    that tell what two reports are about, `all` those of all.  `likeliest` is the highest score of
    pairs of reports of several happenings, `likeliest_dated` of those of which both tell a time.
    """

    least: int
    dated: int
    of_dated: int
    whole: int
    of_whole: int
    all: int
    pairs: int
    likeliest: int
    likeliest_dated: int

    @property
    def speaking(self) -> Speaking:
        """Which pairs speak for the others.

        Whole reports speak for what else is told; and those that tell a time for those that
        leave it to them, where both have some.
        """
        return "whole" if self.of_whole else "dated" if self.of_dated else "all"

    @property
    def heard(self) -> int:
        """How many pairs speak for the others."""
        return self.of_whole or self.of_dated or self.pairs

    @property
    def likely(self) -> float:
        """How likely the two groups are one, in bits, by those who speak for the others.

        Reports of one incident each by their mean alone.
        """
        total, likeliest = self.all, self.likeliest
        if self.of_whole:
            total, likeliest = self.whole, _LEAST
        elif self.of_dated:
            total, likeliest = self.dated, self.likeliest_dated
        mean = total / self.heard
        return round((mean + _LIKELIEST * max(0.0, likeliest - mean)) / _GRAIN, 3)

    def plus(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(
            min(self.least, other.least),
            self.dated + other.dated,
            self.of_dated + other.of_dated,
            self.whole + other.whole,
            self.of_whole + other.of_whole,
            self.all + other.all,
            self.pairs + other.pairs,
            max(self.likeliest, other.likeliest),
            max(self.likeliest_dated, other.likeliest_dated),
        )


def grains_of(score: float) -> int:
    """Return a score in the parts of a bit in which scores are added up."""
    return _LEAST if score == VETO else round(score * _GRAIN)


def add_up(
    ones: Iterable[int],
    twos: Sequence[int],
    traits: Sequence[Traits],
    *,
    score: Callable[[int, int], float],
    floor: int,
) -> Tally:
    """Return the scores of all pairs of two groups, added up; both are indexes of `traits`.

    Below `floor` (in grains) the rest makes no difference, and is left out.
    """
    least, dated, of_dated, whole, of_whole, total, pairs = _MOST, 0, 0, 0, 0, 0, 0
    likeliest = likeliest_dated = _LEAST
    for first in ones:
        for second in twos:
            grains = grains_of(score(first, second) if first < second else score(second, first))
            least = min(least, grains)
            if grains < floor:
                return Tally(least, 0, 0, 0, 0, 0, 0, _LEAST, _LEAST)
            one, two = traits[first], traits[second]
            total, pairs = total + grains, pairs + 1
            drawing = one.is_across_several(two)
            if drawing:
                likeliest = max(likeliest, grains)
            if one.tells_time and two.tells_time:
                dated, of_dated = dated + grains, of_dated + 1
                if drawing:
                    likeliest_dated = max(likeliest_dated, grains)
            if one.report != two.report and speaks_whole(one, two):
                whole, of_whole = whole + grains, of_whole + 1
    return Tally(
        *(least, dated, of_dated, whole, of_whole, total, pairs),
        *(likeliest, likeliest_dated),
    )


def choose_speakers(members: Iterable[int], traits: Sequence[Traits]) -> list[int]:
    """Return those of a group (indexes of `traits`) that tell most, at most `SPEAKERS`."""

    def informing(index: int) -> tuple[int, int]:
        trait = traits[index]
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

    return sorted(members, key=informing)[:SPEAKERS]
