"""The making of an agreement, recalled with its day, dates the report that recalls it."""

from __future__ import annotations

from datetime import date

import pytest

from parley.dating import Nearest, Undated, date_report, find_moments, pin, telling
from parley.dating.makings import Making, same_making
from parley.model import Published, Report
from parley.parsing import Parser

_TOLD = (
    "TOLMEN, May 10, 2017 (Newswire) - President Arno Velt of Varnia and his counterpart Ilse Marr "
    "of Selmia signed an agreement in Lustrin on Tuesday to end the war over the Orlen valley.\n"
    "Under the accord both armies are to leave the valley."
)


def _pinned(parser: Parser, text: str) -> Published | None:
    """Return how a report is dated beside the one that tells of the signing."""
    day = date(2017, 5, 10)
    published = Published(start=day, end=day, how="given", confidence=0.98)
    told = Report(id="b", source="b.txt", text=_TOLD, published=published)
    dated = date_report(parser.parse(Report(id="a", source="a.txt", text=text)))
    own = Undated(dated.report, dated.clues, (), dated.moments())
    tellings = {"a": telling(dated.report)}
    nearest = Nearest(list(tellings.values()))
    nearest.see(telling(told))
    near = {"a": nearest.of("a", most=5, least=0.0)}
    moments = {"b": find_moments(parser.parse(told))}
    return pin([own], near, {"b": told}, tellings, moments=moments)["a"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "The first monitors landed in Orlen this morning, in line with the Lustrin agreement "
            "signed eight days ago.",
            date(2017, 5, 17),
        ),
        (
            "The accord that was signed in Lustrin twelve days ago has begun to work: on Friday "
            "the army of Varnia left the Orlen valley.",
            date(2017, 5, 21),
        ),
    ],
)
def test_days_since_a_signing_date_a_report(parser: Parser, text: str, day: date) -> None:
    """So many days after the signing that another report tells it was written."""
    found = _pinned(parser, text)
    assert found is not None
    assert (found.start, found.end) == (day, day)


def test_weeks_since_a_signing_date_it_to_days(parser: Parser) -> None:
    """'Three weeks ago' is some days more or less: the window holds them."""
    found = _pinned(
        parser,
        "Prisoners were freed in Orlen, as foreseen in the Lustrin accord signed three weeks ago.",
    )
    assert found is not None
    assert abs((found.start - date(2017, 5, 30)).days) <= 4


@pytest.mark.parametrize(
    ("one", "other", "likely"),
    [
        (frozenset({"lustrin"}), frozenset({"lustrin", "velt"}), True),
        (frozenset(), frozenset({"lustrin", "velt"}), True),
        (frozenset({"karvia"}), frozenset({"lustrin", "velt"}), False),
    ],
)
def test_an_agreement_is_another_by_its_names(
    one: frozenset[str], other: frozenset[str], likely: bool
) -> None:
    """What is recalled is what was told where all its names are told there."""
    recalled, told = Making(one, recalled=True), Making(other, recalled=False)
    assert (same_making(recalled, told) > 0.1) is likely


def test_two_signings_told_as_news_are_not_one_by_their_names() -> None:
    """That both are news says nothing: only who recalls counts its days from another's."""
    told = Making(frozenset({"lustrin"}), recalled=False)
    assert same_making(told, told) == 0.0
