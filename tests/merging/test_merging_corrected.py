"""Figures that are corrected, in the event that they are told of."""

from __future__ import annotations

from msgspec.structs import replace
from tellings import RIDGE, Page, both, day, exactly, only_event

from parley.merging.counting import standing
from parley.merging.estimating import Estimate, estimate_acled, estimate_ucdp
from parley.model import Count, Event, Trace
from parley.record.tolls import toll_rows
from parley.views import phrase_count


def _told(*tellings: list[Count]) -> Event:
    """Merge one telling a report, days apart, of one raid."""
    pages = []
    for number, counts in enumerate(tellings):
        page = Page(f"paper-{number}", f"2031-06-0{number + 3}")
        page.tell(
            "ASSAULT",
            "Raiders killed people at the mill",
            when=day("2031-06-02"),
            where=[RIDGE],
            who=both(),
            counts=counts,
        )
        pages.append(page)
    return only_event(*pages)


def _void(number: int, by: str | None = None) -> Count:
    return replace(exactly("killed", number), corrected=True, claimed_by=by)


def test_the_newer_figure_stands_and_the_older_is_kept_as_corrected() -> None:
    """Seven on Tuesday, five and not seven on Wednesday: five, and seven is shown as void."""
    event = _told([exactly("killed", 7)], [exactly("killed", 5), _void(7)])
    assert [count.best for count in standing(event.counts)] == [5]
    assert {count.best for count in event.counts if count.corrected} == {7}
    assert estimate_ucdp(event) == Estimate(5, 5, 5)
    assert estimate_acled(event) == 5
    assert "5 killed" in event.summary
    assert "differ" not in event.summary
    assert {row["high"] for row in toll_rows(event)} == {5}


def test_a_correction_voids_no_other_claimants_figure() -> None:
    """The army's correction of its toll leaves the rebels' claim of the same number alone."""
    event = _told(
        [replace(exactly("killed", 7), claimed_by="rebels")],
        [replace(exactly("killed", 5), claimed_by="army"), _void(7, "army")],
    )
    assert sorted(count.best or 0 for count in standing(event.counts)) == [5, 7]


def test_a_sum_and_its_parts_are_not_added_up() -> None:
    """Four rebels and one soldier are five, in the estimates, the tolls and the summary."""
    place = Trace(report="r", start=0, end=4)
    told = [replace(exactly("killed", number), evidence=(place,)) for number in (5, 4)]
    told.append(replace(exactly("killed", 1), evidence=(Trace(report="r", start=16, end=19),)))
    event = _told(told)
    assert estimate_ucdp(event) == Estimate(5, 5, 5)
    assert estimate_acled(event) == 5
    assert {row["best"] for row in toll_rows(event)} == {5}
    assert event.summary.endswith("5 killed")
    apart = _told([exactly("killed", 2), replace(exactly("killed", 1), evidence=(place,))])
    assert estimate_acled(apart) == 3


def test_a_corrected_figure_is_shown_as_that() -> None:
    """Where figures are shown, it is said that one no longer holds, and by whom."""
    assert phrase_count(_void(7)) == "7 (since corrected)"
    assert phrase_count(_void(7, "army")) == "7 (corrected by army)"
    event = _told([exactly("killed", 7)], [exactly("killed", 5), _void(7)])
    (entry,) = [one for one in event.disagreements if one.field == "counts"]
    assert [one.value for one in entry.values] == ["7 killed, since corrected", "5 killed"]
