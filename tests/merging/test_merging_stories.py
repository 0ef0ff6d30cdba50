"""What two whole reports have in common, and what speaks for and against their being one story."""

from __future__ import annotations

import pytest
from tellings import ARDEN, Page, day, party

from parley.merging.comparing import COMPARISONS
from parley.merging.stories import likeness, story_of
from parley.merging.traits import Frequencies, Traits, traits_of

FIRST = (
    "Terrell Oakby, 24, was vacuuming his truck at a car wash on Dorr Street when a dark sedan "
    "slowed and somebody fired eleven times. Detectives recovered shell casings from the lot"
)
AGAIN = (
    "Friends will light candles for Terrell Oakby, 24, gunned down at the Dorr Street car wash. "
    "His aunt Lorraine said the father of two had come from his shift at the glass plant"
)
ANOTHER = (
    "Denise Quarles, 51, a grandmother, waited for a pizza on her Bancroft porch when gunfire "
    "broke out two doors away and a stray bullet lodged in her thigh, the sergeant said"
)


def told(text: str, printed: str, *, named: bool = False) -> Traits:
    """Return the traits of the one mention of a report, of a state where it is `named`."""
    page = Page(text[:20] + printed, printed)
    mention = page.tell("ASSAULT", text, when=day(printed), who=[party(ARDEN)] if named else [])
    return traits_of([mention], Frequencies([mention]), reports={page.id: page.report()})[0]


def levels(one: Traits, two: Traits) -> dict[str, str]:
    """Return comparison -> level of those that look at whole reports."""
    frequencies = Frequencies(())
    names = ("story", "names", "numbers", "printed")
    return {name: COMPARISONS[name](one, two, frequencies)[0] for name in names}


def test_two_desks_who_name_the_same_persons_tell_one_story():
    """Names, an age and the days of printing agree, whatever the words."""
    found = levels(told(FIRST, "2015-03-09"), told(AGAIN, "2015-03-10"))
    assert found["names"] == "some"
    assert found["numbers"] == "shared"
    assert found["printed"] == "day"


def test_two_incidents_of_one_town_have_names_and_ages_of_their_own():
    """What is different speaks against the two, where both tell of little else."""
    found = levels(told(FIRST, "2015-03-09"), told(ANOTHER, "2015-03-12"))
    assert found["names"] == "none"
    assert found["numbers"] == "other"
    assert found["story"] in ("none", "hardly")


def test_what_reports_of_a_conflict_do_not_share_says_nothing_of_what_they_recall():
    """Where a state takes part, only what is alike counts, but at the head of fresh news."""
    old = told(FIRST, "2015-03-09", named=True)
    late = told(ANOTHER, "2015-03-12", named=True)
    aside = Page("late", "2015-09-12")
    mention = aside.tell("ASSAULT", ANOTHER, when=day("2015-03-12"), who=[party(ARDEN)])
    recalled = traits_of([mention], Frequencies([mention]), reports={aside.id: aside.report()})[0]
    assert levels(old, late)["story"] != "aside"
    assert set(levels(old, recalled).values()) == {"aside"}


def test_names_of_places_are_words_but_no_names_of_a_story():
    """All that happens in a town has its name: it does not make two incidents one."""
    page = Page("x", "2015-03-09")
    page.tell("ASSAULT", FIRST)
    story = story_of(page.report(), places={"dorr"})
    assert "dorr" in story.terms
    assert "dorr" not in story.names
    assert "oakby" in story.names


@pytest.mark.parametrize("text", ["", "One died", "12 34"])
def test_hardly_any_words_are_compared_with_nothing(text):
    """A report of few words says nothing of its likeness, and fails nothing."""
    page = Page("x" + text, "2015-03-09")
    page.tell("ASSAULT", text or "x", trigger=text[:1] or "x")
    story = story_of(page.report())
    assert likeness(story, story) <= 1.0
    few, other = told("One died here", "2015-03-09"), told(FIRST, "2015-03-09")
    assert set(levels(few, other).values()) == {"unknown"}


def test_a_first_name_and_a_word_at_the_head_of_a_sentence_are_no_names():
    """Of a full name the surname counts; a capital that a sentence lends does not."""
    page = Page("x", "2015-03-09")
    page.tell("ASSAULT", "Bystanders saw Tamika Vasqwick fall. Neighbours wept for Tamika Vasqwick")
    assert story_of(page.report()).names == {"vasqwick"}


def test_what_two_reports_recall_of_different_parties_gains_nothing_by_their_likeness():
    """A war of others, told in passing by a report of the same story, is not this one."""

    def recalled(where: str, who: tuple[str, str]) -> Traits:
        page = Page(where, "2015-09-12")
        mention = page.tell("ASSAULT", FIRST, when=day("2015-03-12"), who=[party(who)])
        return traits_of([mention], Frequencies([mention]), reports={page.id: page.report()})[0]

    one, same, other = (
        recalled("a", ARDEN),
        recalled("b", ARDEN),
        recalled("c", ("Elsewhere", "ELS")),
    )
    assert levels(one, same)["story"] not in ("aside", "unknown")
    assert levels(one, other)["story"] == "aside"
