"""Sentences from war zones that tell nothing, and true ones in the same words.

`junk/junk.tsv` holds 80 of each, a row its half, `-` or the type that is told, the sentence.
Rules were written with the dev half alone in view; the test half tells how far they reach.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from coded import Bench

_FILE = Path(__file__).parent / "junk" / "junk.tsv"
# How many of the 40 of a half may tell something, and how many of 40 must.
_MOST = {"dev": 8, "test": 10}
_LEAST = {"dev": 35, "test": 34}


def _read(half: str) -> list[tuple[str, str]]:
    rows = [row.split("\t") for row in _FILE.read_text(encoding="utf-8").splitlines()]
    return [(kind, text) for kept, kind, text in rows if kept == half]


@pytest.mark.parametrize("half", ["dev", "test"])
def test_what_tells_nothing_is_told_as_seldom_as_it_was(bench: Bench, half: str) -> None:
    """No more of such sentences tell a happening than did."""
    told = [t for kind, t in _read(half) if kind == "-" and _happenings(bench, t)]
    assert len(told) <= _MOST[half], "\n".join(told)


@pytest.mark.parametrize("half", ["dev", "test"])
def test_what_is_true_in_the_same_words_is_told(bench: Bench, half: str) -> None:
    """No more true sentences are lost than were."""
    rows = [(kind, text) for kind, text in _read(half) if kind != "-"]
    lost = [text for kind, text in rows if not bench.code(text).told(kind)]
    assert len(rows) - len(lost) >= _LEAST[half], "\n".join(lost)


def _happenings(bench: Bench, text: str) -> list[str]:
    return [m.type for m in bench.code(text).mentions if m.status != "denied"]


@pytest.mark.parametrize(
    "text",
    [
        '"Where are our boys?" the teacher asked.',
        "Jane Okello scored the second goal of the match when she shot home in Kampala.",
        "The men were taken from their homes and marched to a field near Kampala.",
        "Whoever attacks Kampala will be caught.",
        "REBELS LEAVE DOOR OPEN",
        "The gunmen fighting in the north speak Luganda.",
        "Norway, which arms the police of Kampala, has oil.",
    ],
)
def test_questions_games_and_titles_are_no_happenings(bench: Bench, text: str) -> None:
    """No demand, no attack, no protest, no withdrawal; nor is what is so on any day."""
    assert not {"REQUEST", "ASSAULT", "PROTEST", "RETREAT", "AID"} & set(_happenings(bench, text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Youths attacked police after the football match in Kampala on Monday.", "ASSAULT"),
        ("Gunmen attacked a stadium in Kampala after a league match on Monday.", "ASSAULT"),
        ("The teacher asked the rebels on Monday to free the boys.", "REQUEST"),
        ("Hundreds marched to the parliament in Kampala on Monday against the law.", "PROTEST"),
        ("Gunmen fighting soldiers near Kampala on Monday burned a bus.", "ASSAULT"),
        ("A rebel group seeking independence for Cabinda attacked soldiers on Monday.", "ASSAULT"),
    ],
)
def test_what_is_told_beside_them_stands(bench: Bench, text: str, kind: str) -> None:
    """Where fans fight, teachers ask for something and crowds march of their own will."""
    assert bench.code(text).told(kind)
