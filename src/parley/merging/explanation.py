"""Explanation: why mentions are one event, or why two events are not one.

In: the mentions of one or two events, and all mentions of their reports.  Out: for each mention
the one that it hangs on most, with the evidence for and against in bits; of two events what
keeps them apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from parley.merging.chaining import chain_all
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
    ("whole"), else those that tell a time ("dated"), else "all" (`speaking`); drawn half way to
    the likeliest of them where reports tell of several happenings.
    """

    decided: Decided
    reasons: tuple[Reason, ...]
    average: float | None = None
    pairs: int = 0
    speaking: Speaking | None = None


def explain(
    a: Mention,
    b: Mention,
    *,
    reports: Mapping[str, Report] | None = None,
    among: Sequence[Mention] = (),
) -> tuple[Weight, ...]:
    """Say what speaks for and against two mentions telling one happening.

    `among` are other mentions of their reports, which tell what each report is about;
    `reports` these by id.  Without them the weights are those of reports of these two.
    Out: the evidence in bits, the prior first; they add up to the pair's score, and above
    `threshold` of `data/weights.toml` the pair speaks for joining.
    """
    everyone = {mention.id: mention for mention in (*among, a, b)}
    told = [mention for mention in everyone.values() if mention.report in (a.report, b.report)]
    return Judge(told, reports=reports or {}).weigh(a.id, b.id)


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
        self._alone: dict[str, Traits] = {trait.id: trait for trait in found}
        firsts: dict[str, Traits] = {}
        self._nodes: dict[str, Traits] = {}
        for trait in chain_all(found, self._scorer):
            self._nodes[trait.id] = firsts.setdefault(node_of(trait), trait)

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
        mine, theirs = self._compared(ones), self._compared(twos)
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
            decided="average" if tally.likely <= settings.threshold else "unmet",
            reasons=(nearest, against) if against != nearest else (nearest,),
            average=tally.likely,
            pairs=tally.heard,
            speaking=tally.speaking,
        )

    def weigh(self, one: str, two: str) -> tuple[Weight, ...]:
        """Return the evidence for and against two mentions telling one happening."""
        return self._scorer.weigh(*self._pair(one, two))

    def _pair(self, one: str, two: str) -> tuple[Traits, Traits]:
        """Return two mentions as merging compares them: by what their chains tell.

        Two of one chain, or copies, are compared by themselves.
        """
        mine, theirs = self._nodes[one], self._nodes[two]
        return (self._alone[one], self._alone[two]) if mine is theirs else (mine, theirs)

    def _compared(self, mentions: Sequence[str]) -> list[Traits]:
        """Return the traits of mentions, of those that merging compares as one the first only."""
        found = {trait.id: trait for trait in (self._nodes[id_] for id_ in mentions)}
        return sorted(found.values(), key=lambda trait: trait.order)

    def _forbidden(
        self, ones: Sequence[Traits], twos: Sequence[Traits]
    ) -> tuple[Traits, Traits] | None:
        """Return the first pair of two groups that can never be one, None where there is none."""
        pairs = ((one, two) for one in ones[:_MOST] for two in twos[:_MOST])
        return next((pair for pair in pairs if self._scorer.forbids(*pair)), None)

    def _best(self, mention: str, others: Sequence[str]) -> Reason:
        scores = {other: self._scorer.score(*self._pair(mention, other)) for other in others}
        other = max(scores, key=lambda id_: scores[id_])
        return self._reason(*self._pair(mention, other), mention=mention, other=other)

    def _reason(
        self, one: Traits, two: Traits, *, mention: str | None = None, other: str | None = None
    ) -> Reason:
        """Return the evidence for and against two mentions telling one happening."""
        return Reason(
            mention=mention or one.id,
            other=other or two.id,
            score=max(self._scorer.score(one, two), FORBIDDEN),
            weights=self._scorer.weigh(one, two),
        )
