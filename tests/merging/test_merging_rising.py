"""Tolls that grow from day to day, and the dead of two sides: what stands as one figure."""

from __future__ import annotations

from msgspec.structs import replace
from tellings import RIDGE, Page, at_least, both, day, exactly, only_event, said

from parley.merging.counting import by_people, standing
from parley.merging.estimating import estimate_acled, estimate_by_people, estimate_ucdp
from parley.model import Attribution, Count, Event, Trace
from parley.record.tolls import toll_rows


def _told(*tellings: list[Count], by: tuple[Attribution, ...] = ()) -> Event:
    """Return one raid that a report a day tells, from the third of June on."""
    pages = []
    for number, counts in enumerate(tellings):
        page = Page(f"daily-{number}", f"2031-06-0{number + 3}")
        page.tell(
            "ASSAULT",
            "Raiders killed people at the mill",
            when=day("2031-06-02"),
            where=[RIDGE],
            who=both(),
            attribution=[one for one in by if one.name == counts[0].claimed_by],
            counts=[
                replace(count, evidence=(Trace(report=page.id, start=at, end=at + 1),))
                for at, count in enumerate(counts)
            ],
        )
        pages.append(page)
    return only_event(*pages)


def _of(number: int, whom: str | None, **more: str) -> Count:
    return replace(exactly("killed", number, **more), whom=whom)


def _standing(event: Event) -> list[int | None]:
    return sorted(count.best or 0 for count in standing(event.counts))


def test_the_newest_toll_stands_and_the_older_are_earlier() -> None:
    """Six on the first day, eight on the next, nine on the third: nine, and eight is earlier."""
    event = _told([_of(6, "people")], [_of(8, None)], [_of(9, "people")])
    assert _standing(event) == [9]
    assert [count.best for count in event.counts if count.earlier] == [6, 8]
    assert estimate_acled(event) == 9
    assert "9 killed" in event.summary
    assert "differ" not in event.summary
    assert {row["high"] for row in toll_rows(event)} == {9}
    (entry,) = [one for one in event.disagreements if one.field == "counts"]
    assert len(entry.values) == 3


def test_a_lower_figure_replaces_nothing_by_itself() -> None:
    """Nine on the first day and six on the next differ: only words correct a toll downwards."""
    event = _told([_of(9, "people")], [_of(6, "people")])
    assert _standing(event) == [6, 9]
    assert not any(count.earlier for count in event.counts)


def test_a_figure_that_most_reports_repeat_is_not_outdone() -> None:
    """One late report's greater figure does not stand against two that come after it."""
    event = _told([_of(6, "people")], [_of(8, "people")], [_of(6, "people")], [_of(6, "people")])
    assert _standing(event) == [6, 8]


def test_what_two_sides_claim_is_not_outdone() -> None:
    """The state's figure is no later count of what the other one claims."""
    one, other = both()[0], both()[1]
    speakers = tuple(said((party.name, party.country or "")) for party in (one, other))
    event = _told(
        [_of(6, "people", claimed_by=one.name)],
        [_of(40, "people", claimed_by=other.name)],
        by=speakers,
    )
    assert _standing(event) == [6, 40]


def test_what_one_report_sets_side_by_side_is_a_dispute() -> None:
    """'At least three were killed; the raiders say forty': neither is the other's later count."""
    event = _told([at_least("killed", 3), _of(40, None, claimed_by=both()[1].name)])
    assert _standing(event) == [3, 40]


def test_at_least_is_outdone_on_the_same_day() -> None:
    """'At least nine' and 'twelve' of one day: twelve."""
    pages = [Page(f"same-{number}", "2031-06-03") for number in range(2)]
    for page, count in zip(pages, (at_least("killed", 9), exactly("killed", 12)), strict=True):
        page.tell(
            "ASSAULT", "Raiders killed people at the mill", when=day("2031-06-02"),
            where=[RIDGE], who=both(), counts=[count],
        )  # fmt: skip
    event = only_event(*pages)
    assert _standing(event) == [12]


def test_soldiers_and_rebels_add_up() -> None:
    """Six soldiers and three rebels, then "the toll" eight and eight soldiers: eleven."""
    event = _told(
        [_of(6, "soldiers"), _of(3, "rebels")],
        [_of(8, None)],
        [_of(8, "soldiers"), _of(3, "fighters")],
    )
    estimate = estimate_ucdp(event)
    assert estimate is not None
    assert (estimate.low, estimate.best, estimate.high) == (11, 11, 11)
    assert estimate_acled(event) == 11
    assert {kind for kind, _ in estimate_by_people(event)} == {"forces", "fighters"}
    assert "8 soldiers killed, 3 rebels killed" in event.summary
    assert sum(row["best"] for row in toll_rows(event) if row["dead"]) == 11


def test_a_total_that_is_greater_stands_for_all() -> None:
    """Twenty people, among whom one report counts six soldiers: twenty."""
    event = _told([_of(20, "people")], [_of(6, "soldiers")])
    assert estimate_acled(event) == 20
    assert list(by_people(event.counts)) == [(None, None)]


def test_rebels_of_one_report_may_be_civilians_of_another() -> None:
    """The army's three rebels and the rebels' two civilians are one matter in dispute."""
    event = _told([_of(3, "rebels")], [_of(2, "civilians")])
    estimate = estimate_ucdp(event)
    assert estimate is not None
    assert (estimate.low, estimate.high) == (2, 3)
    together = _told([_of(3, "rebels"), _of(2, "civilians")])
    assert estimate_acled(together) == 5
