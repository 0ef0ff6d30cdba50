"""Names that stand behind what is only done to places are places."""

from __future__ import annotations

import pytest

from parley.model import Report
from parley.parsing import Parser


def labels(parser: Parser, text: str) -> dict[str, str]:
    """Return name -> its kind."""
    doc = parser.parse(Report(id="r", source="t", text=text)).docs[0]
    return {ent.text: ent.label_ for ent in doc.ents}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Russian forces shelled Orikhiv on Friday.", "Orikhiv"),
        ("Fighters stormed Toumour on Friday, killing two.", "Toumour"),
        ("Troops entered Kherson on Monday.", "Kherson"),
        ("Three soldiers died when a mine exploded near Shariff Aguak.", "Shariff Aguak"),
        ("Rebels burned the village of Galmudo on Monday.", "Galmudo"),
        ("The insurgents attacked Vahun on Tuesday.", "Vahun"),
        ("Vahun was retaken by troops on Tuesday.", "Vahun"),
        ("The army lost Kolahun to the insurgents on Tuesday.", "Kolahun"),
        ("Chad said that jets had bombed Tine.", "Tine"),
        ("Eritrean troops left Ras Doumeira on Tuesday.", "Ras Doumeira"),
    ],
)
def test_what_is_shelled_is_a_place(parser: Parser, text: str, name: str) -> None:
    """A name behind such a verb, "near" or "village of" is a place, whatever the model says."""
    assert labels(parser, text)[name] == "GPE"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Soldiers killed Escobar on Friday.", "Escobar"),
        ("Police raided Escobar's home on Friday.", "Escobar"),
    ],
)
def test_persons_stay_persons(parser: Parser, text: str, name: str) -> None:
    """Who is killed, or owns what is raided, is a person."""
    assert labels(parser, text)[name] == "PERSON"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gunmen killed four gendarmes in Ndop on Friday.", ("Ndop",)),
        ("Curfew was imposed at Moreh on Friday.", ("Moreh",)),
        ("Police fired on a crowd in Menka and Batibo on Monday.", ("Menka", "Batibo")),
        ("Houses were burnt in Selce, Lavce and Gajre on Monday.", ("Lavce", "Gajre")),
    ],
)
def test_where_something_is_done_is_a_place(
    parser: Parser, text: str, names: tuple[str, ...]
) -> None:
    """A town that the model has hardly seen is one behind "in" and "at"; so are those joined."""
    found = labels(parser, text)
    assert {name: found[name] for name in names} == dict.fromkeys(names, "GPE")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Villagers have lost confidence in Escobar since Friday.", "Escobar"),
        ("Soldiers fired at Escobar on Friday.", "Escobar"),
        ("Lawmakers voted in Parliament on Friday.", "Parliament"),
        ("He complained at UNICEF on Friday.", "UNICEF"),
    ],
)
def test_whom_one_trusts_or_fires_at_is_no_place(parser: Parser, text: str, name: str) -> None:
    """What is felt "in" somebody or aimed "at" him, bodies and abbreviations stay what they are."""
    assert labels(parser, text).get(name) != "GPE"
