"""A number behind a date counts whom the words behind it name."""

from __future__ import annotations

import pytest

from parley.model import Report
from parley.parsing import Parser


@pytest.mark.parametrize(
    ("text", "number", "above"),
    [
        ("On 20 December three soldiers were killed near Gao.", "three", "soldiers"),
        ("On 20 December 12 people died in Gao.", "12", "people"),
        ("On 3 May four armed men were shot.", "four", "men"),
    ],
)
def test_who_is_counted_behind_a_date(parser: Parser, text: str, number: str, above: str) -> None:
    """The number is of the people, and no part of the date."""
    doc = parser.parse(Report(id="r", source="t", text=text)).docs[0]
    word = next(word for word in doc if word.text == number)
    assert (word.head.text, word.ent_type_) == (above, "CARDINAL")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("On 20 December 2004 soldiers shelled Gao.", "2004"),
        ("They met on 20 December 2004 and rebels left.", "2004"),
    ],
)
def test_a_year_counts_nobody(parser: Parser, text: str, number: str) -> None:
    """Four digits behind a day and its month are the year."""
    doc = parser.parse(Report(id="r", source="t", text=text)).docs[0]
    word = next(word for word in doc if word.text == number)
    assert word.ent_type_ == "DATE"
