"""Who takes part in an event is judged by all labels of the happening that it tells."""

from __future__ import annotations

import msgspec

from parley.merging import merge
from parley.model import Mention, Participant, PartyKind, Role, Trace
from training.corpus import Conflict, Labelled
from training.items import Item, parse_label
from training.sides import Judged, judge_events

CONFLICT = Conflict(name="nowhere", fold="train")
FIRST = (
    "Rebels shelled Alma on Monday.",
    "+ ASSAULT shelled happened | by Rebels | at Alma | is e1",
)
SECOND = (
    "Saturn rebels shelled four people, the army said.",
    "+ ASSAULT shelled happened | by Saturn rebels | killed four | says army asserts | is e1",
)
MEETING = (
    "Omar Sow and the army met in Alma.",
    "+ CONSULT met happened | by Omar Sow | by army | is e2",
)


def _told(id_: str, text: str, type_: str, trigger: str, **sides: Role) -> Mention:
    """Return a mention whose parties, words with `_` for a blank, have the roles given."""
    at = text.index(trigger)
    parties = []
    for name, role in sides.items():
        words = name.replace("_", " ")
        start = text.index(words)
        trace = Trace(report=id_, start=start, end=start + len(words))
        kind: PartyKind = "military" if words == "army" else "armed_group"
        parties.append(
            Participant(name=words, kind=kind, country=None, role=role, evidence=(trace,))
        )
    return Mention(
        id=f"m{id_}",
        report=id_,
        start=0,
        end=len(text),
        text=text,
        trigger=(at, at + len(trigger)),
        type=type_,  # type: ignore[arg-type]
        status="happened",
        participants=tuple(parties),
    )


def _judged(*told: tuple[tuple[str, str], Mention], together: bool = False) -> Judged:
    sources = [
        Labelled(
            conflict=CONFLICT,
            item=Item(id=mention.report, style="agency", text=text, date="2020-01-07"),
            labels=(parse_label(line, text),),
        )
        for (text, line), mention in told
    ]
    mentions = [mention for _, mention in told]
    events = merge(mentions, reports={}).events
    if together:
        held = [one for event in events for one in event.mentions]
        parties = tuple(party for event in events for party in event.participants)
        (first, *_) = events
        events = (msgspec.structs.replace(first, mentions=tuple(held), participants=parties),)
    return judge_events(sources, mentions, events)


def test_a_party_is_right_by_the_label_of_another_report() -> None:
    """Who one report names and the other calls rebels is right, and nobody is missing."""
    one = _told("r1", FIRST[0], "ASSAULT", "shelled", Rebels="actor")
    two = _told("r2", SECOND[0], "ASSAULT", "shelled", Saturn_rebels="actor")
    judged = _judged((FIRST, one), (SECOND, two), together=True)
    assert (judged.events, judged.right) == (1, 1)
    assert (judged.parties.right, judged.parties.wrong, judged.parties.missed) == (2, 0, 0)


def test_faults_are_told_by_kind() -> None:
    """A speaker as the doer, the doer as who suffers it, and the doer who is missing then."""
    told = _told("r2", SECOND[0], "ASSAULT", "shelled", army="actor", Saturn_rebels="recipient")
    judged = _judged((SECOND, told))
    assert judged.kinds == {"speaker as by": 1, "doer as to": 1, "missing: by": 1}
    assert (judged.events, judged.right) == (1, 0)


def test_whom_a_figure_counts_is_who_suffers_it() -> None:
    """The label counts "four": the four people are no stranger."""
    told = _told("r2", SECOND[0], "ASSAULT", "shelled", Saturn_rebels="actor", people="victim")
    assert _judged((SECOND, told)).right == 1


def test_an_event_is_judged_by_what_it_tells_most() -> None:
    """A meeting that stands in an attack's event is counted, and its sides are asked of none."""
    one = _told("r1", FIRST[0], "ASSAULT", "shelled", Rebels="actor")
    two = _told("r2", SECOND[0], "ASSAULT", "shelled", Saturn_rebels="actor")
    three = _told("r3", MEETING[0], "CONSULT", "met", Omar_Sow="actor", army="actor")
    judged = _judged((FIRST, one), (SECOND, two), (MEETING, three), together=True)
    assert (judged.events, judged.swallowed) == (1, 1)
    assert judged.kinds == {"of another happening merged in": 2}
