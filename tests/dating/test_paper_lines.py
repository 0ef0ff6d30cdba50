"""The line by which a paper tells its own day."""

from __future__ import annotations

from datetime import date

import pytest

from parley.dating import date_report
from parley.model import Report
from parley.parsing import Parser

_BODY = "\n\nThe Government today rejected the claim. It will send envoys to the talks on 9 May."


@pytest.mark.parametrize(
    "head",
    [
        "Ministry of Defence\nPress release no. 14 of 3 May 2016",
        "Statement issued by the Council in Juba, 3 May 2016",
        "COMMUNIQUE\nGiven at Juba, 3 May 2016",
        "Office of the Spokesman\nPress statement, 3 May 2016",
    ],
)
def test_a_paper_is_of_the_day_in_its_head(parser: Parser, head: str) -> None:
    """A press statement's date line says the day on which it was written."""
    report = Report(id="r_paper", source="paper", text=head + _BODY)
    published = date_report(parser.parse(report)).report.published
    assert published is not None
    assert (published.start, published.end) == (date(2016, 5, 3), date(2016, 5, 3))
    assert published.confidence > 0.8


def test_what_a_paper_tells_of_is_not_its_own_day(parser: Parser) -> None:
    """A sentence on a statement of some day is no date line."""
    text = "The statement of 3 May 2016 was read out by the mayor, who said that he rejected it."
    report = Report(id="r_told", source="told", text=text)
    published = date_report(parser.parse(report)).report.published
    assert published is None or published.confidence < 0.8


def test_a_deed_is_behind_those_who_will_be_punished_for_it(parser: Parser) -> None:
    """'Will pursue those behind the killing of ... on 3 May' sets that day behind the writing."""
    text = (
        "Press statement, 6 May 2016\n\nThe President said the government would pursue those "
        "responsible for the killing of eight soldiers in Loja on 3 May."
    )
    report = Report(id="r_deed", source="deed", text=text)
    dated = date_report(parser.parse(report))
    (told,) = [time for time in dated.times if time.text == "3 May"]
    assert told.value_start == date(2016, 5, 3)
