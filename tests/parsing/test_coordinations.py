"""What an "and" joins, where the model joins a verb of saying, or a subject, to what is said."""

from __future__ import annotations

import pytest

from parley.model import Report
from parley.parsing import Parser


def _head_of(parser: Parser, text: str, word: str) -> tuple[str, str]:
    """Return what a word is, and what it hangs on."""
    (doc,) = parser.parse(Report(id=text, source="t", text=text)).docs
    (token,) = [token for token in doc if token.text == word]
    return token.dep_, token.head.text


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The army denied that its planes had bombed the market and blamed the rebels.", "blamed"),
        ("Mali said that the mayor was shot dead on Monday and accused the rebels.", "accused"),
    ],
)
def test_who_denies_one_thing_accuses_in_the_same_breath(
    parser: Parser, text: str, verb: str
) -> None:
    """The second verb of saying is beside the first, and no part of what is said."""
    assert _head_of(parser, text, verb) == ("conj", "denied" if "denied" in text else "said")


def test_who_says_in_between_goes_on(parser: Parser) -> None:
    """The army called on the rebels who had killed the soldiers: no rebel did."""
    text = "The rebels killed four soldiers on Tuesday, the army said, and called on them to stop."
    assert _head_of(parser, text, "called") == ("conj", "said")


def test_what_others_did_in_one_breath_stays_together(parser: Parser) -> None:
    """Who had attacked had killed: a deed goes on from a deed."""
    text = "Mali said its troops had attacked the camp and killed five rebels on Monday."
    assert _head_of(parser, text, "killed")[1] == "attacked"


def test_a_noun_before_a_verb_without_a_subject_is_its_subject(parser: Parser) -> None:
    """The rockets landed; they were not bombed."""
    text = "Thai jets had bombed Siem Reap and Cambodian rockets had landed in Ban Kruat."
    assert _head_of(parser, text, "rockets") == ("nsubj", "landed")
    text = "Chad shelled Gao and Kidal and killed five people."
    assert _head_of(parser, text, "Kidal") == ("conj", "Gao")


@pytest.mark.parametrize("verb", ["clashed", "met"])
def test_a_body_with_its_article_is_not_the_fighters(parser: Parser, verb: str) -> None:
    """An army is no part of the fighters named behind it: "the army and MFDC fighters"."""
    text = f"The army and MFDC fighters {verb} at Niaguis on Monday."
    assert _head_of(parser, text, "army") == ("nsubj", verb)
    assert _head_of(parser, text, "The")[1] == "army"
    assert _head_of(parser, text, "fighters") == ("conj", "army")
    assert _head_of(parser, text, "MFDC") == ("compound", "fighters")
