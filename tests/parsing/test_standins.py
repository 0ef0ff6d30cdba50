"""Names parsed under another name, and marked before a model guesses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.grounding import Knowledge
from parley.model import Report, digest
from parley.parsing import Parse, Parser, start_of
from parley.parsing.standins import STAND_INS

TEXT = """{a}: three {a_adj} soldiers dead, {b} says
In {a_seat}, the {a_adj} army said that {b_people} had fired on an {a_adj} post near the border.
{b}'s foreign minister called the {a_people} liars, and {b_seat} recalled its envoy from {a}.
The leaders of {a} and {b} met for the first time since {a} left the {b_adj}-held town."""
FORMS = ("", "_adj", "_people", "_seat")
STATES = {
    "Armenia": ("Armenia", "Armenian", "Armenians", "Yerevan"),
    "Azerbaijan": ("Azerbaijan", "Azerbaijani", "Azerbaijanis", "Baku"),
    "Peru": ("Peru", "Peruvian", "Peruvians", "Lima"),
    "South Sudan": ("South Sudan", "South Sudanese", "South Sudanese", "Juba"),
    "Jordan": ("Jordan", "Jordanian", "Jordanians", "Amman"),
    "Turkey": ("Turkey", "Turkish", "Turks", "Ankara"),
    "Netherlands": ("the Netherlands", "Dutch", "Dutchmen", "Amsterdam"),
    "Burkina Faso": ("Burkina Faso", "Burkinabe", "Burkinabe", "Ouagadougou"),
    "Chad": ("Chad", "Chadian", "Chadians", "N'Djamena"),
}
# Whose people are called as what is theirs is: no swap of words tells the two apart.
ONE_WORD = frozenset({"South Sudan", "Burkina Faso"})


@pytest.fixture(scope="session")
def knowing() -> Parser:
    """Return a parser that knows the names of the tables."""
    return Parser(names=Knowledge.load().patterns())


def _parse(parser: Parser, text: str) -> Parse:
    return parser.parse(Report(id=digest("r", text), source="test", text=text))


def _told(a: str, b: str) -> str:
    forms = {f"a{form}": name for form, name in zip(FORMS, STATES[a], strict=True)}
    forms |= {f"b{form}": name for form, name in zip(FORMS, STATES[b], strict=True)}
    return TEXT.format(**forms)


def _shape(parse: Parse) -> list[list[tuple[str, str, int]]]:
    """Return what hangs on what, names of several words taken as one."""
    shapes = []
    for doc in parse.docs:
        tokens = [t for t in doc if not (t.ent_type_ and t.dep_ == "compound")]
        tokens = [t for t in tokens if t.lower_ not in ("the",)]
        at = {t.i: number for number, t in enumerate(tokens)}
        shapes.append([(t.dep_, t.tag_, at.get(t.head.i, -1)) for t in tokens])
    return shapes


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(STATES.keys() - ONE_WORD)), min_size=4, max_size=4, unique=True)
)
def test_a_parse_does_not_turn_on_whom_it_tells_of(knowing: Parser, states: list[str]) -> None:
    """Whatever two states a text names, the same words hang on the same words."""
    one, other = _told(*states[:2]), _told(*states[2:])
    assert _shape(_parse(knowing, one)) == _shape(_parse(knowing, other))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(sorted(STATES)), min_size=2, max_size=2, unique=True))
def test_the_words_stay_those_of_the_report(knowing: Parser, states: list[str]) -> None:
    """Tokens, offsets and lemmas are of the text as it is written, and every name is marked."""
    text = _told(*states)
    parse = _parse(knowing, text)
    for doc in parse.docs:
        for token in doc:
            at = start_of(token)
            assert text[at : at + len(token.text)] == token.text
            assert token.tag_
            assert token.pos_
            assert token.lemma_
        assert not {token.text for token in doc} & set(STAND_INS.values())
    marked = {ent.text for doc in parse.docs for ent in doc.ents}
    names = {name.removeprefix("the ") for state in states for name in STATES[state]}
    assert names <= marked


def test_a_name_of_several_words_is_one_phrase(knowing: Parser) -> None:
    """The last word of a name heads it; the words before it are parts of the name."""
    doc = _parse(knowing, "Troops from Burkina Faso attacked South Sudanese rebels.").docs[0]
    heads = {token.text: token.head.text for token in doc}
    assert heads["Burkina"] == "Faso"
    assert heads["Faso"] == "from"
    assert heads["South"] == "Sudanese"
    assert [ent.text for ent in doc.ents] == ["Burkina Faso", "South Sudanese"]


def test_the_article_of_a_state_goes_with_it(knowing: Parser) -> None:
    """An article is part of a state's name, and no name of its own."""
    doc = _parse(knowing, "Iran accused the United States of piracy.").docs[0]
    heads = {token.text: token.head.text for token in doc}
    assert heads["the"] == heads["United"] == "States"
    assert heads["States"] == "accused"
    assert "United States" in {ent.text for ent in doc.ents}


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Peru closed its border. Talks in Lima failed.", {"Peru", "Lima"}),
        ("Talks in Lima failed.", None),
        ("Peru hired Adriana Lima as an envoy.", {"Peru"}),
        ("Jordanian police said that Jordan would not be drawn in.", {"Jordanian", "Jordan"}),
        ("Jordanian officials met Michael Jordan.", {"Jordanian"}),
    ],
)
def test_a_name_that_others_bear_is_marked_beside_a_surer_one(
    knowing: Parser, text: str, marked: set[str] | None
) -> None:
    """Lima is the capital where the report tells of Peru, and a surname elsewhere."""
    doc = _parse(knowing, text).docs[0]
    sure = {ent.text for ent in doc.ents if ent.id_}
    assert sure == (marked or set())


def test_names_in_capitals_are_names(knowing: Parser) -> None:
    """A dateline and a shouted headline name the same states."""
    doc = _parse(knowing, "YEREVAN AND BAKU TRADE FIRE").docs[0]
    assert {"YEREVAN", "BAKU"} <= {ent.text for ent in doc.ents}


def test_a_parser_without_names_parses() -> None:
    """No name has to be known."""
    doc = _parse(Parser(), "Armenia accused Azerbaijan.").docs[0]
    assert doc[1].dep_ == "ROOT"
    assert doc[1].pos_ == "VERB"


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge was blown up at dawn, said army spokesman Brig. Tomas Okello.",
        "Lt. Col. Ana Petrov and Maj. Yusuf Bello met elders in the village.",
        "Two men were held, police Supt. Ravi Menon and Capt. Lindiwe Zulu told reporters.",
    ],
)
def test_a_rank_cut_short_ends_no_sentence(knowing: Parser, sentence: str) -> None:
    """The full stop of a rank belongs to it, and the name behind it hangs in its sentence."""
    doc = _parse(knowing, sentence).docs[0]
    assert [sent.text for sent in doc.sents] == [sentence]
    assert doc.text == sentence
    ranks = [token for token in doc if token.text.endswith(".") and len(token.text) > 1]
    assert ranks
    assert all(token.dep_ in ("compound", "nmod") for token in ranks)
