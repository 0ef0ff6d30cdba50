"""The habits of news and the landmarks of its world, as the data files give them."""

from __future__ import annotations

import functools
import re
from datetime import date

from msgspec import Struct

from parley.dating.words import read_data
from parley.errors import DataError


class Habits(Struct, frozen=True, forbid_unknown_fields=True):
    """Ratios by which candidate days are weighed; each is explained in the data file."""

    weekday_ahead: tuple[float, float, float, float, float, float, float]
    weekday_behind: tuple[float, float, float, float, float, float, float]
    spoken_behind: tuple[float, float, float, float, float, float, float]
    bare_year: tuple[float, ...]
    full_year: tuple[float, ...]
    before_past: float
    before_open: float
    after_ahead: float
    near_days: float
    near_floor: float
    since_days: float
    date_within_week: float
    full_days: float
    full_floor: float
    coincidence: float
    open_coincidence: float
    shared_words: float
    full_coincidence: float
    same_window: float
    contradiction: float
    dateline: tuple[float, ...]
    own_line: float
    page_same: float
    page_later: float
    before_landmark: float
    after_landmark_month: float
    share_of_best: float
    least_confidence: float
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
