"""Incidents: the mentions of a report that tell the incident that it is about, as one.

In: the traits of one report's mentions, and which of them tell its incident (`focus.py`).  Out:
the same traits; those that tell it name it, and the first of them has what any of them tells of
its day and place.  Merging then compares the incident once, however often its report tells it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from parley.merging.focus import tells_day
from parley.merging.traits import Traits, timed_as
from parley.model import digest


def tell_as_one(told: Sequence[Traits], focus: Collection[str]) -> list[Traits]:
    """Return the traits of one report, in their order; those of `focus` (ids) name their incident.

    An arrest is one of its own, and so is what the text ties to something else.  The name is
    the same for all that tell one, and in copies of the report.
    """
    found: dict[str, Traits] = {}
    for type_ in {trait.type for trait in told if trait.id in focus}:
        telling = [trait for trait in told if trait.id in focus and trait.type == type_]
        for trait in telling:
            if trait.ties:
                found[trait.id] = replace(trait, incident=_name_of(trait))
        if free := [trait for trait in telling if not trait.ties]:
            first = _complete(free[0], telling)
            name = _name_of(first)
            found.update((trait.id, replace(trait, incident=name)) for trait in [first, *free[1:]])
    return [found.get(trait.id, trait) for trait in told]


def _complete(first: Traits, telling: Sequence[Traits]) -> Traits:
    """Return the mention that speaks for all that tell one incident, with its day and places."""
    dated = [trait for trait in telling if trait.width and not trait.undated]
    day = next((trait for trait in dated if tells_day(trait)), dated[0] if dated else None)
    spots = next((trait.spots for trait in telling if trait.spots), ())
    first = replace(first, spots=first.spots or spots)
    if day is None or (first.width and not (first.undated or first.lent)):
        return first
    return timed_as(first, day)


def _name_of(first: Traits) -> str:
    """Return the name of the incident that a mention is the first to tell.

    It follows from what that is known again by, so that copies of a report tell one incident;
    and from the day, or that of printing.
    """
    printed = first.published if first.first is None else None
    return digest("i", repr((first.type, first.known_by, first.first, first.last, printed)))
