"""The fields of an event in the short words in which they can be corrected.

In: an event.  Out: for each field the text that `engine.read_value` reads; what is written
back unchanged corrects nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parley.engine import read_value
from parley.model import Count, Event, When

FIELDS: Mapping[str, str] = {
    "type": "",
    "status": "",
    "when": "2023-05-19; 2023-05; 2023; 2023-05-19/2023-05-21; 2023-05-19/ (it lasts); unknown",
    "where": "names of places, with semicolons",
    "participants": "role: name, with semicolons: actor: Armenia; mediator: European Union",
    "counts": "killed 3; wounded 10-12; displaced 5000+; killed 2 of Armenia says Russia",
    "provisions": "what was agreed, with bars: a ceasefire | withdrawal of troops",
    "summary": "one line",
}


def words_of(event: Event) -> dict[str, str]:
    """Return each field that can be corrected on a page, in short words."""
    return {
        "type": event.type,
        "status": event.status,
        "when": _when(event.when),
        "where": "; ".join(place.name for place in event.where),
        "participants": "; ".join(f"{each.role}: {each.name}" for each in event.participants),
        "counts": "; ".join(filter(None, map(_count, event.counts))),
        "provisions": " | ".join(
            " ".join(each.text.replace("|", " ").split()) for each in event.provisions
        ),
        "summary": " ".join(event.summary.split()),
    }


def changed(event: Event, given: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of the fields that were given in other words than they have.

    Raises `Refused` for what cannot be read.
    """
    now = words_of(event)
    return {
        field: read_value(field, given[field])
        for field in FIELDS
        if field in given and " ".join(given[field].split()) != " ".join(now[field].split())
    }


def _when(when: When | None) -> str:
    if when is None:
        return "unknown"
    if when.end is None:
        return f"{when.start}/"
    if when.precision == "day" and when.start == when.end:
        return str(when.start)
    if when.precision == "month" and when.start.day == 1:
        return f"{when.start:%Y-%m}"
    if when.precision == "year":
        return f"{when.start:%Y}"
    return f"{when.start}/{when.end}"


def _count(count: Count) -> str:
    low, high = count.low, count.high
    if low is None:
        low = count.best if count.best is not None else high
        high = high if high is not None else low
    if low is None:
        return ""
    number = f"{low}+" if high is None else str(low) if high == low else f"{low}-{high}"
    side = f" of {count.side}" if count.side else ""
    by = f" says {count.claimed_by}" if count.claimed_by else ""
    void = " corrected" if count.corrected else " earlier" if count.earlier else ""
    return f"{count.what} {number}{void}{side}{by}"
