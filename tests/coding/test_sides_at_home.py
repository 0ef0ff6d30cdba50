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


@pytest.mark.parametrize(
    ("text", "aimed_at"),
    [
        ("Thousands marched in Tbilisi on Tuesday to protest against the government.", "Georgia"),
        ("Farmers blocked roads in Lagos on Tuesday to show their anger at France.", "France"),
        ("People blocked streets in Goma on Tuesday in defiance of Rwandan troops.", "Rwanda"),
        ("Protesters gathered outside the French embassy in Niamey on Tuesday.", "France"),
        ("Serb farmers blocked a bridge in Mitrovica on Tuesday in protest at Albania.", "Albania"),
        (
            "Students marched in Dhaka on Monday to demand that the government go.",
            "Bangladesh",
        ),
        ("Thousands rallied in Lagos on Tuesday to protest abuses by Nigerian police.", "Nigeria"),
        ("People in Homs blocked a road on Tuesday to show disapproval for Israel.", "Israel"),
        ("Thousands rioted in Cairo on Tuesday, calling for the fall of Israel.", "Israel"),
    ],
)
def test_whom_a_protest_is_against(bench: Bench, text: str, aimed_at: str) -> None:
    """It is told by what people do it for, in or in front of, and is no side of theirs."""
    told = bench.code(text).told("PROTEST")
    assert {p.name for p in told[0].participants if p.role == "recipient"} == {aimed_at}
    assert aimed_at not in {p.name for p in told[0].participants if p.role == "actor"}


def test_who_marches_is_of_the_country_where_it_is(bench: Bench) -> None:
    """They are at home where they march, whatever state the report tells most of."""
    text = "French troops left. Protesters gathered at the French embassy in Niamey on Tuesday."
    assert _taking_part(bench, text, "PROTEST")["protesters"].country == "NER"


def test_who_follows_somebody_is_not_him(bench: Bench) -> None:
    """Supporters of a president who block a road are people, and no president."""
    text = "About 200 supporters of former President Ahmed Ben Bella blocked roads in Algiers."
    assert set(_taking_part(bench, text, "PROTEST")) == {"supporters"}


@pytest.mark.parametrize(
    ("text", "harmed"),
    [
        ("UNITA said the army had shelled its positions near Uige on Monday.", "UNITA"),
        ("UNITA said on Tuesday that the army had attacked, killing 14 of its men.", "UNITA"),
        ("Mali said on Monday that France had killed two of its soldiers.", "Mali"),
    ],
)
def test_who_harms_somebody_does_not_own_him(bench: Bench, text: str, harmed: str) -> None:
    """In what somebody says that another has done to "its" men, they are the speaker's."""
    told = bench.code(text).told("ASSAULT")[0]
    assert {p.name for p in told.participants if p.role in ("recipient", "victim")} == {harmed}


def test_a_state_that_sends_troops_is_not_at_home_among_a_group_of_another(bench: Bench) -> None:
    """Soldiers whom the rebels of a country kill are not of the one foreign state that is named."""
    text = (
        "The UFDR signed a truce on Friday. On 3 March the UFDR attacked Birao and killed two "
        "soldiers. French paratroopers drove the UFDR out of the town the next day."
    )
    killed = next(mention for mention in bench.code(text).told("ASSAULT") if mention.counts)
    assert "France" not in {party.name for party in killed.participants}
