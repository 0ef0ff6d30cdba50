"""A record with something for every view, small enough to be told by heart."""

from __future__ import annotations

from datetime import date

import msgspec

from builders import event_of, link_of, make_mention, make_report
from parley.model import (
    Attribution,
    Count,
    Disagreement,
    DisputedValue,
    Event,
    Participant,
    Person,
    Place,
    Provision,
    Published,
    When,
)
from parley.record import Record

ONE = (
    "The foreign ministers of Sudan and South Sudan, Amal Osman and John Deng, met in Juba on "
    "May 3, mediated by the African Union. They signed a ceasefire on May 4: withdrawal of heavy "
    "weapons and release of all prisoners. The Rapid Support Forces shelled Kosti on May 6; 12 "
    "people were killed. Khartoum accused Juba of arming them. Talks are due on July 1 <in Addis> "
    "& a summit was due on May 9.\n"
)
TWO = (
    "Shelling at Kosti on May 6 left at least 20 dead, the army said. Juba denied arming anyone. "
    "Heavy weapons stayed: a breach of the withdrawal of heavy weapons, observers said.\n"
)
SUDAN = Participant(name="Sudan", kind="state", country="SDN", role="actor",
                    people=(Person(name="Amal Osman", title="foreign minister"),))  # fmt: skip
SOUTH = Participant(name="South Sudan", kind="state", country="SSD", role="actor",
                    people=(Person(name="John Deng", title="foreign minister"),))  # fmt: skip
UNION = Participant(name="African Union", kind="igo", country=None, role="mediator")
RSF = Participant(name="Rapid Support Forces", kind="armed_group", country="SDN", role="actor")
JUBA = Place(name="Juba", country="SSD", lat=4.85, lon=31.6, precision="city")
KOSTI = Place(name="Kosti", country="SDN", lat=13.16, lon=32.66, precision="city")


def on(month: int, day: int) -> When:
    """Return a day of 2023."""
    return When(start=date(2023, month, day), end=date(2023, month, day), precision="day")


def published(day: int) -> Published:
    """Return a day of May on which a report was given out."""
    return Published(start=date(2023, 5, day), end=date(2023, 5, day), how="given", confidence=1.0)


def fill(record: Record) -> dict[str, Event]:
    """Write the reports, events and links; return the events by a short name."""
    one = make_report(ONE, source="news/one.txt", outlet="Nile Courier", published=published(7))
    two = make_report(TWO, source="web/two.html", outlet="The Observer", published=published(8))
    south = msgspec.structs.replace(SOUTH, role="recipient")
    told = {
        "talks": make_mention(
            one, "met in Juba on May 3", when=on(5, 3), where=(JUBA,),
            participants=(SUDAN, SOUTH, UNION),
        ),
        "deal": make_mention(
            one, "signed a ceasefire on May 4: withdrawal of heavy weapons and release of all "
            "prisoners", type="AGREE", when=on(5, 4), participants=(SUDAN, SOUTH),
            provisions=(Provision(text="withdrawal of heavy weapons"),
                        Provision(text="release of all prisoners")),
        ),
        "shelling": make_mention(
            one, "shelled Kosti on May 6; 12 people were killed", type="ASSAULT", when=on(5, 6),
            where=(KOSTI,), participants=(RSF,),
            counts=(Count(what="killed", low=12, best=12, high=12),),
        ),
        "again": make_mention(
            two, "Shelling at Kosti on May 6 left at least 20 dead, the army said",
            type="ASSAULT", when=on(5, 6), where=(KOSTI,), participants=(RSF,),
            counts=(Count(what="killed", low=20, best=20, high=None, claimed_by="army"),),
            attribution=(Attribution(name="army", kind="military", country="SDN",
                                     stance="asserts"),),
        ),
        "claim": make_mention(
            one, "accused Juba of arming them", type="ACCUSE", when=on(5, 7),
            participants=(SUDAN, south),
        ),
        "denial": make_mention(
            two, "denied arming anyone", type="REJECT", when=on(5, 8), participants=(SOUTH,),
        ),
        "breach": make_mention(
            two, "Heavy weapons stayed: a breach of the withdrawal of heavy weapons",
            type="COERCE", when=on(5, 8), participants=(SUDAN,),
        ),
        "ahead": make_mention(
            one, "Talks are due on July 1 <in Addis> &", status="scheduled", when=on(7, 1),
            participants=(SUDAN, UNION),
        ),
        "unheard": make_mention(
            one, "summit was due on May 9", status="expected", when=on(5, 9),
            participants=(SUDAN,),
        ),
    }  # fmt: skip
    shelled = event_of(
        told["shelling"],
        told["again"],
        summary="Rapid Support Forces shell Kosti",
        sources=2,
        counts=(told["shelling"].counts[0],
                msgspec.structs.replace(told["again"].counts[0], mention=1)),
        disagreements=(
            Disagreement(field="counts", values=(
                DisputedValue(value="12 killed", mentions=(0,)),
                DisputedValue(value="at least 20 killed", mentions=(1,)),
            )),
            Disagreement(field="framing", values=(
                DisputedValue(value="shelled", mentions=(0,)),
                DisputedValue(value="dead", mentions=(1,)),
            )),
        ),
    )  # fmt: skip
    events = {"shelling": shelled}
    for name, mention in told.items():
        if name not in ("shelling", "again"):
            events[name] = event_of(mention)
    record.add_report(one, [m for m in told.values() if m.report == one.id])
    record.add_report(two, [m for m in told.values() if m.report == two.id])
    record.replace_events(
        events.values(),
        [
            link_of("denies", events["denial"], events["claim"], told["denial"]),
            link_of("violates", events["breach"], events["deal"], told["breach"]),
        ],
    )
    return events
