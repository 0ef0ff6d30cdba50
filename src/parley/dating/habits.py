"""The habits of news, as the data file gives them."""

from __future__ import annotations

import functools

from msgspec import Struct

from parley.parsing.wordlists import read_words


class Habits(Struct, frozen=True, forbid_unknown_fields=True):
    """The parameters of the densities; each is explained in the data file."""

    weekday_lead: tuple[float, float, float, float, float, float, float]
    weekday_behind: tuple[float, float, float, float, float, float, float]
    weekday_spoken: tuple[float, float, float, float, float, float, float]
    weekday_last: tuple[float, float, float, float, float, float, float]
    weekday_ahead: tuple[float, float, float, float, float, float, float]
    weekday_dated: tuple[float, float, float, float, float, float, float]
    weekday_open: float
    weekday_not_news: float
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
    year_since: float
    year_ahead: float
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
    page_day: float
    page_wrong: float
    rights_wrong: float
    span_wrong: float
    page_days: float
    apart: float
    together: float
    derived: float
    before_landmark: float
    after_landmark_month: float
    landmark_gap: float
    landmark_war: float
    landmark_told: float
    landmark_year: float
    ahead_days: tuple[float, float]
    counted: float
    counted_today: float
    gathering_lead: float
    gathering_behind: float
    gathering_slack: int
    unit_told: float
    same_base: float
    same_weight: float
    same_cosine: float
    same_reports: float
    same_accord: float
    same_accord_unnamed: float
    share: float
    least_share: float
    longest_window: int
    day_share: float
    day_apart: float


@functools.cache
def habits() -> Habits:
    """Return the habits of news."""
    return read_words("dating", "habits.toml", Habits)
