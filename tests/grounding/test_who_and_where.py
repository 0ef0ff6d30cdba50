"""Short reports of many conflicts: who and where is meant by some words of each.

`who_and_where.tsv` has a text, words in it and the answer: the parties' names ("-" for
nobody), "@" and the country and latitude of a place, or "!" where the words must be
nobody's name in what is coded.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.coding import RuleCoder
from parley.dating import date_report
from parley.grounding import Grounding, Knowledge, ground
from parley.model import Mention, Report, digest
from parley.parsing import Parser, start_of

_LINES = Path(__file__).with_name("who_and_where.tsv").read_text("utf-8").splitlines()[1:]
ROWS = [tuple(line.split("\t")) for line in _LINES]


@pytest.fixture(scope="module")
def named_parser() -> Parser:
    """A parser that knows the names of the tables."""
    return Parser(names=Knowledge.load().patterns())


def grounded(parser: Parser, text: str) -> tuple[Grounding, tuple[Mention, ...]]:
    """Ground and code a text."""
    report = Report(id=digest("r", text), source="here", text=text)
    dated = date_report(parser.parse(report))
    grounding = ground(dated.parse, knowledge=Knowledge.load())
    return grounding, RuleCoder().code(dated, grounding)


@pytest.mark.parametrize(("text", "words", "answer"), ROWS, ids=[row[0][:60] for row in ROWS])
def test_who_and_where(named_parser: Parser, text: str, words: str, answer: str) -> None:
    """The words mean the party or the place of the table."""
    grounding, mentions = grounded(named_parser, text)
    start = text.index(words)
    end = start + len(words)
    if answer == "!":
        names = {p.name for m in mentions for p in m.participants}
        names |= {a.name for m in mentions for a in m.attribution}
        full = Knowledge.load().party(words)
        assert not names & {words, words.title(), full.name if full else words}
    elif answer.startswith("@"):
        tokens = [token for doc in grounding.parse.docs for token in doc]
        place = grounding.place(next(token for token in tokens if start_of(token) == start))
        country, lat = answer[1:].split()
        assert place is not None
        assert (place.country, place.lat) == (country, pytest.approx(float(lat), abs=0.1))
    else:
        references = [r for r in grounding.references if r.start < end and r.end > start]
        told = [member.party.name for r in references for member in r.members]
        assert ("|".join(dict.fromkeys(told)) or "-") == answer


OPENING = (
    "KINSHASA, March 4 (Reuters) - Rebels killed 12 soldiers near Goma on Monday, the army said."
)


@pytest.mark.parametrize("unseen", ["\u202e", "\ufeff", "\ufffd\ufffd", "\u200b\u200f", "\ud83d "])
def test_what_is_unseen_costs_no_dateline(named_parser: Parser, unseen: str) -> None:
    """Marks of direction, of byte order and of damage before a dateline change nothing."""
    plain = grounded(named_parser, OPENING)[1]
    marked = grounded(named_parser, unseen + OPENING)[1]
    assert [(m.type, m.text) for m in marked] == [(m.type, m.text) for m in plain]
    parties = [[p.name for p in m.participants] for m in marked]
    assert parties == [[p.name for p in m.participants] for m in plain]
    assert "Reuters" not in {name for names in parties for name in names}


def test_lone_surrogates_are_parsed(named_parser: Parser) -> None:
    """Halves of a pair stand for a character that is not known; offsets stay."""
    text = "Rebels killed 12 \udc80 soldiers near Goma on Monday, the army \ud83d said."
    _, mentions = grounded(named_parser, text)
    assert mentions
    assert all(text[m.start : m.end] == m.text for m in mentions)
