"""Dates and numbers in words, no finer than they are known.

"May 2023" is some day of that month; "5–7 May 2023" went on from one day to the other;
"between 5 and 7 May 2023" is one day, unknown which; "since 5 May 2023" lasts.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from parley.merging.estimating import estimate_acled, estimate_ucdp
from parley.model import Count, Event, Published, When

_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FIRST_DAYS = (0, 6)  # a week begins on a Monday, or on a Sunday
# Month and year of the northern half of the world, as the news has them.
_SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}


def phrase_when(when: When | None) -> str:
    """Return when something happens, in at most five words or so."""
    if when is None:
        return "undated"
    start, end = when.start, when.end
    if end is None:
        return f"since {_beginning(when)}"
    if start == end:
        return phrase_day(start)
    if when.precision == "span":
        return _span(start, end)
    if when.precision == "week" and (end - start).days == 6 and start.weekday() in _FIRST_DAYS:
        return f"week of {phrase_day(start)}"
    return _named(start, end) or _part_of_month(start, end) or _between(start, end)


def phrase_day(day: date) -> str:
    """Return "5 May 2023"."""
    return f"{day.day} {_MONTHS[day.month]} {day.year}"


def phrase_length(days: float) -> str:
    """Return a length of so many days in the unit that it was told in: "2 months"."""
    units = (("century", 36525.0), ("year", 365.25), ("month", 30.4375), ("week", 7.0))
    for name, size in (*units, ("day", 1.0), ("hour", 1 / 24), ("minute", 1 / 1440)):
        count = days / size
        halves = round(2 * count) / 2
        if halves >= 1 and abs(count - halves) < 0.01 * count:
            plural = "centuries" if name == "century" else f"{name}s"
            return f"{halves:g} {name if halves == 1 else plural}"
    return f"about {max(1, round(days))} day{'' if round(days) <= 1 else 's'}"


def phrase_published(published: Published | None) -> str:
    """Return when a report was written: a day, a window, or "unknown"."""
    if published is None:
        return "unknown"
    start, end = published.start, published.end
    if start == end:
        return phrase_day(start)
    return _named(start, end) or _span(start, end)


def phrase_count(count: Count) -> str:
    """Return a number as it is known: "2", "at least 286", "9 (corrected by Kenya)"."""
    if not count.corrected:
        return _phrase_number(count) + (" (since risen)" if count.earlier else "")
    by = f"corrected by {count.claimed_by}" if count.claimed_by else "since corrected"
    return f"{_phrase_number(count)} ({by})"


def _phrase_number(count: Count) -> str:
    low, best, high = count.low, count.best, count.high
    if low is not None and low == high:
        return f"{low:,}"
    if low is not None and high is not None:
        middle = f", probably {best:,}" if best is not None and best not in (low, high) else ""
        return f"{low:,} to {high:,}{middle}"
    if low is not None:
        return f"at least {low:,}"
    if high is not None:
        return f"at most {high:,}"
    return f"about {best:,}" if best is not None else "some"


def phrase_chosen(event: Event) -> str | None:
    """Return one figure of the dead, as two data projects would choose it; None without a choice.

    None where fewer than two claims stand or all give one figure: there is nothing to choose.
    """
    told = [count for count in event.counts if count.what == "killed"]
    ucdp, acled = estimate_ucdp(event), estimate_acled(event)
    if len(told) < 2 or ucdp is None or acled is None or ucdp.low == ucdp.high == acled:
        return None
    span = f" ({ucdp.low:,} to {ucdp.high:,})" if ucdp.low != ucdp.high else ""
    return (
        f"{ucdp.best:,}{span}, what most reports give, as UCDP chooses; {acled:,}, the most "
        f"cautious, as ACLED does"
    )


def _beginning(when: When) -> str:
    """Return the beginning of what lasts, as finely as it is known."""
    start = when.start
    if when.precision == "year" or (
        when.precision == "span" and (start.month, start.day) == (1, 1)
    ):
        return str(start.year)
    if when.precision in ("month", "season"):
        return f"{_MONTHS[start.month]} {start.year}"
    return phrase_day(start)


def _whole(start: date, end: date) -> int:
    """Return how many whole months a window is, 0 where it begins or ends within one."""
    if start.day != 1 or end.day != monthrange(end.year, end.month)[1]:
        return 0
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _named(start: date, end: date) -> str | None:
    """Return the name of the month, season or year that a window is, if it is one."""
    months = _whole(start, end)
    if months == 1:
        return f"{_MONTHS[start.month]} {start.year}"
    if months == 12 and start.month == 1:
        return str(start.year)
    if months == 3 and start.month in _SEASONS:
        years = str(start.year) if start.year == end.year else f"{start.year}/{end.year % 100:02}"
        return f"{_SEASONS[start.month]} {years}"
    return None


def _part_of_month(start: date, end: date) -> str | None:
    """Return "early", "mid" or "late" and the month, if the window is about a third of it."""
    if (start.year, start.month) != (end.year, end.month) or not 7 <= (end - start).days <= 15:
        return None
    month = f"{_MONTHS[start.month]} {start.year}"
    if start.day == 1:
        return f"early {month}"
    if _whole(end.replace(day=1), end):
        return f"late {month}"
    return f"mid {month}" if 7 <= start.day <= 13 and 17 <= end.day <= 23 else None


def _span(start: date, end: date) -> str:
    """Return from when to when."""
    first, last = _ends(start, end)
    return f"{first} – {last}" if " " in first else f"{first}–{last}"


def _between(start: date, end: date) -> str:
    """Return between which bounds it lies."""
    return "between " + " and ".join(_ends(start, end))


def _ends(start: date, end: date) -> tuple[str, str]:
    """Return the two ends of a window, the first without what it has in common."""
    if _whole(start, end) > 1:
        if (start.month, end.month) == (1, 12) and start.year != end.year:
            return str(start.year), str(end.year)
        year = "" if start.year == end.year else f" {start.year}"
        return f"{_MONTHS[start.month]}{year}", f"{_MONTHS[end.month]} {end.year}"
    if start.year != end.year:
        return phrase_day(start), phrase_day(end)
    if start.month != end.month:
        return f"{start.day} {_MONTHS[start.month]}", phrase_day(end)
    return str(start.day), phrase_day(end)
