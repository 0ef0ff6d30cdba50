"""Whose affairs a report tells of, who faces whom in it, and words that stand for either."""

from __future__ import annotations

import pytest
from world import World, read

from parley.parsing import Parser, start_of


def meant(text: str, reader: Parser, world: World) -> str:
    """Return whom the word in brackets means: "party:part", several of them by "; "."""
    at = text.index("[")
    grounding = read(text.replace("[", "").replace("]", ""), reader, world)
    for doc in grounding.parse.docs:
        for token in doc:
            if start_of(token) == at:
                found = grounding.reference(token)
                told = found.members if found else ()
                return "; ".join(f"{m.party.name}:{m.part}" for m in told) or "None"
    return "no such token"


@pytest.mark.parametrize(
    ("text", "party"),
    [
        (
            "KAMPALA, May 11 (Agency) - Ugandan lawmakers passed the bill. Rwanda welcomed it. "
            "The [government] said it was ready.",
            "Uganda:government_body",
        ),
        (
            "Ugandan police and Ugandan soldiers searched the town. The Ugandan parliament "
            "met. Rwanda was silent. An [army] officer spoke.",
            "Uganda:military",
        ),
        (
            "Ugandan police searched the town. The Ugandan parliament met. Ugandan farmers "
            "fled. France was silent. Nine [soldiers] died.",
            "Uganda:military",
        ),
        (
            "The French ambassador said that many had fled. Nine [soldiers] died.",
            "None",
        ),
        (
            "GENEVA, May 11 (Agency) - Rwandan envoys and Ugandan envoys met. The "
            "[parliament] was silent.",
            "None",
        ),
        (
            "Rwandan soldiers fired on Ugandan soldiers. Ugandan police fired on Rwandan "
            "police. The [parliament] met.",
            "None",
        ),
        # Where others face each other the country of the dateline is their host.
        (
            "KAMPALA, July 22 (Agency) - Rwanda and France met for talks in a Ugandan town, "
            "Ugandan officials said. Rwanda accused France. Ugandan police were there. An "
            "[army] officer spoke.",
            "None",
        ),
    ],
)
def test_home(text: str, party: str, reader: Parser, world: World) -> None:
    """A body without a nationality is that of the state whose affairs clearly are told."""
    assert meant(text, reader, world) == party


@pytest.mark.parametrize(
    ("text", "rivals"),
    [
        (
            "India and Pakistan exchanged fire. India accused Pakistan of the attack. Qatar "
            "hosted talks between India and Pakistan.",
            ("India", "Pakistan"),
        ),
        (
            "Colombia's government and the FARC signed a truce. The FARC freed two soldiers. "
            "Colombia thanked Venezuela.",
            ("Colombia", "FARC"),
        ),
        ("The weather was fine in Geneva.", ()),
        ("Israel fought Syria. Ethiopia fought Eritrea. India fought Pakistan.", ()),
    ],
)
def test_rivals(text: str, rivals: tuple[str, ...], reader: Parser, world: World) -> None:
    """The two that face each other are told, none where that is unclear."""
    assert tuple(party.name for party in read(text, reader, world).rivals) == rivals


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("India and Pakistan met. Each [side] blamed the other.", "India:whole; Pakistan:whole"),
        ("India and Pakistan met. Neither [side] gave way.", "India:whole; Pakistan:whole"),
        ("India and Pakistan blamed each [other].", "India:whole; Pakistan:whole"),
        ('"[We] want peace," said Armenia\'s foreign minister.', "Armenia:whole"),
        ("Armenia spoke. We know [our] limits.", "None"),
        ("Sudan closed its airspace. The [country] is at war.", "Sudan:whole"),
        ("Fighters of the [33rd] Front entered the town.", "33rd Front:whole"),
        ("[Fighters] of the 33rd Front entered the town.", "33rd Front:whole"),
        ("The Sons of Dawn Brigade fled. The [group] lost two men.", "Dawn Brigade:whole"),
        ("The [Supreme] Military Council met.", "None"),
        (
            "Somali clans fought. The Dawn Front took the port. A [spokesman] of the militia "
            "said so.",
            "Dawn Front:spokesperson",
        ),
        (
            "The leaders of Armenia and Azerbaijan face hard talks. The [leaders] of India "
            "and Pakistan face harder ones.",
            "India:leader; Pakistan:leader",
        ),
    ],
)
def test_antecedents(text: str, parties: str, reader: Parser, world: World) -> None:
    """Words that stand for those told of before are resolved to them."""
    assert meant(text, reader, world) == parties


def test_unknown_place_is_no_person(reader: Parser, world: World) -> None:
    """What the tagger takes for a person after "in" is one only where more is known."""
    grounding = read("Daily.\nA school was bombed in Adi Daero on Friday.", reader, world)
    assert not [m for found in grounding.references for m in found.members if m.person]


@pytest.mark.parametrize(
    ("a", "b"), [("Armenia", "Azerbaijan"), ("Serbia", "Kosovo"), ("Ethiopia", "Eritrea")]
)
def test_rivals_swap(a: str, b: str, reader: Parser, world: World) -> None:
    """Whoever is named first, the two that face each other are the same."""
    frame = "{a} and {b} held talks in Doha. {b} accused {a} of shelling. {a} denied it."
    one = read(frame.format(a=a, b=b), reader, world).rivals
    other = read(frame.format(a=b, b=a), reader, world).rivals
    assert {party.name for party in one} == {party.name for party in other} == {a, b}
