"""Days for which something was planned, or to which it was put off."""

from __future__ import annotations

from datetime import date

import pytest

from parley.dating import date_report
from parley.model import Report
from parley.parsing import Parser

# When it was written, what, and the days that it tells.
PLANS = [
    ("2024-03-18", "Talks planned for 20 March have been postponed to 3 April.", "20-03 03-04"),
    ("2024-03-18", "They put off a vote, due on 20 March, until 3 April.", "20-03 03-04"),
    ("2024-03-18", "The vote was postponed from 20 March to 3 April.", "20-03 03-04"),
    ("2024-03-18", "The vote was moved to 3 April.", "03-04"),
    ("2024-03-18", "They cancelled a summit scheduled for 20 October.", "20-10"),
    ("2024-03-25", "Talks planned for 20 March were held.", "20-03"),
    ("2024-03-25", "The vote that was set for 20 March did not take place.", "20-03"),
    ("2023-12-28", "Talks planned for 5 January have been called off.", "05-01"),
    ("2024-01-08", "Talks planned for 5 January have been called off.", "05-01"),
]  # fmt: skip
# What was done on a day is as long ago as it says, and what goes on is one span.
OTHERS = [
    ("2024-03-18", "They held talks on 3 April.", [(date(2023, 4, 3), date(2023, 4, 3))]),
    ("2024-03-18", "The truce agreed on 3 April holds.", [(date(2023, 4, 3), date(2023, 4, 3))]),
    (
        "2024-03-18",
        "Refugees came back, as foreseen in the accord of 30 December.",
        [(date(2023, 12, 30), date(2023, 12, 30))],
    ),
    (
        "2024-09-18",
        "The cuts come on top of existing plans announced in January.",
        [(date(2024, 1, 1), date(2024, 1, 31))],
    ),
    (
        "2024-04-18",
        "They fought from 20 March to 3 April.",
        [(date(2024, 3, 20), date(2024, 4, 3))],
    ),
    (
        "2024-03-18",
        "On Sunday they postponed the talks.",
        [(date(2024, 3, 17), date(2024, 3, 17))],
    ),
]


def windows(parser: Parser, text: str, written: str) -> list[tuple[date | None, date | None]]:
    """Return the windows of the times of a text written on a day."""
    report = Report(id="r", source="t", text=text)
    dated = date_report(parser.parse(report), given=date.fromisoformat(written))
    return [(time.value_start, time.value_end) for time in dated.times]


@pytest.mark.parametrize(("written", "text", "days"), PLANS, ids=lambda case: case[:60])
def test_plans_lie_ahead_or_just_behind(parser: Parser, written: str, text: str, days: str) -> None:
    """Whatever the tense of the verb above, a day without its year is of 2024."""
    wanted = [date.fromisoformat(f"2024-{day[3:]}-{day[:2]}") for day in days.split()]
    assert windows(parser, text, written) == [(day, day) for day in wanted]


@pytest.mark.parametrize(("written", "text", "wanted"), OTHERS, ids=lambda case: str(case)[:60])
def test_what_is_no_plan_stays_behind(
    parser: Parser, written: str, text: str, wanted: list[tuple[date, date]]
) -> None:
    """A deed in the past keeps its past day, and a span that nobody moves is one."""
    assert windows(parser, text, written) == wanted
