"""Which side a word is on where the rules and the network differ."""

from __future__ import annotations

from typing import cast

import pytest
from coded import Bench, make_report
from spacy.tokens import Token

from parley.coding import load_lexicon
from parley.coding.arguments import Argument, find_arguments
from parley.coding.finding import refers_by
from parley.coding.judging import filled
from parley.coding.lexicon import SlotRole
from parley.coding.triggers import Trigger, find_triggers
from parley.grounding import ground
from parley.learnt import Judgement

_THRESHOLDS = {"slot": 0.5, "beside": 0.8, "turned": 0.6, "unlikely": 0.1, "replaced": 0.3}


class _Reading:
    """What a network may say of a trigger's words: the word, the slot, how likely.

    `doer` is how likely the trigger's subject, owner or the one behind a preposition does it.
    """

    def __init__(self, told: list[tuple[Token, str, float]], doer: float | None = None) -> None:
        self._told, self._doer = told, doer

    def slots(self, _: Token) -> list[tuple[Token, str, float]]:
        return self._told

    def likely(self, _: Token, word: Token, slot: str) -> float | None:
        sided = slot == "by" and word.dep_ in ("nsubj", "poss", "pobj")
        return self._doer if sided else None


def _trigger(bench: Bench, text: str) -> Trigger:
    """Return the first trigger of a text."""
    parse = bench.parser.parse(make_report(text))
    refers = refers_by(ground(parse, knowledge=bench.knowledge))
    (doc,) = parse.docs
    return find_triggers(doc, lexicon=load_lexicon(), refers=refers)[0]


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
    trigger = _trigger(bench, text)
    token = next(token for token in trigger.head.doc if token.text == "Rebels")
    reading = cast("Judgement", _Reading([(token, slot, likely)]))
    kept = filled(trigger, find_arguments(trigger), reading, _THRESHOLDS)
    assert [each.role for each in kept if each.token == token] == [role]


@pytest.mark.parametrize(
    ("text", "doer", "other", "stays"),
    [
        ("Rebels shelled Gao on Monday.", 0.05, False, False),
        ("Rebels shelled Gao on Monday.", 0.2, False, True),
        ("Rebels shelled Gao on Monday.", 0.2, True, False),
        ("Rebels shelled Gao on Monday.", None, True, True),
        ("Rebels accused Gao on Monday.", 0.05, True, True),
    ],
)
def test_who_hardly_did_a_deed_of_violence_did_not(
    bench: Bench, text: str, doer: float | None, other: bool, stays: bool
) -> None:
    """A doer of violence whom the network thinks unlikely goes, sooner where it has another."""
    trigger = _trigger(bench, text)
    doc = trigger.head.doc
    told = [(doc[-2], "by", 0.6)] if other else []
    reading = cast("Judgement", _Reading(told, doer))
    kept = filled(trigger, find_arguments(trigger), reading, _THRESHOLDS)
    assert any(each.token == doc[0] and each.role == "actor" for each in kept) is stays


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Its shelling of Gao went on.", ["Its"]),
        ("They shelled Gao on Monday.", ["They"]),
        ("Fighting between rebels and soldiers went on.", ["rebels", "soldiers"]),
    ],
)
def test_a_pronoun_and_those_between_whom_it_is_stay(
    bench: Bench, text: str, doers: list[str]
) -> None:
    """The network prefers a name to a pronoun, and may doubt one of two sides: both stay."""
    trigger = _trigger(bench, text)
    reading = cast("Judgement", _Reading([], 0.01))
    kept = filled(trigger, find_arguments(trigger), reading, _THRESHOLDS)
    assert [each.token.text for each in kept if each.role == "actor"] == doers


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The army repelled an attack by rebels on Monday.", "army"),
        ("Tanzania, which Burundi accuses of harbouring rebels, denied it.", "Tanzania"),
    ],
)
def test_the_network_turns_no_side_that_the_sentence_tells(
    bench: Bench, text: str, word: str
) -> None:
    """Who beats an attack back suffered it, and whom "which" stands for is accused."""
    trigger = _trigger(bench, text)
    token = next(t for t in trigger.head.doc if t.text == word)
    reading = cast(Judgement, _Reading([(token, "by", 0.9)]))
    sides = filled(trigger, list(find_arguments(trigger)), reading, _THRESHOLDS)
    assert [each.role for each in sides if each.token == token] == ["recipient"]


@pytest.mark.parametrize(
    ("text", "reading", "joins"),
    [
        ("Mali broke off relations with Niger on Monday.", ("Niger", "to", 0.9), True),
        ("Mali broke off relations with Niger on Monday.", ("Niger", "to", 0.7), False),
        ("Rebels shelled Gao and Niger on Monday.", ("Niger", "to", 0.9), False),
        ("Its envoy, Moussa Keita, accused Niger on Monday.", ("Keita", "by", 0.9), False),
        ("Before talks in Gao the ministers of Niger dined.", ("Niger", "by", 0.9), False),
    ],
)
def test_a_side_beside_those_of_the_rules(
    bench: Bench, text: str, reading: tuple[str, str, float], joins: bool
) -> None:
    """Only where it is sure, of a verb; who is harmed or named in apposition is told already."""
    word, slot, likely = reading
    trigger = _trigger(bench, text)
    token = next(t for t in trigger.head.doc if t.text == word)
    role: SlotRole = "actor" if slot == "by" else "recipient"
    found = [each for each in find_arguments(trigger) if each.token != token]
    found.append(Argument("object", role, trigger.head.doc[0]))
    told = cast(Judgement, _Reading([(token, slot, likely)]))
    assert any(a.token == token for a in filled(trigger, found, told, _THRESHOLDS)) is joins
