"""Every view tells what the record holds, with the words behind it."""

from __future__ import annotations

from datetime import date

import pytest

from builders import event_of, make_mention, make_report
from parley.errors import NotFound
from parley.model import Count, Participant, When
from parley.record import Record
from parley.record.finding import Filters, Paging
from parley.views import (
    show_agreements,
    show_calendar,
    show_claims,
    show_disagreements,
    show_fighting,
    show_parties,
    show_party,
    show_person,
    show_persons,
    show_sources,
    show_talks,
    show_told,
)
from views.worlds import KOSTI, SOUTH, SUDAN, UNION


def test_talks(world):
    """A track is a mediator's: whom it brought together, what came of it, what is next."""
    record, events = world
    (track,) = show_talks(record).rows
    assert (track.mediator, track.talks, track.parties) == (
        "African Union", 2, ("Sudan", "South Sudan"))  # fmt: skip
    (held,), (ahead,) = track.rounds, track.ahead
    assert held.row.id == events["talks"].id
    assert held.people == ("Amal Osman", "John Deng")
    (outcome,) = held.outcomes
    assert (outcome.row.id, outcome.because) == (events["deal"].id, "same parties, same days")
    assert ahead.row.id == events["ahead"].id


def test_a_host_whom_nobody_mediates_beside_has_a_track(world):
    """Who was host to two others has a track of talks; not beside a mediator, nor to one alone."""
    record, _ = world
    report = make_report("Talks went on in Rome, Oslo and Bern.", source="three.txt")
    meet = {
        "Rome": (SUDAN, SOUTH, _host("Italy")),
        "Oslo": (SUDAN, _host("Norway")),
        "Bern": (SUDAN, SOUTH, UNION, _host("Switzerland")),
    }
    told = [make_mention(report, town, participants=who) for town, who in meet.items()]
    record.add_report(report, told)
    record.replace_events(map(event_of, told), [])
    tracks = {track.mediator: track for track in show_talks(record).rows}
    assert set(tracks) == {"Italy", "African Union"}
    assert tracks["Italy"].parties == ("Sudan", "South Sudan")
    assert [each.hosts for each in tracks["Italy"].rounds] == [("Italy",)]


def _host(name):
    return Participant(name=name, kind="state", country=None, role="host")


def test_calendar(world):
    """What lies ahead of a day and what was never heard of again are told apart."""
    record, events = world
    found = show_calendar(record)
    assert found.on == date(2023, 5, 8)
    assert [row.row.id for row in found.ahead.rows] == [
        events["unheard"].id, events["ahead"].id]  # fmt: skip
    assert found.unheard.total == 0
    later = show_calendar(record, on=date(2023, 6, 1))
    assert [row.row.id for row in later.ahead.rows] == [events["ahead"].id]
    (unheard,) = later.unheard.rows
    assert unheard.row.id == events["unheard"].id
    assert unheard.quote.text == "summit was due on May 9"
    assert unheard.last_told == date(2023, 5, 7)


@pytest.mark.parametrize(
    ("who", "where", "told_of", "heard"),
    [
        ((SUDAN, SOUTH), (), ("happened", (5, 11), (5, 11)), True),
        ((SUDAN, SOUTH), (), ("happened", (5, 1), (5, 31)), True),
        ((SUDAN, SOUTH), (), ("happened", (5, 25), (5, 25)), False),
        ((SUDAN, SOUTH), (), ("happened", (1, 1), (5, 31)), False),
        ((SUDAN, SOUTH), (), ("expected", (5, 11), (5, 11)), False),
        ((SUDAN,), (KOSTI,), ("called_off", (5, 9), (5, 9)), True),
        ((SUDAN,), (), ("called_off", (5, 9), (5, 9)), False),
    ],
)
def test_what_most_likely_came_of_it(tmp_path, who, where, told_of, heard):
    """Held or called off about the day, with two of the parties, or one and the place."""
    report = make_report("A summit is due on May 9. The two met in May.", source="one.txt")
    status, first, last = told_of
    first, last = date(2023, *first), date(2023, *last)
    told = [
        make_mention(report, "A summit is due on May 9", status="scheduled", where=(KOSTI,),
                     when=When(start=date(2023, 5, 9), end=date(2023, 5, 9), precision="day"),
                     participants=(SUDAN, SOUTH)),
        make_mention(report, "met in May", status=status, where=where, participants=who,
                     when=When(start=first, end=last, precision="span")),
    ]  # fmt: skip
    due, met = map(event_of, told)
    with Record.open(str(tmp_path / "one.db"), create=True) as record:
        record.add_report(report, told)
        record.replace_events([due, met], [])
        row = next(r for r in show_calendar(record, on=date(2023, 6, 20)).unheard.rows
                   if r.row.id == due.id)  # fmt: skip
    assert (row.heard.id if row.heard else None) == (met.id if heard else None)


def test_agreements(world):
    """A breach stands with the provision whose words it uses."""
    record, events = world
    (row,) = show_agreements(record).rows
    assert row.signatories == ("Sudan", "South Sudan")
    weapons, prisoners = row.provisions
    (breach,) = weapons.followed
    assert (breach.relation, breach.row.id) == ("violates", events["breach"].id)
    assert "stayed" in breach.quotes[0].text
    assert prisoners.followed == row.followed == ()


def test_fighting(world):
    """Figures are low, best and high over who gives them; by claimant each has its own."""
    record, _ = world
    found = show_fighting(record)
    (incident,) = found.incidents.rows
    assert [(toll.figure, toll.by) for toll in incident.tolls] == [
        ("12", None), ("at least 20", "army")]  # fmt: skip
    (toll,) = found.by_side
    assert (toll.low, toll.best, toll.high, toll.incidents) == (12, 12, 20, 1)
    assert {(row.by, row.best) for row in found.by_claimant} == {(None, 12), ("army", 20)}
    (week,), (place,) = found.weeks, found.places
    assert (week.start, week.best) == (date(2023, 5, 1), 12)
    assert (place.place, place.high) == ("Kosti", 20)
    assert found.alleged == []


@pytest.mark.parametrize(
    ("start", "end", "week"),
    [
        ((1994, 4, 7), (1994, 4, 7), date(1994, 4, 4)),
        ((1994, 4, 7), (1994, 4, 12), date(1994, 4, 4)),
        ((1994, 1, 1), (1994, 12, 31), None),
        ((1994, 4, 7), None, None),
    ],
)
def test_the_dead_of_a_year_are_no_week_s(tmp_path, start, end, week):
    """Who died in a year, or in a war that lasts, is counted in no week of it."""
    report = make_report("Thousands fled. In 1994 some 300 people were killed at Kosti.")
    when = When(start=date(*start), end=end and date(*end), precision="span")
    killed = make_mention(
        report, "300 people were killed at Kosti", type="ASSAULT", when=when, where=(KOSTI,),
        counts=(Count(what="killed", low=300, best=300, high=300),),
    )  # fmt: skip
    with Record.open(str(tmp_path / "r.db"), create=True) as record:
        record.add_report(report, (killed,))
        record.replace_events([event_of(killed)], [])
        (row,) = show_fighting(record).weeks
    assert (row.start, row.best) == (week, 300)


def test_claims(world):
    """A claim has who makes it, whom it is about, and who denies it."""
    record, events = world
    (row,) = show_claims(record).rows
    assert row.row.id == events["claim"].id
    assert (row.claimed_by, row.against, row.denied_by) == (
        ("Sudan",), ("South Sudan",), ("South Sudan",))  # fmt: skip
    (answer,) = row.answers
    assert (answer.relation, answer.direction) == ("denies", "from")


def test_disagreements(world):
    """Sources stand down, fields across; a cell has what that source says."""
    (matrix,) = show_disagreements(world[0]).rows
    assert matrix.fields == ("counts", "framing")
    assert [(line.outlet, line.cells[0].values) for line in matrix.sources] == [
        ("Nile Courier", ("12 killed",)),
        ("The Observer", ("at least 20 killed",)),
    ]


def test_parties_and_persons(world):
    """Who takes part how often, who met whom, and who held which office."""
    record, _ = world
    counted = {row.name: row.events for row in show_parties(record).rows}
    assert counted == {
        "Sudan": 6, "South Sudan": 4, "African Union": 2, "Rapid Support Forces": 1}  # fmt: skip
    sudan = show_party(record, "sudanese")
    assert sudan.name == "Sudan"
    assert sudan.met == {"African Union": 2, "South Sudan": 1}
    (office,) = sudan.offices
    assert (office.person, office.title) == ("Amal Osman", "foreign minister")
    persons = show_persons(record)
    assert [row.name for row in persons.rows] == ["Amal Osman", "John Deng"]
    assert show_person(record, "osman").met == {"John Deng": 1}
    for show in (show_party, show_person):
        with pytest.raises(NotFound, match="Nobody Here"):
            show(record, "Nobody Here")


def test_sources(world):
    """An outlet has what it tells alone and first, and the words that others do not use."""
    record, _ = world
    courier, observer = show_sources(record).rows
    assert (courier.outlet, courier.events, courier.alone, courier.earliest) == (
        "Nile Courier", 6, 5, 1)  # fmt: skip
    assert (observer.events, observer.alone, observer.earliest) == (3, 2, 0)
    (wording,) = observer.words
    assert (wording.word, wording.others) == ("dead", ("shelled",))
    assert show_told(record, "observer").total == 3


def test_views_take_filters_and_pages(world):
    """Every view keeps to its filters and its page."""
    record, _ = world
    nobody = Filters(party=("Nobody Here",))
    shows = (show_talks, show_agreements, show_claims, show_disagreements,
             show_parties, show_persons, show_sources)  # fmt: skip
    for show in shows:
        assert show(record, nobody).total == 0
        page = show(record, Filters(), Paging(limit=1, offset=5000))
        assert not page.rows
    assert show_fighting(record, nobody).by_side == []
    assert show_calendar(record, nobody).ahead.total == 0
