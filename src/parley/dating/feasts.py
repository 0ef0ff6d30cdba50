"""Feasts that move with the moon: their windows in the years about.

Islamic feasts by the tabular calendar (Reingold and Dershowitz, "Calendrical Calculations",
2018), which the sighted moon may shift by a day either way; the windows hold that.  Western
and Orthodox Easter by the algorithms of Meeus ("Astronomical Algorithms", 1991).
"""

from __future__ import annotations

import functools
from datetime import date, timedelta

from parley.dating.meanings import Holiday
from parley.dating.windows import Window, add_days, easter_sunday, make_day
from parley.dating.words import Feast, words

# The day before the first of the first Islamic year, as an ordinal of the Gregorian calendar.
_HEGIRA = date(622, 7, 19).toordinal() - 1
_SIGHTING = 1


def orthodox_easter(year: int) -> date:
    """Return Orthodox Easter Sunday in the Gregorian calendar (years 1900 to 2099)."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def islamic_day(year: int, month: int, day: int) -> date | None:
    """Return the day of the tabular Islamic calendar, None off the calendar of dates."""
    days = day + 29 * (month - 1) + month // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    ordinal = _HEGIRA + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


@functools.cache
def feast_windows(kind: Feast, month: int, first: int, last: int, year: int) -> tuple[Window, ...]:
    """Return the windows of a feast that begin in a year of the Gregorian calendar.

    For an Islamic feast `month`, `first` and `last` are its days in that calendar; for
    the others `first` and `last` are days counted from Easter Sunday.
    """
    if kind != "islamic":
        if not (1900 <= year <= 2099 if kind == "orthodox" else 1583 <= year <= 9998):
            return ()
        sunday = orthodox_easter(year) if kind == "orthodox" else easter_sunday(year)
        return ((sunday + timedelta(days=first), sunday + timedelta(days=last)),)
    found = []
    about = (year - 622) * 33 // 32
    for count in range(max(1, about - 1), about + 4):
        begin, end = islamic_day(count, month, first), islamic_day(count, month, last)
        if begin and end and begin.year == year:
            low, high = add_days(begin, -_SIGHTING), add_days(end, _SIGHTING)
            if low and high:
                found.append((low, high))
    return tuple(found)


def holiday_windows(holiday: Holiday, year: int) -> tuple[Window, ...]:
    """Return the windows of a holiday that begin in a year."""
    if not 1 <= year <= 9999:
        return ()
    if holiday.feast is not None:
        row = words().feasts[holiday.feast]
        return feast_windows(row.kind, row.month, row.first, row.last, year)
    if holiday.easter is not None:
        day = add_days(easter_sunday(year), holiday.easter)
    else:
        day = make_day(year, holiday.month, holiday.day)
    return ((day, day),) if day else ()
