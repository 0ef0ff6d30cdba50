"""Who signed a report, by every form that says it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from parley.model import Boilerplate
from parley.reading.authors import find_author

from .conftest import Outcome

Run = Callable[..., Outcome]
BODY = (
    "The delegations met in the port on Tuesday and parted without a word to those who waited. "
    "They will meet again within a week, the host said, if nothing is fired across the strait."
)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Maria Lindqvist", "Maria Lindqvist"),
        ("By Maria Lindqvist and Omar al-Said", "Maria Lindqvist and Omar al-Said"),
        ("By Maria van der Berg, diplomatic editor", "Maria van der Berg"),
        ("BY MARIA LINDQVIST | 3 May 2021", "MARIA LINDQVIST"),
        ("By Seán O’Hara, Port Elan", "Seán O’Hara, Port Elan"),
        ("By staff", None),
        ("By our correspondent", None),
    ],
)
def test_a_byline_names_its_author(line: str, author: str | None) -> None:
    """The names, without what stands behind them; a word alone is no name."""
    text = f"{line}\n{BODY}"
    found = find_author(text, [Boilerplate(start=0, end=len(line), why="byline")])
    assert found == author


def test_every_form_has_its_author(outcome: Run, tmp_path: Path) -> None:
    """A byline of a text, the metadata of a page, a field of a row, an entry of a feed."""
    (tmp_path / "a.txt").write_text(f"Talks end without result\nBy Ada Sorel\n\n{BODY}\n")
    (tmp_path / "b.html").write_text(
        '<html><head><title>Talks end</title><meta name="author" content="Ada Sorel"></head>'
        f"<body><article><h1>Talks end without result</h1><p>{BODY}</p></article></body></html>"
    )
    rows = [
        {"text": BODY, "author": "Ada Sorel"},
        {"maintext": BODY, "authors": ["Ada Sorel"]},
    ]
    (tmp_path / "c.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "d.xml").write_text(
        '<rss version="2.0"><channel><title>The Quay</title><item><title>Talks end</title>'
        f"<author>Ada Sorel</author><description>{BODY}</description></item></channel></rss>"
    )
    reports, refused = outcome(tmp_path)
    assert not refused
    assert [report.author for report in reports] == ["Ada Sorel"] * 5
