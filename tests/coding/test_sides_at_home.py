"""Of which country those are who have no name, and that who marches is no state."""

from __future__ import annotations

import pytest
from coded import Bench

from parley.model import Participant


def _taking_part(bench: Bench, text: str, type_: str) -> dict[str, Participant]:
    told = bench.code(text).told(type_)
    assert told
    return {party.name: party for mention in told for party in mention.participants}


@pytest.mark.parametrize(
    ("text", "type_", "name", "country"),
    [
        (
            "Liberian riot police used tear gas on Monday to disperse demonstrators in Monrovia.",
            "COERCE",
            "demonstrators",
            "LBR",
        ),
        (
            "Gunmen killed a Kenyan judge on Monday. Kenyan police are looking for them.",
            "ASSAULT",
            "gunmen",
            "KEN",
        ),
        (
            "Soldiers of Chad and soldiers of Niger met. Gunmen killed five villagers on Monday.",
            "ASSAULT",
            "gunmen",
            None,
        ),
    ],
)
def test_home(bench: Bench, text: str, type_: str, name: str, country: str | None) -> None:
    """Who has no name is of the country whose own affairs are told, where that is clear."""
    assert _taking_part(bench, text, type_)[name].country == country


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Egyptian demonstrators rioted in Cairo on Tuesday.", "Egyptian demonstrators", "EGY"),
        ("Turkish farmers blockaded Ankara on Tuesday.", "Turkish farmers", "TUR"),
        ("Thousands of Georgians rallied in Tbilisi on Tuesday.", "Georgians", "GEO"),
    ],
)
def test_who_marches_is_no_state(bench: Bench, text: str, name: str, country: str) -> None:
    """People who take to the streets are named as they are told, with their country."""
    told = _taking_part(bench, text, "PROTEST")
    assert (told[name].kind, told[name].country) == ("population", country)
    assert "state" not in {party.kind for party in told.values()}


@pytest.mark.parametrize(
    ("text", "type_", "state"),
    [
        (
            "Vice-President Tom Awino declined to resign on Monday despite pressure by the Kenya "
            "Anti-Corruption Commission.",
            "REJECT",
            "Kenya",
        ),
        ("President Dos Reis rejected on Monday the demands of UNITA.", "REJECT", "Angola"),
        ("The army shelled UNITA positions on Monday.", "ASSAULT", "Angola"),
    ],
)
def test_offices_and_bodies_of_the_only_country(
    bench: Bench, text: str, type_: str, state: str
) -> None:
    """Where one country alone is told of, if only by a group of it, its offices are its own."""
    assert state in _taking_part(bench, text, type_)
