"""The words of time, read once from `data/words.toml`."""

from __future__ import annotations

import functools
from typing import Literal

from msgspec import Struct

from parley.parsing.wordlists import read_words

Unit = Literal[
    "minute",
    "hour",
    "day",
    "week",
    "fortnight",
    "weekend",
    "month",
    "quarter",
    "year",
    "decade",
    "century",
]
Part = Literal["early", "mid", "late"]
Feast = Literal["islamic", "orthodox", "western"]


class Lists(Struct, frozen=True, forbid_unknown_fields=True):
    """Sets of words that share a property; each is explained in the data file."""

    day_parts: frozenset[str]
    zones: frozenset[str]
    recurring: frozenset[str]
    before_year: frozenset[str]
    before_time: frozenset[str]
    after_days: frozenset[str]
    going_on: frozenset[str]
    counting: frozenset[str]
    planning: frozenset[str]
    timetable: frozenset[str]
    arranging: frozenset[str]
    ahead: frozenset[str]
    ahead_adjectives: frozenset[str]
    speech: frozenset[str]
    occasions: frozenset[str]
    deeds: frozenset[str]
    accords: frozenset[str]
    making: frozenset[str]
    postponing: frozenset[str]
    calling_off: frozenset[str]


class FeastRow(Struct, frozen=True, array_like=True):
    """A feast that moves: its calendar, the month, the first and the last day (see feasts)."""

    kind: Feast
    month: int
    first: int
    last: int


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of time; keys are lower case.  Weekdays count from Monday, 0."""

    months: dict[str, int]
    weekdays: dict[str, int]
    units: dict[str, Unit]
    unit_days: dict[Unit, float]
    numbers: dict[str, tuple[int, int]]
    ordinals: dict[str, int]
    seasons: dict[str, tuple[int, int]]
    parts: dict[str, Part]
    deictics: dict[str, int]
    decades: dict[str, int]
    shifts: dict[str, int]
    holidays: dict[str, tuple[int, int]]
    easter: dict[str, int]
    feasts: dict[str, FeastRow]
    lists: Lists


@functools.cache
def words() -> Words:
    """Return the words of time."""
    return read_words("dating", "words.toml", Words)
