"""Sums: what counts several happenings is none of them, and brings none of them together."""

from __future__ import annotations

import pytest
from tellings import ARDEN, CORVIA, HOLLOW, Page, day, exactly, party, window

from parley.merging import merge
from parley.merging.rules import load_rules
from parley.merging.sums import is_sum


@pytest.mark.parametrize(
    "words",
    [
        "Seven people were killed this week in two clashes in Low Hollow",
        "at least 12 night raids were carried out",
        "A string of attacks killed thirty",
        "Rebels launched five separate drone strikes",
        "the second of three bombings",
    ],
)
def test_several_happenings_are_counted(words: str) -> None:
    """A number above one, or "several", before a plural of what happens is a sum."""
    assert is_sum(words, load_rules().words)


@pytest.mark.parametrize(
    "words",
    [
        "after two days of clashes",
        "Three were killed in clashes",
        "Two suicide bombers attacked",
        "one raid, the only one",
        "Several people died in the attack",
        "four soldiers and two civilians in attacks",
    ],
)
def test_what_happens_once_is_no_sum(words: str) -> None:
    """Numbers of people, days and doers are not of happenings."""
    assert not is_sum(words, load_rules().words)


def _told(page, words, when, *, killed=None, trigger="killed"):
    return page.tell(
        "ASSAULT",
        words,
        trigger=trigger,
        salient=["checkpoint", "rebels"],
        when=when,
        where=[HOLLOW],
        who=[party(ARDEN), party(CORVIA, "recipient")],
        counts=[exactly("killed", killed)] if killed else (),
    )


@pytest.mark.parametrize("first", [0, 1, 2])
def test_a_sum_is_no_bridge_between_days(first: int) -> None:
    """Two clashes of a week, each told by two reports, stay two beside one that adds them up."""
    pages = [Page(f"{number}", "2023-05-21") for number in range(3)]
    monday, thursday = day("2023-05-15"), day("2023-05-18")
    week = window("2023-05-15", "2023-05-21", "week")
    _told(pages[0], "Four soldiers were killed at a checkpoint in Low Hollow", monday, killed=4)
    _told(pages[1], "Three rebels were killed at a checkpoint in Low Hollow", thursday, killed=3)
    _told(pages[2], "Seven were killed this week in two clashes in Low Hollow", week, killed=7)
    _told(pages[2], "Four were killed on Monday at a checkpoint", monday, killed=4)
    _told(pages[2], "On Thursday three were killed at a checkpoint", thursday, killed=3)
    ordered = pages[first:] + pages[:first]
    outcome = merge(
        [mention for page in ordered for mention in page.mentions],
        reports={page.id: page.report() for page in ordered},
    )
    told = sorted(
        sorted(mention.text.split()[0] for mention in event.mentions) for event in outcome.events
    )
    assert told == [["Four", "Four"], ["On", "Three"], ["Seven"]]


def test_a_sum_of_one_day_is_what_that_day_saw() -> None:
    """Two blasts of one morning are told as one attack elsewhere: nothing forbids it."""
    pages = [Page("one", "2023-05-21"), Page("two", "2023-05-21")]
    on = day("2023-05-20")
    _told(pages[0], "Nine were killed in two blasts at a checkpoint in Low Hollow", on, killed=9)
    _told(pages[1], "Nine were killed at a checkpoint in Low Hollow", on, killed=9)
    outcome = merge(
        [mention for page in pages for mention in page.mentions],
        reports={page.id: page.report() for page in pages},
    )
    assert [len(event.mentions) for event in outcome.events] == [2]
