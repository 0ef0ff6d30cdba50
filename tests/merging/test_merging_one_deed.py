"""One deed in two words, of two places or of two days: how desks and headlines tell it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tellings import ARDEN, BELMAR, HOLLOW, LUMEN, RIDGE, Page, both, day, exactly, party, window

from parley.merging import explain, merge
from parley.model import Mention, Participant, PartyKind, Place


def is_one(pages: list[Page], one: Mention, two: Mention) -> bool:
    """Tell whether merging makes one event of two mentions."""
    mentions = [mention for page in pages for mention in page.mentions]
    outcome = merge(mentions, reports={page.id: page.report() for page in pages})
    return any({one.id, two.id} <= {m.id for m in event.mentions} for event in outcome.events)


def level(one: Mention, two: Mention, name: str, pages: list[Page]) -> str:
    """Return the level that a comparison of two mentions reaches; "" for one of no weight."""
    found = explain(one, two, reports={page.id: page.report() for page in pages})
    return next((weight.level for weight in found if weight.name == name), "")


@pytest.mark.parametrize(("kind", "same"), [("armed_group", True), ("government_body", False)])
def test_whom_an_armed_group_seizes_it_abducts(kind: PartyKind, same: bool) -> None:
    """Desks choose either word of rebels; police who detain some and kidnappers are two."""
    one, two = Page("seized", "2031-05-02"), Page("abducted", "2031-05-03")
    seized = one.tell(
        "COERCE",
        "Raiders seized eleven fishermen off the island on Friday",
        mode="arrest",
        when=day("2031-05-02"),
        where=(HOLLOW,),
        who=(Participant(name="raiders", kind=kind, country=None, role="actor"),),
        counts=(exactly("captured", 11),),
        salient=("seize", "fisherman", "island"),
    )
    abducted = two.tell(
        "ASSAULT",
        "Gunmen abducted eleven fishermen near the island on Friday",
        mode="abduct",
        when=day("2031-05-02"),
        where=(HOLLOW,),
        who=(Participant(name="gunmen", kind="armed_group", country=None, role="actor"),),
        counts=(exactly("captured", 11),),
        salient=("abduct", "fisherman", "island"),
    )
    assert is_one([one, two], seized, abducted) is same


@pytest.mark.parametrize("lead", [True, False])
def test_a_headline_names_the_town_that_its_readers_know(lead: bool) -> None:
    """Its text has the village; two far-off towns of the text itself are two."""
    page = Page("clash", "2031-05-02")

    def tell(text: str, place: Place, *, new_line: bool) -> Mention:
        return page.tell(
            "ASSAULT",
            text,
            end="" if new_line else ".",
            new_line=new_line,
            when=day("2031-05-01"),
            where=(place,),
            who=both(),
            counts=(exactly("killed", 5),),
            salient=("troop", "kill", "bandit"),
        )

    first = tell("Troops kill five bandits near Low Hollow", HOLLOW, new_line=lead)
    second = tell("Troops killed five bandits on Thursday at Grey Ridge", RIDGE, new_line=False)
    assert is_one([page], first, second) is lead


def talks(page: Page, told: str, *, held: bool) -> Mention:
    """Talks of Arden and Belmar in Lumen, ahead or held."""
    return page.tell(
        "CONSULT",
        "Arden and Belmar met in Lumen" if held else "Arden and Belmar are to meet in Lumen",
        status="happened" if held else "scheduled",
        when=day(told),
        where=(LUMEN,),
        who=both(),
        salient=("meet", "delegation", "hotel"),
    )


@pytest.mark.parametrize(
    ("planned", "held", "reached"),
    [
        ("2031-05-10", "2031-05-15", "slipped"),
        ("2031-05-10", "2031-05-20", "apart"),  # ten days late: another round
        ("2031-05-15", "2031-05-12", "apart_near"),  # earlier than planned
    ],
)
def test_a_meeting_may_be_held_some_days_late(planned: str, held: str, reached: str) -> None:
    """A plan's day is not the meeting's: a week's delay forbids nothing."""
    one, two = Page("plan", "2031-05-05"), Page("held", "2031-05-25")
    first, second = talks(one, planned, held=False), talks(two, held, held=True)
    assert level(first, second, "when", [one, two]) == reached
    assert is_one([one, two], first, second) is (reached == "slipped")


def test_a_plan_told_after_the_meeting_is_of_the_next() -> None:
    """What was held before the plan was printed is not what is planned."""
    one, two = Page("plan", "2031-05-15"), Page("held", "2031-05-25")
    first, second = talks(one, "2031-05-13", held=False), talks(two, "2031-05-15", held=True)
    assert level(first, second, "when", [one, two]) != "slipped"


def test_a_lead_tells_the_week_of_talks_and_the_text_their_days() -> None:
    """Of one report these are one meeting; two raids of one week need not be."""
    page = Page("round", "2031-05-10")
    week = page.tell(
        "CONSULT",
        "Arden and Belmar held direct talks this week",
        when=window("2031-05-05", "2031-05-11", "week"),
        who=both(),
        salient=("hold", "direct", "talk"),
    )
    days = page.tell(
        "CONSULT",
        "The two delegations met behind closed doors on Thursday and Friday",
        when=window("2031-05-08", "2031-05-09", "week"),
        who=(party(ARDEN), party(BELMAR)),
        salient=("delegation", "meet", "closed", "door"),
    )
    assert is_one([page], week, days)
    assert level(week, days, "when", [page]) == "inside_here"


@pytest.mark.parametrize("named", [True, False])
def test_a_truce_that_is_nobodys_is_not_any_other(named: bool) -> None:
    """A truce known and without a day is that of parties which its report names."""
    one, two = Page("deal", "2031-05-02"), Page("recall", "2031-05-20")
    made = one.tell(
        "AGREE",
        "Arden and Belmar signed a truce on Thursday",
        mode="ceasefire",
        when=day("2031-05-01"),
        who=both(),
        salient=("truce", "state"),
    )
    spoken = two.tell(
        "AGREE",
        "Under the truce the prisoners walked free",
        mode="ceasefire",
        who=both() if named else (),
        salient=("truce", "state"),
    )
    two.mentions[-1] = replace(spoken, known=True)
    assert is_one([one, two], made, spoken) is named
