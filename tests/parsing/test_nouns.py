"""Nouns of agreements that open a point without an article are no orders."""

from __future__ import annotations

import pytest

from parley.model import Report
from parley.parsing import Parser


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Under the accord signed by Peru and Chile: ceasefire from 5 July.", "ceasefire"),
        ("The accord sets out these steps: ceasefire on 5 July, exchange of men.", "ceasefire"),
    ],
)
def test_what_has_no_verb_is_a_noun(parser: Parser, text: str, word: str) -> None:
    """'Ceasefire from 5 July' behind a colon tells nobody to do anything."""
    doc = parser.parse(Report(id="r", source="t", text=text)).docs[0]
    found = next(token for token in doc if token.text == word)
    assert (found.tag_, found.pos_) == ("NN", "NOUN")


def test_an_order_stays_one(parser: Parser) -> None:
    """A verb that opens a sentence is left as it is."""
    doc = parser.parse(Report(id="r", source="t", text="Withdraw your troops from Gao.")).docs[0]
    assert doc[0].tag_ == "VB"
