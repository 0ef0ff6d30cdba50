"""The days of some years: the same whether they were laid out before or not."""

from __future__ import annotations

from calendar import isleap
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.dating import years


@given(st.integers(1890, 2105), st.integers(1, 15))
def test_days_are_those_of_the_calendar(first: int, count: int) -> None:
    """Whatever the years, each day has its ordinal, weekday, month and year."""
    laid = years.days_of(range(first, first + count))
    begin, end = date(first, 1, 1).toordinal(), date(first + count, 1, 1).toordinal()
    assert laid.days.tolist() == list(range(begin, end))
    told = np.column_stack([laid.weekday, laid.month, laid.year])[:: 1 + count].tolist()
    days = [date.fromordinal(day) for day in laid.days.tolist()[:: 1 + count]]
    assert told == [[day.weekday(), day.month, day.year] for day in days]
    with pytest.raises(ValueError, match="read-only"):
        laid.days[0] = 0


@pytest.mark.parametrize("span", [range(1990, 2041), range(44, 2041)], ids=["ours", "caesar's"])
def test_of_years_about_ours_alone_something_is_kept(span: range) -> None:
    """A date's days are those of its weekday; what is laid out from Caesar on is let go of."""
    before = _asked()
    found = years.occurrences(span, 2, 29, 4)
    days = [date.fromordinal(day) for day in found.tolist()]
    leap = [date(year, 2, 29) for year in span if isleap(year)]
    assert days == [day for day in leap if day.weekday() == 4]
    asked = _asked() - before
    shared = np.shares_memory(years.days_of(span).days, years.days_of(span).days)
    ours = span.start > 1900
    assert (asked, shared) == (int(ours), ours)


def _asked() -> int:
    """Return how often what is kept was asked."""
    told = years._find_ours.cache_info()
    return told.hits + told.misses
