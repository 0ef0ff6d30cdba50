"""Who takes part, by the form of the sentence: short of a verb's parts, or under a label."""

from __future__ import annotations

import pytest
from coded import Bench


def _sides(bench: Bench, text: str, type_: str) -> set[tuple[str, str]]:
    """Return the sides of all happenings of a type, as role and name."""
    told = bench.code(text).told(type_)
    assert told
    return {(p.role, p.name) for mention in told for p in mention.participants}


@pytest.mark.parametrize(
    "text",
    [
        "Malian soldier killed near Kidal.",
        "May 28: Malian soldier killed at Menaka.",
        "The day was calm. Malian soldiers wounded in Kidal.",
    ],
)
def test_a_sentence_short_of_its_auxiliary_is_a_passive(bench: Bench, text: str) -> None:
    """Whom a log has as "killed", without an article and an object, did not kill."""
    sides = _sides(bench, text, "ASSAULT")
    assert ("victim", "Mali") in sides
    assert ("actor", "Mali") not in sides


def test_a_whole_sentence_is_no_passive(bench: Bench) -> None:
    """Who has an article, or whom he shoots, is told in full."""
    assert ("actor", "Mali") in _sides(bench, "The Malian soldiers shot in the air.", "ASSAULT")
    text = "Malian soldiers killed two rebels in Kidal."
    assert ("actor", "Mali") in _sides(bench, text, "ASSAULT")


def test_who_a_town_falls_to_took_it(bench: Bench) -> None:
    """The town was lost, and did nothing."""
    sides = _sides(bench, "Timbuktu fell to the rebels on Sunday.", "ASSAULT")
    assert ("actor", "rebels") in sides
    assert not {role for role, name in sides if name == "Timbuktu"} & {"actor", "signatory"}


def test_the_label_of_a_line_does_nothing(bench: Bench) -> None:
    """What stands before a colon heads the line."""
    sides = _sides(bench, "Mopti: the army shelled two villages on Monday.", "ASSAULT")
    assert {name for role, name in sides if role == "actor"} == {"army"}


@pytest.mark.parametrize("by", ["UNHCR's count", "the count of UNHCR"])
def test_who_counted_did_not_do_it(bench: Bench, by: str) -> None:
    """Whose count it is tells whose figure it is."""
    sides = _sides(bench, f"Mali expelled 300 migrants on Monday, by {by}.", "SANCTION")
    assert "UNHCR" not in {name for _, name in sides}
    assert ("actor", "Mali") in sides


@pytest.mark.parametrize(
    "text",
    [
        "The talks were chaired by Burkina Faso on Monday.",
        "Talks between Mali and Chad, presided over by Burkina Faso, were held on Monday.",
        "Burkina Faso chaired the talks between Mali and Chad on Monday.",
    ],
)
def test_who_chairs_talks_mediates(bench: Bench, text: str) -> None:
    """Who presides is neither a side nor a host alone."""
    sides = _sides(bench, text, "CONSULT")
    assert {role for role, name in sides if name == "Burkina Faso"} == {"mediator"}


def test_a_paper_is_called_by_the_town_of_its_making(bench: Bench) -> None:
    """Neither the document nor the talks of Doha are Qatar's; two capitals joined are parties."""
    text = "The Doha document was rejected by Chad on Monday."
    assert "Qatar" not in {name for _, name in _sides(bench, text, "REJECT")}
    text = "Sudan and Chad resumed the Doha talks on Monday."
    sides = {name for _, name in _sides(bench, text, "CONSULT")}
    assert {"Sudan", "Chad"} <= sides
    assert "Qatar" not in sides
    text = "Ankara-Damascus talks were held on Monday."
    assert "Turkey" in {name for _, name in _sides(bench, text, "CONSULT")}


def test_whose_offer_is_rejected_is_the_other_side(bench: Bench) -> None:
    """By a noun as by a verb."""
    text = "Congo's rejection of Rwanda's offer came on Monday."
    assert ("recipient", "Rwanda") in _sides(bench, text, "REJECT")


def test_a_body_behind_the_owner_of_another_is_a_side_of_its_own(bench: Bench) -> None:
    """An army has one owner: rebels behind it are a side of their own."""
    text = "The army of Mali and separatist rebels of the MNLA accused each other on Sunday."
    doers = {name for role, name in _sides(bench, text, "ACCUSE") if role == "actor"}
    assert len(doers) == 2


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Tribal chiefs met President Mahamat Deby of Chad in Abeche on Monday.", "chiefs"),
        ("Chad's president met a delegation of elders in Abeche on Monday.", "elders"),
        ("Chad's president met notables in Abeche on Monday.", "notables"),
    ],
)
def test_chiefs_and_notables_are_somebody(bench: Bench, text: str, who: str) -> None:
    """Those who speak for a people take part, by the noun for them."""
    assert who in {name for _, name in _sides(bench, text, "CONSULT")}
