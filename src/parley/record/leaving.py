"""An event without some of its tellings, which a person took out of what the record shows."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from msgspec.structs import replace

from parley.model import Count, Disagreement, Event, Provision, StatusStep

_Told = TypeVar("_Told", Count, Provision, StatusStep)


def leave_out(event: Event, mentions: Collection[str]) -> Event:
    """Return an event without some mentions (ids), and without what only these tell.

    Figures, provisions, disagreements and steps of status go with the mentions that tell them;
    what merging made of all of them together (time, place, parties) stays.
    """
    kept = [at for at, mention in enumerate(event.mentions) if mention.id not in mentions]
    if not kept or len(kept) == len(event.mentions):
        return event
    now = {before: after for after, before in enumerate(kept)}
    staying = tuple(event.mentions[at] for at in kept)
    return replace(
        event,
        mentions=staying,
        counts=_still(event.counts, now),
        provisions=tuple(
            replace(told, mentions=tuple(now[at] for at in told.mentions if at in now))
            for told in _still(event.provisions, now)
        ),
        course=_still(event.course, now),
        disagreements=tuple(
            told
            for told in (_still_differs(each, now) for each in event.disagreements)
            if len(told.values) > 1
        ),
        sources=min(event.sources, len({mention.report for mention in staying})),
    )


def _still(told: tuple[_Told, ...], now: dict[int, int]) -> tuple[_Told, ...]:
    """Return figures, provisions or steps that a mention still tells, by its new place."""
    return tuple(replace(each, mention=now[each.mention]) for each in told if each.mention in now)


def _still_differs(told: Disagreement, now: dict[int, int]) -> Disagreement:
    values = [
        replace(value, mentions=tuple(now[at] for at in value.mentions if at in now))
        for value in told.values
    ]
    return replace(told, values=tuple(value for value in values if value.mentions))
