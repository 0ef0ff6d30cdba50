"""Who did it: not the place that violence is called by, nor those to whom it was done."""

from __future__ import annotations

import pytest
from coded import Bench, Coded
from msgspec.structs import replace

from parley.coding import load_lexicon
from parley.coding.finding import refers_by
from parley.coding.nesting import commenting
from parley.coding.participants import joined
from parley.coding.triggers import find_triggers
from parley.model import Participant, Trace


def _doers(done: Coded) -> list[str]:
    found = [p for m in done.told("ASSAULT") for p in m.participants if p.role == "actor"]
    return [doer.name for doer in found]


@pytest.mark.parametrize(
    "text",
    [
        "The Bamako attack killed six people on Friday.",
        "Masau attack leaves nine dead",
        "Doro attack leaves nine people dead",
        "A Baghdad car bomb killed 12 people on Sunday.",
        "The Quetta bombing left nine people dead on Friday.",
        "The Darfur massacre shocked the world on Friday.",
    ],
)
def test_violence_is_not_done_by_the_place_that_it_is_called_by(bench: Bench, text: str) -> None:
    """A town in front of "attack" says where, whether a gazetteer has it or not."""
    done = bench.code(text)
    assert done.told("ASSAULT")
    assert _doers(done) == []


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("The Taliban attack killed nine people on Friday.", "Taliban"),
        ("The Israeli raid killed nine people on Friday.", "Israel"),
        ("Ankara's raid on the camp killed nine people on Friday.", "Turkey"),
        ("Moscow launched a raid on Kharkiv on Friday.", "Russia"),
        ("Rebel Attack Kills Nine", "rebel"),
        ("Residents blame Masau attack on militia", "militia"),
        ("The army blamed the attack on the base on the Taliban.", "Taliban"),
    ],
)
def test_a_party_in_the_same_place_did_it(bench: Bench, text: str, doer: str) -> None:
    """A party's name, a nationality, a town that owns the raid, and who is blamed for it."""
    assert _doers(bench.code(text)) == [doer]


@pytest.mark.parametrize(
    "text",
    [
        "With dozens injured, the hospital of Gulu ran out of beds.",
        "With more than a hundred people wounded in the blast, doctors worked all night.",
    ],
)
def test_who_is_told_as_hurt_beside_the_sentence_hurt_nobody(bench: Bench, text: str) -> None:
    """'With dozens injured': a participle whose subject suffered it."""
    done = bench.code(text)
    assert done.told("ASSAULT")
    assert _doers(done) == []


def test_whom_an_attack_leaves_hurt_are_its_own(bench: Bench) -> None:
    """'Leaving several dozens injured' is one happening with the attack."""
    (attack,) = bench.code(
        "Gunmen attacked a market near Gulu on Friday, leaving several dozens injured."
    ).told("ASSAULT")
    assert [(count.what, count.low) for count in attack.counts] == [("wounded", 24)]


def test_a_town_without_a_gazetteer_is_a_place_by_what_the_report_says(bench: Bench) -> None:
    """'The Masau raid' was in Masau, where the report says "in Masau" elsewhere."""
    done = bench.code(
        "Gunmen killed nine people in Masau on Friday. The Masau raid on Friday lasted two hours."
    )
    assert done.told("ASSAULT")
    assert all([w.name for w in m.where] == ["Masau"] for m in done.told("ASSAULT"))


def test_a_town_without_a_gazetteer_attacks_nobody(bench: Bench) -> None:
    """Nor is it who fights, where it stands first in the sentence."""
    done = bench.code(
        "Gunmen killed nine people in Masau on Friday. Masau shelled: six dead in attack on Friday."
    )
    assert "Masau" not in _doers(done)


def _sides(done: Coded, type_: str) -> set[tuple[str, str]]:
    return {(p.name, p.role) for m in done.told(type_) for p in m.participants}


def test_whom_one_meets_is_told_without_a_name(bench: Bench) -> None:
    """The second party of a meeting may be a common noun; whom a state sends is its own."""
    met = _sides(bench.code("The generals met village elders in Gao on Friday."), "CONSULT")
    assert {name for name, _ in met} == {"generals", "elders"}
    sent = _sides(bench.code("Chile sent 300 soldiers to Haiti on Friday."), "MOBILIZE")
    assert ("soldiers", "actor") not in sent


@pytest.mark.parametrize(
    ("text", "victim"),
    [
        ("Eight soldiers laid down their lives near Gao on Friday.", "soldiers"),
        ("The army neutralized four militants near Gao on Friday.", "militants"),
        ("A policeman fell near Gao on Friday.", "policeman"),
    ],
)
def test_the_dead_are_told_in_soft_words(bench: Bench, text: str, victim: str) -> None:
    """Armies neutralise, their own fall and lay down their lives: people died."""
    struck = {name for name, role in _sides(bench.code(text), "ASSAULT") if role != "actor"}
    assert any(victim in name for name in struck)


def test_who_is_counted_among_the_dead_did_not_kill_them() -> None:
    """One word is not both who did it and whom it was done to."""
    trace = Trace(report="r", start=0, end=8)
    victim = Participant(
        name="fighters", kind="armed_group", country=None, role="victim", evidence=(trace,)
    )
    doer = replace(victim, role="actor")
    assert joined([doer, victim]) == (victim,)
    apart = replace(doer, evidence=(Trace(report="r", start=20, end=28),))
    assert set(joined([apart, victim])) == {apart, victim}


def test_who_condemns_a_deed_did_not_do_it(bench: Bench) -> None:
    """Of what a noun names nobody is the doer who praises, condemns or asks for it."""
    done = bench.code("The African Union has condemned the attack on the convoy.")
    doc, refers = done.dated.parse.docs[0], refers_by(done.grounding)
    triggers = find_triggers(doc, lexicon=load_lexicon(), refers=refers)
    by_head = {trigger.head.i: trigger for trigger in triggers}
    attack = next(trigger for trigger in triggers if trigger.head.text == "attack")
    assert [word.text for word in commenting(attack, by_head)] == ["Union"]


def test_who_hosts_talks_is_no_side_of_the_fighting(bench: Bench) -> None:
    """Fighting is between those who are told as taking sides, not between a host and his guest."""
    text = (
        "Swiss talks on Mali open in Geneva.\n"
        "The conference between Switzerland and Mali had been put off twice.\n"
        "The fighting went on in Gao on Friday."
    )
    doers = {name for name, role in _sides(bench.code(text), "ASSAULT") if role == "actor"}
    assert "Switzerland" not in doers
