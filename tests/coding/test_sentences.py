"""The coder's vocabulary on single sentences, written for the purpose and not taken from reports.

`sentences/*.tsv`: split, types (any of which will do, `-` for no event), statuses, sentence.
The split is a hash of the sentence; words were added for the dev half alone, so the test
half tells how far the lexicon reaches.  The floors lie a little below what was measured.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from msgspec import Struct

from parley.coding import RuleCoder
from parley.dating import date_report
from parley.grounding import Knowledge, ground
from parley.model import EventType, Mention, Published, Report, Status, digest
from parley.parsing import Parser

_FOLDER = Path(__file__).parent / "sentences"
_DAY = Published(start=date(2024, 5, 15), end=date(2024, 5, 15), how="given", confidence=1.0)


class Row(Struct, frozen=True):
    """One sentence and what may be made of it."""

    split: str
    types: frozenset[str]
    statuses: frozenset[str]
    text: str


class Figures(Struct, frozen=True):
    """Shares: of sentences with an event those found, of types told those right, and so on."""

    recall: float
    precision: float
    status: float
    silence: float


def _rows() -> list[Row]:
    rows = []
    for path in sorted(_FOLDER.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            split, types, statuses, text = line.split("\t")
            told = [frozenset(part.split("|")) - {"-"} for part in (types, statuses)]
            rows.append(Row(split, told[0], told[1], text))
    return rows


@pytest.fixture(scope="module")
def code() -> Callable[[str], tuple[Mention, ...]]:
    """Return what codes one sentence as a report of its own."""
    knowledge = Knowledge.load()
    parser = Parser(names=knowledge.patterns())
    coder = RuleCoder()

    def code_sentence(text: str) -> tuple[Mention, ...]:
        report = Report(id=digest("r_", text), source="sentence", text=text, published=_DAY)
        dated = date_report(parser.parse(report))
        return coder.code(dated, ground(dated.parse, knowledge=knowledge))

    return code_sentence


def _measure(split: str, code: Callable[[str], tuple[Mention, ...]]) -> Figures:
    told = found = right = pairs = timely = silent = quiet = 0
    for row in _rows():
        if row.split != split:
            continue
        mentions = code(row.text)
        types = {mention.type for mention in mentions}
        pairs += len(types)
        right += len(types & row.types)
        if not row.types:
            silent += 1
            quiet += not types
            continue
        told += 1
        if types & row.types:
            found += 1
            statuses = {m.status for m in mentions if m.type in row.types}
            timely += bool(statuses & row.statuses)
    return Figures(found / told, right / pairs, timely / found, quiet / silent)


@pytest.mark.parametrize(
    ("split", "floors"),
    [("dev", Figures(0.90, 0.89, 0.97, 0.87)), ("test", Figures(0.87, 0.87, 0.97, 0.86))],
)
def test_figures_stay_above_their_floors(
    split: str, floors: Figures, code: Callable[[str], tuple[Mention, ...]]
) -> None:
    """What is found, told rightly, given its status and left alone stays above the floors."""
    figures = _measure(split, code)
    below = {
        name: (getattr(figures, name), getattr(floors, name))
        for name in Figures.__struct_fields__
        if getattr(figures, name) < getattr(floors, name)
    }
    assert not below


def test_sentences_are_well_formed() -> None:
    """Types and statuses are the model's, the split is the sentence's hash, none stands twice."""
    rows = _rows()
    texts = [row.text for row in rows]
    assert len(set(texts)) == len(texts)
    for row in rows:
        assert row.types <= set(get_args(EventType))
        assert row.statuses <= set(get_args(Status))
        assert bool(row.types) == bool(row.statuses)
        odd = hashlib.sha256(row.text.encode()).digest()[-1] % 2
        assert row.split == ("test" if odd else "dev"), row.text


def test_every_category_has_sentences_and_so_has_none() -> None:
    """No category is measured on fewer than forty sentences, silence on no fewer than 200."""
    rows = _rows()
    for kind in get_args(EventType):
        assert sum(kind in row.types for row in rows) >= 40, kind
    assert sum(not row.types for row in rows) >= 200
