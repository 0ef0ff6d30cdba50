"""When undated reports were written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from parley.dating import date_report, infer_published
from parley.dating.publication import Weighing, weigh
from parley.model import Boilerplate, Published, Report
from parley.parsing import Parse, Parser
from parley.reading import read

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
Form = Callable[[date], str]
FORMS: tuple[Form, ...] = (
    lambda d: f"{MONTHS[d.month - 1]} {d.day}",
    lambda d: f"{d.day} {MONTHS[d.month - 1]}",
    lambda d: f"the {d.day}{_ordinal(d.day)} of {MONTHS[d.month - 1]}",
)
FULL_FORMS: tuple[Form, ...] = (
    lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: d.isoformat(),
)


def _ordinal(day: int) -> str:
    return {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(day, "th")


def weekday(day: date) -> str:
    """Return the English weekday of a day."""
    return WEEKDAYS[day.weekday()]


def parse_of(parser: Parser, text: str, **fields: object) -> Parse:
    """Parse a text as a report."""
    return parser.parse(Report(id="r", source="t", text=text, **fields))  # type: ignore[arg-type]


days = st.dates(date(2003, 1, 1), date(2025, 12, 31))
calm = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))


@calm
@given(days, st.sampled_from(FULL_FORMS))
def test_a_full_dateline_tells_the_day(parser: Parser, day: date, form: Form) -> None:
    """A dateline with its year gives that day, whatever the order of the date."""
    text = f"KARVIA, {form(day)} (Newswire) - Rebel envoys met the president.\nNo deal was made."
    found = infer_published(parse_of(parser, text))
    assert found
    assert found.start <= day <= found.end
    assert (found.end - found.start).days <= 1


@calm
@given(days, st.sampled_from(FORMS), st.integers(1, 3))
def test_tomorrow_and_its_date_tell_the_year(
    parser: Parser, day: date, form: Form, since: int
) -> None:
    """A "tomorrow, Friday" and the date of the same meeting pin the year after one named."""
    tomorrow = day + timedelta(days=1)
    text = (
        f"Peace talks open in Karvia\n\nThe two envoys will meet in Karvia tomorrow, "
        f"{weekday(tomorrow)}, the ministry announced.\n\nThe meeting of the envoys in Karvia will "
        f"be held on {form(tomorrow)}, a spokesman said.\n\n"
        f"The neighbours fought a war in {day.year - since}."
    )
    found = infer_published(parse_of(parser, text))
    assert found
    assert found.start <= day <= found.end


@calm
@given(days, st.sampled_from(FORMS[:2]))
def test_dateline_and_weekday_tell_the_year(parser: Parser, day: date, form: Form) -> None:
    """A dateline without a year is of the first year whose weekday fits what was said."""
    before = date(day.year - 1, 3, 10)
    assume((day.month, day.day) != (2, 29))
    text = (
        f"KARVIA, {form(day)}. /Newswire/. The envoy is ready to talk.\n"
        f'"We are ready," he said in Karvia on {weekday(day)}.\n'
        f"The truce was signed on {FULL_FORMS[0](before)}."
    )
    found = infer_published(parse_of(parser, text))
    assert found
    assert found.start <= day <= found.end


@calm
@given(days, st.sampled_from(FULL_FORMS))
def test_yesterday_and_a_full_date(parser: Parser, day: date, form: Form) -> None:
    """What happened "yesterday", on a date told in full, dates the report to the next day."""
    event = day - timedelta(days=1)
    text = (
        f"The envoys of both sides met in Karvia on {form(event)}.\n\n"
        f"“The envoys met yesterday and agreed on a truce,” the spokeswoman added."
    )
    found = infer_published(parse_of(parser, text))
    assert found
    assert found.start <= day <= found.end


@pytest.mark.parametrize(
    "text",
    [
        "The envoys met and agreed on a truce.",
        "They will meet on Friday, the ministry said on Tuesday.",
        "They will meet on May 19, the ministry said.",
        "The war of 1992 left many dead.",
        "They met last month and will meet again next week.",
        "",
    ],
)
def test_says_nothing_where_nothing_proves_it(parser: Parser, text: str) -> None:
    """A text that names no year and no day of one is left undated."""
    assert infer_published(parse_of(parser, text)) is None


def test_a_page_date_years_later_is_not_believed(parser: Parser) -> None:
    """The day on which a page was printed does not date a report that tells its own."""
    text = (
        "Monday, June 5, 2017\n\nEnvoys hold talks in Karvia\n\n"
        "The envoys will meet in Karvia tomorrow, Wednesday, the ministry said.\n\n"
        "The talks of the envoys in Karvia will be held on April 17.\n\n"
        "The neighbours fought a war in 2011."
    )
    page = Boilerplate(start=0, end=20, why="page date")
    found = infer_published(parse_of(parser, text, boilerplate=(page,)))
    assert found
    assert (found.start, found.end) == (date(2013, 4, 16), date(2013, 4, 16))


def test_a_page_date_that_fits_is_taken(parser: Parser) -> None:
    """The page's own date is the report's where nothing speaks against it."""
    text = "Monday, June 5, 2017\n\nEnvoys hold talks\n\nThe envoys met in Karvia on Sunday."
    page = Boilerplate(start=0, end=20, why="page date")
    found = infer_published(parse_of(parser, text, boilerplate=(page,)))
    assert found
    assert (found.start, found.end) == (date(2017, 6, 5), date(2017, 6, 5))


def test_a_given_date_stands(parser: Parser) -> None:
    """A date given is kept where the text does not rule it out, and resolves the times."""
    parse = parse_of(parser, "The envoys met on Friday.")
    dated = date_report(parse, given=date(2018, 10, 14))
    assert dated.report.published
    assert dated.report.published.how == "given"
    assert [str(time.value_start) for time in dated.times] == ["2018-10-12"]


def test_a_given_date_that_the_text_rules_out_is_replaced(parser: Parser) -> None:
    """Metadata years after a dateline in full give way to the dateline."""
    parse = parse_of(
        parser,
        "KARVIA, May 3, 2011 (Newswire) - The envoys met here on Tuesday.",
        published=printed_on(date(2016, 1, 9)),
    )
    found = date_report(parse).report.published
    assert found
    assert found.how == "inferred"
    assert found.start == date(2011, 5, 3)


def test_evidence_is_in_the_words(parser: Parser) -> None:
    """Every piece of evidence is a stretch of the text and says something about the day."""
    text = "KARVIA, May 3, 2011 (Newswire) - The envoys met here on Tuesday."
    found = infer_published(parse_of(parser, text))
    assert found
    assert found.evidence
    assert 0 < found.confidence <= 1
    for evidence in found.evidence:
        assert text[evidence.start : evidence.end] == evidence.text
        assert evidence.says


def test_a_landmark_bounds_the_year(parser: Parser) -> None:
    """An invasion named by its month alone is less than a year ago."""
    text = (
        "KARVIA, Oct. 12 (Newswire) - The envoys will meet on Sunday, an official said Friday.\n"
        "The mediator has been busy since the August invasion of Kuwait.\n"
        "A war in 1977 ended in a draw."
    )
    found = infer_published(parse_of(parser, text))
    assert found
    assert (found.start, found.end) == (date(1990, 10, 12), date(1990, 10, 12))


def read_text(parser: Parser, path: Path, text: str) -> Published | None:
    """Return when a file of that text was written, its page marked by the readers."""
    path.write_text(text)
    (report,) = read([str(path)], refuse=lambda error: pytest.fail(str(error)))
    return infer_published(parser.parse(report))


@pytest.mark.parametrize("weekday_told", [True, False])
def test_a_page_date_without_its_year_pins_the_day(
    parser: Parser, tmp_path: Path, weekday_told: bool
) -> None:
    """The line "Sunday, December 3" between masthead and headline is the report's day."""
    line = "Sunday, December 3" if weekday_told else "December 3"
    found = read_text(
        parser,
        tmp_path / "a.txt",
        f"The Harbour Gazette\n{line}\n\nEnvoys leave the port without a deal\n\nBy Ada Sorel\n\n"
        "The envoys left the port on Saturday after talks on the truce that was agreed on "
        "November 22, 2023 had broken down, a spokesman of the mediators said.\n",
    )
    assert found
    assert (found.start, found.end) == (date(2023, 12, 3), date(2023, 12, 3))
    assert any("page's own date" in piece.says for piece in found.evidence)


def test_a_stamp_in_brackets_is_the_day(parser: Parser, tmp_path: Path) -> None:
    """The line "[30 October, 02:14 GMT]" above the report is when it was written."""
    found = read_text(
        parser,
        tmp_path / "a.txt",
        "Two days of talks end with empty hands\n\n[30 October, 02:14 GMT]\n\nTwo days of talks "
        "between the rebels and the government ended on Sunday evening without a date for the next "
        "ones. The truce of February 2006 had broken down in August.\n",
    )
    assert found
    assert (found.start, found.end) == (date(2006, 10, 30), date(2006, 10, 30))


def test_two_weeks_apart_are_no_window() -> None:
    """Where one of two Wednesdays is likelier, it is told, with its own share as confidence."""
    weighing = Weighing(730_000, np.log(np.array([0.5, *[0.01] * 6, 0.4, 0.04])))
    assert weighing.window() == (730_000, 730_000, pytest.approx(0.5))
    even = Weighing(730_000, np.log(np.array([0.45, *[0.01] * 6, 0.45, 0.04])))
    window = even.window()
    assert window is not None
    assert window[:2] == (730_000, 730_007)


@pytest.mark.parametrize("stop", [". ", ": ", " - ", " (Newswire) - "])
def test_a_dateline_with_its_year_may_run_into_the_sentence(parser: Parser, stop: str) -> None:
    """A place, a full date and the first sentence on one line pin the day."""
    text = (
        f"Karvia, 5 April 2023{stop}Envoys of both sides met in Port Elan on Tuesday, aides said."
    )
    found = infer_published(parse_of(parser, text))
    assert found
    assert (found.start, found.end) == (date(2023, 4, 5), date(2023, 4, 5))


def printed_on(day: date) -> Published:
    """Return the date of a report whose metadata has one."""
    return Published(start=day, end=day, how="metadata", confidence=0.9)


def test_a_paper_of_the_day_after_tells_its_times_from_its_dateline(parser: Parser) -> None:
    """The report keeps the date that it was given; "today" is the day on which it was written."""
    given = printed_on(date(2021, 11, 16))
    text = "KARVIA, Nov 15: The envoys, banned since 1979, met here today."
    dated = date_report(parse_of(parser, text, published=given))
    assert dated.report.published
    assert dated.report.published.start == date(2021, 11, 16)
    assert dated.written
    assert dated.written.start == date(2021, 11, 15)
    assert str(dated.times[-1].value_start) == "2021-11-15"


def test_a_statement_tells_its_times_from_the_day_in_its_heading(parser: Parser) -> None:
    """What a ministry says on the 13th, and a paper prints on the 14th, is told from the 13th."""
    text = "Statement of the Ministry of Defence, 13 June 1998\n\nThe army shut the road today."
    dated = date_report(parse_of(parser, text, published=printed_on(date(1998, 6, 14))))
    assert str(dated.times[-1].value_start) == "1998-06-13"


def test_a_dateline_days_off_is_no_day_of_writing(parser: Parser) -> None:
    """A line that names a day a week before the given date does not tell when it was written."""
    given = printed_on(date(2021, 11, 16))
    dated = date_report(parse_of(parser, "KARVIA, Nov 8: They met here today.", published=given))
    assert dated.written == dated.report.published


def test_the_day_of_a_dateline_keeps_the_year_that_was_given(parser: Parser) -> None:
    """'2 December, 1900' heads a bulletin of seven in the evening, not one of another century."""
    given = printed_on(date(1991, 12, 2))
    text = "Karvian Radio, Osijek studio, 2 December, 1900 bulletin.\nThey met this morning."
    dated = date_report(parse_of(parser, text, published=given))
    assert dated.report.published
    assert dated.report.published.start == date(1991, 12, 2)
    assert str(dated.times[-1].value_start) == "1991-12-02"


def test_an_hour_of_four_digits_is_no_year(parser: Parser) -> None:
    """'3 September 0900' rules out no date that was given."""
    given = printed_on(date(2024, 9, 3))
    text = "Monitor: events of 1-2 September, entered as of 3 September 0900\nAttack on a village."
    dated = date_report(parse_of(parser, text, published=given))
    assert dated.report.published
    assert dated.report.published.start == date(2024, 9, 3)
    assert all(time.value_start is None or time.value_start.year == 2024 for time in dated.times)


def _shares(parser: Parser, text: str, years: tuple[int, int]) -> tuple[float, float]:
    """Return how likely a text makes the two years, by its own words."""
    weighing = weigh(date_report(parse_of(parser, text)).clues)
    share = np.exp(weighing.logs - weighing.logs.max())
    in_year = [date.fromordinal(weighing.first + at).year for at in range(len(share))]
    first, second = (float(share[np.array(in_year) == year].sum()) for year in years)
    return first, second


def test_a_year_of_an_order_may_be_over(parser: Parser) -> None:
    """Who was told to leave in 2017 was not told so twelve years before."""
    text = "Gunmen attacked a post. The government ordered the miners to leave Karvia in 2017."
    later, earlier = _shares(parser, text, (2018, 2005))
    assert later > 20 * earlier


def test_a_year_ahead_is_near(parser: Parser) -> None:
    """What will be held in 2017 is told the year before rather than ten years before."""
    later, earlier = _shares(parser, "Karvia will hold elections in 2017.", (2016, 2007))
    assert later > 5 * earlier


def test_a_year_of_a_beginning_says_little(parser: Parser) -> None:
    """A law in force since 1980 is told of for decades; a war of 1980 is told of soon."""
    lasting = _shares(parser, "The law has been in force since 1980.", (1982, 2004))
    told = _shares(parser, "The army attacked Karvia in 1980.", (1982, 2004))
    assert lasting[0] / lasting[1] < told[0] / told[1] / 2


@pytest.mark.parametrize(
    "line",
    [
        "Friday 7 January 2005",
        "*Friday 7 January 2005*",
        "**7 January 2005**",
        "*Published: Friday 7 January 2005*",
        "Posted on January 7, 2005 by admin",
    ],
)
def test_a_date_line_is_one_however_it_is_set_off(
    tmp_path: Path, parser: Parser, line: str
) -> None:
    """A date on a line of its own above the text is that of the report, in Markdown too."""
    told = (
        "Troops shelled our villages on Wednesday and killed a mother, a doctor of the town said."
    )
    text = f"# Voice of the hills\n\n{line}\n\n{told}\n"
    (tmp_path / "a.md").write_text(text)
    (report,) = read([str(tmp_path)], refuse=lambda error: pytest.fail(str(error)))
    published = date_report(parser.parse(report)).report.published
    assert published is not None
    assert (published.start, published.end) == (date(2005, 1, 7), date(2005, 1, 7))
