"""What joins, what stays apart, and what an event then says."""

from __future__ import annotations

from collections.abc import Sequence

from tellings import (
    ARDEN,
    ARDENLAND,
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
    said,
    window,
)

from parley.merging import Merged, explain, merge
from parley.merging.events import name_groups
from parley.model import Event, LinkCue, Mention, digest


def merged(*pages: Page) -> Merged:
    """Merge all that the pages tell."""
    return merge(
        [mention for page in pages for mention in page.mentions],
        reports={page.id: page.report() for page in pages},
    )


def event_of(outcome: Merged, mention: Mention) -> Event:
    """Return the event that a mention belongs to."""
    return next(e for e in outcome.events if any(m.id == mention.id for m in e.mentions))


def together(outcome: Merged, mentions: Sequence[Mention]) -> bool:
    """Tell whether the mentions share one event."""
    return len({event_of(outcome, mention).id for mention in mentions}) == 1


def test_a_scheduled_meeting_joins_the_meeting_that_was_held() -> None:
    """The status moves to happened, and the event is told once."""
    early, late = Page("early", "2023-05-16"), Page("late", "2023-05-20")
    ahead = early.tell(
        "CONSULT",
        "Talks will be held in Porto Alto on May 19",
        status="scheduled",
        when=day("2023-05-19"),
        where=[PORTO],
        who=both(),
    )
    held = late.tell(
        "CONSULT",
        "The ministers met on Friday",
        trigger="met",
        when=day("2023-05-19"),
        where=[PORTO],
        who=ministers(),
    )
    outcome = merged(early, late)
    assert together(outcome, [ahead, held])
    event = outcome.events[0]
    assert event.status == "happened"
    assert event.when == day("2023-05-19")
    assert [person.name for p in event.participants for person in p.people] == [
        "Ona Tarrish",
        "Pavel Mirow",
    ]


def test_a_meeting_called_off_later_is_called_off() -> None:
    """The later report's word stands over the plan, and both stay to be read."""
    early, late = Page("early", "2023-05-16"), Page("late", "2023-05-18")
    early.tell(
        "CONSULT",
        "Talks are planned in Lumen",
        status="scheduled",
        when=day("2023-05-19"),
        where=[LUMEN],
        who=both(),
    )
    late.tell(
        "CONSULT",
        "Talks in Lumen were called off",
        status="called_off",
        when=day("2023-05-19"),
        where=[LUMEN],
        who=both(),
    )
    outcome = merged(early, late)
    assert len(outcome.events) == 1
    assert outcome.events[0].status == "called_off"
    assert outcome.events[0].summary == "Talks between Arden and Belmar in Lumen called off"


def test_ministers_before_and_leaders_after_are_two_meetings() -> None:
    """A week told roughly does not join persons of different office."""
    page, other = Page("one", "2023-05-20"), Page("two", "2023-05-21")
    week = window("2023-05-15", "2023-05-21", "week")
    one = page.tell("CONSULT", "Ministers met", when=week, who=ministers())
    two = other.tell("CONSULT", "Leaders met", when=week, who=leaders())
    assert not together(merged(page, other), [one, two])


def test_two_clashes_in_one_week_stay_apart() -> None:
    """Other days, other figures: two events although parties and region agree."""
    page = Page("one", "2023-05-20")
    one = page.tell(
        "ASSAULT",
        "Clashes killed three",
        when=day("2023-05-16"),
        where=[NORTH],
        who=both(),
        counts=[exactly("killed", 3)],
    )
    two = page.tell(
        "ASSAULT",
        "Clashes killed one",
        when=day("2023-05-18"),
        where=[NORTH],
        who=both(),
        counts=[exactly("killed", 1)],
    )
    assert not together(merged(page), [one, two])


def test_two_clashes_of_one_week_told_roughly_stay_apart_by_their_figures() -> None:
    """The same week and the same parties do not outweigh twelve dead against one."""
    page, other = Page("one", "2023-05-20"), Page("two", "2023-05-21")
    week = window("2023-05-15", "2023-05-21", "week")
    one = page.tell("ASSAULT", "Clashes", when=week, who=both(), counts=[exactly("killed", 12)])
    two = other.tell("ASSAULT", "Clashes", when=week, who=both(), counts=[exactly("killed", 1)])
    assert not together(merged(page, other), [one, two])


def test_a_recalled_toll_joins_the_clash_that_it_recalls() -> None:
    """A month told as background and a day told as news are one by a rare number."""
    news, later = Page("news", "2022-09-20"), Page("later", "2022-10-07")
    one = news.tell(
        "ASSAULT",
        "Clashes left 286 dead",
        when=window("2022-09-13", "2022-09-14", "span"),
        who=both(),
        counts=[exactly("killed", 286)],
    )
    two = later.tell(
        "ASSAULT",
        "Last month at least 286 people were killed",
        trigger="killed",
        when=window("2022-09-01", "2022-09-30", "month"),
        who=both("victim"),
        counts=[at_least("killed", 286)],
        background=True,
    )
    outcome = merged(news, later)
    assert together(outcome, [one, two])
    assert outcome.events[0].when == window("2022-09-13", "2022-09-14", "span")


def test_a_war_recalled_by_several_reports_is_one_war() -> None:
    """A year, a season and exact days tell one war where all tell a war as a whole."""
    pages = [Page(name, "2023-01-0" + name) for name in "123"]
    whens = [
        window("2020-01-01", "2020-12-31", "year"),
        window("2020-09-01", "2020-11-30", "season"),
        window("2020-09-27", "2020-11-10", "span"),
    ]
    told = [
        page.tell("ASSAULT", "The war", trigger="war", when=when, who=both(), background=True)
        for page, when in zip(pages, whens, strict=True)
    ]
    outcome = merged(*pages)
    assert together(outcome, told)
    assert outcome.events[0].when == whens[2]


def test_an_incident_is_part_of_the_war_around_it_and_not_the_war() -> None:
    """The battle keeps its own event, tied to the war by a link that shows both places."""
    page = Page("one", "2023-01-01")
    war = page.tell(
        "ASSAULT",
        "The war",
        trigger="war",
        when=window("2020-09-27", "2020-11-10", "span"),
        who=both(),
    )
    battle = page.tell(
        "ASSAULT",
        "A battle was fought",
        trigger="battle",
        when=day("2020-10-04"),
        where=[RIDGE],
        who=both(),
    )
    outcome = merged(page)
    assert not together(outcome, [war, battle])
    assert [(link.relation, link.from_, link.to) for link in outcome.links] == [
        ("part_of", event_of(outcome, battle).id, event_of(outcome, war).id)
    ]


def test_no_part_of_a_war_of_others() -> None:
    """An incident between other parties inside the war's days is no part of it."""
    page = Page("one", "2023-01-01")
    page.tell(
        "ASSAULT",
        "The war",
        trigger="war",
        when=window("2020-09-27", "2020-11-10", "span"),
        who=both(),
    )
    page.tell(
        "ASSAULT",
        "A raid",
        trigger="raid",
        when=day("2020-10-04"),
        who=(party(CORVIA), party(DELTIA, "victim")),
    )
    assert merged(page).links == ()


def test_an_accusation_and_its_denial_are_two_events_with_a_link() -> None:
    """The text's own tie becomes a link and never a merge."""
    page = Page("one", "2023-05-20")
    claim = page.tell("ACCUSE", "Arden accused Belmar", who=(party(ARDEN),))
    denial = page.tell(
        "REJECT",
        "Belmar denied it",
        who=(party(BELMAR),),
        links=[LinkCue(relation="denies", mention=claim.id)],
    )
    outcome = merged(page)
    assert len(outcome.events) == 2
    link = outcome.links[0]
    assert (link.relation, link.from_, link.to) == (
        "denies",
        event_of(outcome, denial).id,
        event_of(outcome, claim).id,
    )
    assert [mention.id for mention in link.mentions] == [denial.id]


def test_accusations_in_both_directions_are_two() -> None:
    """Who accuses whom makes the happening."""
    page, other = Page("one", "2023-05-20"), Page("two", "2023-05-20")
    one = page.tell(
        "ACCUSE", "Accused", when=day("2023-05-19"), who=(party(ARDEN), party(BELMAR, "recipient"))
    )
    two = other.tell(
        "ACCUSE", "Accused", when=day("2023-05-19"), who=(party(BELMAR), party(ARDEN, "recipient"))
    )
    assert not together(merged(page, other), [one, two])


def test_meetings_under_other_mediators_stay_apart() -> None:
    """In the same month, Corvia's round is not Deltia's."""
    page, other = Page("one", "2023-05-20"), Page("two", "2023-05-21")
    month = window("2023-05-01", "2023-05-31", "month")
    one = page.tell("CONSULT", "Talks", when=month, who=(*both(), party(CORVIA, "mediator")))
    two = other.tell("CONSULT", "Talks", when=month, who=(*both(), party(DELTIA, "mediator")))
    assert not together(merged(page, other), [one, two])


def test_meetings_in_other_cities_on_one_day_stay_apart() -> None:
    """A meeting of a day has one place."""
    page, other = Page("one", "2023-05-20"), Page("two", "2023-05-21")
    one = page.tell("CONSULT", "Talks", when=day("2023-05-19"), where=[LUMEN], who=both())
    two = other.tell("CONSULT", "Talks", when=day("2023-05-19"), where=[PORTO], who=both())
    assert not together(merged(page, other), [one, two])


def test_a_ceasefire_is_one_whether_agreed_or_held_to() -> None:
    """AGREE and RETREAT of one day are one deal, and the deal names it."""
    page, other = Page("one", "2020-11-10"), Page("two", "2020-11-11")
    one = page.tell(
        "AGREE", "A deal", when=day("2020-11-09"), who=(*both(), party(DELTIA, "mediator"))
    )
    two = other.tell(
        "RETREAT",
        "A ceasefire",
        mode="ceasefire",
        when=day("2020-11-09"),
        who=(*both(), party(DELTIA, "mediator")),
    )
    outcome = merged(page, other)
    assert together(outcome, [one, two])
    assert outcome.events[0].type == "AGREE"


def test_an_agreement_is_not_the_meeting_at_which_it_was_reached() -> None:
    """Talks held and a deal struck on one day are two happenings."""
    page = Page("one", "2020-11-10")
    talks = page.tell("CONSULT", "Talks", when=day("2020-11-09"), where=[LUMEN], who=both())
    deal = page.tell("AGREE", "Agreed", when=day("2020-11-09"), where=[LUMEN], who=both())
    assert not together(merged(page), [talks, deal])


def test_a_headline_without_a_date_joins_the_lead() -> None:
    """In one report the day need not be said twice."""
    page = Page("one", "2023-05-16")
    head = page.tell(
        "CONSULT",
        "Arden and Belmar to hold talks in Lumen",
        trigger="talks",
        status="scheduled",
        where=[LUMEN],
        who=both(),
        new_line=True,
        end="",
    )
    lead = page.tell(
        "CONSULT",
        "The ministers will hold talks in Lumen on Friday",
        trigger="talks",
        status="scheduled",
        when=day("2023-05-19"),
        where=[LUMEN],
        who=ministers(),
    )
    assert together(merged(page), [head, lead])


def test_another_meeting_is_another_meeting() -> None:
    """What a report itself calls another one does not join the one told before."""
    page = Page("one", "2023-05-16")
    one = page.tell("CONSULT", "The leaders held talks", when=day("2023-05-14"), who=leaders())
    two = page.tell(
        "CONSULT",
        "Another round of talks is due",
        trigger="talks",
        status="expected",
        who=leaders(),
    )
    assert not together(merged(page), [one, two])


def test_no_chain_of_half_likenesses() -> None:
    """A vague telling does not join two days that exclude each other."""
    pages = [Page(name, "2023-05-20") for name in "abc"]
    first = pages[0].tell("ASSAULT", "Clashes", when=day("2023-05-16"), who=both())
    vague = pages[1].tell(
        "ASSAULT", "Clashes", when=window("2023-05-15", "2023-05-21", "week"), who=both()
    )
    last = pages[2].tell("ASSAULT", "Clashes", when=day("2023-05-18"), who=both())
    outcome = merged(*pages)
    assert not together(outcome, [first, last])
    assert sum(len(event.mentions) for event in outcome.events) == 3
    assert vague.id in {m.id for event in outcome.events for m in event.mentions}


def test_disputed_figures_are_both_shown() -> None:
    """Two counts of one clash make a disagreement that names each one's mentions."""
    page, other = Page("one", "2023-05-17"), Page("two", "2023-05-18")
    page.tell(
        "ASSAULT",
        "Clashes",
        when=day("2023-05-16"),
        where=[RIDGE],
        who=both(),
        counts=[exactly("killed", 3, claimed_by="Arden")],
    )
    other.tell(
        "ASSAULT",
        "Clashes",
        when=day("2023-05-16"),
        where=[RIDGE],
        who=both(),
        counts=[at_least("killed", 4, claimed_by="Belmar")],
    )
    event = merged(page, other).events[0]
    assert len(event.counts) == 2
    disputed = next(entry for entry in event.disagreements if entry.field == "counts")
    assert [(value.value, value.mentions) for value in disputed.values] == [
        ("3 killed", (0,)),
        ("at least 4 killed", (1,)),
    ]
    assert (
        event.summary
        == "Clashes between Arden and Belmar in Grey Ridge: 3 killed (4 by another account)"
    )


def test_who_began_it_is_left_open() -> None:
    """Two sides' accounts of one attack join, and the record shows both."""
    page, other = Page("one", "2023-05-17"), Page("two", "2023-05-17")
    common = {"when": day("2023-05-16"), "where": [RIDGE]}
    page.tell(
        "ASSAULT",
        "Fire",
        status="alleged",
        who=(party(ARDEN), party(BELMAR, "recipient")),
        attribution=[said(BELMAR, "accuses")],
        **common,  # type: ignore[arg-type]
    )
    other.tell(
        "ASSAULT",
        "Fire",
        status="alleged",
        who=(party(BELMAR), party(ARDEN, "recipient")),
        attribution=[said(ARDEN, "accuses")],
        **common,  # type: ignore[arg-type]
    )
    outcome = merged(page, other)
    assert len(outcome.events) == 1
    began = next(entry for entry in outcome.events[0].disagreements if entry.field == "actor")
    assert {value.value for value in began.values} == {"Arden", "Belmar"}
    assert outcome.events[0].status == "alleged"


def test_a_person_whom_one_report_leaves_out_is_shown() -> None:
    """Two lists of those present that differ are a disagreement."""
    page, other = Page("one", "2023-05-17"), Page("two", "2023-05-18")
    for at, extra in ((page, ()), (other, (party(CORVIA, "mediator", [("Ruth Essen", None)]),))):
        at.tell("CONSULT", "Talks", when=day("2023-05-16"), where=[LUMEN], who=(*leaders(), *extra))
    event = merged(page, other).events[0]
    disputed = next(entry for entry in event.disagreements if entry.field == "participants")
    assert [value.mentions for value in disputed.values] == [(0,), (1,)]


def test_spellings_of_one_person_are_one_person() -> None:
    """The fullest common spelling stands, and transliterations join under it."""
    page, other = Page("one", "2023-05-17"), Page("two", "2023-05-18")
    page.tell(
        "CONSULT",
        "Met",
        when=day("2023-05-16"),
        where=[LUMEN],
        who=(party(ARDEN, people=[("Yuriy Zelenskyy", "President")]), party(BELMAR)),
    )
    other.tell(
        "CONSULT",
        "Met",
        when=day("2023-05-16"),
        where=[LUMEN],
        who=(party(ARDEN, people=[("Zelensky", None)]), party(BELMAR)),
    )
    event = merged(page, other).events[0]
    assert [(p.name, p.title) for p in event.participants[0].people] == [
        ("Yuriy Zelenskyy", "President")
    ]


def test_a_country_gives_way_to_the_town_in_it() -> None:
    """Where is the finest place told."""
    page = Page("one", "2023-05-17")
    page.tell("ASSAULT", "Fire", when=day("2023-05-16"), where=[ARDENLAND], who=both())
    page.tell("ASSAULT", "Fire", when=day("2023-05-16"), where=[HOLLOW], who=both())
    event = merged(page).events[0]
    assert [place.name for place in event.where] == ["Low Hollow"]


def test_provisions_stand_once() -> None:
    """What two reports tell of a deal in the same words is one provision."""
    page, other = Page("one", "2023-05-17"), Page("two", "2023-05-18")
    for at in (page, other):
        at.tell(
            "AGREE",
            "Agreed",
            when=day("2023-05-16"),
            where=[LUMEN],
            who=both(),
            provisions=["to free all captives", "not to use force"],
        )
    event = merged(page, other).events[0]
    assert [entry.text for entry in event.provisions] == [
        "to free all captives",
        "not to use force",
    ]


def test_explaining_adds_up_and_gives_reasons() -> None:
    """Every weight has a name and words; a veto is shown as one."""
    page, other = Page("one", "2023-05-20"), Page("two", "2023-05-21")
    one = page.tell("CONSULT", "Talks", when=day("2023-05-19"), where=[LUMEN], who=both())
    two = other.tell("CONSULT", "Talks", when=day("2023-05-19"), where=[LUMEN], who=both())
    three = other.tell("CONSULT", "Talks", when=day("2023-05-25"), where=[LUMEN], who=both())
    for_it = explain(one, two)
    assert all(weight.name and weight.words for weight in for_it)
    assert sum(weight.weight for weight in for_it) > 0
    against = explain(one, three)
    assert [weight.name for weight in against if weight.veto] == ["when"]


def test_ids_stay_and_are_never_given_twice() -> None:
    """Known ids are kept; where an event splits, the smaller part gets a new id."""
    page, other = Page("one", "2023-05-20"), Page("two", "2023-05-21")
    one = page.tell("CONSULT", "Talks", when=day("2023-05-19"), where=[LUMEN], who=both())
    two = other.tell("CONSULT", "Talks", when=day("2023-05-19"), where=[LUMEN], who=both())
    three = other.tell("CONSULT", "Talks", when=day("2023-05-25"), where=[LUMEN], who=both())
    reports = {at.id: at.report() for at in (page, other)}
    known = {one.id: "e1", two.id: "e1", three.id: "e1"}
    outcome = merge([one, two, three], reports=reports, known=known)
    assert event_of(outcome, one).id == "e1"
    assert event_of(outcome, three).id != "e1"
    first = merge([one], reports=reports)
    again = merge([one, two, three], reports=reports, known={one.id: first.events[0].id})
    assert event_of(again, two).id == first.events[0].id


def test_a_new_event_takes_no_name_that_another_has() -> None:
    """Who left the event named after it, and left again, finds its second name taken as well."""
    names = [digest("e", "m1"), digest("e", "m1", "2"), digest("e", "m1", "3")]
    for taken, name in enumerate(names):
        others = set(names[:taken]).intersection
        assert name_groups([["m1"], ["m2"]], {}, others=others) == [name, digest("e", "m2")]


def test_nothing_to_merge() -> None:
    """No mentions, no events."""
    outcome = merge([], reports={})
    assert (outcome.events, outcome.links) == ((), ())
