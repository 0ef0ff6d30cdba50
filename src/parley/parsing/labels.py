"""Labels: what opens the lines of a log, its day, its hour, its town; it tells nothing.

In: the lines of a report.  Out: where the label of each ends, where a report has several: "1 Aug -
Varnitsa: ", "31 MAR, Cotabato: ", "5 December 1997, Arawa. ", "Kidal, 26 May: ", "18:40 ".
Parsed with the sentence behind it, the day would be of its first verb and the town its doer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LEAST = 2  # lines that make a log: one with a day in front is a dateline

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?[.,]* "
_DAY = (
    rf"(?i:(?:(?:on |night of |the night of )?{_WEEKDAY})?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b)"
    r"(?:,? \d{4}\b)?)"
)
_ZONE = r"(?i: ?(?:h|hrs|hours|gmt|utc|local time)\b)"
_HOUR = rf"(?:\d{{1,2}}[:.]\d\d(?i: ?[ap]\.?m\b\.?)?{_ZONE}?|\d{{4}}{_ZONE})"
_NAME = r"[A-ZÀ-Þ][\w'’.-]*"
TOWN = rf"{_NAME}(?:[ /]{_NAME}){{0,3}}(?:, {_NAME}(?: {_NAME}){{0,2}})?"
_CLOSED = r"\s*(?:[:\])]+|\.(?=\s)|\s[-–—]+(?=\s))\s*"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"[\[(]?{_DAY}(?:\s*[,(–—-]\s*|\s+){TOWN}{_CLOSED}",
        rf"[\[(]?{_DAY}(?:,? {_HOUR})?{_CLOSED}",
        rf"{TOWN},\s*{_DAY}\s*:\s*",
        rf"[\[(]?{_HOUR}(?:{_CLOSED}|\s+(?=[A-Z\"“]))",
    )
)

_ITS_DAY = re.compile(_DAY)


def label_ends(lines: Iterable[tuple[int, str]]) -> dict[int, int]:
    """Return by the start of a line, behind its bullet, where its label ends.

    None has one in a report that has it at fewer than two lines.
    """
    found = {start: start + end for start, line in lines if (end := _label_end(line))}
    return found if len(found) >= LEAST else {}


def names_day(label: str) -> bool:
    """Tell whether a label has a day, not an hour alone."""
    return _ITS_DAY.search(label) is not None


def _label_end(line: str) -> int:
    """Return where the label of a line ends before what it tells, 0 where it has none."""
    for form in _FORMS:
        label = form.match(line)
        if label is not None and label.end() < len(line):
            return label.end()
    return 0
