"""Invented constellations: how several desks tell one happening, and two that look alike."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tellings import (
    ARDEN,
    BELMAR,
    CORVIA,
    DELTIA,
    HOLLOW,
    LUMEN,
    NORTH,
    PORTO,
    RIDGE,
    Page,
    at_least,
    both,
    day,
    exactly,
    leaders,
    ministers,
    party,
    window,
)

from parley.merging import Merged, explain, merge
from parley.merging.rules import load_rules
from parley.merging.wordings import lasting_days
from parley.model import Mention, Participant, Place, Role, When

ARMY = Participant(name="Arden's army", kind="military", country="ARD", role="actor")
FAR_NORTH = Place(name="Far North", country="ARD", lat=46.5, lon=52.0, precision="region")


def group(name: str, role: Role = "actor") -> Participant:
    """An armed group of no country."""
    return Participant(name=name, kind="armed_group", country=None, role=role)


def merged(*pages: Page) -> Merged:
    """Merge all that the pages tell."""
    return merge(
        [mention for page in pages for mention in page.mentions],
        reports={page.id: page.report() for page in pages},
    )


def is_one(outcome: Merged, *mentions: Mention) -> bool:
    """Tell whether the mentions share one event."""
    wanted = {mention.id for mention in mentions}
    return any(wanted <= {m.id for m in event.mentions} for event in outcome.events)


def level(name: str, one: Mention, two: Mention, pages: Sequence[Page]) -> str:
    """Return the level that a comparison of two mentions reaches; "" for one of no weight."""
    found = explain(
        one,
        two,
        reports={page.id: page.report() for page in pages},
        among=[mention for page in pages for mention in page.mentions],
    )
    return next((weight.level for weight in found if weight.name == name), "")


def test_each_side_tells_its_own_dead_of_one_clash() -> None:
    """A clash of which one report counts these dead and another those is one clash."""
    one, two = Page("home", "2031-04-13"), Page("away", "2031-04-13")
    for page in (one, two):
        page.tell("ACCUSE", "Arden accused Belmar", who=[party(ARDEN), party(BELMAR, "recipient")])
    first = one.tell(
        "ASSAULT",
        "Four Arden soldiers were killed on April 11 in a firefight near Grey Ridge",
        when=day("2031-04-11"),
        where=[RIDGE],
        who=[party(ARDEN, "victim")],
        counts=[exactly("killed", 4, side="Arden")],
    )
    second = two.tell(
        "ASSAULT",
        "On April 11 three servicemen of Belmar were killed",
        when=day("2031-04-11"),
        who=[party(BELMAR, "victim")],
        counts=[exactly("killed", 3, side="Belmar")],
    )
    assert level("parties", first, second, [one, two]) == "sides"
    assert is_one(merged(one, two), first, second)


def test_an_attack_whose_doer_one_report_does_not_name() -> None:
    """One report names who shelled, the other only who was hit: one shelling."""
    one, two = Page("named", "2031-06-03"), Page("unnamed", "2031-06-03")
    first = one.tell(
        "ASSAULT",
        "The Northern Column shelled a market in Grey Ridge on June 2, killing nine",
        trigger="shelled",
        when=day("2031-06-02"),
        where=[RIDGE],
        who=[group("Northern Column")],
        counts=[exactly("killed", 9)],
        salient=["market", "shelled"],
    )
    second = two.tell(
        "ASSAULT",
        "Shells that hit a market in Grey Ridge on June 2 killed seventeen villagers",
        trigger="Shells",
        when=day("2031-06-02"),
        where=[RIDGE],
        who=[Participant(name="people", kind="population", country=None, role="victim")],
        counts=[exactly("killed", 17)],
        salient=["market", "villagers"],
    )
    assert is_one(merged(one, two), first, second)


@pytest.mark.parametrize(("first", "then"), [(9, 17), (17, 31), (40, 120)])
def test_rising_figures_are_one_event_s_growing_claims(first: int, then: int) -> None:
    """A toll that rises from report to report is one event; both figures stand."""
    pages = [Page("soon", "2031-06-03"), Page("later", "2031-06-05")]
    mentions = [
        page.tell(
            "ASSAULT",
            f"Shells killed {number} people in Grey Ridge on June 2",
            when=day("2031-06-02"),
            where=[RIDGE],
            who=[party(BELMAR), party(ARDEN, "victim")],
            counts=[at_least("killed", number)],
        )
        for page, number in zip(pages, (first, then), strict=True)
    ]
    outcome = merged(*pages)
    assert is_one(outcome, *mentions)
    assert [count.best for count in outcome.events[0].counts] == [first, then]
    assert [entry.field for entry in outcome.events[0].disagreements] == ["counts"]


def test_one_side_s_dead_do_not_contradict_all_the_dead() -> None:
    """2,900 of one side and more than 6,500 in all are figures of one war."""
    one, two = Page("side", "2031-01-10"), Page("all", "2032-01-10")
    span = window("2030-09-01", "2030-11-30", "season")
    first = one.tell(
        "ASSAULT",
        "The autumn war cost 2,900 soldiers of Arden their lives",
        trigger="war",
        when=span,
        who=both(),
        counts=[exactly("killed", 2900, side="Arden")],
        background=True,
    )
    second = two.tell(
        "ASSAULT",
        "More than 6,500 died in the war of autumn 2030",
        trigger="war",
        when=span,
        who=both(),
        counts=[at_least("killed", 6501)],
        background=True,
    )
    assert level("counts", first, second, [one, two]) == ""
    assert is_one(merged(one, two), first, second)


def test_a_country_and_its_army_are_one_party() -> None:
    """One report names the army, another the country."""
    one, two = Page("army", "2031-06-03"), Page("country", "2031-06-03")
    first = one.tell(
        "MOBILIZE", "The army moved tanks to Grey Ridge", when=day("2031-06-02"), who=[ARMY]
    )
    second = two.tell(
        "MOBILIZE", "Arden deployed tanks", when=day("2031-06-02"), who=[party(ARDEN)]
    )
    assert level("parties", first, second, [one, two]) == "same"


def test_a_front_and_the_region_that_it_is_of_are_kin() -> None:
    """Names that share a telling word may be one party's; "army" and "front" tell nothing."""
    page, other = Page("short"), Page("long")
    first = page.tell("CONSULT", "Velmarra sent envoys", who=[group("Velmarra")])
    second = other.tell("CONSULT", "The Front came", who=[group("Velmarra People's Front")])
    third = other.tell("CONSULT", "Others came", who=[group("Dorrin People's Front")])
    assert level("parties", first, second, [page, other]) == "kin"
    assert level("parties", second, third, [page, other]) == "disjoint"


def test_talks_of_which_each_report_names_one_party() -> None:
    """The town and the day are the same, and each desk names its own side."""
    one, two = Page("here", "2031-09-20"), Page("there", "2031-09-22")
    first = one.tell(
        "CONSULT",
        "Envoys of the province are to meet in Low Hollow on September 21",
        status="scheduled",
        when=day("2031-09-21"),
        where=[HOLLOW],
        who=[group("Provincial Council of Dorrin")],
    )
    second = two.tell(
        "CONSULT",
        "A meeting took place in Low Hollow on September 21",
        when=day("2031-09-21"),
        where=[HOLLOW],
        who=[party(ARDEN)],
    )
    outcome = merged(one, two)
    assert is_one(outcome, first, second)
    assert outcome.events[0].status == "happened"


def test_requests_to_two_bodies_in_one_sentence_are_two() -> None:
    """Who asks two bodies for help has asked twice."""
    page = Page("appeal", "2031-09-13")
    first = page.tell(
        "REQUEST",
        "Arden appealed to Corvia for help",
        when=day("2031-09-13"),
        who=[party(ARDEN), party(CORVIA, "recipient")],
        salient=["help", "treaty"],
    )
    second = page.tell(
        "REQUEST",
        "and asked Deltia for help",
        when=day("2031-09-13"),
        who=[party(ARDEN), party(DELTIA, "recipient")],
        salient=["help", "treaty"],
    )
    assert level("direction", first, second, [page]) == "other_target_here"
    assert not is_one(merged(page), first, second)


def test_a_meeting_held_is_not_the_one_called_off_that_its_report_recalls() -> None:
    """A report of talks that says an earlier round was cancelled tells of two."""
    page = Page("round", "2031-11-27")
    held = page.tell(
        "CONSULT",
        "The leaders met in Porto Alto on November 26",
        when=day("2031-11-26"),
        where=[PORTO],
        who=leaders(),
    )
    off = page.tell(
        "CONSULT",
        "A videoconference of the leaders was cancelled",
        status="called_off",
        when=When(
            start=day("2031-11-26").start,
            end=day("2031-11-26").end,
            precision="day",
            basis="context",
        ),
        who=leaders(),
    )
    assert not is_one(merged(page), held, off)


def test_undated_news_of_one_day_tells_nothing_of_two_days_later() -> None:
    """What is told as done was done before it was printed."""
    one, two = Page("first-truce", "2031-09-13"), Page("second-truce", "2031-09-16")
    printed = day("2031-09-13")
    first = one.tell(
        "AGREE",
        "A truce was agreed",
        mode="ceasefire",
        when=When(start=printed.start, end=printed.end, precision="day", basis="report"),
        who=both(),
    )
    second = two.tell(
        "AGREE",
        "A truce was agreed on September 15",
        mode="ceasefire",
        when=day("2031-09-15"),
        who=both(),
    )
    assert level("when", first, second, [one, two]) == "undated_far"
    assert not is_one(merged(one, two), first, second)


def test_a_town_in_a_wide_province_is_no_other_place() -> None:
    """A province's centre may lie far from its towns; two far-off towns do exclude each other."""
    one, two = Page("town"), Page("province")
    when = day("2031-06-02")
    town = one.tell("ASSAULT", "A raid", when=when, where=[RIDGE], who=both())
    wide = two.tell("ASSAULT", "Raids", when=when, where=[FAR_NORTH], who=both())
    near = two.tell("ASSAULT", "Raided", when=when, where=[NORTH], who=both())
    other = two.tell("ASSAULT", "Raiding", when=when, where=[HOLLOW], who=both())
    pages = [one, two]
    assert level("where", town, near, pages) == "within"
    assert level("where", town, wide, pages) == "other_loose"
    assert level("where", town, other, pages) == "other"


def test_lengths_tell_talks_that_no_date_does() -> None:
    """Talks told to have taken four days are those of May 1 to 4."""
    one, two = Page("dated", "2031-05-11"), Page("undated", "2031-05-11")
    first = one.tell(
        "CONSULT",
        "The talks in Lumen of May 1-4 brought no accord",
        trigger="talks",
        when=window("2031-05-01", "2031-05-04", "span"),
        where=[LUMEN],
        who=ministers(),
    )
    second = two.tell(
        "CONSULT",
        "The ministers negotiated for four days in Lumen",
        trigger="negotiated",
        where=[LUMEN],
        who=ministers(),
    )
    assert level("lasting", first, second, [one, two]) == "same"
    assert is_one(merged(one, two), first, second)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("the 44-day war", 44),
        ("a six-week siege", 42),
        ("negotiated for four days outside the capital", 4),
        ("nine days of talks", 9),
        ("talks that lasted twelve hours", 0.5),
        ("met five days later", None),
        ("to meet within five days", None),
        ("two years ago", None),
        ("a 12-year-old boy", None),
        ("killed for the third day", None),
        ("no figure at all", None),
    ],
)
def test_how_long_is_not_when(text: str, days: float | None) -> None:
    """Only words that say how long it took are read as a length."""
    found = lasting_days(text, load_rules().words)
    assert found == (None if days is None else pytest.approx(days))


def test_a_day_given_amiss_is_a_disagreement_not_another_event() -> None:
    """The signing of one deal told of two neighbouring days is one, and the days differ."""
    one, two = Page("ninth", "2031-12-01"), Page("tenth", "2031-12-02")
    first = one.tell(
        "AGREE",
        "A deal mediated by Corvia was signed on November 9",
        when=day("2031-11-09"),
        who=(*both("signatory"), party(CORVIA, "mediator")),
    )
    second = two.tell(
        "AGREE",
        "The deal of November 10 mediated by Corvia",
        when=day("2031-11-10"),
        who=(*both("signatory"), party(CORVIA, "mediator")),
    )
    outcome = merged(one, two)
    assert is_one(outcome, first, second)
    assert [entry.field for entry in outcome.events[0].disagreements] == ["when"]


def test_a_deal_of_long_ago_is_known_by_its_month() -> None:
    """Two reports that recall a truce of one month of years ago mean one truce."""
    one, two = Page("recalls", "2036-10-17"), Page("too", "2038-01-03")
    month = window("2032-02-01", "2032-02-28", "month")
    first = one.tell(
        "AGREE",
        "Corvia brokered a ceasefire in February 2032",
        when=month,
        who=(party(CORVIA), party(CORVIA, "mediator")),
        background=True,
    )
    second = two.tell(
        "AGREE",
        "The agreement was signed in February 2032 by Arden",
        when=month,
        who=[party(ARDEN, "signatory")],
        background=True,
    )
    assert level("when", first, second, [one, two]) == "recalled_month"
    # Who mediated is no party that the other leaves out.
    assert level("parties", first, second, [one, two]) != "disjoint"


def test_the_same_month_of_this_year_is_much_weaker() -> None:
    """In current news a month holds many happenings of one sort."""
    one, two = Page("now", "2032-03-02"), Page("also-now", "2032-03-03")
    month = window("2032-02-01", "2032-02-28", "month")
    first = one.tell("ASSAULT", "A raid in February", when=month, who=both())
    second = two.tell("ASSAULT", "Shelling in February", when=month, who=both())
    assert level("when", first, second, [one, two]) == "same_month"
    weights = load_rules().levels["when"]
    assert weights["same_month"].weight < weights["recalled_month"].weight


def test_two_demands_of_one_report_over_two_things_are_two() -> None:
    """What is demanded tells demands apart, and joins them."""
    page, other = Page("demands", "2031-05-20"), Page("demand", "2031-05-20")
    who = [party(ARDEN), party(BELMAR, "recipient")]
    when = day("2031-05-19")
    troops = page.tell("REQUEST", "Arden asked that troops withdraw", when=when, who=who)
    prisoners = page.tell("REQUEST", "Arden asked to free prisoners", when=when, who=who)
    again = other.tell("REQUEST", "Arden demanded a withdrawal", when=when, who=who)
    pages = [page, other]
    assert level("matter", troops, prisoners, pages) == "other_here"
    assert level("matter", troops, again, pages) == "same"
    outcome = merged(*pages)
    assert not is_one(outcome, troops, prisoners)
    assert is_one(outcome, troops, again)
    shelled = page.tell("ACCUSE", "Arden accused Belmar of shelling it", when=when, who=who)
    attacked = page.tell("ACCUSE", "Arden accuses Belmar of an attack", when=when, who=who)
    assert level("matter", shelled, attacked, pages) == "same"


def test_who_did_it_and_whom_it_hit_complete_each_other() -> None:
    """One report names only the doer, the other only the victim: that is no contradiction."""
    one, two = Page("doer"), Page("hit")
    first = one.tell("ASSAULT", "Rebels struck", when=day("2031-06-02"), who=[group("Column")])
    second = two.tell("ASSAULT", "Hit", when=day("2031-06-02"), who=[party(BELMAR, "victim")])
    third = two.tell("ASSAULT", "Belmar fired", when=day("2031-06-02"), who=[party(BELMAR)])
    assert level("parties", first, second, [one, two]) == "complement"
    assert level("parties", first, third, [one, two]) == "disjoint"


def test_a_town_that_is_attacked_is_the_place_and_no_party() -> None:
    """The attack on Grey Ridge by a group is told of by who only names the town."""
    one, two = Page("on-town"), Page("in-town")
    town = Participant(name="Grey Ridge", kind="population", country=None, role="recipient")
    first = one.tell(
        "ASSAULT",
        "The attack on Grey Ridge",
        when=day("2031-06-02"),
        where=[RIDGE],
        who=[group("Column"), town],
    )
    second = two.tell(
        "ASSAULT",
        "The Column attacked",
        when=day("2031-06-02"),
        where=[RIDGE],
        who=[group("Column")],
    )
    assert level("parties", first, second, [one, two]) == "same"


def test_prisoners_freed_by_either_side_are_two_releases() -> None:
    """An exchange told in one sentence is two releases; a fight told both ways is one."""
    page = Page("exchange")
    when = day("2031-11-24")
    first = page.tell(
        "RETREAT",
        "Arden freed 13",
        mode="release",
        when=when,
        who=[party(ARDEN), party(BELMAR, "recipient")],
    )
    second = page.tell(
        "RETREAT",
        "and Belmar released 39",
        mode="release",
        when=when,
        who=[party(BELMAR), party(ARDEN, "recipient")],
    )
    assert level("direction", first, second, [page]) == "reversed_here"
    assert not is_one(merged(page), first, second)


def test_another_act_of_one_type_is_another_happening() -> None:
    """To hand over guns and to free captives in one week are two; a raid may be told two ways."""
    page = Page("acts", "2031-01-16")
    week = window("2031-01-08", "2031-01-14", "week")
    who = [party(ARDEN), party(BELMAR, "recipient")]
    guns = page.tell("RETREAT", "Arden gave up its guns", mode="disarm", when=week, who=who)
    freed = page.tell("RETREAT", "It freed captives", mode="release", when=week, who=who)
    page.tell("REJECT", "Arden rejected a truce", who=[party(ARDEN)])
    shelled = page.tell("ASSAULT", "Shelled", mode="heavy-weapons", when=week, who=who)
    bombed = page.tell("ASSAULT", "Bombed", mode="aerial", when=week, who=who)
    assert level("mode", guns, freed, [page]) == "other_act"
    assert level("mode", shelled, bombed, [page]) == "other"
    assert not is_one(merged(page), guns, freed)


def test_a_bare_toll_is_of_what_was_just_told() -> None:
    """A sentence that only counts belongs to the attack before it, not to one far above."""
    page = Page("toll", "2031-06-03")
    when = day("2031-06-02")
    lent = When(start=when.start, end=when.end, precision="day", basis="context")
    attack = page.tell("ASSAULT", "A truck bomb hit a convoy on Monday", when=when, where=[RIDGE])
    toll = page.tell(
        "ASSAULT",
        "At least 99 people were killed",
        when=lent,
        counts=[at_least("killed", 99)],
        salient=["kill", "people"],
    )
    assert level("telling", attack, toll, [page]) == "toll_after"
    assert is_one(merged(page), attack, toll)
