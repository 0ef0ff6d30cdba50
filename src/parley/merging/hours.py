"""Hours: which times of day the words of a report tell, by form alone.

In: a text.  Out: minutes after midnight.  "2.50pm", "around 9 p.m.", "23:15" and "midnight"
are read; of what has neither minutes nor half of the day ("at nine") the half is not known.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

# These are sought in small letters: to look for either is several times as slow.
_HALF = re.compile(r"\b(\d{1,2})(?:[:.]([0-5]\d))? ?([ap])\.? ?m\b")
_WHOLE = re.compile(r"\b([01]?\d|2[0-3])[:h]([0-5]\d)\b(?! ?[ap]\.? ?m\b)")
_NAMED = {"midnight": 0, "noon": 12 * 60, "midday": 12 * 60}
_WORD = re.compile(rf"\b({'|'.join(_NAMED)})\b")
_DAY = 24 * 60


def hours_told(text: str) -> frozenset[int]:
    """Return the times of day that a text tells, in minutes after midnight."""
    return frozenset(_hours(text.lower()))


def hours_between(mine: Collection[int], theirs: Collection[int]) -> float | None:
    """Return the least time between two of them, round the clock; None where one has none."""
    gaps = (abs(one - two) for one in mine for two in theirs)
    least = min((min(gap, _DAY - gap) for gap in gaps), default=None)
    return None if least is None else least / 60


def _hours(text: str) -> Iterator[int]:
    for found in _HALF.finditer(text):
        hour = int(found.group(1))
        if 1 <= hour <= 12:
            afternoon = 12 if found.group(3) == "p" else 0
            yield (hour % 12 + afternoon) * 60 + int(found.group(2) or 0)
    for found in _WHOLE.finditer(text):
        yield int(found.group(1)) * 60 + int(found.group(2))
    for found in _WORD.finditer(text):
        yield _NAMED[found.group(1)]
