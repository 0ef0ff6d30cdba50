"""Hard times: leap days, new years, weekdays of today, spans, dates that are none."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from parley.dating import date_report
from parley.model import Report, Time
from parley.parsing import Parser

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
# What is written, on which day, an expression, its first and its last day; no first day:
# it is no time.
CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "hard_times.tsv")
    .read_text(encoding="utf-8")
    .splitlines()[1:]
]
PAST_FRAMES = (
    "The two sides signed a truce {}.",
    "{} the envoys met in the capital, the ministry said.",
    "Rebels attacked a convoy {}, killing three soldiers.",
    "The talks, which were held {}, ended without a deal.",
)
AHEAD_FRAMES = (
    "The two sides will sign a truce {}.",
    "{} the envoys will meet in the capital.",
    "The talks are scheduled to be held {}.",
)


def times_of(parser: Parser, text: str, written: date) -> list[Time]:
    """Return the times of a text written on a day."""
    report = Report(id="r", source="t", text=text)
    return list(date_report(parser.parse(report), given=written).times)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[2]}, {case[1]}")
def test_reads_hard_times(parser: Parser, case: list[str]) -> None:
    """Each is the window that a careful reader would write down, or no time at all."""
    text, written, words, first, last = case
    found = [t for t in times_of(parser, text, date.fromisoformat(written)) if t.text == words]
    if not first:
        assert all(time.value_start is None for time in found)
    else:
        assert len(found) == 1
        window = (found[0].value_start, found[0].value_end)
        assert window == (date.fromisoformat(first), date.fromisoformat(last) if last else None)


def ways(day: date, written: date) -> list[str]:
    """Return the ways in which the news of a day of writing may tell a day."""
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    told = [
        f"on {month} {day.day}, {day.year}",
        f"on {day.day} {month} {day.year}",
        f"on {weekday}, {month} {day.day}, {day.year}",
        f"on {day.isoformat()}",
    ]
    gap = (day - written).days
    if abs(gap) < 150:
        told += [
            f"on {month} {day.day}",
            f"on {day.day} {month}",
            f"on {weekday}, {day.day} {month}",
        ]
    if abs(gap) < 7:
        told.append(f"on {weekday}")
    told += {-1: ["yesterday"], 0: ["today"], 1: ["tomorrow"]}.get(gap, [])
    if gap == -2:
        told.append("two days ago")
    return told


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    st.dates(date(1950, 1, 1), date(2080, 1, 1)),
    st.integers(-200, 200),
    st.data(),
)
def test_the_window_holds_the_day(
    parser: Parser, written: date, gap: int, data: st.DataObject
) -> None:
    """Any day, told in any way of the news in any frame, lies in the window that comes back."""
    day = written + timedelta(days=gap)
    assume((day.month, day.day) != (2, 29))
    frames = PAST_FRAMES if gap < 0 else AHEAD_FRAMES
    told = data.draw(st.sampled_from(ways(day, written)))
    frame = data.draw(st.sampled_from(frames))
    text = frame.format(told[0].upper() + told[1:] if frame.startswith("{}") else told)
    windows = [(t.value_start, t.value_end) for t in times_of(parser, text, written)]
    assert any(first and last and first <= day <= last for first, last in windows), (text, windows)
