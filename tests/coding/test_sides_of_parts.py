"""Who takes part, where another part of the sentence tells it: an owner, an office, a clause."""

from __future__ import annotations

import pytest
from coded import Bench


def _sides(bench: Bench, text: str, type_: str) -> set[tuple[str, str]]:
    told = bench.code(text).told(type_)
    assert told
    return {(p.role, p.name) for mention in told for p in mention.participants}


@pytest.mark.parametrize(
    ("text", "type_", "side"),
    [
        ("The rebels' chief negotiator, Tano Weru, met Chad's president.", "CONSULT", "rebels"),
        ("Tano Weru, a spokesman for the protesters, rejected the plan.", "REJECT", "protesters"),
    ],
)
def test_who_speaks_for_a_group_acts_for_it(bench: Bench, text: str, type_: str, side: str) -> None:
    """A person of no known party stands under the group without a name that he speaks for."""
    told = bench.code(text).told(type_)[0].participants
    (group,) = [p for p in told if p.name == side]
    assert "Tano Weru" in {person.name for person in group.people}
    assert "Tano Weru" not in {p.name for p in told}


def test_who_is_killed_is_killed_himself(bench: Bench) -> None:
    """The killing of a leader is not one of those whom he leads."""
    text = "Omar Diallo, leader of the village militia, was killed by soldiers on Monday."
    assert "Omar Diallo" in {name for _, name in _sides(bench, text, "ASSAULT")}


def test_an_office_in_the_singular_has_one_holder(bench: Bench) -> None:
    """A surname behind a full name is not of the same state by the title before both."""
    text = (
        "Bosnian President Alija Izetbegovic arrived on Monday.\n"
        "Croatia's President Franjo Tudjman and Izetbegovic signed a pact in Zagreb on Tuesday."
    )
    names = {name for _, name in _sides(bench, text, "AGREE")}
    assert {"Croatia", "Bosnia and Herzegovina"} <= names


def test_who_goes_by_a_given_name_is_no_town(bench: Bench) -> None:
    """Abiy is the prime minister named before, though a gazetteer has a town of that name."""
    text = (
        "Ethiopian Prime Minister Abiy Ahmed spoke on Monday.\n"
        "The African Union's envoy held talks with Abiy and Debretsion Gebremichael on Tuesday."
    )
    assert "Ethiopia" in {name for _, name in _sides(bench, text, "CONSULT")}


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The army attacked militant camps in the north on Monday.", "militant"),
        ("The army attacked camps of militants in the north on Monday.", "militants"),
        ("A police bus was ambushed at the bridge on Monday.", "police"),
        ("Gunmen attacked three passenger vans on Monday.", "passenger"),
    ],
)
def test_who_keeps_what_is_struck_suffers_it(bench: Bench, text: str, side: str) -> None:
    """By the noun before or behind the place or the thing."""
    assert ("recipient", side) in _sides(bench, text, "ASSAULT")


@pytest.mark.parametrize(
    "text",
    [
        "Nine Malian soldiers died when rebels stormed the base on Monday.",
        "Six Malian soldiers were killed and two wounded in attacks by rebels on Monday.",
        "A Malian soldier was killed as rebels fired at the post on Monday.",
    ],
)
def test_a_death_has_the_doers_of_the_deed_that_it_came_of(bench: Bench, text: str) -> None:
    """A clause or a noun of the sentence tells who attacked."""
    deaths = [m for m in bench.code(text).told("ASSAULT") if m.counts]
    assert deaths
    for death in deaths:
        assert "rebels" in {p.name for p in death.participants if p.role == "actor"}


@pytest.mark.parametrize(
    "text",
    [
        "Malian soldiers died on Monday, after the rebels had denied an attack on the base.",
        "Malian soldiers were killed on Monday. The rebels attacked a village on Friday.",
    ],
)
def test_a_deed_beside_a_death_is_not_its_cause(bench: Bench, text: str) -> None:
    """What is denied, and what another sentence tells, lends nobody."""
    death = bench.code(text).told("ASSAULT")[0]
    assert "rebels" not in {p.name for p in death.participants if p.role == "actor"}


def test_a_name_behind_by_is_somebodys_and_one_behind_at_a_places(bench: Bench) -> None:
    """A name that no list has does what is done by it, and is where what is done at it is."""
    text = "The pastor was shot by the KKB at Kisor on Friday."
    sides = _sides(bench, text, "ASSAULT")
    assert ("actor", "KKB") in sides
    assert "Kisor" not in {name for _, name in sides}
    assert "Friday" not in {
        name for _, name in _sides(bench, "The post was attacked by Friday.", "ASSAULT")
    }


@pytest.mark.parametrize(
    "text",
    [
        "The Taliban have claimed the shooting at the market on Monday.",
        "The shelling of the market came from the Taliban on Monday.",
    ],
)
def test_who_claims_a_deed_and_whom_it_comes_from_did_it(bench: Bench, text: str) -> None:
    """Both are told by the verb over the deed."""
    assert ("actor", "Taliban") in _sides(bench, text, "ASSAULT")


@pytest.mark.parametrize(
    ("text", "type_", "third"),
    [
        (
            "The UN special envoy secured a ceasefire for Yemen on Monday.",
            "AGREE",
            "United Nations",
        ),
        ("Kenya announced talks between Sudan and Chad in Nairobi on Monday.", "CONSULT", "Kenya"),
        ("Norway announced a ceasefire between Sudan and Chad on Monday.", "RETREAT", "Norway"),
    ],
)
def test_who_secures_or_announces_what_is_between_others_is_no_party(
    bench: Bench, text: str, type_: str, third: str
) -> None:
    """A third brings them together."""
    assert {role for role, name in _sides(bench, text, type_) if name == third} == {"mediator"}


@pytest.mark.parametrize(
    "text",
    [
        "The United Nations and Mali reached an agreement on Monday.",
        "The United Nations announced an agreement with Mali on Monday.",
    ],
)
def test_a_body_of_states_may_be_a_party_itself(bench: Bench, text: str) -> None:
    """Beside another party it is one."""
    roles = {role for role, name in _sides(bench, text, "AGREE") if name == "United Nations"}
    assert roles & {"actor", "signatory"}


def test_soldiers_without_a_name_are_theirs_who_send_them(bench: Bench) -> None:
    """Whose affairs a report tells of sends nobody by that."""
    text = (
        "GAO, Mali - Malian troops searched houses. Malian police guarded the town of Mali.\n"
        "Niger, Chad and Togo will send 3,000 soldiers, a diplomat said on Monday."
    )
    names = {name for role, name in _sides(bench, text, "MOBILIZE") if role == "actor"}
    assert names == {"Niger", "Chad", "Togo"}
