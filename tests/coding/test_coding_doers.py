"""Who did it: not the place that violence is called by, nor those to whom it was done."""

from __future__ import annotations

import pytest
from coded import Bench, Coded


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
