"""Status, speaker and background on short texts, written for the purpose, about many conflicts.

`tellings/*.tsv` holds the texts, `telling.py` says how they are written.  Rules were written
with the dev half alone in view; the test half tells how far they reach.  The floors lie at
or a little below what was measured.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import get_args

import pytest
from coded import Bench, make_report
from telling import read_expectation, read_rows

from parley.dating import date_report
from parley.grounding import ground
from parley.model import EventType, Mention, Published, Status

_DAY = Published(start=date(2024, 5, 15), end=date(2024, 5, 15), how="given", confidence=1.0)
Code = Callable[[str], tuple[Mention, ...]]


@pytest.fixture(scope="module")
def code(bench: Bench) -> Code:
    """Return what codes a text as a report of a Wednesday in May."""

    def code_text(text: str) -> tuple[Mention, ...]:
        dated = date_report(bench.parser.parse(make_report(text)), settled=_DAY)
        return bench.coder.code(dated, ground(dated.parse, knowledge=bench.knowledge))

    return code_text


def _shares(split: str, code: Code) -> Mapping[str, float]:
    right: dict[str, int] = defaultdict(int)
    asked: dict[str, int] = defaultdict(int)
    for row in read_rows():
        if row.split == split:
            mentions = code(row.text)
            for expectation in row.expectations:
                asked[row.theme] += 1
                right[row.theme] += expectation.holds(mentions)
    return {theme: right[theme] / asked[theme] for theme in asked}


_FLOORS = {
    "dev": {
        "allegations": 0.94,
        "background": 1.0,
        "denials": 0.85,
        "distractors": 0.66,
        "failures": 1.0,
        "headlines": 0.88,
        "modals": 1.0,
        "purposes": 1.0,
        "speakers": 0.95,
        "talks": 0.94,
        "unreal": 1.0,
    },
    "test": {
        "allegations": 0.86,
        "background": 0.94,
        "denials": 1.0,
        "distractors": 0.8,
        "failures": 0.92,
        "headlines": 0.84,
        "modals": 0.95,
        "purposes": 0.73,
        "speakers": 0.86,
        "talks": 0.71,
        "unreal": 0.92,
    },
}


@pytest.mark.parametrize("split", ["dev", "test"])
def test_shares_stay_above_their_floors(split: str, code: Code) -> None:
    """Of what each theme expects, the share that is told so stays above its floor."""
    shares = _shares(split, code)
    assert set(shares) == set(_FLOORS[split])
    assert not {
        theme: (shares[theme], floor)
        for theme, floor in _FLOORS[split].items()
        if shares[theme] < floor
    }


def test_tellings_are_well_formed() -> None:
    """Types and statuses are the model's, the split is the text's hash."""
    rows = read_rows()
    assert len(rows) >= 250
    for row in rows:
        text = row.text.replace("\n\n", " ¶ ")
        odd = hashlib.sha256(text.encode()).digest()[-1] % 2
        assert row.split == ("test" if odd else "dev"), row.text
        for expectation in row.expectations:
            assert expectation.types <= set(get_args(EventType)), row.told
            assert expectation.statuses <= set(get_args(Status)), row.told


def test_an_expectation_that_is_none_is_refused() -> None:
    """A want that nobody judges would hold whatever is told."""
    with pytest.raises(ValueError, match="colour"):
        read_expectation("ASSAULT:happened:colour=red")


def test_what_is_not_to_be_told_counts_against(code: Code) -> None:
    """An absent event is expected absent, and a present one is not."""
    mentions = code("Rebels attacked a village near Djibo on Monday.")
    assert read_expectation("ASSAULT:happened:news").holds(mentions)
    assert not read_expectation("!ASSAULT:happened").holds(mentions)
    assert not read_expectation("-").holds(mentions)
    assert not read_expectation("ASSAULT:happened:by=police").holds(mentions)
