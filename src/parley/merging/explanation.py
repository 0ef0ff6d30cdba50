"""Explanation: why mentions are one event, or why two events are not one.

In: the mentions of one or two events, and all mentions of their reports.  Out: for each mention
the one that it hangs on most, with the evidence for and against in bits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from parley.merging.describing import traits_of
from parley.merging.rules import rules_by
from parley.merging.scoring import FORBIDDEN, Scorer, Weight
from parley.merging.traits import Frequencies, Traits
from parley.merging.weights import Weights
from parley.model import Mention, Report

_MOST = 60  # mentions of an event that each is compared with


class Reason(Struct, frozen=True, kw_only=True):
    """What speaks for and against two mentions telling one happening.

    `score` is the sum of `weights` in bits, -100 where something forbids it outright.
    """

    mention: str
    other: str
    score: float
    weights: tuple[Weight, ...]


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

    def part(self, ones: Sequence[str], twos: Sequence[str]) -> Reason:
        """Return what stands between two events: the evidence of the pair that is nearest."""
        return max(
            (self._best(one, list(twos[:_MOST])) for one in ones[:_MOST]),
            key=lambda reason: reason.score,
        )

    def _best(self, mention: str, others: Sequence[str]) -> Reason:
        mine = self._traits[mention]
        scores = {other: self._scorer.score(mine, self._traits[other]) for other in others}
        other = max(scores, key=lambda id_: scores[id_])
        return Reason(
            mention=mention,
            other=other,
            score=max(scores[other], FORBIDDEN),
            weights=self._scorer.weigh(mine, self._traits[other]),
        )
