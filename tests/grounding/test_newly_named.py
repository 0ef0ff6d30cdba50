"""States and groups that no table knows, by what a report itself says of them."""

from __future__ import annotations

import pytest
from world import World, read

from parley.parsing import Parser, start_of


def meant(text: str, reader: Parser, world: World) -> str:
    """Return whom the word in brackets means, as "name:kind"."""
    at = text.index("[")
    grounding = read(text.replace("[", "").replace("]", ""), reader, world)
    for doc in grounding.parse.docs:
        for token in doc:
            if start_of(token) == at:
                found = grounding.reference(token)
                told = found.members if found else ()
                return "; ".join(f"{m.party.name}:{m.party.kind}" for m in told) or "None"
    return "no such token"


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("The government of Zandara called on the rebels. [Zandara] is ready.", "Zandara:state"),
        ("Ostarian [troops] shelled a village. Ostaria denied it.", "Ostaria:state"),
        ("[Ostaria] denied it. Ostarian troops had shelled a village.", "Ostaria:state"),
        ("Tarsian [President] Ivo Denn dismissed the charge.", "Tarsian:state"),
        (
            "The parliament of Zandara met. Zandaran police searched it. The [army] was silent.",
            "Zandara:state",
        ),
    ],
)
def test_a_name_with_a_government_is_a_states(
    text: str, party: str, reader: Parser, world: World
) -> None:
    """What has a government, or an army and an adjective of its own, is a state throughout."""
    assert meant(text, reader, world) == party


@pytest.mark.parametrize(
    "text",
    [
        "The government of Ann [Olmedo] denied it.",
        "Troops in Karel province fired. Karelian troops fled. [Karel] was quiet.",
        "Karel [rebels] fired at a post.",
    ],
)
def test_a_person_a_province_and_a_people_are_no_state(
    text: str, reader: Parser, world: World
) -> None:
    """A government may be a person's, and troops those of a province."""
    assert ":state" not in meant(text, reader, world)


@pytest.mark.parametrize(
    ("text", "party"),
    [
        (
            "Rebels of the People's Army of [Carmona] killed six policemen.",
            "People's Army of Carmona:armed_group",
        ),
        (
            "The [Sons] of the Plateau attacked a post, and fighters of the Sons of the Plateau "
            "fled.",
            "Sons of the Plateau:armed_group",
        ),
        (
            "Fighters of the Forces for the Defence of Democracy fled. The [FDD] denied it.",
            "Forces for the Defence of Democracy:armed_group",
        ),
        (
            "Soldiers killed eleven fighters of the Free Karel Movement. The [Movement] denied it.",
            "Free Karel Movement:armed_group",
        ),
        (
            "Police blamed the Ister Homeland Army. It said the Homeland [Army] was not involved.",
            "Ister Homeland Army:armed_group",
        ),
        (
            "Soldiers met the rebel group Ister First. In Tolm Ister [First] denied it.",
            "Ister First:armed_group",
        ),
    ],
)
def test_a_group_is_named_in_full_and_in_short(
    text: str, party: str, reader: Parser, world: World
) -> None:
    """A group's name has all its words; its letters or its first word name it again."""
    assert meant(text, reader, world) == party


def test_a_word_of_another_body_named_last_is_not_the_groups(reader: Parser, world: World) -> None:
    """'The Union' behind the African Union is not the Karel Union told of before."""
    text = "The Free Karel Union and the African Union met. The [Union] praised the talks."
    assert "Karel" not in meant(text, reader, world)


def test_an_army_of_a_state_is_no_group(reader: Parser, world: World) -> None:
    """'The Army of Russia' is Russia's."""
    assert "armed_group" not in meant("The Army of [Russia] fired at a post.", reader, world)


def test_a_government_called_by_who_leads_it_is_the_states(reader: Parser, world: World) -> None:
    """'The Quintero government' is that of the state of which she is the president."""
    text = "Colombian President Rosa Quintero spoke. FARC accused the Quintero [government]."
    assert meant(text, reader, world) == "Colombia:state"


def test_soldiers_that_open_a_sentence_are_those_at_home(reader: Parser, world: World) -> None:
    """A capital that only opens the sentence makes no name of them."""
    text = "KAMPALA, May 11 (Agency) - Ugandan police and lawmakers met. [Soldiers] opened fire."
    assert meant(text, reader, world) == "Uganda:state"


def test_a_street_that_is_once_taken_for_a_body_is_none(reader: Parser, world: World) -> None:
    """What the model takes for a body in one line is no party in another by that alone."""
    text = (
        "Police shoot woman with toy gun outside Portage Place\n\nA woman is in hospital after she "
        "was shot by a police officer beside Portage Place on Tuesday night.\n"
    )
    found = read(text, reader, world)
    title = text.index("Portage Place")
    named = [r for r in found.references if r.start <= title < r.end]
    assert not any(member.party.kind != "person" for r in named for member in r.members)


def test_a_delegation_behind_a_person_is_not_whom_he_acts_for(reader: Parser, world: World) -> None:
    """'One was led by A, the X delegation by B': the second clause has its verb left out."""
    text = (
        "Ugandan police met. The government delegation was led by Minister Rosa [Adami], the FARC "
        "delegation by Colonel Sefo."
    )
    assert "FARC" not in meant(text, reader, world)


def test_the_government_delegation_is_that_at_home(reader: Parser, world: World) -> None:
    """Whatever delegation was told of before."""
    text = (
        "Ugandan police and Ugandan lawmakers met. The FARC delegation spoke. The government "
        "[delegation] left."
    )
    assert meant(text, reader, world) == "Uganda:state"


@pytest.mark.parametrize(
    ("text", "party"),
    [
        (
            "The Uganda Freedom [Party] signed the accord.",
            "Uganda Freedom Party:organisation",
        ),
        (
            "The Sudan National Unity [Front] attacked a post.",
            "Sudan National Unity Front:armed_group",
        ),
        (
            "Yemen People's [Alliance] fighters fled.",
            "Yemen People's Alliance:armed_group",
        ),
        ("The Sudan Defence [Ministry] denied it.", "Sudan:state"),
        ("[Sudan], the African Union and Yemen met.", "Sudan:state"),
    ],
)
def test_a_party_that_is_called_by_its_land_is_not_its_land(
    text: str, party: str, reader: Parser, world: World
) -> None:
    """A name that begins with a state and ends in what a party is, is the party's."""
    assert meant(text, reader, world) == party


def test_a_headline_in_capitals_names_nobody(reader: Parser, world: World) -> None:
    """Where all is in capitals they mark no abbreviation, and "rebels hit" is no band of rebels."""
    text = "FIVE DIE AS REBELS HIT [ARMY] CAMPS IN MINDANAO\n\nThe army of Zandara was attacked."
    assert "HIT" not in meant(text, reader, world)
