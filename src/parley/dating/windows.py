"""Windows of days and the arithmetic of the calendar.

A window is a pair of days, both included.  Nothing here raises on the edges of the
calendar: what would lie before year 1 or after year 9999 is None.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from parley.dating.words import Part, Unit

Window = tuple[date, date]


def make_day(year: int, month: int, day: int) -> date | None:
    """Return the day, None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_days(day: date, days: int) -> date | None:
    """Return the day so many days later (earlier if negative), None off the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def add_months(day: date, months: int) -> date | None:
    """Return the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_window(year: int, month: int) -> Window | None:
    """Return a month; months beyond 12 run into the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not 1 <= year <= 9999:
        return None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def months_window(year: int, first: int, last: int) -> Window | None:
    """Return the months from `first` to `last`; a `last` before `first` is of the next year."""
    begin = month_window(year, first)
    end = month_window(year, last if last >= first else last + 12)
    return (begin[0], end[1]) if begin and end else None


def year_window(year: int, years: int = 1) -> Window | None:
    """Return a year, or so many years from it on."""
    if not (year >= 1 and year + years - 1 <= 9999):
        return None
    return date(year, 1, 1), date(year + years - 1, 12, 31)


def week_window(day: date, shift: int = 0) -> Window | None:
    """Return the week (Monday to Sunday) of the day, or the one so many weeks later."""
    monday = add_days(day, 7 * shift - day.weekday())
    sunday = add_days(monday, 6) if monday else None
    return (monday, sunday) if monday and sunday else None


def shift_day(day: date, unit: Unit, count: int) -> date | None:
    """Return the day so many units later."""
    if unit in ("minute", "hour"):
        return day
    if unit in ("day", "week", "fortnight", "weekend"):
        return add_days(day, count * {"week": 7, "fortnight": 14, "weekend": 7}.get(unit, 1))
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    return add_months(day, count * months)


def unit_window(day: date, unit: Unit, shift: int) -> Window | None:
    """Return the calendar unit that holds the day, or the one so many units later."""
    if unit == "week":
        return week_window(day, shift)
    if unit == "weekend":
        week = week_window(day, shift)
        saturday = add_days(week[0], 5) if week else None
        return (saturday, week[1]) if week and saturday else None
    moved = shift_day(day, unit, shift)
    if moved is None:
        return None
    if unit == "month":
        return month_window(moved.year, moved.month)
    if unit == "quarter":
        first = (moved.month - 1) // 3 * 3 + 1
        return months_window(moved.year, first, first + 2)
    if unit == "year":
        return year_window(moved.year)
    if unit == "decade":
        return year_window(moved.year // 10 * 10, 10)
    if unit == "century":
        return year_window((moved.year - 1) // 100 * 100 + 1, 100)
    return moved, moved


def part_of(window: Window, part: Part | None) -> Window:
    """Return the early, middle or late third of a window.

    Of a month these are the first ten days, the 11th to the 20th, and the rest; of
    whole years whole months, and of a decade its years 0 to 3, 4 to 6 and 7 to 9.
    """
    if part is None:
        return window
    start, end = window
    days = (end - start).days + 1
    if days >= 365:
        months = (end.year - start.year + 1) * 12
        cuts = (0, 48, 84, 120) if months == 120 else (0, months // 3, months * 2 // 3, months)
        at = ("early", "mid", "late").index(part)
        first = add_months(start, cuts[at])
        last = month_window(start.year, start.month + cuts[at + 1] - 1)
        return (first, last[1]) if first and last else window
    third = 10 if 28 <= days <= 31 else days // 3
    if third == 0:
        return window
    if part == "early":
        return start, start + timedelta(days=third - 1)
    if part == "mid":
        return start + timedelta(days=third), start + timedelta(days=2 * third - 1)
    return start + timedelta(days=2 * third), end


def easter_sunday(year: int) -> date:
    """Return Western Easter Sunday, by the anonymous Gregorian algorithm (Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    r = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * r) // 451
    month, day = divmod(h + r - 7 * m + 114, 31)
    return date(year, month, day + 1)
