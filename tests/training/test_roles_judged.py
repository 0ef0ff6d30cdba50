"""Sides, places and figures of a report are judged as its labels have them."""

from __future__ import annotations

import msgspec

from parley.model import Count, Mention, Participant, Place, Trace
from training.corpus import Conflict, Labelled
from training.items import Item, parse_label
from training.roles import Judged, judge

TEXT = (
    "Rebels shelled the village of Alma on Monday, the army said.\n"
    "Gen. Omar Sow said the attack killed four people. Houses burnt."
)
LINES = (
    "+ ASSAULT shelled happened | by Rebels | at Alma | says army asserts | is e1",
    "+ ASSAULT attack happened | to people | killed four | is e1",
)
PRONOUN_TEXT = "Rebels said on Monday that they had shelled the village."


def _trace(words: str) -> tuple[Trace, ...]:
    at = TEXT.index(words)
    return (Trace(report="r01", start=at, end=at + len(words)),)


def _party(words: str, role: str) -> Participant:
    return Participant(
        name=words.lower(),
        kind="armed_group",
        country=None,
        role=role,  # type: ignore[arg-type]
        evidence=_trace(words),
    )


def _mention(trigger: str, *, within: str = TEXT, **fields: object) -> Mention:
    at = within.index(trigger)
    return Mention(
        id=trigger,
        report="r01",
        start=at,
        end=at + len(trigger),
        text=trigger,
        trigger=(at, at + len(trigger)),
        type="ASSAULT",
        status="happened",
        **fields,  # type: ignore[arg-type]
    )


def _judged(
    *mentions: Mention,
    rules: tuple[Mention, ...] = (),
    text: str = TEXT,
    lines: tuple[str, ...] = LINES,
) -> Judged:
    item = Item(id="r01", style="agency", text=text, date="2020-01-07")
    labels = tuple(parse_label(line, text) for line in lines)
    conflict = Conflict(name="nowhere", fold="train")
    source = Labelled(conflict=conflict, item=item, labels=labels)
    return judge(lambda _: mentions, lambda _: rules, [source])


def test_a_side_is_right_in_the_slot_of_its_role_alone() -> None:
    """Rebels who shelled are right; the army that says so is wrong as a doer, and told as such."""
    told = _mention("shelled", participants=(_party("Rebels", "actor"), _party("army", "actor")))
    judged = _judged(told, rules=(told,))
    assert judged.by_class["sides", "all"].right == 1
    assert judged.by_giver["sides", "by rules"].wrong == 1
    assert [fault.what for fault in judged.faults if fault.field == "sides"] == ["by is says"]


def test_what_is_lent_is_right_where_the_same_happening_has_it() -> None:
    """A noun may have the doer and the place of the sentence before, and not its speaker."""
    place = Place(
        name="Alma", country=None, precision="city", lat=None, lon=None, evidence=_trace("Alma")
    )
    lent = _mention(
        "attack",
        participants=(_party("Rebels", "actor"), _party("army", "actor")),
        where=(place,),
    )
    judged = _judged(lent)
    assert judged.by_giver["sides", "by story"].right == 1
    assert judged.by_giver["sides", "by story"].wrong == 1
    assert judged.by_giver["place", "by story"].right == 1


def test_a_figure_that_is_missing_is_asked_for_and_a_thing_is_not() -> None:
    """Four killed are missed; a rank cut short ends no sentence; nobody asks for "houses"."""
    judged = _judged(_mention("attack"))
    assert {fault.what for fault in judged.faults} == {"missed killed", "missed to"}
    assert all(fault.sentence.startswith("Gen. Omar Sow") for fault in judged.faults)
    count = Count(what="killed", low=4, best=4, high=4, evidence=_trace("four"))
    judged = _judged(_mention("attack", counts=(count,)))
    assert judged.by_class["counts", "violence"].right == 1
    assert "nowhere r01" in judged.faults[0].shown()


def test_what_the_network_gives_is_told_apart_from_the_rules_own() -> None:
    """A doer that the rules alone do not have is the network's."""
    told = _mention("shelled", participants=(_party("Rebels", "actor"),))
    judged = _judged(told, rules=(_mention("shelled"),))
    assert judged.by_giver["sides", "by network"].right == 1


def test_a_pronoun_is_right_where_it_means_whom_the_slot_names() -> None:
    """They who are the rebels by name are right for the rebels, and wrong where they are others."""
    at = PRONOUN_TEXT.index("they")
    they = (Trace(report="r01", start=at, end=at + len("they")),)
    for name, right in (("rebels", 1), ("army", 0)):
        named = _party("Rebels", "actor")
        told = msgspec.structs.replace(named, name=name, evidence=they)
        judged = _judged(
            _mention("shelled", within=PRONOUN_TEXT, participants=(told,)),
            _mention("said", within=PRONOUN_TEXT, participants=(named,)),
            text=PRONOUN_TEXT,
            lines=("+ ASSAULT shelled happened | by Rebels",),
        )
        assert judged.by_role["role", "by"].right == right
        assert judged.by_role["role", "by"].wrong == 1 - right


def test_a_town_that_is_struck_is_no_wrong_side() -> None:
    """Labels have it as the place alone: whether it is a side as well, nobody is asked."""
    told = _mention(
        "shelled", participants=(_party("Rebels", "actor"), _party("Alma", "recipient"))
    )
    judged = _judged(told)
    assert judged.by_role["role", "to"].wrong == 0
    assert judged.by_role["role", "by"].right == 1


def test_what_no_report_tells_of_a_happening_is_not_judged() -> None:
    """Of a happening of which no label has a side, a side lent is neither right nor wrong."""
    lines = (
        "+ ASSAULT shelled happened | by Rebels | is e1",
        "+ ASSAULT attack happened | killed four | is e2",
    )
    judged = _judged(_mention("attack", participants=(_party("Rebels", "actor"),)), lines=lines)
    assert "by story" not in {giver for _, giver in judged.by_giver}
