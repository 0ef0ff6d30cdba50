"""Which side a word is on where the rules and the network differ."""

from __future__ import annotations

from typing import cast

import pytest
from coded import Bench, make_report
from spacy.tokens import Token

from parley.coding import load_lexicon
from parley.coding.arguments import find_arguments
from parley.coding.finding import refers_by
from parley.coding.judging import filled
from parley.coding.triggers import find_triggers
from parley.grounding import ground
from parley.learnt import Judgement

_THRESHOLDS = {"slot": 0.5, "turned": 0.6}


class _Reading:
    """What a network may say of a trigger's words: the word, the slot, how likely."""

    def __init__(self, told: list[tuple[Token, str, float]]) -> None:
        self._told = told

    def slots(self, _: Token) -> list[tuple[Token, str, float]]:
        return self._told


@pytest.mark.parametrize(
    ("text", "slot", "likely", "role"),
    [
        ("Rebels shelled Gao on Monday.", "to", 0.7, "recipient"),
        ("Rebels shelled Gao on Monday.", "to", 0.5, "actor"),
        ("Rebels shelled Gao on Monday.", "says", 0.9, "actor"),
        ("Rebels met the army on Monday.", "to", 0.9, "actor"),
    ],
)
def test_the_network_turns_a_side_where_it_is_sure(
    bench: Bench, text: str, slot: str, likely: float, role: str
) -> None:
    """From a likelihood on a doer is who suffered; of those who meet nobody is."""
    parse = bench.parser.parse(make_report(text))
    refers = refers_by(ground(parse, knowledge=bench.knowledge))
    (doc,) = parse.docs
    trigger = find_triggers(doc, lexicon=load_lexicon(), refers=refers)[0]
    token = next(token for token in doc if token.text == "Rebels")
    reading = cast("Judgement", _Reading([(token, slot, likely)]))
    kept = filled(trigger, find_arguments(trigger), reading, _THRESHOLDS)
    assert [each.role for each in kept if each.token == token] == [role]
