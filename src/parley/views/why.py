"""Why: the evidence by which mentions are one event, or two events are not one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from parley.model import Event, EventMention

if TYPE_CHECKING:
    from parley.merging import Decided, Learnt, Reason, Speaking
    from parley.record import Record


class Told(Struct, frozen=True, kw_only=True):
    """A mention, and the report that it stands in."""

    id: str
    source: str
    text: str


class Why(Struct, frozen=True, kw_only=True):
    """Why mentions are one event (`other` is null), or why two events are not one.

    `reasons` has for each mention the one that it hangs on most; of two events the one
    pair that comes nearest, and after it the one most against, where that is another.
    `decided` says what keeps two events apart, `average` how likely their `pairs` that speak
    are one (`Parting` of merging); both null for one event.  Weights are in bits: 1 makes one
    event twice as likely; `weights` says whose they are: "" for those that Parley ships, else
    the record's own file, and `learnt` how those were learnt, null where they were not.
    """

    event: str
    other: str | None
    summary: str
    other_summary: str | None
    mentions: tuple[Told, ...]
    reasons: tuple[Reason, ...]
    decided: Decided | None = None
    average: float | None = None
    pairs: int = 0
    speaking: Speaking | None = None
    weights: str = ""
    learnt: Learnt | None = None


def explain_event(record: Record, event: str, other: str | None = None) -> Why:
    """Return why an event is one, or with `other` why the two are not.

    Raises `NotFound` for an event that is not there.
    """
    from parley.merging import Judge, shipped_weights  # noqa: PLC0415 - slow to load

    one = record.event(event)
    two = record.event(other) if other is not None else None
    told = [*one.mentions, *(two.mentions if two else ())]
    weights = record.weights
    said = record.constraints()
    with record.memory() as (memory, _):
        reports = memory.mentions_of({mention.report for mention in told})
        judge = Judge(
            [mention for found in reports.values() for mention in found],
            reports=memory.reports,
            weights=weights,
        )
        sources = {id_: memory.reports[id_].source for id_ in reports}
        parting = None
        if two is None:
            reasons = _reasons(judge.hold(_ids(one)))
        elif two.id == one.id:
            reasons = ()
        else:
            parting = judge.part(_ids(one), _ids(two), said=said)
            reasons = parting.reasons
    return Why(
        event=one.id,
        other=two.id if two else None,
        summary=one.summary,
        other_summary=two.summary if two else None,
        mentions=tuple(_told(mention, sources[mention.report]) for mention in told),
        reasons=reasons,
        decided=parting.decided if parting else None,
        average=parting.average if parting else None,
        pairs=parting.pairs if parting else 0,
        speaking=parting.speaking if parting else None,
        weights=weights.name if weights else "",
        learnt=(weights or shipped_weights()).learnt,
    )


def _reasons(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda reason: -reason.score))


def _ids(event: Event) -> list[str]:
    return [mention.id for mention in event.mentions]


def _told(mention: EventMention, source: str) -> Told:
    return Told(id=mention.id, source=source, text=mention.text)
