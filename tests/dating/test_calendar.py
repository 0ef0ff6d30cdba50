"""The arithmetic of the calendar, and the data files."""

from __future__ import annotations

import itertools
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.dating.feasts import feast_windows, orthodox_easter
from parley.dating.habits import habits
from parley.dating.landmarks import _landmark_rows, landmarks, resolution_day
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
from parley.dating.words import Words, words
from parley.errors import DataError
from parley.parsing.wordlists import read_words

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
    """The data files load, and every landmark has a name."""
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
    with pytest.raises(DataError, match=r"parley/dating/data/words\.toml"):
        read_words("dating", "words.toml", Words)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("2000-13-01\t\tthe flood\tflood", "month"),
        ("2000-02-01\t2000-01-01\tthe flood\tflood", "before it begins"),
        ("2000-02-01\t\tthe flood", "fields"),
        ("2000-02-01\t\tthe flood\tflood|", "empty term"),
    ],
)
def test_a_malformed_landmark_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str, says: str
) -> None:
    """A landmark without a real day, a name or a pattern is refused by file and line."""
    folder = tmp_path / "data"
    folder.mkdir()
    table = folder / "landmarks.tsv"
    table.write_text(f"# a comment\nsince\tuntil\tname\tpattern\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(resources, "files", lambda _: folder.parent)
    with pytest.raises(DataError, match=rf"landmarks\.tsv, line 3: .*{says}"):
        _landmark_rows.__wrapped__()


def test_feasts_fall_where_the_almanac_has_them() -> None:
    """Ramadan, the feasts and Orthodox Easter are within a day of what was kept."""
    ramadan = feast_windows("islamic", 9, 1, 30, 2023)
    assert [(low <= date(2023, 3, 23) <= high, high.year) for low, high in ramadan] == [
        (True, 2023)
    ]
    (eid,) = feast_windows("islamic", 12, 10, 10, 2022)
    assert eid[0] <= date(2022, 7, 9) <= eid[1]
    assert len(feast_windows("islamic", 10, 1, 1, 2000)) == 2
    assert [orthodox_easter(year) for year in (2016, 2021, 2023)] == [
        date(2016, 5, 1),
        date(2021, 5, 2),
        date(2023, 4, 16),
    ]


@pytest.mark.parametrize(
    ("number", "day"), [(1244, date(1999, 6, 10)), (1701, date(2006, 8, 11)), (99999, None)]
)
def test_a_resolution_has_its_year(number: int, day: date | None) -> None:
    """A resolution's number tells a day no later than its own, within a few months of it."""
    found = resolution_day(number)
    if day is None:
        assert found is None
    else:
        assert found
        assert 0 <= (day - found).days < 200
