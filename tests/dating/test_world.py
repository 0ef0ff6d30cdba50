"""Reports dated by what they name: landmarks, gatherings, numbers, and what goes on."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from parley.dating import date_report, infer_published
from parley.dating.landmarks import Gathering, find_named
from parley.model import Published, Report
from parley.parsing import Parser

BED = Path(__file__).parent / "data" / "bed_develop.jsonl"


def inferred(parser: Parser, text: str) -> Published | None:
    """Infer when a text was written."""
    return infer_published(parser.parse(Report(id="r", source="t", text=text)))


def holds(found: Published | None, day: date) -> bool:
    """Tell whether an inferred window holds a day."""
    return found is not None and found.start <= day <= found.end


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The Good Friday Agreement ended it.", "the Good Friday Agreement"),
        ("Under Resolution 1701, troops went south.", "Resolution 1701"),
        ("They spoke at the Munich Security Conference.", "the Munich Security Conference"),
    ],
)
def test_finds_what_is_named(sentence: str, name: str) -> None:
    """A sentence that has all the words of a pattern names its landmark or gathering."""
    assert name in [named.what.name for named in find_named(sentence)]


def test_words_alone_name_nothing() -> None:
    """A part of the words of a pattern names nothing."""
    assert find_named("The agreement was reached on a Friday in a good hour.") == []
    assert not any(isinstance(n.what, Gathering) for n in find_named("A general spoke in York."))


def test_a_day_told_with_a_landmark_is_its_day(parser: Parser) -> None:
    """A weekday in the sentence of a landmark pins the week, the news's own weekday the day."""
    found = inferred(
        parser,
        "Investigators searched the ruins of Omagh on Monday after the bomb there killed 28 "
        "people on Saturday afternoon.",
    )
    assert holds(found, date(1998, 8, 17))


def test_what_goes_on_for_days_is_counted(parser: Parser) -> None:
    """A twelfth day counts from the day on which it began."""
    found = inferred(
        parser,
        "The only road stayed shut for a twelfth day today. It has been blocked since Monday, "
        "December 12.\nThe war ended in 2020.",
    )
    assert found
    assert (found.start.month, found.start.day) in ((12, 23), (12, 24))
    assert found.start.year == 2022


def test_no_report_is_of_the_future(parser: Parser) -> None:
    """Nothing was written after the day on which it is read, whatever it says."""
    ahead = date.today() + timedelta(days=400)  # the reader's own day
    found = inferred(parser, f"KARVIA, {ahead:%B} {ahead.day}, {ahead.year} (Newswire) - They met.")
    assert found is None or found.end <= date.today() + timedelta(days=1)


def test_dates_the_unseen_texts_it_was_made_on(parser: Parser) -> None:
    """Of openings from a dozen conflicts most that are dated alone are dated rightly."""
    right = wrong = 0
    for line in BED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = inferred(parser, row["text"])
        right += holds(found, date.fromisoformat(row["published"]))
        wrong += found is not None and not holds(found, date.fromisoformat(row["published"]))
    assert right >= 10
    assert wrong <= 4


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x00 on \x00 May 5",
        "They met on 31 April 20233.",
        "0000-00-00 99/99/9999 32.13.2020",
        "\u202eon Friday\u202c \ufffd May",
        "the 99th day of the " * 50,
        "resolution 999999 of the security council",
    ],
)
def test_bad_input_dates_nothing(parser: Parser, text: str) -> None:
    """What tells no day is read calmly, and no day is made of it."""
    dated = date_report(parser.parse(Report(id="r", source="t", text=text)))
    assert dated.report.published is None
