"""Feeds: an entry is a report."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from .conftest import Outcome
from .forms import ATOM, RSS
from .samples import HEADLINE, PARAGRAPHS

Run = Callable[..., Outcome]


def test_entries_are_reports(outcome: Run, tmp_path: Path) -> None:
    """Title, link, outlet, day in the entry's own zone, and the longest of its texts."""
    (tmp_path / "feed.txt").write_bytes(RSS)
    (one, two), refused = outcome(tmp_path)
    assert not refused
    assert one.source == f"{tmp_path}/feed.txt#https://news.example/1"
    assert (one.title, one.outlet, one.url) == (HEADLINE, "Island Post", "https://news.example/1")
    assert one.text == "\n".join([HEADLINE, *PARAGRAPHS[:2]])
    assert one.published is not None
    assert (one.published.start, one.published.how) == (date(2024, 2, 29), "metadata")
    assert two.title == "Harbour & port to reopen"
    assert two.text.endswith(PARAGRAPHS[2])
    assert two.published is None


def test_atom_is_dated_by_its_publication(outcome: Run, tmp_path: Path) -> None:
    """A later update is no date of writing, where there is another."""
    (tmp_path / "a").write_bytes(ATOM)
    (report,), refused = outcome(tmp_path)
    assert not refused
    assert report.published is not None
    assert report.published.start == date(2024, 2, 29)
    assert report.outlet == "Island Post"


def test_entry_has_the_same_id_in_the_next_feed(outcome: Run, tmp_path: Path) -> None:
    """Other entries around it, and the feed's own fields, do not count."""
    (tmp_path / "a.xml").write_bytes(RSS)
    start, end = RSS.index(b"<item>"), RSS.index(b"</item>") + 7
    (tmp_path / "b.xml").write_bytes(RSS[:start] + RSS[end:])
    reports, _ = outcome(tmp_path)
    assert len(reports) == 3
    assert reports[1].id == reports[2].id


@pytest.mark.parametrize(
    ("raw", "entries"),
    [
        (RSS.replace(b"</channel></rss>", b""), 2),
        (RSS[: RSS.index(b"</channel>") - 40], 2),
        (RSS.replace(b"<title>Island Post</title>", b"<title>Island & Post</title>"), 2),
        (RSS.replace(b"utf-8", b"klingon"), 2),
        (RSS.replace(b"Thu, 29 Feb", b"Thu, 31 Apr"), 2),
        (RSS.replace(b"<rss", b'<!DOCTYPE r [<!ENTITY a "x">]><rss'), 2),
        (b"<rss version='2.0'><channel/></rss>", 0),
        (b"<rss>" + b"<channel>" * 50_000, 0),
        (b"<feed>" + b"<entry><title>x y z</title>" * 3_000, None),
    ],
)
def test_damaged_feed_is_calm(
    outcome: Run, tmp_path: Path, raw: bytes, entries: int | None
) -> None:
    """What can be read of it is read, and no date is made up."""
    (tmp_path / "a").write_bytes(raw)
    started = time.monotonic()
    reports, refused = outcome(tmp_path)
    assert time.monotonic() - started < 20
    assert bool(reports) or bool(refused)
    if entries is not None:
        assert len(reports) == entries
    if b"31 Apr" in raw:
        assert reports[0].published is None


def test_entities_are_not_multiplied(outcome: Run, tmp_path: Path) -> None:
    """A thousand million laughs are none."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "laugh "}">' for n in range(10))
    raw = RSS.decode().replace("<rss", f"<!DOCTYPE rss [{laughs}]><rss").replace("Short.", "&l9;")
    (tmp_path / "a.xml").write_text(raw.replace("content:encoded", "x"))
    reports, _ = outcome(tmp_path)
    assert all(len(report.text) < 10_000 for report in reports)
    assert len(reports) == 2
