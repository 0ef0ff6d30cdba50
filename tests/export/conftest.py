"""Records that the tests of the formats write out."""

from __future__ import annotations

from datetime import date

import pytest

from builders import event_of, killing, link_of, make_mention, make_report, meeting
from parley.model import (
    Attribution,
    Count,
    Disagreement,
    DisputedValue,
    Participant,
    Person,
    Place,
    Provision,
    Trace,
    When,
)
from parley.record import Record

HOSTILE = (
    '=HYPERLINK("http://x.example","ab, c"); "quoted"\n<script>alert(1)</script> *b* \\ ünï 中'
)


@pytest.fixture
def record(tmp_path):
    """Yield a record of two reports, two events and a link."""
    reports = [make_report(), make_report("Suderia: two people were killed.", source="news/b.txt")]
    met, shot, again = meeting(reports[0]), killing(reports[0]), killing(reports[1])
    told = event_of(
        shot,
        again,
        id="e_2",
        disagreements=(
            Disagreement(
                field="status",
                values=(
                    DisputedValue(value="alleged", mentions=(0,)),
                    DisputedValue(value="happened", mentions=(1,)),
                ),
            ),
        ),
    )
    first = event_of(met, id="e_1")
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        record.add_report(reports[1], [again])
        record.add_report(reports[0], [met, shot])
        record.replace_events([told, first], [link_of("responds_to", told, first, shot)])
        yield record


WAR = (
    "Rebels of the Castel Front killed 12 soldiers near Port Élan on May 9.\n"
    "The army said that 9 soldiers died.\n"
    "The ministers of Norland and Suderia will meet in Castel on June 1.\n"
    "Norland and Suderia signed a ceasefire at Castel on May 20, mediated by the United Nations.\n"
    "Crowds marched in Castel in May.\n"
    "Shelling of Port Élan killed 3 civilians on May 12.\n"
    "Norland denied an attack.\n"
    "An exchange of prisoners was called off.\n"
    "Nobody knows when the envoys talked.\n"
)
NORLAND = Participant(
    name="Norland", kind="state", country="NOR", role="actor",
    people=(Person(name="Aino Søby", title="foreign minister"),),
)  # fmt: skip
SUDERIA = Participant(name="Suderia", kind="state", country="SWE", role="actor")
FRONT = Participant(name="Castel Front", kind="armed_group", country="SWE", role="actor")
ARMY = Participant(
    name="Suderian Army", kind="military", country="SWE", role="recipient", side="Suderia"
)
CASTEL = Place(name="Castel", country="SWE", lat=59.25, lon=18.5, precision="city")
PORT = Place(name="Port Élan", country="SWE", lat=-3.5, lon=150.25, precision="city")


def _day(month: int, day: int) -> When:
    return When(start=date(2023, month, day), end=date(2023, month, day), precision="day")


@pytest.fixture
def war(tmp_path):
    """Yield a record with an event of each kind that the formats treat differently."""
    report = make_report(WAR, outlet="The Castel Courier", url="https://news.example/war")
    other = make_report("Rebels killed 10 soldiers. " + HOSTILE, source="news/=b.txt", outlet="@B")
    trace, second = Trace(report=report.id, start=0, end=5), Trace(report=other.id, start=0, end=6)

    def told(words, in_=report, **fields):
        return make_mention(in_, words, **fields)

    battle = told("Rebels of the Castel Front killed 12 soldiers", type="ASSAULT",
                  when=_day(5, 9), where=(PORT,), mode="firearms")  # fmt: skip
    again = told("Rebels killed 10 soldiers", other, type="ASSAULT")
    denial = told("denied an attack", type="ASSAULT", status="denied",
                  attribution=(Attribution(name="Norland", kind="state", country="NOR",
                                           stance="denies"),))  # fmt: skip
    meeting_ = told("will meet in Castel on June 1", status="scheduled", when=_day(6, 1),
                    where=(CASTEL,), participants=(NORLAND, SUDERIA))  # fmt: skip
    deal = told("signed a ceasefire", type="AGREE", mode="ceasefire", when=_day(5, 20),
                where=(CASTEL,), provisions=(Provision(text="guns fall silent"),
                                             Provision(text="=1+1")),
                participants=(
                    NORLAND, SUDERIA,
                    Participant(name="United Nations", kind="igo", country=None, role="mediator"),
                ))  # fmt: skip
    march = told(
        "Crowds marched in Castel in May", type="PROTEST", mode="demo", where=(CASTEL,),
        when=When(start=date(2023, 5, 1), end=date(2023, 5, 31), precision="month"),
        participants=(
            Participant(name="Crowds", kind="population", country="SWE", role="actor"),
        ),
    )  # fmt: skip
    shelling = told("Shelling of Port Élan killed 3 civilians", type="ASSAULT",
                    mode="heavy-weapons", when=_day(5, 12), where=(PORT, CASTEL),
                    counts=(Count(what="killed", low=3, best=3, high=3, evidence=(trace,)),),
                    participants=(
                        NORLAND,
                        Participant(name="civilians", kind="population", country="SWE",
                                    role="victim"),
                    ))  # fmt: skip
    off = told("An exchange of prisoners was called off", type="CONCEDE", status="called_off",
               when=_day(5, 30))  # fmt: skip
    talked = told("Nobody knows when the envoys talked")
    counts = (
        Count(what="killed", low=12, best=12, high=12, side="Suderian Army", evidence=(trace,)),
        Count(what="killed", low=9, best=9, high=9, side="Suderian Army",
              claimed_by="Suderian Army", evidence=(trace,)),
        Count(what="killed", low=10, best=10, high=10, side="Suderian Army", mention=1,
              evidence=(second,)),
        Count(what="killed", low=10, best=10, high=None, side="Suderian Army", mention=1,
              claimed_by="Castel Front", evidence=(second,)),
    )  # fmt: skip
    events = [
        event_of(battle, again, id="e_battle", summary=HOSTILE, counts=counts,
                 participants=(FRONT, ARMY)),
        event_of(shelling, id="e_shelling", status="happened"),
        event_of(denial, id="e_denial", participants=(NORLAND,)),
        event_of(meeting_, id="e_meeting"),
        event_of(deal, id="e_deal", status="happened"),
        event_of(march, id="e_march", status="happened"),
        event_of(off, id="e_off"),
        event_of(talked, id="e_talked"),
    ]  # fmt: skip
    with Record.open(str(tmp_path / "war.db"), create=True) as record:
        mentions = [battle, denial, meeting_, deal, march, shelling, off, talked]
        record.add_report(report, mentions)
        record.add_report(other, [again])
        record.replace_events(events, [link_of("ends", events[4], events[0], deal)])
        yield record
