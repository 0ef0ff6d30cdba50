"""The arithmetic of the calendar, and the data files."""

from __future__ import annotations

import itertools
from datetime import date
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.dating import habits as habits_module
from parley.dating.habits import habits, landmarks
from parley.dating.windows import (
    add_months,
    easter_sunday,
    make_day,
    month_window,
    part_of,
    shift_day,
    unit_window,
    week_window,
    year_window,
)
from parley.dating.words import Words, read_data, words
from parley.errors import DataError

UNITS = ("minute", "hour", "day", "week", "fortnight", "weekend", "month", "quarter", "year")


@given(st.dates(), st.sampled_from((*UNITS, "decade", "century")), st.integers(-3000, 3000))
def test_no_step_leaves_the_calendar(day: date, unit: str, count: int) -> None:
    """Steps over either end of the calendar give None, all others an ordered window."""
    shift_day(day, unit, count)  # type: ignore[arg-type]
    window = unit_window(day, unit, count)  # type: ignore[arg-type]
    assert window is None or window[0] <= window[1]


@given(st.dates(), st.sampled_from(("week", "month", "quarter", "year")))
def test_a_unit_holds_its_day(day: date, unit: str) -> None:
    """The week, month, quarter or year of a day holds that day."""
    window = unit_window(day, unit, 0)  # type: ignore[arg-type]
    assert window is None or window[0] <= day <= window[1]


@pytest.mark.parametrize("year", [2019, 2020, 2000, 1900])
def test_thirds_make_the_whole(year: int) -> None:
    """The early, middle and late parts of a year and of its months follow on each other."""
    for window in [year_window(year), *(month_window(year, month) for month in range(1, 13))]:
        assert window
        thirds = [part_of(window, part) for part in ("early", "mid", "late")]
        assert thirds[0][0] == window[0]
        assert thirds[2][1] == window[1]
        for left, right in itertools.pairwise(thirds):
            assert (right[0] - left[1]).days == 1


def test_month_ends() -> None:
    """A month after the 31st is the last day of a shorter month; weeks begin on Monday."""
    assert add_months(date(2020, 1, 31), 1) == date(2020, 2, 29)
    assert make_day(2019, 2, 29) is None
    assert week_window(date(2020, 3, 1)) == (date(2020, 2, 24), date(2020, 3, 1))


@pytest.mark.parametrize("day", [date(2019, 4, 21), date(2020, 4, 12), date(2024, 3, 31)])
def test_easter(day: date) -> None:
    """Easter Sunday falls where the almanac has it."""
    assert easter_sunday(day.year) == day


def test_data_files_are_well_formed() -> None:
    """The data files load, and every landmark has a phrase that compiles."""
    assert words().months["may"] == 5
    assert len(habits().weekday_ahead) == 7
    assert all(landmark.name for landmark in landmarks())


def test_a_malformed_data_file_is_refused(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A data file with a wrong key is refused by its name, before any text is read."""
    folder = tmp_path_factory.mktemp("dating") / "data"
    folder.mkdir()
    (folder / "words.toml").write_text("[months]\nmay = 'five'\n", encoding="utf-8")
    monkeypatch.setattr(resources, "files", lambda _: folder.parent)
    with pytest.raises(DataError, match=r"words\.toml"):
        read_data("words.toml", Words)


def test_a_phrase_that_does_not_compile_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A landmark whose phrase is no regular expression is refused by its name."""
    broken = habits_module.Landmark(name="the flood", phrase="flood (", day=date(2000, 1, 1))
    monkeypatch.setattr(
        habits_module, "read_data", lambda *_: habits_module._Landmarks(landmark=(broken,))
    )
    with pytest.raises(DataError, match="the flood"):
        landmarks.__wrapped__()
