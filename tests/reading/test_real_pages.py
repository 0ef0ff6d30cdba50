"""Real reports: what must be marked on them, and how little else may be."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from parley.reading import find_boilerplate
from parley.reading.headline import find_headline
from parley.reading.lines import split_lines

from .conftest import Outcome

Run = Callable[..., Outcome]
ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"


def shared(*parts: str) -> Path:
    """Return a path of the shared test material; skip without it, but not in CI."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{path.name} is missing beside the repository")
        pytest.skip(f"{path.name} is not beside the repository")
    return path


def test_traps_of_the_seeds_are_boilerplate(outcome: Run) -> None:
    """Of each page part that the gold names as clutter, every character is marked."""
    reports, refused = outcome(shared("seeds"))
    assert not refused
    by_name = {Path(report.source).name: report for report in reports}
    rows = map(json.loads, shared("gold", "seeds.jsonl").read_text().splitlines())
    traps = {row["id"]: row for row in rows if row["kind"] == "trap"}
    for name in ("kim", "damage-register", "storms", "cookies"):
        report = by_name[traps[name]["report"]]
        start = report.text.index(traps[name]["forbid_quote"])
        end = start + len(traps[name]["forbid_quote"])
        assert any(b.start <= start and end <= b.end for b in report.boilerplate)


def test_paragraphs_of_the_seeds_stay(outcome: Run) -> None:
    """Of 79 lines, no paragraph is marked but a cookie notice, a caption, teasers and links."""
    reports, _ = outcome(shared("seeds"))
    assert all(report.language == "en" for report in reports)
    marks = [b.why for report in reports for b in report.boilerplate]
    assert sorted(marks) == sorted(
        ["photo caption", "site name, section or slogan", "advertisement", "cookie notice"]
        + ["repeated headline"] * 2
        + ["template leftover", "page date"]
        + ["link to other stories"] * 8
    )


def test_clean_articles_lose_nothing_but_their_date_line(outcome: Run) -> None:
    """On 120 articles without clutter, the date below the headline is all that is marked."""
    reports, refused = outcome(shared("bench", "meantime_dev.input.jsonl"))
    assert not refused
    assert len(reports) == 120
    for report in reports:
        assert [b.why for b in report.boilerplate] == ["page date"]
        assert report.title == split_lines(report.text)[0].text


def test_invented_pages_after_real_layouts() -> None:
    """`pages.txt` marks its clutter with #: at most 6 of 194 lines are missed, no other is marked.

    The layouts are those of sites of the news; @@ stands between two pages.
    """
    missed, clutter = [], 0
    for page in Path(__file__).with_name("pages.txt").read_text("utf-8").split("@@\n"):
        lines = [
            (line.removeprefix("#"), line.startswith("#")) for line in page.split("\n") if line
        ]
        text = "\n\n".join(line for line, _ in lines)
        marks = find_boilerplate(text, title=find_headline(text))
        at = 0
        for line, is_clutter in lines:
            is_marked = any(mark.start < at + len(line) and at < mark.end for mark in marks)
            assert is_clutter or not is_marked, line
            clutter += is_clutter
            if is_clutter and not is_marked:
                missed.append(line)
            at += len(line) + 2
    assert clutter == 194
    assert len(missed) <= 6, missed


@pytest.mark.parametrize("folder", ["src/parley/sample", "evals/reports/dev"])
def test_headlines_and_paragraphs_of_the_samples_stay(outcome: Run, folder: str) -> None:
    """Of every line that ends as a sentence and is longer than 25 words, none is marked."""
    paths = sorted((ROOT / folder).glob("*.txt"))
    reports, refused = outcome(*paths)
    assert len(reports) == len(paths)
    assert not refused
    for report in reports:
        for line in split_lines(report.text):
            if line.closed and line.words > 25:
                assert not any(b.start <= line.start < b.end for b in report.boilerplate)
