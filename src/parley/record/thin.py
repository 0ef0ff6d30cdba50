"""Thin events: those of which so little is known that a list may fold them away.

In: an event.  Out: whether it is thin.  It stays in the record and in every export; views
that are read line by line leave it out unless asked (`Filters.thin`).
"""

from __future__ import annotations

from collections.abc import Iterable

from parley.model import Event, Participant

# Below these confidences an event with no marks, and one with a single mark, is thin.  Chosen on
# reports with judged lines, checked on four sets with gold: docs/decisions/views.md.
_UNMARKED = 0.7
_MARKED_ONCE = 0.3
_MOST_NAMES = 2


def is_thin(event: Event) -> bool:
    """Tell whether an event is told by one source, in little, and was hardly understood.

    Its marks are the parties with a name of their own (two of them at most), a place that is
    no country, a figure, what was agreed, and a second telling.  What rules alone coded has no
    confidence, and is thin only without any mark; what a person corrected never is.
    """
    if event.sources > 1 or event.corrections:
        return False
    marks = (
        min(len(set(_named(event.participants))), _MOST_NAMES)
        + any(place.precision != "country" for place in event.where)
        + any(count.best is not None or count.low is not None for count in event.counts)
        + bool(event.provisions)
        + (len(event.mentions) > 1)
    )
    if event.confidence is None:
        return marks == 0
    least = {0: _UNMARKED, 1: _MARKED_ONCE}.get(marks, 0.0)
    return event.confidence < least


def _named(participants: Iterable[Participant]) -> Iterable[str]:
    """Yield the names of parties that are no population and no common noun."""
    for party in participants:
        if party.kind != "population" and party.name[:1].isupper():
            yield party.name
