"""Explanation: why mentions are one event, or why two events are not one.

In: the mentions of one or two events, and all mentions of their reports.  Out: for each mention
the one that it hangs on most, with the evidence for and against in bits; of two events what
keeps them apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from parley.merging.clustering import node_of
from parley.merging.describing import traits_of
from parley.merging.frequencies import Frequencies
from parley.merging.linkage import Speaking, add_up, choose_speakers, grains_of
from parley.merging.memory import NO_CONSTRAINTS
from parley.merging.rules import rules_by
from parley.merging.scoring import FORBIDDEN, Scorer, Weight
from parley.merging.traits import Traits
from parley.merging.weights import Weights
from parley.model import Constraints, Mention, Report

_MOST = 60  # mentions of an event that each is compared with


class Reason(Struct, frozen=True, kw_only=True):
    """What speaks for and against two mentions telling one happening.

    `score` is the sum of `weights` in bits, -100 where something forbids it outright.
    """

    mention: str
    other: str
    score: float
    weights: tuple[Weight, ...]


Decided = Literal["said", "evidence", "forbidden", "unlike", "average", "unmet"]


class Parting(Struct, frozen=True, kw_only=True):
    """What keeps two events apart.

    `reasons` are those of two pairs, a mention of each event: the one that comes nearest to one
    happening, and, where that is another, the one that speaks most against it.  `decided` is
    "said" where a person said that they are two, "evidence" where even the nearest pair is
    likelier two, "forbidden" where the other pair can never be one, "unlike" where it is less
    likely than any pair of an event may be, "average" where all that speak for the two events
    are on average likelier two, and "unmet" where they share nothing rare enough to have been
    compared.  `average` is the mean of the `pairs` heard, in bits: those of whole reports
    ("whole"), else those that tell a time ("dated"), else "all" (`speaking`).
    """

    decided: Decided
    reasons: tuple[Reason, ...]
    average: float | None = None
    pairs: int = 0
    speaking: Speaking | None = None


class Judge:
    """Weighs the mentions of some reports against each other."""

    def __init__(
        self,
        mentions: Sequence[Mention],
        *,
        reports: Mapping[str, Report],
        weights: Weights | None = None,
    ) -> None:
        """Take all mentions of some reports, the reports by id, and weights (None: shipped)."""
        frequencies = Frequencies(mentions, rules=rules_by(weights))
        self._scorer = Scorer(frequencies)
        found = traits_of(mentions, frequencies, reports=reports)
        self._traits: dict[str, Traits] = {trait.id: trait for trait in found}

    def hold(self, mentions: Sequence[str]) -> tuple[Reason, ...]:
        """Return for each mention of an event the reason that holds it there most."""
        return tuple(
            self._best(mention, [other for other in mentions[:_MOST] if other != mention])
            for mention in mentions
            if len(mentions) > 1
        )

    def part(
        self, ones: Sequence[str], twos: Sequence[str], *, said: Constraints = NO_CONSTRAINTS
    ) -> Parting:
        """Return what keeps two events apart, each by its mentions; `said` is what persons said.

        It is found in the order in which merging asks: what a person said, whether any pair is
        likelier one than two, whether all may meet, how likely the groups are one as a whole.
        """
        nearest = max(
            (self._best(one, list(twos[:_MOST])) for one in ones[:_MOST]),
            key=lambda reason: reason.score,
        )
        if said.part(ones, twos):
            return Parting(decided="said", reasons=(nearest,))
        settings = self._scorer.frequencies.rules.settings
        if nearest.score <= settings.threshold:
            return Parting(decided="evidence", reasons=(nearest,))
        mine, theirs = self._nodes(ones), self._nodes(twos)
        if forbidden := self._forbidden(mine, theirs):
            return Parting(decided="forbidden", reasons=(nearest, self._reason(*forbidden)))
        traits = [*mine, *theirs]
        here = choose_speakers(range(len(mine)), traits)
        there = choose_speakers(range(len(mine), len(traits)), traits)
        least = min(
            ((traits[one], traits[two]) for one in here for two in there),
            key=lambda pair: self._scorer.score(*pair),
        )
        against = self._reason(*least)
        if against.score < settings.floor:
            return Parting(decided="unlike", reasons=(nearest, against))
        tally = add_up(
            here,
            there,
            traits,
            score=lambda one, two: self._scorer.score(traits[one], traits[two]),
            floor=grains_of(settings.floor),
        )
        return Parting(
            decided="average" if tally.mean <= settings.threshold else "unmet",
            reasons=(nearest, against) if against != nearest else (nearest,),
            average=tally.mean,
            pairs=tally.heard,
            speaking=tally.speaking,
        )

    def _nodes(self, mentions: Sequence[str]) -> list[Traits]:
        """Return the traits of mentions, of those that merging compares as one the first only."""
        found: dict[str, Traits] = {}
        for trait in sorted((self._traits[id_] for id_ in mentions), key=lambda t: t.order):
            found.setdefault(node_of(trait), trait)
        return list(found.values())

    def _forbidden(
        self, ones: Sequence[Traits], twos: Sequence[Traits]
    ) -> tuple[Traits, Traits] | None:
        """Return the first pair of two groups that can never be one, None where there is none."""
        pairs = ((one, two) for one in ones[:_MOST] for two in twos[:_MOST])
        return next((pair for pair in pairs if self._scorer.forbids(*pair)), None)

    def _best(self, mention: str, others: Sequence[str]) -> Reason:
        mine = self._traits[mention]
        scores = {other: self._scorer.score(mine, self._traits[other]) for other in others}
        return self._reason(mine, self._traits[max(scores, key=lambda id_: scores[id_])])

    def _reason(self, one: Traits, two: Traits) -> Reason:
        """Return the evidence for and against two mentions telling one happening."""
        return Reason(
            mention=one.id,
            other=two.id,
            score=max(self._scorer.score(one, two), FORBIDDEN),
            weights=self._scorer.weigh(one, two),
        )
