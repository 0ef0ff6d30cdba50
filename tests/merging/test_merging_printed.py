"""What had not happened when a report was printed is not what that report tells as done."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tellings import HOLLOW, Page, day, exactly, party

from parley.merging import explain, merge
from parley.model import Status

FRONT = ("Corvian Front", "COR")


def _raid(name, printed, on, *, basis="told", status: Status = "happened"):
    """Return a report of a raid, of which all but the days is the same."""
    page = Page(f"{name} {printed} {on}", printed)
    page.tell(
        "ASSAULT",
        "Gunmen of the Corvian Front raided the granary of Low Hollow",
        trigger="raided",
        status=status,
        salient=["gunmen", "granary"],
        when=replace(day(on), basis=basis),
        where=[HOLLOW],
        who=[party(FRONT)],
        counts=[exactly("killed", 5)],
    )
    return page


def _levels(one, two):
    reports = {page.id: page.report() for page in (one, two)}
    found = explain(one.mentions[0], two.mentions[0], reports=reports)
    return {weight.name: weight.level for weight in found}


@pytest.mark.parametrize(("basis", "on"), [("told", "2023-05-29"), ("context", "2024-04-20")])
def test_nobody_tells_what_comes_after(basis, on) -> None:
    """A raid of which one tells in May is not one of later, told or by what is told beside it."""
    first = _raid("first", "2023-05-21", "2023-05-20", basis=basis)
    later = _raid("later", "2024-04-21", on, basis=basis)
    assert _levels(first, later)["when"] == "not_yet"
    assert _levels(later, first)["when"] == "not_yet"
    reports = {page.id: page.report() for page in (first, later)}
    told = [*first.mentions, *later.mentions]
    assert len(merge(told, reports=reports).events) == 2


def test_a_slip_of_days_forbids_nothing() -> None:
    """Days that are mistaken by two, or lent by an arrest of the week after, are weighed only."""
    first = _raid("first", "2023-05-20", "2023-05-20")
    assert _levels(first, _raid("slip", "2023-05-23", "2023-05-22"))["when"] == "apart_near"
    lent = _raid("lent", "2023-06-05", "2023-06-02", basis="context")
    assert _levels(first, lent)["when"] == "context_apart"


def test_what_lies_ahead_may_be_told_before_it_happens() -> None:
    """A plan printed in May is that of which is told as done in June."""
    plan = _raid("plan", "2023-05-21", "2023-06-20", status="scheduled")
    assert _levels(plan, _raid("done", "2023-06-21", "2023-06-20"))["when"] == "same_day"
