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
