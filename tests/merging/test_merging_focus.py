"""Which mentions of a report tell the incident that it is about, and what follows from that."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tellings import ARDEN, BELMAR, Page, day, party, window

from parley.merging import merge
from parley.merging.clustering import node_of
from parley.merging.comparing import COMPARISONS
from parley.merging.describing import traits_of
from parley.merging.focus import days_of
from parley.merging.frequencies import Frequencies
from parley.merging.scoring import Scorer
from parley.merging.traits import Traits
from parley.model import EventType, LinkCue, Place, When

TUESDAY = "2019-09-10"
LONGFIELD = Place(name="Longfield", country="USA", lat=38.0, lon=-121.3, precision="city")
FARAWAY = Place(name="Faraway", country="USA", lat=34.0, lon=-118.2, precision="city")


def shooting(name: str = "shooting") -> Page:
    """Return a report that has told of a shooting in its first line."""
    page = Page(name, "2019-09-12")
    page.tell("ASSAULT", "A man was shot dead on Tuesday", when=day(TUESDAY), where=[LONGFIELD])
    return page


def described(page: Page) -> list[Traits]:
    """Return the traits of a report's mentions."""
    reports = {page.id: page.report()}
    return traits_of(page.mentions, Frequencies(page.mentions), reports=reports)


def test_what_is_told_again_without_day_or_place_is_the_same_incident() -> None:
    """That he was pronounced dead has nothing that sets it off from the shooting."""
    page = shooting()
    page.tell("ASSAULT", "He was pronounced dead at the scene", salient=["pronounce"])
    page.tell("ASSAULT", "Neighbours heard eleven shots", salient=["neighbour", "hear"])
    assert all(trait.focus for trait in described(page))
    (event,) = merge(page.mentions, reports={page.id: page.report()}).events
    assert len(event.mentions) == 3


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("A clerk was shot dead on Saturday", {"when": day("2019-09-07")}),
        (
            "Nine people were shot dead this year",
            {"when": window("2019-01-01", "2019-12-31", "year")},
        ),
        ("A second shooting wounded a girl", {"trigger": "shooting"}),
        ("A man was shot dead in Faraway", {"where": [FARAWAY]}),
        ("Gunmen may shoot again", {"status": "expected"}),
        ("Nobody else was shot", {"status": "denied"}),
    ],
)
def test_what_a_report_sets_off_is_another_happening(text: str, fields: dict[str, object]) -> None:
    """Another day, a year, "a second", another town, what is to come or untrue: set off."""
    page = shooting()
    other = page.tell("ASSAULT", text, **fields)  # type: ignore[arg-type]
    assert [trait.focus for trait in described(page)] == [True, False]
    events = merge(page.mentions, reports={page.id: page.report()}).events
    assert len(events) == 2, other


def test_the_day_that_a_later_sentence_lends_sets_nothing_off() -> None:
    """An arrest two days on lends its day to what is recalled beside it."""
    page = shooting()
    lent = When(start=day("2019-09-12").start, end=day("2019-09-12").end, precision="day")
    page.tell("COERCE", "A suspect was arrested on Thursday", mode="arrest", when=lent)
    context = When(start=lent.start, end=lent.end, precision="day", basis="context")
    page.tell("ASSAULT", "The victim was hit twice", when=context)
    assert [trait.focus for trait in described(page)] == [True, True, True]


@pytest.mark.parametrize("type_", ["CONSULT", "REJECT", "THREATEN"])
def test_a_report_of_diplomacy_is_about_no_one_incident(type_: EventType) -> None:
    """Where states talk, clashes are many, and what is told without a day may be any of them."""
    page = shooting()
    page.tell(type_, "Arden and Belmar spoke", who=[party(ARDEN), party(BELMAR, "recipient")])
    assert not any(trait.focus for trait in described(page))


def test_a_head_that_sets_itself_off_is_not_what_its_report_is_about() -> None:
    """Where something tells the incident, what merely stands at the head gains nothing by that."""
    page = Page("head", "2019-09-12")
    page.tell("ASSAULT", "This year 23 people were shot", when=window("2019-01-01", None, "span"))
    page.tell("ASSAULT", "A man was shot dead on Tuesday", when=day(TUESDAY))
    assert [(trait.head, trait.main) for trait in described(page)] == [(True, False), (True, True)]


def test_the_arrest_is_told_again_as_the_incident_is() -> None:
    """That he was held at his flat is the arrest just told, and an earlier one is not."""
    page = shooting()
    page.tell("COERCE", "A suspect was arrested on Thursday", mode="arrest", when=day("2019-09-12"))
    page.tell("COERCE", "He was held at his flat", mode="arrest", salient=["flat"])
    page.tell("COERCE", "He was arrested on Sunday", mode="arrest", when=day("2019-09-08"))
    page.tell("COERCE", "A road was closed", mode="restrict")
    assert [trait.focus for trait in described(page)] == [True, True, True, False, False]


def test_an_incident_of_a_night_may_be_told_under_both_of_its_days() -> None:
    """Tuesday in one sentence and Wednesday in the next are one incident; Saturday is not."""
    page = shooting()
    page.tell("ASSAULT", "He died early on Wednesday", when=day("2019-09-11"))
    page.tell("ASSAULT", "A clerk was shot on Saturday", when=day("2019-09-07"))
    events = merge(page.mentions, reports={page.id: page.report()}).events
    assert sorted(len(event.mentions) for event in events) == [1, 2]


def test_what_others_do_is_another_happening() -> None:
    """Where one party is told to have done it, what another did is set off from it."""
    page = Page("two sides", "2019-09-12")
    page.tell("ASSAULT", "Arden shelled a town", when=day(TUESDAY), who=[party(ARDEN)])
    page.tell("ASSAULT", "Belmar shot down a plane", who=[party(BELMAR)])
    page.tell("ASSAULT", "Nine people died")
    assert [trait.focus for trait in described(page)] == [True, False, True]


@pytest.mark.parametrize(("towns", "lat"), [(1, 38.0), (2, 38.0), (3, 38.0), (3, None)])
def test_a_round_up_is_about_no_one_incident(towns: int, lat: float | None) -> None:
    """A report of attacks on three towns lists several; one town or two, or streets, may be one."""
    page = Page("round-up", "2019-09-12")
    for number in range(towns):
        spot = Place(name=f"Town {number}", country="USA", lat=lat, lon=lat, precision="city")
        page.tell("ASSAULT", f"Gunmen struck, for the time {number}", where=[spot])
    assert any(trait.focus for trait in described(page)) == (towns < 3 or lat is None)


@pytest.mark.parametrize(("days", "one"), [(2, True), (3, False)])
def test_a_log_of_many_days_is_about_no_one_incident(days: int, one: bool) -> None:
    """An arrest and a funeral lend days of their own; a log lends as many as it has entries."""
    page = shooting()
    for number in range(days):
        lent = replace(day(f"2019-09-{11 + 3 * number}"), basis="context")
        page.tell("ASSAULT", f"Shots hit house {number}", salient=[f"house{number}"], when=lent)
    assert any(trait.focus for trait in described(page)) is one


def test_what_a_state_says_once_in_a_long_report_changes_nothing() -> None:
    """One statement among ten tellings leaves a report one of an incident."""
    page = shooting()
    for number in range(9):
        page.tell("ASSAULT", f"Bullet number {number} hit the wall")
    page.tell("ACCUSE", "Arden blamed Belmar", who=[party(ARDEN), party(BELMAR, "recipient")])
    assert sum(trait.focus for trait in described(page)) == 10


def test_only_days_that_are_told_are_days_of_an_incident() -> None:
    """A day of the context, of the printing or long ago is none that a report tells of it."""
    page = shooting()
    lent = When(
        start=day("2019-09-11").start, end=day("2019-09-11").end, precision="day", basis="context"
    )
    page.tell("ASSAULT", "He fell", when=lent)
    page.tell("ASSAULT", "His brother was shot in 2015", when=day("2015-09-11"))
    assert days_of(described(page)) == {day(TUESDAY).start.toordinal()}


def test_two_reports_speak_as_wholes_of_what_they_are_about() -> None:
    """What one sentence has and the other has not says nothing more; weeks between them do."""
    rest = (
        "Quincy Oakvale, a retired plumber, described a speckled van that idled near the Hollow "
        "Street aquarium before masked youngsters sprinted towards the harbour, dropping backpacks"
    )
    found = []
    days = (day(TUESDAY), None, day("2019-08-20"), day("2019-09-03"))
    for name, when in zip(("one", "two", "other", "week before"), days, strict=True):
        page = Page(name, "2019-09-12")
        page.tell("ASSAULT", "Gunfire rang out", when=when)
        page.tell("ASSAULT", rest)
        found.append(described(page)[0])
    one, two, other, before = found
    scorer = Scorer(Frequencies(()))
    said = {weight.name: weight for weight in scorer.weigh(one, two)}
    assert said["story"].level == "incident"
    assert {"when", "where", "parties", "words"}.isdisjoint(said)
    assert scorer.forbids(one, other)
    assert not scorer.forbids(one, before)
    assert {w.name: w.level for w in scorer.weigh(one, before)}["when"] == "incident_apart"
    assert scorer.score(one, before) < scorer.score(one, two)


def test_an_incident_is_one_node_however_often_it_is_told() -> None:
    """The first mention has the day and the place that a later one tells; copies share it."""
    found = []
    for name in ("one", "copy"):
        page = Page(name, "2019-09-12")
        page.tell("ASSAULT", "Gunfire rang out")
        page.tell("ASSAULT", "It was in Longfield on Tuesday", when=day(TUESDAY), where=[LONGFIELD])
        page.tell("ASSAULT", "A clerk was shot on Saturday", when=day("2019-09-07"))
        found.append(described(page))
    (first, second, other), copy = found
    assert [spot.name for spot in first.spots] == ["longfield"]
    assert first.first == second.first == day(TUESDAY).start.toordinal()
    assert node_of(first) == node_of(second) == node_of(copy[0]) != node_of(other)


def test_what_the_text_ties_to_an_incident_is_no_part_of_it() -> None:
    """An attack in answer to the shelling is one of its own, with a link to it."""
    page = shooting()
    cue = LinkCue(relation="responds_to", mention=page.mentions[0].id)
    page.tell("ASSAULT", "In answer a house was shot at", links=[cue])
    shot, back = described(page)
    assert shot.focus and back.focus
    assert node_of(shot) != node_of(back)


def test_who_was_struck_and_strikes_back_is_set_off() -> None:
    """The army shells a camp after rebels shelled its post: two happenings of one report."""
    page = Page("back", "2019-09-12")
    page.tell("ASSAULT", "Gunmen shelled a post", when=day(TUESDAY), who=[party(ARDEN, "victim")])
    page.tell("ASSAULT", "Four died")
    page.tell("ASSAULT", "Arden shelled a camp", who=[party(ARDEN)], when=day("2019-09-11"))
    assert [trait.focus for trait in described(page)] == [True, True, False]


def test_a_recalled_incident_is_not_judged_by_the_report_that_recalls_it() -> None:
    """Whatever a report tells of its own incident says nothing of another with a day of its own."""
    raid, later = Page("raid", "2019-09-10"), shooting("later")
    fields = {"when": day("2019-09-07"), "where": [FARAWAY]}
    raid.tell("ASSAULT", "Horsemen killed nineteen villagers on Saturday", **fields)  # type: ignore[arg-type]
    raid.tell("ASSAULT", "Houses were burnt, goats taken, and the school shut while women fled")
    later.tell("ASSAULT", "The barber had closed his shop, and a neighbour heard seven shots")
    later.tell("ASSAULT", "It came days after a raid elsewhere", **fields)  # type: ignore[arg-type]
    mentions = [*raid.mentions, *later.mentions]
    reports = {page.id: page.report() for page in (raid, later)}
    told = traits_of(mentions, Frequencies(mentions), reports=reports)
    assert [trait.recalled for trait in told] == [False, False, False, False, True]
    levels = [COMPARISONS["story"](told[0], other, Frequencies(()))[0] for other in told[2:]]
    assert levels[-1] == "recalled"
    assert levels[0] == "incident"
