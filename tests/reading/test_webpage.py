"""HTML: what a page's report is made of, and pages that mean harm."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from .conftest import Outcome
from .forms import CAPTION, HTML
from .samples import HEADLINE, PARAGRAPHS

Run = Callable[..., Outcome]


def page(body: str, head: str = "") -> bytes:
    """Return a page around a body."""
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def test_page_becomes_a_report(outcome: Run, tmp_path: Path) -> None:
    """Title, outlet, address, language, day and text are those of the page, clutter is not."""
    (tmp_path / "a.txt").write_bytes(HTML)
    (report,), refused = outcome(tmp_path)
    assert not refused
    assert report.title == HEADLINE
    assert report.outlet == "Island Post"
    assert report.url == "https://news.example/2024/02/29/islands"
    assert report.language == "en"
    assert report.text.split("\n") == [
        HEADLINE,
        "By Ann Ash in Port Louis",
        "29 February 2024",
        *PARAGRAPHS,
        CAPTION,
    ]
    marks = [(report.text[mark.start : mark.end], mark.why) for mark in report.boilerplate]
    assert marks == [
        ("By Ann Ash in Port Louis", "byline"),
        ("29 February 2024", "page date"),
        (CAPTION, "photo caption"),
    ]


def test_date_of_the_metadata_leads_to_where_it_is_shown(outcome: Run, tmp_path: Path) -> None:
    """The day stands as the page's own zone has it; the evidence is the date that is shown."""
    (tmp_path / "a.html").write_bytes(HTML)
    (report,), _ = outcome(tmp_path)
    published = report.published
    assert published is not None
    assert (published.start, published.end) == (date(2024, 2, 29), date(2024, 2, 29))
    assert published.how == "metadata"
    (proof,) = published.evidence
    assert report.text[proof.start : proof.end] == proof.text == "29 February 2024"


def test_id_follows_from_the_bytes(outcome: Run, tmp_path: Path) -> None:
    """The same page has the same id under any name, another page another."""
    (tmp_path / "a.html").write_bytes(HTML)
    (tmp_path / "b").write_bytes(HTML)
    (tmp_path / "c.html").write_bytes(HTML + b" ")
    one, two, three = outcome(tmp_path)[0]
    assert one.id == two.id != three.id


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (page("<p>Привет, мир, как дела?</p>").decode().encode("utf-16"), "Привет, мир"),
        (
            page("<p>Привет, мир, как дела?</p>", '<meta charset="windows-1251">')
            .decode()
            .encode("cp1251"),
            "Привет, мир",
        ),
        (
            page("<p>日本の外相は語った</p>", "<meta charset=iso-2022-jp>")
            .decode()
            .encode("iso2022_jp"),
            "日本",
        ),
        (page("<p>Talks “failed” in Łódź</p>", "<meta charset=iso-8859-1>"), "“failed” in Łódź"),
        (page("<p>He said “no” to all of it</p>").decode().encode("cp1252"), "“no”"),
    ],
    ids=["utf-16", "meta", "iso-2022", "lying", "unsaid"],
)
def test_page_is_decoded_by_what_it_is(outcome: Run, tmp_path: Path, raw: bytes, said: str) -> None:
    """By its mark, its bytes, its own word, a guess, in this order."""
    (tmp_path / "a.html").write_bytes(raw)
    (report,), _ = outcome(tmp_path)
    assert said in report.text


def test_page_without_metadata(outcome: Run, tmp_path: Path) -> None:
    """No date and no outlet are made up, and a date in the text is left to dating."""
    (tmp_path / "a.html").write_bytes(page(f"<p>{PARAGRAPHS[0]}</p><p>On May 3, 2021, too.</p>"))
    (report,), _ = outcome(tmp_path)
    assert report.published is None
    assert report.outlet is None
    assert report.text.startswith(PARAGRAPHS[0])


def test_layout_table_gives_running_text(outcome: Run, tmp_path: Path) -> None:
    """Old pages are set in tables: their text comes without the table's bars."""
    rows = "".join(f"<tr><td><p>{text}</p></td></tr>" for text in PARAGRAPHS)
    (tmp_path / "a.html").write_bytes(page(f"<table>{rows}</table>"))
    (report,), _ = outcome(tmp_path)
    assert "|" not in report.text
    assert all(text in report.text for text in PARAGRAPHS)


@pytest.mark.parametrize(
    "raw",
    [
        b"<html></html>",
        page("", "<title>Only a title</title>"),
        page("<script>alert('x')</script>"),
        b"<html><body><!-- " + b"-" * 1_000_000,
        page("<p>\x00 \x00</p>"),
    ],
)
def test_page_without_text_is_refused(outcome: Run, tmp_path: Path, raw: bytes) -> None:
    """There is nothing to read in it, and that is said."""
    (tmp_path / "a.html").write_bytes(raw)
    reports, (error,) = outcome(tmp_path)
    assert not reports
    assert "HTML page without text" in error.problem


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 1_000_000 + "deep",
        "<p>Start of it." + "<b>" * 1_000_000 + "deep",
        "<ul><li>" * 200_000 + "deep",
        "<table><tr><td>" * 100_000 + "deep",
        "<p " + " ".join(f"a{n}=1" for n in range(300_000)) + ">Hello my friend</p>",
        "<p>" + "&#xD800;&#0;&#x110000;&bogus;" * 20_000 + " words here</p>",
        "<" * 1_000_000,
        "<script" * 100_000,
        "<p>Hello\0 there, \u202eredro\u202c and \u200fmarks\u2069 of old.</p>",
    ],
    ids=["divs", "bold", "lists", "tables", "attributes", "references", "lt", "scripts", "marks"],
)
def test_hostile_page_is_calm_and_quick(outcome: Run, tmp_path: Path, body: str) -> None:
    """A report of what can be read or a refusal, in a few seconds, without a crash."""
    (tmp_path / "a.html").write_bytes(page(body))
    started = time.monotonic()
    reports, refused = outcome(tmp_path)
    assert time.monotonic() - started < 20
    assert len(reports) + len(refused) == 1
    for report in reports:
        report.text.encode()
        assert "\0" not in report.text
