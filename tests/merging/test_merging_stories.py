"""What two whole reports have in common, and what speaks for and against their being one story."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tellings import ARDEN, Page, day, party

from parley.errors import DataError
from parley.merging import explain, kinds
from parley.merging import likeness as likening
from parley.merging.comparing import COMPARISONS
from parley.merging.days import days_told
from parley.merging.describing import traits_of
from parley.merging.frequencies import Frequencies
from parley.merging.hours import hours_between, hours_told
from parley.merging.likeness import cosine, features, likeness, weigh
from parley.merging.proper import proper_names
from parley.merging.scoring import Scorer
from parley.merging.stories import Story, story_of
from parley.merging.traits import Traits

FIRST = (
    "Terrell Oakby, 24, was vacuuming his truck at a car wash on Dorr Street when a dark sedan "
    "slowed and somebody fired eleven shots on Sunday. Detectives recovered casings from the lot"
)
AGAIN = (
    "Friends will light candles for Terrell Oakby, 24, shot at the Dorr Street car wash on Sunday. "
    "His aunt Lorraine said the father of two was vacuuming his truck when a sedan slowed"
)
ANOTHER = (
    "Denise Quarles, 51, a grandmother, waited for a pizza on her Bancroft Avenue porch when a "
    "stray bullet lodged in her thigh on Wednesday, the sergeant said. Neighbours heard a quarrel"
)


def story(text: str, printed: str) -> Story:
    """Return what a report of this text tells."""
    page = Page(text[:20] + printed, printed)
    page.tell("ASSAULT", text, trigger=text.split(maxsplit=1)[0])
    return story_of(page.report())


def told(text: str, printed: str, *, named: bool = False) -> Traits:
    """Return the traits of a report's first mention; where it is `named`, of a state at war."""
    page = Page(text[:20] + printed, printed)
    page.tell("ASSAULT", text, when=day(printed), who=[party(ARDEN)] if named else [])
    if named:
        page.tell("REJECT", "Arden rejected an offer of talks", who=[party(ARDEN)])
    found = traits_of(page.mentions, Frequencies(page.mentions), reports={page.id: page.report()})
    return found[0]


def level(one: Traits, two: Traits) -> str:
    """Return the level that two mentions reach by their whole reports."""
    return COMPARISONS["story"](one, two, Frequencies(()))[0]


def weight(one: Traits, two: Traits) -> float:
    """Return what the score of two mentions is."""
    return Scorer(Frequencies(())).score(one, two)


def test_two_desks_who_write_of_one_incident_tell_one_story():
    """Names, an age, a street and the day agree, whatever else each of them tells."""
    one, two = story(FIRST, "2015-03-09"), story(AGAIN, "2015-03-10")
    found = features(one, two)
    assert found["person"] == found["street"] == found["age"] == found["day"] == 1.0
    assert likeness(one, two) > 4
    one, two = told(FIRST, "2015-03-09"), told(AGAIN, "2015-03-10")
    assert level(one, two) == "incident"
    assert weight(one, two) > 0


def test_what_a_likeness_is_made_of_adds_up_to_it():
    """Each feature that weighs is told in words, and their bits are the likeness."""
    for other, printed in ((AGAIN, "2015-03-10"), (ANOTHER, "2015-03-12")):
        one, two = story(FIRST, "2015-03-09"), story(other, printed)
        parts = weigh(one, two)
        assert sum(part.bits for part in parts) == pytest.approx(likeness(one, two), abs=0.1)
        assert all(part.words and part.bits for part in parts)
    pages = [Page("first", "2015-03-09"), Page("again", "2015-03-10")]
    mentions = [
        page.tell("ASSAULT", text, when=day("2015-03-08"))
        for page, text in zip(pages, (FIRST, AGAIN), strict=True)
    ]
    weights = explain(*mentions, reports={page.id: page.report() for page in pages})
    assert {weight.name for weight in weights if weight.parts} == {"story"}


def test_two_incidents_of_one_town_have_names_and_ages_of_their_own():
    """What is different speaks against the two, where both tell of little else."""
    one, two = story(FIRST, "2015-03-09"), story(ANOTHER, "2015-03-12")
    found = features(one, two)
    assert found["person_other"] == found["street_other"] == found["age_other"] == 1.0
    assert likeness(one, two) < -8
    one, two = told(FIRST, "2015-03-09"), told(ANOTHER, "2015-03-12")
    assert level(one, two) == "incident"
    assert weight(one, two) < -8


def test_what_reports_of_a_conflict_do_not_share_says_nothing_of_what_they_recall():
    """Where a state takes part, only what is alike counts, but at the head of fresh news."""
    old = told(FIRST, "2015-03-09", named=True)
    late = told(ANOTHER, "2015-03-12", named=True)
    aside = Page("late", "2015-09-12")
    mention = aside.tell("ASSAULT", ANOTHER, when=day("2015-03-12"), who=[party(ARDEN)])
    recalled = traits_of([mention], Frequencies([mention]), reports={aside.id: aside.report()})[0]
    assert level(old, late) == "other_of_conflict"
    assert level(old, recalled) == "aside"


def test_what_is_told_in_passing_gains_less_by_the_likeness_of_its_report():
    """Two reports of one incident may each recall another: only what they are about is one."""
    main, again = told(FIRST, "2015-03-09"), told(AGAIN, "2015-03-10")
    page = Page("aside", "2015-03-10")
    page.tell("ASSAULT", AGAIN)
    page.tell("ASSAULT", "She had baked a cake for his birthday, which the guests ate in the yard.")
    mention = page.tell("ASSAULT", "A man was hurt there last May " * 3, when=day("2014-05-12"))
    passing = traits_of(page.mentions, Frequencies(page.mentions), reports={page.id: page.report()})
    recalled = next(trait for trait in passing if trait.id == mention.id)
    assert not recalled.main
    assert level(main, again) == "incident"
    assert level(main, recalled).endswith("_passing")


def test_a_report_is_not_compared_with_itself():
    """Within one report there is nothing to learn of whole reports."""
    one = told(FIRST, "2015-03-09")
    assert level(one, one) == "incident_here"
    named = told(FIRST, "2015-03-09", named=True)
    assert level(named, named) == "here"


def test_names_of_places_are_words_but_no_persons_of_a_story():
    """All that happens in a town has its name: it does not make two incidents one."""
    page = Page("x", "2015-03-09")
    page.tell("ASSAULT", "Police in Maple Falls found Terrell Oakby dead near Maple Falls")
    found = story_of(page.report(), places={"maple falls"})
    assert "maple" in found.terms or "falls" in found.terms
    assert found.proper.persons == {"oakby"}


@pytest.mark.parametrize("text", ["", "One died", "12 34"])
def test_hardly_any_words_are_compared_with_nothing(text):
    """A report of few words says nothing of its likeness, and fails nothing."""
    page = Page("x" + text, "2015-03-09")
    page.tell("ASSAULT", text or "x", trigger=text[:1] or "x")
    found = story_of(page.report())
    assert cosine(found, found) <= 1.0
    assert level(told("One died here", "2015-03-09"), told(FIRST, "2015-03-09")) == "unknown"


def test_a_first_name_and_a_word_at_the_head_of_a_sentence_are_no_names():
    """Of a full name the surname counts; a capital that a sentence lends does not."""
    page = Page("x", "2015-03-09")
    page.tell("ASSAULT", "Bystanders saw Tamika Vasqwick fall. Neighbours wept for Tamika Vasqwick")
    assert story_of(page.report()).proper.persons == {"vasqwick"}


def test_names_are_told_apart_by_their_form():
    """A street, a body, who has a title and who has none, a dateline's town and agency."""
    found = proper_names(
        "STOCKTON, Calif. (KVXJ) - Lt. Naomi Ferrowick said that Jamal Whitfeld was shot on Lyell "
        "Avenue. He died at Strong Memorial Hospital, the Dispatch wrote.",
        small=frozenset({"said", "was", "shot", "on", "he", "died", "at"}),
        outlet="Dispatch",
    )
    assert found.persons == {"whitfeld"}
    assert found.streets == {"lyell avenue"}
    assert {"stockton", "ferrowick"} <= found.others
    assert "kvxj" not in found.words
    assert "dispatch" not in found.words


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("shot late on Friday", ["2019-09-06"]),
        ("on Saturday", ["2019-09-07"]),
        ("the Sept. 2 murder", ["2019-09-02"]),
        ("on 21 December", ["2018-12-21"]),
        ("on 31 June and Feb. 30", []),
        ("yesterday and this morning", ["2019-09-06", "2019-09-07"]),
    ],
)
def test_days_are_the_last_ones_up_to_printing(text, days):
    """A weekday or a day of a month is the last such day; one that no month has is none."""
    printed = date(2019, 9, 7)
    assert days_told(text, printed) == {date.fromisoformat(one).toordinal() for one in days}


@given(text=st.text(max_size=300))
def test_any_text_has_a_story_and_is_as_like_another_as_that_is_like_it(text):
    """Whatever a report holds, comparing fails nothing, and the order of two says nothing."""
    page = Page("x", "2015-03-09")
    page.tell("ASSAULT", text + " x", trigger="x")
    one, two = story_of(page.report()), story(FIRST, "2015-03-09")
    assert likeness(one, two) == likeness(two, one)
    assert features(one, two) == pytest.approx(features(two, one))


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
    assert level(one, same) == "one_aside"
    assert level(one, other) == "aside"


def test_weights_of_other_features_than_those_compared_are_refused(monkeypatch):
    """A data file that does not fit the code is named, with the way out."""
    monkeypatch.setattr(
        likening, "read_data", lambda *_: likening.Fitted(how="", says={}, weights={"any": 1.0})
    )
    likening._fitted.cache_clear()
    with pytest.raises(DataError, match=r"likeness\.toml: weights: missing or unknown"):
        likening._fitted()
    monkeypatch.undo()
    likening._fitted.cache_clear()


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("called at 2.50pm to Soho Road", {890}),
        ("shortly after 11 p.m. and at 12:05 a.m.", {1380, 5}),
        ("at 23:15 local time", {1395}),
        ("just before midnight; by noon", {0, 720}),
        ("nine were hurt, 25 m away, at 9 and at 25:10", set()),
    ],
)
def test_times_of_day_are_read_by_their_form(text, minutes):
    """Hours with the half of the day, of the clock of 24 hours, and by name; no bare numbers."""
    assert hours_told(text) == minutes


@given(st.frozensets(st.integers(0, 1439)), st.frozensets(st.integers(0, 1439)))
def test_hours_lie_apart_round_the_clock(mine, theirs):
    """No two times of day are more than twelve hours apart, and either way by the same."""
    between = hours_between(mine, theirs)
    assert between == hours_between(theirs, mine)
    assert (between is None) == (not mine or not theirs)
    assert between is None or 0 <= between <= 12
    assert hours_between({23 * 60 + 50}, {10}) == pytest.approx(1 / 3)


def test_kinds_of_places_tell_two_incidents_of_one_town_apart():
    """A club and a petrol station are two scenes; a nightclub is of the one with a club."""
    club = story("Two men were shot outside a club on Sunday after a quarrel", "2020-03-02")
    nightclub = story("The nightclub shooting left two dead; patrons fled", "2020-03-03")
    station = story("Two men were shot at the pumps of a petrol station", "2020-03-02")
    assert features(club, nightclub)["scene"] == 1.0
    assert features(club, station)["scene_other"] == 1.0
    assert features(club, nightclub)["scenes"] > 0.9 > features(club, station)["scenes"]


def test_a_word_of_two_kinds_is_refused(monkeypatch):
    """The table names the word and both its kinds."""
    twice = {"bars": ("club",), "halls": ("club",)}
    monkeypatch.setattr(kinds, "read_data", lambda name, form: twice)
    kinds._kinds.cache_clear()
    with pytest.raises(DataError, match=r"scenes\.toml: halls: 'club' is of bars"):
        kinds.kinds_among(["club"], "scenes")
    kinds._kinds.cache_clear()


def test_a_court_of_law_is_no_street():
    """A court with a street's name is one; the county's is where many are tried."""
    names = proper_names("He lives in Marsh Court. San Joaquin County Superior Court", small=())
    assert names.streets == {"marsh court"}
