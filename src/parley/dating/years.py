"""Years: their days, as the weighing of a report's date goes over them.

In: a range of years.  Out: its days as columns of numbers, and the days in it that have a date.
What was worked out is kept for years about ours, of which most texts are; a text that tells of
Caesar is laid out from his day on, in tens of megabytes, and that is let go of.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from parley.dating.windows import make_day

Days: TypeAlias = NDArray[np.int64]
_OURS = range(1900, 2101)


class Laid(NamedTuple):
    """The days of some years as ordinals, and of each its weekday (Monday is 0), month and year."""

    days: Days
    weekday: Days
    month: Days
    year: Days


def days_of(years: range) -> Laid:
    """Return the days of years; nobody may change them."""
    if not _are_ours(years):
        return _lay_out(years)
    first = date(_OURS.start, 1, 1).toordinal()
    begin, end = (date(year, 1, 1).toordinal() - first for year in (years.start, years.stop))
    return Laid(*(column[begin:end] for column in _our_days()))


def occurrences(years: range, month: int, day: int, weekday: int | None) -> Days:
    """Return the ordinals of a date in some years: those of its weekday, if there are any."""
    find = _find_ours if _are_ours(years) else _find
    return find(years, month, day, weekday)


def _are_ours(years: range) -> bool:
    return _OURS.start <= years.start and years.stop <= _OURS.stop


@cache
def _our_days() -> Laid:
    return _lay_out(_OURS)


def _lay_out(years: range) -> Laid:
    first = date(years.start, 1, 1).toordinal()
    days = np.arange(first, date(years.stop - 1, 12, 31).toordinal() + 1, dtype=np.int64)
    dates = (days - date(1970, 1, 1).toordinal()).astype("datetime64[D]")
    laid = Laid(
        days,
        weekday=(days + 6) % 7,
        month=dates.astype("datetime64[M]").astype(np.int64) % 12 + 1,
        year=dates.astype("datetime64[Y]").astype(np.int64) + 1970,
    )
    for column in laid:
        column.flags.writeable = False
    return laid


def _find(years: range, month: int, day: int, weekday: int | None) -> Days:
    days = [d for y in years if 1 <= y <= 9999 and (d := make_day(y, month, day))]
    if weekday is not None:
        days = [d for d in days if d.weekday() == weekday] or days
    found: Days = np.array([d.toordinal() for d in days] or [0], dtype=np.int64)
    found.flags.writeable = False
    return found


_find_ours = lru_cache(maxsize=4096)(_find)
