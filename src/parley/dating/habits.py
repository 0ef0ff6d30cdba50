"""The habits of news and the landmarks of its world, as the data files give them."""

from __future__ import annotations

import functools
import re
from datetime import date

from msgspec import Struct

from parley.dating.words import read_data
from parley.errors import DataError


class Habits(Struct, frozen=True, forbid_unknown_fields=True):
    """The parameters of the densities; each is explained in the data file."""

    weekday_lead: tuple[float, float, float, float, float, float, float]
    weekday_behind: tuple[float, float, float, float, float, float, float]
    weekday_spoken: tuple[float, float, float, float, float, float, float]
    weekday_last: tuple[float, float, float, float, float, float, float]
    weekday_ahead: tuple[float, float, float, float, float, float, float]
    weekday_dated: tuple[float, float, float, float, float, float, float]
    weekday_open: float
    error: float
    date_news: float
    date_news_days: float
    date_lead_days: float
    date_back_days: float
    date_open: float
    date_floor: float
    full_news: float
    since_days: float
    date_within_week: float
    date_today: float
    month_spread: float
    year_recent: float
    year_fall: float
    year_far: float
    year_itself_full: float
    year_itself_bare: float
    before_past: float
    before_open: float
    after_ahead: float
    pin_same: float
    pin_next: float
    page_own: float
    page_wrong: float
    rights_wrong: float
    span_wrong: float
    page_days: float
    apart: float
    together: float
    derived: float
    before_landmark: float
    after_landmark_month: float
    share: float
    least_share: float
    longest_window: int


class Landmark(Struct, frozen=True, forbid_unknown_fields=True):
    """A happening that reports name without a date, and the day on which it began."""

    name: str
    phrase: str
    day: date

    def find(self, text: str) -> re.Match[str] | None:
        """Return the first place where a text names it."""
        return _compiled(self.phrase).search(text)


class _Landmarks(Struct, frozen=True, forbid_unknown_fields=True):
    landmark: tuple[Landmark, ...]


@functools.cache
def habits() -> Habits:
    """Return the habits of news."""
    return read_data("habits.toml", Habits)


@functools.cache
def landmarks() -> tuple[Landmark, ...]:
    """Return the landmarks; raise DataError where a phrase is no regular expression."""
    found = read_data("landmarks.toml", _Landmarks).landmark
    for landmark in found:
        try:
            _compiled(landmark.phrase)
        except re.error as problem:
            raise DataError(
                f"parley/dating/data/landmarks.toml: {landmark.name}: {problem}; mend the phrase"
            ) from problem
    return found


@functools.cache
def _compiled(phrase: str) -> re.Pattern[str]:
    return re.compile(phrase, re.IGNORECASE)
