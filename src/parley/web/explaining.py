"""Why mentions are one event, as the page tells it and the waterfall draws it."""

from __future__ import annotations

from msgspec import Struct

from parley.record import Record
from parley.views import explain_event
from parley.web.remembering import remembered

_MOST_MENTIONS = 40  # a page is for reading; `parley why` tells of all


class Step(Struct, frozen=True, kw_only=True):
    """A piece of evidence, in bits: each doubles the odds, or halves them.

    `parts` says what decided it, where that was more than one thing.
    """

    comparison: str
    level: str
    says: str
    weight: float
    parts: tuple[str, ...] = ()


class Pair(Struct, frozen=True, kw_only=True):
    """Two mentions (`one`, `other`: ids) and what makes them likely to tell one happening."""

    one: str
    other: str
    probability: float
    prior: float
    steps: tuple[Step, ...]


class WhyDrawn(Struct, frozen=True, kw_only=True):
    """For each mention of an event the one that it hangs on most, the surest first."""

    event: str
    pairs: tuple[Pair, ...]

    @property
    def least(self) -> float | None:
        """How likely the least likely of its mentions is in it, None for a single mention."""
        return min((pair.probability for pair in self.pairs), default=None)


def explain(record: Record, event: str, mentions: int) -> WhyDrawn:
    """Return why the mentions of an event are one; nothing for one of very many mentions."""
    if not 1 < mentions <= _MOST_MENTIONS:
        return WhyDrawn(event=event, pairs=())
    return remembered(record, _explain, event)


def _explain(record: Record, event: str) -> WhyDrawn:
    pairs = []
    seen: set[frozenset[str]] = set()
    for reason in explain_event(record, event).reasons:
        both = frozenset((reason.mention, reason.other))
        if both in seen:
            continue
        seen.add(both)
        prior = sum(weight.weight for weight in reason.weights if weight.name == "prior")
        pairs.append(
            Pair(
                one=reason.mention,
                other=reason.other,
                probability=1 / (1 + 2.0**-reason.score),
                prior=prior,
                steps=tuple(
                    Step(
                        comparison=weight.name,
                        level=weight.level,
                        says=weight.words,
                        weight=weight.weight,
                        parts=tuple(f"{part.words} ({part.bits:+.1f})" for part in weight.parts),
                    )
                    for weight in reason.weights
                    if weight.name != "prior"
                ),
            )
        )
    return WhyDrawn(event=event, pairs=tuple(pairs))
