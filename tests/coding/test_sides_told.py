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
