"""A record of which every text is an attack: on the page, on its scripts, on its layout."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from builders import event_of, killing, link_of, make_report, meeting
from parley.model import (
    Attribution,
    Boilerplate,
    Disagreement,
    DisputedValue,
    Evidence,
    Participant,
    Person,
    Place,
    Provision,
    Published,
    Trace,
    When,
)
from parley.record import Record

ATTACKS = (
    "<script>window.attacked=1</script>",
    '"><img src=x onerror="window.attacked=1">',
    "'><svg onload=window.attacked=1><animate onbegin=window.attacked=1 attributeName=x dur=1s>",
    "</title></textarea></script><script>window.attacked=1</script>",
    "javascript:window.attacked=1",
    "{{ 7*7 }}{% raw %}${7*7}#{7*7}",
    "\u202eCIR\u2066 \u2067TERCES\u202c\u200f \u061c",
    "&lt;b&gt; &#x3c;script&#x3e;",
    "W" * 300,
    'http://evil.example/x?a=1&b=2#" onclick="window.attacked=1',
    "A\u0300\u0301\u0302\u0303\u0304" * 40,
    "\x02<script>window.attacked=1</script>\x03",
)
DAY = When(start=date(2023, 5, 3), end=date(2023, 5, 3), precision="day")


def fill_hostile(path: Path) -> dict[str, list[str]]:
    """Make the record; return the addresses of its events and reports."""
    events, reports, links = [], [], []
    with Record.open(str(path), create=True) as record:
        for number, attack in enumerate(ATTACKS):
            report = _report(number, attack)
            trace = Trace(report=report.id, start=0, end=len(attack))
            fields = {
                "when": DAY,
                "where": (Place(name=attack, lat=40.0 + number, lon=45.0, precision="city"),),
                "participants": (
                    Participant(
                        name=attack,
                        kind="organisation",
                        country=None,
                        role="mediator" if number % 2 else "actor",
                        side=attack,
                        people=(Person(name=attack, title=attack),),
                        evidence=(trace,),
                    ),
                    Participant(name="Norland", kind="state", country="NOR", role="actor"),
                ),
                "provisions": (Provision(text=attack, evidence=(trace,)),),
                "attribution": (
                    Attribution(name=attack, kind="state", country=None, stance="asserts"),
                ),
            }
            met = meeting(report, report.text.splitlines()[0], **fields)
            shot = killing(report, report.text.splitlines()[1])
            record.add_report(report, [met, shot])
            differ = Disagreement(
                field=attack, values=(DisputedValue(value=attack, mentions=(0,)),)
            )
            one = event_of(met, summary=attack, mode=attack, contexts=(attack,),
                           disagreements=(differ,), id=f"e{number:016x}")  # fmt: skip
            two = event_of(shot, summary=f"{attack} x", id=f"ef{number:015x}")
            links.append(link_of("denies", two, one, shot))
            events += [one, two]
            reports.append(report.id)
        record.replace_events(events, links)
    return {"events": [event.id for event in events], "reports": reports}


def _report(number: int, attack: str) -> object:
    text = f"{attack} they met {number}\n{attack} two people were killed {number}\n{attack}\n"
    proof = Evidence(start=0, end=len(attack), text=attack, says=attack)
    return make_report(
        text,
        source=f"news/{attack}",
        title=attack,
        outlet=attack,
        url=attack,
        language="en",
        boilerplate=(Boilerplate(start=len(text) - 3, end=len(text), why=attack),),
        published=Published(
            start=date(2023, 5, 4),
            end=date(2023, 5, 4),
            how="inferred",
            confidence=0.9,
            evidence=(proof,),
        ),
    )
