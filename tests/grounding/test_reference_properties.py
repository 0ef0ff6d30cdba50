"""What holds of references whatever the report: symmetry, offsets, and no side favoured."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from world import World, read

from parley.errors import DataError
from parley.grounding import Grounding
from parley.grounding.lexicon import CollectiveTable, load_lexicon, parse_table
from parley.parsing import Parser

# (state, adjective, capital) and an invented minister of each.
PAIRS = [
    (
        ("Armenia", "Armenian", "Yerevan", "Aram Seda"),
        ("Azerbaijan", "Azerbaijani", "Baku", "Elvin Nur"),
    ),
    (
        ("Ukraine", "Ukrainian", "Kyiv", "Oleh Marko"),
        ("Russia", "Russian", "Moscow", "Pavel Orlin"),
    ),
    (
        ("India", "Indian", "New Delhi", "Ravi Malhotra"),
        ("Pakistan", "Pakistani", "Islamabad", "Imran Qadir"),
    ),
    (
        ("Ethiopia", "Ethiopian", "Addis Ababa", "Dawit Bekele"),
        ("Eritrea", "Eritrean", "Asmara", "Yonas Haile"),
    ),
    (
        ("Colombia", "Colombian", "Bogota", "Rosa Quintero"),
        ("Venezuela", "Venezuelan", "Caracas", "Luis Arteaga"),
    ),
]
FRAMES = [
    "{a} and {b} held talks in Geneva on Friday, hosted by Qatar. "
    "The two sides agreed to meet again.",
    "{a_adj} Foreign Minister {a_man} met his {b_adj} counterpart {b_man} in Cairo. "
    "The two ministers discussed a draft treaty.",
    "{a_cap} denied the claim. {b} said three of its soldiers had been killed by {a_adj} forces.",
    "{a}'s Defense Ministry said {b_adj} troops had opened fire. {b_cap} rejected the statement.",
    "The foreign ministers of {a} and {b}, {a_man} and {b_man}, will meet in Doha. "
    "Both countries want a treaty, {b_man} said.",
]
# Pieces of phrases, names and marks, to be put together in any order.
WORDS = (
    *("the", "two", "sides", "Armenia", "Russian", "foreign", "minister", "Ararat", ",", "and"),
    *("of", "its", "Moscow", "said", "'s", "troops", "President", "X.", "Y", "-", "both", "they"),
    *("it", "rebels", "in", "army", ".", "Hamas", "chief", "U.S.-led", "for", "counterpart"),
)


def fill(frame: str, a: tuple[str, ...], b: tuple[str, ...]) -> str:
    """Put two parties into a frame."""
    keys = ("", "_adj", "_cap", "_man")
    words = {f"a{key}": word for key, word in zip(keys, a, strict=True)}
    words |= {f"b{key}": word for key, word in zip(keys, b, strict=True)}
    return frame.format(**words)


def told(grounding: Grounding) -> list[list[tuple[str, str, str]]]:
    """Return the members of each reference, in order."""
    return [
        [(m.party.name, m.part, m.person.name if m.person else "") for m in found.members]
        for found in grounding.references
    ]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_swap(
    frame: str, a: tuple[str, ...], b: tuple[str, ...], reader: Parser, world: World
) -> None:
    """Swap the parties throughout a report, and whom its phrases mean swaps with them."""
    swap = {a[0]: b[0], b[0]: a[0], a[3]: b[3], b[3]: a[3]}
    one = told(read(fill(frame, a, b), reader, world))
    other = told(read(fill(frame, b, a), reader, world))
    swapped = [
        [(swap.get(party, party), part, swap.get(who, who)) for party, part, who in members]
        for members in other
    ]
    assert one == swapped


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    words=st.lists(
        st.sampled_from(WORDS),
        min_size=1,
        max_size=40,
    )
)
def test_any_words(words: list[str], reader: Parser, world: World) -> None:
    """Any order of words is grounded without error, every reference a piece of the text."""
    text = " ".join(words)
    grounding = read(text, reader, world)
    for found in grounding.references:
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start : found.end].strip()
    for before, after in pairwise(grounding.references):
        assert (before.start, before.end) <= (after.start, after.end)
    for doc in grounding.parse.docs:
        for token in doc:
            grounding.reference(token)
            grounding.place(token)


def test_person_of_no_party(reader: Parser, world: World) -> None:
    """A person of whom no party is told is a party of kind person."""
    grounding = read("Daily.\nTomas Lindqvist arrived in Geneva on Monday.", reader, world)
    member = grounding.references[0].members[0]
    assert (member.party.kind, member.party.name) == ("person", "Tomas Lindqvist")
    assert member.person is not None
    assert member.person.title is None


def test_titles(reader: Parser, world: World) -> None:
    """A title is kept in the report's words, in the singular, without its party."""
    text = (
        "Daily.\nThe foreign ministers of India and Pakistan, Ravi Malhotra and Imran Qadir, met. "
        "Greek Deputy Prime Minister Nikos Vallas left."
    )
    people = {
        member.person.name: member.person.title
        for found in read(text, reader, world).references
        for member in found.members
        if member.person is not None
    }
    assert people == {
        "Ravi Malhotra": "foreign minister",
        "Imran Qadir": "foreign minister",
        "Nikos Vallas": "Deputy Prime Minister",
    }


def test_bodies_are_named_alike(reader: Parser, world: World) -> None:
    """A ministry has one name, however the report words it."""
    text = (
        "Daily.\nUkraine's Defence Ministry denied it. The Ukrainian Ministry of Defense said so. "
        "The Ukrainian defence ministry repeated it."
    )
    names = {
        member.name
        for found in read(text, reader, world).references
        for member in found.members
        if member.part == "government_body"
    }
    assert names == {"Ukrainian Ministry of Defense"}


def test_place(reader: Parser, world: World) -> None:
    """A name is placed where it is one, a person's name is not."""
    grounding = read("Daily.\nForeign Minister Georgia Vallas spoke in Geneva.", reader, world)
    placed = {
        token.text: place.name
        for doc in grounding.parse.docs
        for token in doc
        if (place := grounding.place(token)) is not None
    }
    assert placed == {"Geneva": "Geneva"}


def test_lexicon_loads_once() -> None:
    """The words are read once a process."""
    assert load_lexicon() is load_lexicon()


def test_malformed_lexicon() -> None:
    """A malformed file is refused with its name and the key at fault."""
    with pytest.raises(DataError, match=r"words\.toml.*rivals"):
        parse_table('rivals = "sides"\nnumbers = {}', CollectiveTable, file="words.toml")
