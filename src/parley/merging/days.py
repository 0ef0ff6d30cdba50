"""Days: which past days the words of a report tell, by form alone.

In: a text and the day on which it was printed.  Out: ordinals of days.  A weekday is the last
one up to that day, a day of a month without a year the last one; "yesterday" and "last night"
are the day before.  Dating reads far more; this is what two reports are compared by as wholes,
whichever sentence of theirs is coded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
# These are sought in small letters: to look for either is several times as slow.
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})\b")
_DATE = re.compile(
    rf"\b{_MONTH}\.? (\d{{1,2}})(?:st|nd|rd|th)?\b|\b(\d{{1,2}})(?:st|nd|rd|th)? {_MONTH}\b"
)
_TODAY = re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b")
_YESTERDAY = re.compile(r"\b(?:yesterday|last night|overnight)\b")


def days_told(text: str, printed: date) -> frozenset[int]:
    """Return the ordinals of the days up to `printed` that a text tells."""
    return frozenset(_days(text, printed))


def _days(text: str, printed: date) -> Iterator[int]:
    today, small = printed.toordinal(), text.lower()
    for weekday in _WEEKDAY.findall(small):
        yield today - (printed.weekday() - _WEEKDAYS.index(weekday)) % 7
    for found in _DATE.finditer(text):
        month = _MONTHS.index((found.group(1) or found.group(4)).lower()) + 1
        yield from _last(int(found.group(2) or found.group(3)), month, printed)
    if _TODAY.search(small):
        yield today
    if _YESTERDAY.search(small):
        yield today - 1


def _last(day: int, month: int, printed: date) -> Iterator[int]:
    """Yield the last such day up to a date, none where no year has it."""
    for year in (printed.year, printed.year - 1):
        try:
            told = date(year, month, day)
        except ValueError:
            continue
        if told <= printed:
            yield told.toordinal()
            return
