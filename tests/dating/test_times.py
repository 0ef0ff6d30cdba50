"""What time expressions are found, and which days they name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley.dating import date_report, find_times
from parley.dating.expressions import find_expressions
from parley.dating.resolution import resolve
from parley.model import Published, Report, Time
from parley.parsing import Parser


def times_of(parser: Parser, text: str, written: str | None) -> tuple[Time, ...]:
    """Parse a text and resolve its times against a day of writing."""
    parse = parser.parse(Report(id="r", source="test", text=text))
    if written is None:
        return find_times(parse, published=None)
    day = date.fromisoformat(written)
    published = Published(start=day, end=day, how="given", confidence=1.0)
    return find_times(parse, published=published)


# Written on, text, the expression, first day, last day ("" while it lasts).
CASES = [
    # Every order of an absolute date.
    ("2019-03-04", "They signed it on April 2, 2018.", "April 2, 2018", "2018-04-02", "2018-04-02"),
    ("2019-03-04", "They signed it on 2 April 2018.", "2 April 2018", "2018-04-02", "2018-04-02"),
    ("2019-03-04", "They signed it on 2018-04-02.", "2018-04-02", "2018-04-02", "2018-04-02"),
    (
        "2019-03-04",
        "It was signed on the 2nd of April.",
        "2nd of April",
        "2018-04-02",
        "2018-04-02",
    ),
    ("2019-03-04", "The shelling began Dec.30, 2018.", "Dec.30, 2018", "2018-12-30", "2018-12-30"),
    # Day and month in figures: the number above 12 decides for the whole text.
    (
        "2019-09-01",
        "They met on 05/06/2019. They had met on 23/05/2019.",
        "05/06/2019",
        "2019-06-05",
        "2019-06-05",
    ),
    (
        "2019-09-01",
        "They met on 05/06/2019. They had met on 05/23/2019.",
        "05/06/2019",
        "2019-05-06",
        "2019-05-06",
    ),
    # Dates without a year: by tense, over the new year, by the weekday.
    ("2020-01-05", "The envoy left on December 28.", "December 28", "2019-12-28", "2019-12-28"),
    ("2019-12-28", "The envoy will return on January 5.", "January 5", "2020-01-05", "2020-01-05"),
    (
        "2021-03-01",
        "Both armies withdrew on February 29.",
        "February 29",
        "2020-02-29",
        "2020-02-29",
    ),
    (
        "2023-06-01",
        "The parties met on Friday, June 10, in Oslo.",
        "Friday, June 10",
        "2022-06-10",
        "2022-06-10",
    ),
    ("2017-05-20", "The vote took place in March.", "March", "2017-03-01", "2017-03-31"),
    ("2017-02-20", "The vote took place in March.", "March", "2016-03-01", "2016-03-31"),
    ("2017-05-20", "The vote will take place in March.", "March", "2018-03-01", "2018-03-31"),
    (
        "2017-10-09",
        "Fighting resumed this September.",
        "this September",
        "2017-09-01",
        "2017-09-30",
    ),
    ("2017-10-09", "Fighting resumed last May.", "last May", "2017-05-01", "2017-05-31"),
    # Parts, seasons, decades, quarters.
    ("2017-05-20", "The war ended in early 2003.", "early 2003", "2003-01-01", "2003-04-30"),
    ("2017-05-20", "Clashes broke out in mid-March.", "mid-March", "2017-03-11", "2017-03-20"),
    ("2017-05-20", "It fell in the late 1980s.", "the late 1980s", "1987-01-01", "1989-12-31"),
    (
        "2017-05-20",
        "It broke up in the autumn of 2008.",
        "the autumn of 2008",
        "2008-09-01",
        "2008-11-30",
    ),
    (
        "2017-05-20",
        "It ended in the winter of 2008.",
        "the winter of 2008",
        "2008-12-01",
        "2009-02-28",
    ),
    (
        "2017-05-20",
        "Exports fell in the second quarter of 2016.",
        "the second quarter of 2016",
        "2016-04-01",
        "2016-06-30",
    ),
    (
        "2017-11-20",
        "Exports fell in the fourth quarter.",
        "the fourth quarter",
        "2016-10-01",
        "2016-12-31",
    ),
    (
        "2017-11-20",
        "Aid doubled in the first nine months of the year.",
        "the first nine months of the year",
        "2017-01-01",
        "2017-09-30",
    ),
    (
        "2017-05-20",
        "He fled at the end of last year.",
        "the end of last year",
        "2016-09-01",
        "2016-12-31",
    ),
    # Weekdays: by tense, on the day itself, "last", "next" and "this".
    ("2018-10-12", "Rebels shelled the town on Friday.", "Friday", "2018-10-12", "2018-10-12"),
    (
        "2018-10-12",
        "Rebels shelled the town last Friday.",
        "last Friday",
        "2018-10-05",
        "2018-10-05",
    ),
    ("2018-10-12", "The envoys will meet on Monday.", "Monday", "2018-10-15", "2018-10-15"),
    (
        "2018-10-12",
        "They are due to meet in Oslo for talks brokered by Qatar on October 20.",
        "October 20",
        "2018-10-20",
        "2018-10-20",
    ),
    (
        "2018-10-12",
        "They held talks mediated by Malaysia on October 1.",
        "October 1",
        "2018-10-01",
        "2018-10-01",
    ),
    ("2018-10-12", "The envoys met on Monday.", "Monday", "2018-10-08", "2018-10-08"),
    ("2018-10-10", "They will meet next Monday.", "next Monday", "2018-10-15", "2018-10-15"),
    ("2018-10-10", "They will meet next Friday.", "next Friday", "2018-10-19", "2018-10-19"),
    ("2018-10-10", "They will meet this Friday.", "this Friday", "2018-10-12", "2018-10-12"),
    (
        "2018-10-12",
        "The delegations are scheduled to meet on Tuesday in Vienna.",
        "Tuesday",
        "2018-10-16",
        "2018-10-16",
    ),
    (
        "2018-10-12",
        "Shells hit the market on Wednesday evening.",
        "Wednesday evening",
        "2018-10-10",
        "2018-10-10",
    ),
    ("2018-10-12", "They met on Monday last week.", "Monday last week", "2018-10-01", "2018-10-01"),
    # From the day of writing.
    ("2020-03-01", "The bridge was blown up yesterday.", "yesterday", "2020-02-29", "2020-02-29"),
    ("2020-01-01", "The convoy arrived yesterday.", "yesterday", "2019-12-31", "2019-12-31"),
    ("2020-01-15", "The truce was broken last month.", "last month", "2019-12-01", "2019-12-31"),
    ("2020-01-01", "The truce was broken last week.", "last week", "2019-12-23", "2019-12-29"),
    ("2020-03-31", "A truce was signed a month ago.", "a month ago", "2020-02-01", "2020-02-29"),
    (
        "2020-03-31",
        "A truce was signed three days ago.",
        "three days ago",
        "2020-03-28",
        "2020-03-28",
    ),
    (
        "2020-03-31",
        "In two weeks parliament will vote.",
        "In two weeks",
        "2020-04-13",
        "2020-04-19",
    ),
    # Spans, open and closed.
    ("2020-03-31", "The war of 1975-1990 killed many.", "1975-1990", "1975-01-01", "1990-12-31"),
    (
        "2020-03-31",
        "The two sides fought from Monday to Thursday.",
        "from Monday to Thursday",
        "2020-03-23",
        "2020-03-26",
    ),
    (
        "2020-03-31",
        "They fought between 3 and 7 February.",
        "between 3 and 7 February",
        "2020-02-03",
        "2020-02-07",
    ),
    ("2020-03-31", "They have fought since 2011.", "2011", "2011-01-01", ""),
    # From another event.
    (
        "2020-03-31",
        "The general resigned on February 3. Two days later he left the country.",
        "Two days later",
        "2020-02-05",
        "2020-02-05",
    ),
    (
        "2020-03-31",
        "The port was seized days before a summit in Lima on March 20.",
        "days before",
        "2020-03-14",
        "2020-03-18",
    ),
    # The year of a background story, and holidays.
    (
        "2020-06-30",
        "On May 3, 2012, the army attacked. On May 9 it withdrew.",
        "May 9",
        "2012-05-09",
        "2012-05-09",
    ),
    (
        "2020-03-31",
        "Shots were fired on New Year's Eve.",
        "New Year's Eve",
        "2019-12-31",
        "2019-12-31",
    ),
    ("2020-06-30", "They met on Good Friday.", "Good Friday", "2020-04-10", "2020-04-10"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[2]} on {case[0]}")
def test_names_the_right_days(parser: Parser, case: tuple[str, str, str, str, str]) -> None:
    """Each expression has exactly the window that a careful reader gives it."""
    written, text, expression, start, end = case
    found = [t for t in times_of(parser, text, written) if expression in t.text]
    assert found, [t.text for t in times_of(parser, text, written)]
    time = found[0]
    assert text[time.start : time.end] == time.text
    assert (str(time.value_start), str(time.value_end or "")) == (start, end)


def test_a_price_is_no_time_of_day(parser: Parser) -> None:
    """A number with a point is a price, and four digits before a time zone are no year."""
    text = "At the close on Thursday the dollar stood at 1.40. By 4 p.m. (2000 GMT) it fell."
    found = times_of(parser, text, "2014-10-15")
    assert [t.text for t in found] == ["Thursday", "4 p.m.", "2000 GMT"]
    assert str(found[-1].value_start) == "2014-10-09"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Two were shot on Saturday evening.\n\nIt began at 6.45pm.", "2023-05-13"),
        ("He was held on Monday. On Sunday it was quiet. Shots fell at 9:20 pm.", "2023-05-14"),
        ("The shop had closed on May 2.\n\nShots fell at 9:20 p.m.", "2023-05-18"),
    ],
)
def test_a_time_of_day_is_of_the_day_of_its_story(parser: Parser, text: str, day: str) -> None:
    """A time of day has the day told last in its paragraph, else the lead's, if that is news."""
    assert str(times_of(parser, text, "2023-05-18")[-1].value_start) == day


@pytest.mark.parametrize(
    ("text", "expression", "day"),
    [
        ("They came on Wednesday. He fell the day before when rebels hit.", "before", "2023-05-16"),
        ("He arrived on Saturday, shot the evening before.", "evening", "2023-05-12"),
        ("He was shot the night before the vote on Monday.", "night", "2023-05-14"),
        ("It was the second attack in a week.", "in a week", "None"),
        ("They will meet in a week.", "in a week", "2023-05-22"),
    ],
)
def test_counts_from_what_is_told(parser: Parser, text: str, expression: str, day: str) -> None:
    """'The evening before' counts from the day told; what is counted "in a week" lies behind."""
    found = [t for t in times_of(parser, text, "2023-05-18") if expression in t.text]
    assert [str(t.value_start) for t in found] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "They met on 31 April 2019 in Rome.",
        "They met on February 30 in Rome.",
        "They met on 2019-13-45 in Rome.",
        "It may march on the town.",
        "About 2000 soldiers were sent and 1,984 came back.",
        "The 45-year-old general spoke.",
    ],
)
def test_invents_no_date(parser: Parser, text: str) -> None:
    """What is no date, or none that the calendar has, names no day."""
    assert not [t for t in times_of(parser, text, "2020-03-31") if t.value_start]


def test_lengths_and_sets_have_no_window(parser: Parser) -> None:
    """A duration has its days, a recurring time is marked, and neither names a day."""
    text = "The four-day talks followed a war of six weeks. They meet every Friday."
    four, six, every = times_of(parser, text, "2020-03-31")
    assert (four.duration, six.duration) == (4.0, 42.0)
    assert every.recurring
    assert not any(time.value_start for time in (four, six, every))


def test_hangs_on_the_event_told(parser: Parser) -> None:
    """What is told from another event says how far and from which words, and no more."""
    text = "The talks came a week after a summit hosted by Peru in Lima."
    (time,) = times_of(parser, text, "2020-03-31")
    assert (time.relation, time.offset, time.value_start) == ("after", (5, 9), None)
    assert time.anchor
    assert text[slice(*time.anchor)].startswith("a summit")


def test_resolves_without_a_date_only_what_tells_its_year(parser: Parser) -> None:
    """With nothing known of the writing, "in 2012" is a year and "on Friday" no day."""
    year, friday = times_of(parser, "War came in 2012. They met on Friday.", None)
    assert str(year.value_start) == "2012-01-01"
    assert friday.value_start is None


def test_a_wide_writing_widens_the_times(parser: Parser) -> None:
    """A report of one of two days gives "yesterday" both days before."""
    parse = parser.parse(Report(id="r", source="t", text="The truce was broken yesterday."))
    published = Published(
        start=date(2020, 3, 1), end=date(2020, 3, 2), how="inferred", confidence=0.5
    )
    (time,) = find_times(parse, published=published)
    assert (str(time.value_start), str(time.value_end)) == ("2020-02-29", "2020-03-01")


TIME_WORDS = (
    *("on", "in", "the", "last", "next", "this", "of", "since", "until", "from", "to", "between"),
    *("and", "after", "before", "days", "31", "29", "30", "February", "May", "April", "0001"),
    *("9999", "2020", "1990s", "'", "s", "-", ",", ".", ":", "/", "Friday", "week", "month"),
    *("year", "ago", "yesterday", "quarter", "century", "12:30", "a", "a.m.", "early", "end"),
    *("half", "two", "later", "every", "\n", "\u202e", "0000", "99999999999999999999", "²", "٣"),
    *("1/1/0001", "31/12/9999", "9999-12-31"),
)


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from(TIME_WORDS),
        max_size=30,
    ),
    st.sampled_from([date(1, 1, 1), date(9999, 12, 31), date(2020, 2, 29), None]),
)
def test_is_calm_on_any_words(parser: Parser, words: list[str], written: date | None) -> None:
    """No heap of time words raises, on the first and the last day of the calendar as well."""
    text = " ".join(words)
    parse = parser.parse(Report(id="r", source="t", text=text))
    for time in date_report(parse, given=written).times:
        assert text[time.start : time.end] == time.text
        assert time.value_start is None or time.value_start <= (time.value_end or date.max)


@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=120))
def test_is_calm_on_any_text(parser: Parser, text: str) -> None:
    """No text at all raises."""
    date_report(parser.parse(Report(id="r", source="t", text=text)))


@pytest.mark.parametrize(
    ("late", "told"),
    [
        (0.8, (date(2022, 11, 3), date(2022, 11, 3))),
        (0.2, (date(2022, 10, 27), date(2022, 10, 27))),
        (0.5, (date(2022, 10, 27), date(2022, 11, 3))),
    ],
)
def test_a_weekday_is_that_of_most_days_of_the_writing(
    parser: Parser, late: float, told: tuple[date, date]
) -> None:
    """Written on Wednesday or Friday, "on Thursday" is of the likelier one, else it may be both.

    "Last week" stays as wide as both days make it.
    """
    wednesday, friday = date(2022, 11, 2), date(2022, 11, 6)
    text = "He welcomed the deal on Thursday. They had met last week."
    expressions = find_expressions(parser.parse(Report(id="r", source="t", text=text)))
    thursday, week = resolve(
        expressions, written=(wednesday, friday), shares={wednesday: 1 - late, friday: late}
    )
    assert (thursday.value_start, thursday.value_end) == told
    one, other = (resolve(expressions, written=(day, day))[1] for day in (wednesday, friday))
    assert (week.value_start, week.value_end) == (one.value_start, other.value_end)


def test_a_report_of_a_week_tells_its_days(parser: Parser) -> None:
    """A weekday is one day where the text tells most of when it was written."""
    text = (
        "ADDIS ABABA - The two sides signed a truce on Wednesday, 2 November 2022. The premier "
        "welcomed it on Thursday in a speech."
    )
    dated = date_report(parser.parse(Report(id="r", source="t", text=text)))
    assert dated.report.published is not None
    [thursday] = [time for time in dated.times if time.text == "Thursday"]
    assert (thursday.value_start, thursday.value_end) == (date(2022, 11, 3), date(2022, 11, 3))
