"""Dates and numbers in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.model import Count, Event, Published, Trace, When
from parley.views import phrase_chosen, phrase_count, phrase_published, phrase_when


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2023-05-19", "2023-05-19", "day", "19 May 2023"),
        ("2023-05-18", "2023-05-19", "day", "between 18 and 19 May 2023"),
        ("2022-09-30", "2022-10-03", "day", "between 30 Sep and 3 Oct 2022"),
        ("2022-12-30", "2023-01-02", "day", "between 30 Dec 2022 and 2 Jan 2023"),
        ("2023-05-15", "2023-05-21", "week", "week of 15 May 2023"),
        ("2023-05-17", "2023-05-23", "week", "between 17 and 23 May 2023"),
        ("2022-10-27", "2022-11-05", "week", "between 27 Oct and 5 Nov 2022"),
        ("2023-05-01", "2023-05-31", "month", "May 2023"),
        ("2023-05-01", "2023-05-10", "month", "early May 2023"),
        ("2023-05-11", "2023-05-20", "month", "mid May 2023"),
        ("2023-05-21", "2023-05-31", "month", "late May 2023"),
        ("2024-02-01", "2024-02-29", "month", "Feb 2024"),
        ("2020-09-01", "2020-11-30", "season", "autumn 2020"),
        ("2020-12-01", "2021-02-28", "season", "winter 2020/21"),
        ("2020-01-01", "2020-12-31", "year", "2020"),
        ("2020-01-01", "2020-04-30", "year", "between Jan and Apr 2020"),
        ("1992-01-01", "1994-12-31", "span", "1992–1994"),
        ("1992-01-01", "1994-12-31", "year", "between 1992 and 1994"),
        ("2020-01-01", "2020-12-31", "span", "Jan–Dec 2020"),
        ("2020-05-01", "2020-05-31", "span", "1–31 May 2020"),
        ("2020-09-27", "2020-11-10", "span", "27 Sep – 10 Nov 2020"),
        ("2023-05-05", "2023-05-07", "span", "5–7 May 2023"),
        ("2022-11-01", "2023-02-28", "span", "Nov 2022 – Feb 2023"),
        ("1992-01-01", None, "year", "since 1992"),
        ("2022-05-01", None, "month", "since May 2022"),
        ("2022-05-12", None, "day", "since 12 May 2022"),
        ("2022-01-01", None, "day", "since 1 Jan 2022"),
        ("9999-12-01", "9999-12-31", "month", "Dec 9999"),
        ("0001-01-01", "9999-12-31", "span", "1–9999"),
    ],
)
def test_when(start, end, precision, words):
    """A date is told as finely as it is known, and no finer."""
    when = When(
        start=date.fromisoformat(start),
        end=date.fromisoformat(end) if end else None,
        precision=precision,
    )
    assert phrase_when(when) == words


def test_undated():
    """What has no date says so."""
    assert phrase_when(None) == "undated"
    assert phrase_published(None) == "unknown"


@given(
    start=st.dates(),
    days=st.integers(min_value=0, max_value=4000),
    precision=st.sampled_from(["day", "week", "month", "season", "year", "span"]),
)
def test_only_a_certain_day_reads_like_one(start, days, precision):
    """Any window has words; they are a bare day only where the window is one day."""
    try:
        end = start + timedelta(days=days)
    except OverflowError:
        end = date.max
    words = phrase_when(When(start=start, end=end, precision=precision))
    bare = words[:1].isdigit() and "–" not in words and len(words.split()) == 3
    assert bare == (start == end)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2023-05-18", "2023-05-18", "18 May 2023"),
        ("2023-05-15", "2023-05-18", "15–18 May 2023"),
        ("2023-05-01", "2023-05-31", "May 2023"),
    ],
)
def test_published(start, end, words):
    """The window of a report's date is told whole."""
    published = Published(
        start=date.fromisoformat(start),
        end=date.fromisoformat(end),
        how="inferred",
        confidence=0.5,
    )
    assert phrase_published(published) == words


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (2, 2, 2, "2"),
        (286, 286, None, "at least 286"),
        (6501, None, None, "at least 6,501"),
        (None, 2000, None, "about 2,000"),
        (None, 5, 10, "at most 10"),
        (24, None, 36, "24 to 36"),
        (3, 4, 9, "3 to 9, probably 4"),
        (24, None, None, "at least 24"),
        (None, None, None, "some"),
    ],
)
def test_counts(low, best, high, words):
    """A number is told with its bounds."""
    assert phrase_count(Count(what="killed", low=low, best=best, high=high)) == words


def test_one_figure_is_chosen_as_either_project_would() -> None:
    """Where claims differ UCDP takes the one that most reports give, ACLED the lowest."""

    def claim(number: int, *reports: str) -> Count:
        traces = tuple(Trace(report=report, start=0, end=1) for report in reports)
        at = len(reports)
        return Count(
            what="killed", low=number, best=number, high=number, mention=at, evidence=traces
        )

    def an_event(*counts: Count) -> Event:
        return Event(
            id="e1",
            type="ASSAULT",
            mode=None,
            contexts=(),
            summary="",
            status="happened",
            when=None,
            where=(),
            participants=(),
            counts=counts,
            provisions=(),
            mentions=(),
            disagreements=(),
        )

    event = an_event(claim(9, "a"), claim(14, "b", "c"))
    assert phrase_chosen(event) == (
        "14 (9 to 14), what most reports give, as UCDP chooses; 9, the most cautious, as ACLED does"
    )
    assert phrase_chosen(an_event(claim(9, "a"))) is None
