"""Dates that are taken away, and how they are found again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from parley.errors import DataError
from parley.model import Published
from training.items import Item
from training.undated import Dates, Found, dates_of, day_of

TRUE = date(2004, 7, 15)


def _told(start: int, end: int, confidence: float = 0.4) -> Published:
    """Return a date by how many days its window's ends lie off the true one."""
    first, last = TRUE + timedelta(days=start), TRUE + timedelta(days=end)
    return Published(start=first, end=last, how="inferred", confidence=confidence)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (None, "none"),
        (_told(0, 0), "right"),
        (_told(-3, 4), "right"),
        (_told(-30, 30), "near"),
        (_told(1, 1), "near"),
        (_told(8, 9), "weeks"),
        (_told(-400, -365), "far"),
    ],
)
def test_a_date_is_judged_by_its_window(told: Published | None, found: Found) -> None:
    """A window is right if it has the day and is short; else it is so far off."""
    assert Dates().take("alone", told, TRUE) == found


def test_what_is_wrong_with_assurance_is_counted() -> None:
    """A wrong date of a high confidence misleads; a right one and an unsure one do not."""
    dates = Dates()
    for told in (_told(0, 0, 0.7), _told(20, 20, 0.7), _told(20, 20, 0.3), None):
        dates.take("alone", told, TRUE)
    assert list(dates.lines()) == [
        "alone            right 1  near 0  weeks 2  far 0  none 1  of 4; sure and wrong 1"
    ]


def test_a_report_is_pinned_by_the_others() -> None:
    """Its date is taken from one report at a time; the other, of the same fire, keeps its own."""
    told = "rebels burnt the customs house of Karvia and took the harbour master Idris Okello"
    items = [
        _item("r01", "2004-07-16", f"Yesterday {told} with them, the police said."),
        _item("r02", "2004-07-15", f"Today, 15 July 2004, {told}, witnesses said."),
    ]
    found = {(item.id, way): date_ for item, way, date_ in dates_of("made-up", items)}
    assert found["r01", "alone"] is None
    pinned = found["r01", "with the others"]
    assert pinned
    assert pinned.start <= date(2004, 7, 16) <= pinned.end


def test_a_report_without_its_date_cannot_be_judged() -> None:
    """The message says which, and what to do."""
    with pytest.raises(DataError, match="r09: a report without its date"):
        day_of(_item("r09", None, "They met."))


def _item(id_: str, day: str | None, text: str) -> Item:
    return Item(id=id_, date=day, style="agency", text=text)
