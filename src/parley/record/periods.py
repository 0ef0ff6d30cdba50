"""Years, months, weeks and days, and which of them suit a window of time."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

Unit = Literal["year", "month", "week", "day"]
_DAYS: dict[Unit, int] = {"year": 366, "month": 31, "week": 7, "day": 1}
_FINEST: tuple[Unit, ...] = ("day", "week", "month", "year")
_MOST = 160  # periods in a window: as many as can be told apart on a screen


class Period(Struct, frozen=True):
    """From one day to another, both included."""

    start: date
    end: date


def unit_for(first: date, last: date, *, finest: Unit = "day") -> Unit:
    """Return the finest unit of which a window has no more than can be told apart."""
    days = (last - first).days + 1
    for unit in _FINEST[_FINEST.index(finest) :]:
        if days <= _MOST * _DAYS[unit]:
            return unit
    return "year"


def is_within(first: date, last: date | None, unit: Unit) -> bool:
    """Tell whether a window is no longer than a period; one that lasts is as its first day."""
    return last is None or (last - first).days < _DAYS[unit]


def period_of(day: date, unit: Unit) -> Period:
    """Return the period that a day lies in; a week begins on Monday."""
    match unit:
        case "year":
            return Period(date(day.year, 1, 1), date(day.year, 12, 31))
        case "month":
            return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
        case "week":
            monday = day - timedelta(days=min(day.weekday(), (day - date.min).days))
            return Period(monday, monday + timedelta(days=min(6, (date.max - monday).days)))
        case "day":
            return Period(day, day)
