"""Participles that look like the verb of their clause are tied to their noun."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from parley.model import Report
from parley.parsing import Parser


def parsed(parser: Parser, text: str) -> Doc:
    """Return the parse of a text of one paragraph."""
    return parser.parse(Report(id="r", source="t", text=text)).docs[0]


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Peru and Ecuador planned for 20 March have been called off, he said.",
        "Talks between Peru and Ecuador planned for 20 March were held in Geneva.",
        "Peru said that talks with Ecuador, initially planned for May, had been postponed.",
    ],
)
def test_a_participle_is_no_verb_of_the_clause(parser: Parser, text: str) -> None:
    """What was planned is the subject of what became of it; the participle hangs on it."""
    doc = parsed(parser, text)
    noun = next(word for word in doc if word.lower_ == "talks")
    planned = next(word for word in doc if word.lower_ == "planned")
    assert (planned.head.i, planned.dep_, planned.tag_) == (noun.i, "acl", "VBN")
    assert noun.dep_ == "nsubjpass"
    assert noun.head.text in ("called", "held", "postponed")
    assert sum(word.head == word for word in doc) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The rebels attacked on Monday and were beaten back.",
        "Peru planned for war, was beaten and gave up.",
        "The man police said was killed on Monday had been a soldier.",
    ],
)
def test_verbs_of_their_own_stay(parser: Parser, text: str) -> None:
    """Two deeds of one subject, and what somebody said, are left as the model has them."""
    doc = parsed(parser, text)
    first = next(word for word in doc if word.lower_ in ("attacked", "planned", "said"))
    assert first.tag_ == "VBD"
    assert first.dep_ != "acl"
