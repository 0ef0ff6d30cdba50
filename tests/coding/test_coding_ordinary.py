"""Ordinary news of some thirty countries: sport, weather, courts and trade tell no conflict.

`ordinary/none.tsv` holds 150 sentences that tell nothing of one, `ordinary/some.tsv` 60 that do.
Rules were written with the dev half alone in view; the test half tells how far they reach.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from coded import Bench

_FOLDER = Path(__file__).parent / "ordinary"
# How many of the 75 of a half may tell something: what the rules alone did when this was written.
_MOST = {"dev": 18, "test": 22}


def _read(name: str, half: str) -> list[str]:
    rows = (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [text for kept, text in (row.split("\t") for row in rows) if kept == half]


@pytest.mark.parametrize("half", ["dev", "test"])
def test_ordinary_news_tells_few_happenings(bench: Bench, half: str) -> None:
    """No more sentences of everyday life tell a happening than did."""
    told = [text for text in _read("none", half) if bench.code(text).mentions]
    assert len(told) <= _MOST[half], "\n".join(told)


@pytest.mark.parametrize("half", ["dev", "test"])
def test_news_of_conflicts_is_told(bench: Bench, half: str) -> None:
    """Of 30 sentences that tell of a conflict at most one is lost."""
    lost = [text for text in _read("some", half) if not bench.code(text).mentions]
    assert len(lost) <= 1, "\n".join(lost)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Rebels attacked the village in heavy rain, killing six people.", "ASSAULT"),
        ("Six soldiers were killed behind a wall when a shell hit it.", "ASSAULT"),
        ("Three people were shot dead at a wedding in Kandahar.", "ASSAULT"),
        ("A bus rammed a checkpoint in Jerusalem, killing two soldiers.", "ASSAULT"),
        ("Police in Kampala arrested the opposition leader on Monday.", "COERCE"),
    ],
)
def test_what_stands_beside_a_word_of_everyday_life_is_told(
    bench: Bench, text: str, kind: str
) -> None:
    """Rain, walls, weddings and buses are where people fight, too."""
    assert bench.code(text).told(kind)
