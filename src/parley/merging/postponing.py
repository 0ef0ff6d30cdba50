"""Postponing: the day that was given up for a later one.

In: the mentions of one event, sorted.  Out: which of them tell of a day on which it was to be,
and was not: talks that were put off from Monday to Friday, or that were held on Wednesday.
Such a day is a step of the event's course; it is no date of the event, and disputes none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from parley.merging.traits import stage_of
from parley.model import Mention, When

_TWO = 2  # mentions: one alone gives up no day


def find_replaced(mentions: Sequence[Mention]) -> dict[int, int]:
    """Return index -> index: what is called off, and what the same words put in its place."""
    ahead: dict[str, list[int]] = {}
    for index, mention in enumerate(mentions):
        if stage_of(mention) == "ahead":
            ahead.setdefault(mention.report, []).append(index)
    found: dict[int, int] = {}
    for index, mention in enumerate(mentions):
        if stage_of(mention) == "off":
            for other in ahead.get(mention.report, ()):
                if takes_place(mentions[other], mention):
                    found[index] = other
    return found


def find_superseded(mentions: Sequence[Mention]) -> dict[int, int]:
    """Return index -> index: whatever is called off for a day given up, and what is to be instead.

    Another report may tell the day alone: "did not meet on Monday as planned".
    """
    found = find_replaced(mentions)
    days = {_day(mentions[index]): new for index, new in found.items()}
    for index, mention in enumerate(mentions) if found else ():
        if index not in found and stage_of(mention) == "off" and _day(mention) in days:
            found[index] = days[_day(mention)]
    return found


def takes_place(new: Mention, old: Mention) -> bool:
    """Tell whether a mention that lies ahead is told in place of one that is called off.

    The verb that puts it off tells both, so that the words for the new day hold those for the
    old one.
    """
    then, later = _told(old), _told(new)
    if new.type != old.type or then is None or later is None:
        return False
    return new.start <= old.start and old.end <= new.end and later.start > (then.end or date.max)


def find_given_up(mentions: Sequence[Mention]) -> frozenset[int]:
    """Return the indexes of those that tell a day given up: plans for it, and their calling off."""
    if len(mentions) < _TWO:
        return frozenset()
    held = [when for m in mentions if stage_of(m) == "done" and (when := _told(m))]
    last = max((when.start for when in held), default=date.min)
    told = (_told(mentions[index]) for index in find_replaced(mentions))
    replaced = {(when.start, when.end) for when in told if when is not None}
    return frozenset(
        index
        for index, mention in enumerate(mentions)
        if stage_of(mention) in ("ahead", "off")
        and (when := _told(mention))
        and ((when.end or date.max) < last or (when.start, when.end) in replaced)
    )


def _day(mention: Mention) -> tuple[date, date | None] | None:
    when = _told(mention)
    return (when.start, when.end) if when is not None else None


def _told(mention: Mention) -> When | None:
    when = mention.when
    return when if when is not None and when.basis == "told" else None
