"""Conflicts told again and again: which happening each mention of a record tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.chronicles import happenings_of, read_chronicles
from parley.model import EventType, Mention

TEXT = """@r01 agency 2003-05-20
Rebels shelled Ituango on Monday. The attack killed three.
The mayor met the envoy.

@s01 agency
Rebels shelled Ituango.
"""
FIRST = """@r01
+ ASSAULT shelled happened | at Ituango | is e1 | when 2003-05-19
+ ASSAULT attack happened | is e1
+ CONSULT met happened | is e2
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a corpus of one conflict."""
    for folder, text in (("texts", TEXT), ("first", FIRST)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "nowhere.txt").write_text(text)
    (tmp_path / "settled").mkdir()
    (tmp_path / "conflicts.tsv").write_text("name\tfold\nnowhere\ttrain\n")
    (tmp_path / "removed.tsv").write_text("conflict\titem\tbecause\n")
    return tmp_path


def mention(name: str, type_: EventType, start: int, end: int, word: str) -> Mention:
    """Return a mention of the report's text."""
    text = read_text()
    at = text.index(word)
    return Mention(
        id=name,
        report="report",
        start=start,
        end=end,
        text=text[start:end],
        trigger=(at, at + len(word)),
        type=type_,
        status="happened",
    )


def read_text() -> str:
    """Return the report's text."""
    return TEXT.split("\n\n", maxsplit=1)[0].partition("\n")[2]


def test_reports_are_written_with_their_days(corpus: Path, tmp_path: Path) -> None:
    """Sentences are no reports, and each report has an outlet of its own."""
    chronicle = read_chronicles(corpus)["nowhere"]
    chronicle.write(tmp_path / "reports.jsonl")
    (row,) = map(json.loads, (tmp_path / "reports.jsonl").read_text().splitlines())
    assert row == {
        "id": "r01",
        "text": read_text(),
        "date": "2003-05-20",
        "outlet": "agency r01",
    }


def test_a_mention_tells_what_the_label_at_its_trigger_does(corpus: Path) -> None:
    """By its trigger, whatever its type; else by its type in the same words; else nothing."""
    text = read_text()
    first, second = text.index("The attack"), text.index("The mayor")
    mentions = [
        mention("shelled", "COERCE", 0, first, "shelled"),
        mention("killed", "ASSAULT", first, second, "killed"),
        mention("envoy", "AID", second, len(text), "envoy"),
    ]
    reports = read_chronicles(corpus)["nowhere"].reports
    found = happenings_of(reports, mentions, {"report": "r01"})
    assert found == {"shelled": "e1", "killed": "e1"}
