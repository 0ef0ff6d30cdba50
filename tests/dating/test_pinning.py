"""What other reports tell about the day of an undated one."""

from __future__ import annotations

from datetime import date

import pytest

from parley.dating import Nearest, Undated, date_report, is_open, pin, telling
from parley.model import Boilerplate, Published, Report
from parley.parsing import Parser

DATED = (
    "KARVIA, May 11, 2017 (Newswire) - Two border guards were wounded on Thursday by mortar "
    "fire near the gold mine of Orlen, the Ministry of Defence of Varnia said.\n"
    "Selmia accused the guards of having fired first. The envoys meet in Lustrin on Sunday."
)
UNDATED = (
    "A border guard of Selmia was wounded yesterday near the gold mine of Orlen, the ministry "
    "announced.\nMortar fire hit the posts at Orlen on the morning of May 11. On Sunday the "
    "envoys are to be received in Lustrin."
)
STRANGE = "The orchestra of Tolmen opens its season on Friday. Tickets are sold from May 11."


def undated(parser: Parser, name: str, text: str) -> Undated:
    """Return a report of this text as one that is still open."""
    dated = date_report(parser.parse(Report(id=name, source=f"{name}.txt", text=text)))
    return Undated(dated.report, dated.clues)


def anchor(name: str, text: str, day: date) -> Report:
    """Return a report whose date is given."""
    published = Published(start=day, end=day, how="given", confidence=0.98)
    return Report(id=name, source=f"{name}.txt", text=text, published=published)


def pinned(wanted: list[Undated], others: list[Report]) -> dict[str, Published | None]:
    """Find the neighbours of open reports among others, and pin them."""
    tellings = {one.report.id: telling(one.report) for one in wanted}
    nearest = Nearest(list(tellings.values()))
    for other in others:
        nearest.see(telling(other))
    near = {id_: nearest.of(id_, most=5, least=0.05) for id_ in tellings}
    return pin(wanted, near, {other.id: other for other in others}, tellings)


@pytest.fixture(scope="module")
def strangers() -> list[Report]:
    """Return reports of other things at other times, as every archive has them."""
    return [
        anchor(
            f"s{year}",
            f"The harvest of {crop} in {place} was poor, farmers said. The mill of {place} closes.",
            date(year, 9, 3),
        )
        for year, crop, place in (
            (2009, "barley", "Ostrava"),
            (2012, "maize", "Kelmen"),
            (2020, "lentils", "Urdana"),
        )
    ]


def test_a_report_of_the_same_pins_the_day(parser: Parser, strangers: list[Report]) -> None:
    """An undated report is dated by a dated one that tells the same, and says by which."""
    one = undated(parser, "a", UNDATED)
    assert is_open(one.report.published)
    found = pinned([one], [anchor("b", DATED, date(2017, 5, 11)), *strangers])["a"]
    assert found
    assert found.start <= date(2017, 5, 12) <= found.end
    assert any("tells the same as b.txt" in proof.says for proof in found.evidence)
    for proof in found.evidence:
        assert UNDATED[proof.start : proof.end] == proof.text


def test_one_report_of_the_same_is_enough(parser: Parser) -> None:
    """Two reports say little of how rare words are, and yet the one dates the other."""
    one = undated(parser, "a", UNDATED)
    found = pinned([one], [anchor("b", DATED, date(2017, 5, 11))])["a"]
    assert found
    assert found.start <= date(2017, 5, 12) <= found.end


def test_one_strange_report_pins_nothing(parser: Parser) -> None:
    """A day of the calendar is all that the two of a folder share: the one stays undated."""
    one = undated(parser, "a", STRANGE)
    assert pinned([one], [anchor("b", DATED, date(2017, 5, 11))])["a"] is None


def test_what_is_strange_pins_nothing(parser: Parser, strangers: list[Report]) -> None:
    """A report that shares a day of the calendar, and nothing else, stays undated."""
    one = undated(parser, "a", STRANGE)
    assert pinned([one], [anchor("b", DATED, date(2017, 5, 11)), *strangers])["a"] is None


def test_the_order_makes_no_difference(parser: Parser, strangers: list[Report]) -> None:
    """The same reports in another order get the same dates, to the last digit."""
    wanted = [undated(parser, "a", UNDATED), undated(parser, "c", STRANGE)]
    others = [anchor("b", DATED, date(2017, 5, 11)), *strangers]
    assert pinned(wanted, others) == pinned(wanted[::-1], others[::-1])


def test_a_given_date_is_not_open() -> None:
    """What was given, or inferred surely, is nothing that others may change."""
    day = date(2017, 5, 11)
    assert not is_open(Published(start=day, end=day, how="metadata", confidence=0.5))
    assert not is_open(Published(start=day, end=day, how="inferred", confidence=0.9))
    assert is_open(Published(start=day, end=day, how="inferred", confidence=0.6))
    assert is_open(None)


def test_boilerplate_tells_nothing() -> None:
    """What is no part of the report makes it like no other."""
    text = "The envoys met.\nAll rights reserved by Newswire"
    part = Boilerplate(start=text.index("All"), end=len(text), why="legal notice")
    assert "rights" in telling(Report(id="a", source="a", text=text)).terms
    marked = telling(Report(id="a", source="a", text=text, boilerplate=(part,)))
    assert "rights" not in marked.terms
    assert "envoys" in marked.terms


def test_days_are_terms_however_written() -> None:
    """May 11 and 11 May are one day."""
    one = telling(Report(id="a", source="a", text="They met on May 11."))
    other = telling(Report(id="b", source="b", text="They met on 11 May."))
    assert "05-11" in one.terms
    assert "05-11" in other.terms


def test_a_day_beyond_all_reports_is_calm(parser: Parser, strangers: list[Report]) -> None:
    """A year that nobody lives in ("2060", a slip of the pen) pins nothing and fails nothing."""
    text = "Fighting broke out on April 15, 2060 and has killed 13,000 people, it said on Sunday."
    wanted = [undated(parser, "late", text), undated(parser, "open", UNDATED)]
    assert set(pinned(wanted, strangers)) <= {"late", "open"}
