"""Who takes part, by words that stand for others: a comma, a pronoun, a capital."""

from __future__ import annotations

import pytest
from coded import Bench

_LEAD = "\nGAO, March 14 (Agency) - The two sides met in the morning."


def _doers(bench: Bench, text: str, type_: str) -> set[tuple[str, str]]:
    told = bench.code(text).told(type_)[0].participants
    return {(p.name, p.kind) for p in told if p.role in ("actor", "signatory")}


@pytest.mark.parametrize(
    ("headline", "type_", "doers"),
    [
        ("Mali army, rebels sign truce in Gao", "AGREE", {"Mali", "rebels"}),
        ("Chad, Sudan agree to end fighting in Darfur", "AGREE", {"Chad", "Sudan"}),
    ],
)
def test_a_comma_joins_the_sides_of_a_headline(
    bench: Bench, headline: str, type_: str, doers: set[str]
) -> None:
    """Both sign, the one before the comma too."""
    assert {name for name, _ in _doers(bench, headline + _LEAD, type_)} == doers


def test_a_comma_behind_a_day_joins_nothing(bench: Bench) -> None:
    """A day signs nothing."""
    told = _doers(bench, "Monday, rebels attack Chad post" + _LEAD, "ASSAULT")
    assert {name for name, _ in told} == {"rebels"}


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Rebels said on Monday that they had shelled the army base in Gao.", "rebels"),
        ("The village committee said it had captured Gao on Monday.", "village committee"),
    ],
)
def test_who_says_of_itself_what_it_did_did_it(bench: Bench, text: str, doer: str) -> None:
    """They and it are the group that speaks, if it has no name."""
    assert doer in {name for name, _ in _doers(bench, text, "ASSAULT")}


def test_one_who_speaks_is_not_the_group_that_did_it(bench: Bench) -> None:
    """A governor says that "they" came: he is not they, and nobody is "it"."""
    text = "The governor said on Monday that they had shelled the base of Chad in Gao."
    assert "governor" not in {name for name, _ in _doers(bench, text, "ASSAULT")}
    text = "A doctor said on Monday that it had shelled the base of Chad in Gao."
    assert "doctor" not in {name for name, _ in _doers(bench, text, "ASSAULT")}


def test_a_word_for_people_that_opens_a_sentence_is_no_name(bench: Bench) -> None:
    """Gunmen with a capital are gunmen, whom the model may take for a body's name."""
    text = "Nobody was hurt. Rebels shelled the army base in Gao on Monday."
    assert ("rebels", "armed_group") in _doers(bench, text, "ASSAULT")


def _sides(bench: Bench, text: str, type_: str) -> set[tuple[str, str]]:
    told = bench.code(text).told(type_)[0].participants
    return {(p.role, p.name) for p in told}


def test_who_calls_a_truce_alone_is_bound_by_it(bench: Bench) -> None:
    """Beside nobody else they are no hosts of it; who arranges one for others is."""
    told = _sides(bench, "The rebels called a truce on Monday.", "AGREE")
    assert told == {("actor", "rebels")}
    others = "A truce arranged by Egypt took hold on Monday."
    assert ("host", "Egypt") in _sides(bench, others, "AGREE")


@pytest.mark.parametrize(
    "text",
    [
        "Chad's army denied that rebels from Sudan had crossed the border.",
        "Chad's army denied on Monday that any of its men had fled.",
    ],
)
def test_what_others_are_said_to_have_done_is_aimed_at_nobody(bench: Bench, text: str) -> None:
    """Who is in the claim that is denied is no side of the denial; who made the claim is."""
    assert {role for role, _ in _sides(bench, text, "REJECT")} == {"actor"}
    claimed = "Chad's army rejected a claim of Sudan that its men had fled."
    assert ("recipient", "Sudan") in _sides(bench, claimed, "REJECT")


@pytest.mark.parametrize(
    "text",
    [
        "In New York, Chad appealed to Sudan on Monday to stop.",
        "Chad asked Sudan on Monday to withdraw its troops from Kidal.",
        "Chad asked Sudan in Nairobi on Monday to stop.",
    ],
)
def test_a_town_where_something_is_asked_is_asked_nothing(bench: Bench, text: str) -> None:
    """The one asked stands without the town."""
    assert _sides(bench, text, "REQUEST") == {("actor", "Chad"), ("recipient", "Sudan")}


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Gunmen fired at a convoy near Gao on Monday, wounding two drivers.", {"drivers"}),
        ("Jets bombed Gao on Monday, killing four civilians and a monk.", {"civilians", "monk"}),
        ("Jets bombed Gao on Monday, killing at least four.", set()),
        ("Jets bombed rebels near Gao on Monday, killing eight fighters.", set()),
    ],
)
def test_whom_a_figure_counts_suffered_it(bench: Bench, text: str, victims: set[str]) -> None:
    """A noun for people suffices where nobody else is told; a bare number names nobody."""
    told = _sides(bench, text, "ASSAULT")
    assert {name for role, name in told if role == "victim"} == victims


def test_a_suicide_bomber_attacks(bench: Bench) -> None:
    """He does it, and meets nobody; a bomber in the air is a thing that somebody sends."""
    text = "A suicide bomber killed 17 people at a tribal meeting in Gao."
    assert ("actor", "bomber") in _sides(bench, text, "ASSAULT")
    met = [party.name for one in bench.code(text).told("CONSULT") for party in one.participants]
    assert "bomber" not in met
    assert not _doers(bench, "A bomber killed 17 people in Gao on Monday.", "ASSAULT")


def test_a_witness_signs_nothing(bench: Bench) -> None:
    """Who brings the signatories together is no party to what they sign."""
    text = "Chad and Sudan signed a truce on Sunday, with Kenya's president as witness."
    told = _sides(bench, text, "AGREE")
    assert ("mediator", "Kenya") in told
    assert ("signatory", "Kenya") not in told
    assert ("signatory", "Chad") in told


def test_who_does_something_to_himself_does_it_to_nobody_else(bench: Bench) -> None:
    """A pronoun that points back to the doer adds no second side."""
    text = "The Chadian soldiers who had given themselves up were flown home on Tuesday."
    assert _sides(bench, text, "RETREAT") == {("actor", "Chad")}


def test_the_two_between_whom_something_is_are_no_number(bench: Bench) -> None:
    """Between "the two sides" are both; between "six and eight people" is nobody."""
    text = (
        "Peruvian and Ecuadorian troops clashed on Sunday. Chile brokered a deal between the two "
        "sides on Monday."
    )
    assert {name for name, _ in _doers(bench, text, "AGREE")} == {"Peru", "Ecuador"}
    text = "The blast in Gao on Monday killed between six and eight people."
    assert not _doers(bench, text, "ASSAULT")
