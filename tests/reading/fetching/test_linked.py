"""The pages that a feed links to, read in its entries' place."""

from __future__ import annotations

from datetime import date

import pytest

from builders import make_report
from parley.model import Published
from parley.reading import Fetching
from parley.reading.fetching import pages
from parley.reading.fetching.pages import Pages
from parley.reading.form import Reading
from parley.reading.registry import read_source

from .conftest import Notes
from .servers import PAGE, answer

DAY = Published(start=date(2023, 5, 19), end=date(2023, 5, 19), how="metadata", confidence=0.9)
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>'


@pytest.fixture
def read():
    """Read a feed whose entries link to the addresses given; what is read, and refused."""

    def run(url, *links, linked=True, memory=None):
        refused = []

        def read(source, reading):
            if not source.head.startswith(b"<?xml"):
                yield from read_source(source, reading)
                return
            for n, link in enumerate(links):
                yield make_report(f"Teaser {n}", url=link, outlet="Isle Post", published=DAY)

        rules = Fetching(allow_private=True, pause=0.0, linked=linked, memory=memory)
        reading = Reading(refused.append, read)
        return list(Pages(rules).read(url, reading)), refused

    return run


def test_entries_are_read_alone(serve, read):
    """Without leave, what the feed says is all that is read, and nothing else is asked for."""
    server = serve({"/feed": answer(FEED), "/a": answer()})
    reports, _ = read(server.url("/feed"), server.url("/a"), linked=False)
    assert [report.text for report in reports] == ["Teaser 0"]
    assert server.paths() == ["/feed"]


def test_pages_stand_in_for_entries(serve, read):
    """Each page is read once, with what the feed knows of it; entries without a link stay."""
    server = serve({"/feed": answer(FEED), "/a": answer(), "/b": answer(PAGE + b"More.\n")})
    a, b = server.url("/a"), server.url("/b")
    reports, refused = read(server.url("/feed"), a, b, a, None)
    assert [report.source for report in reports[:2]] == [a, b]
    assert reports[0].text == PAGE.decode()
    assert (reports[0].outlet, reports[0].published) == ("Isle Post", DAY)
    assert reports[2].text == "Teaser 3"
    assert not refused
    assert server.paths() == ["/feed", "/a", "/b"]


def test_a_page_that_fails_costs_no_other(serve, read):
    """A link that leads nowhere is named, and the others are read."""
    server = serve({"/feed": answer(FEED), "/b": answer()})
    links = (server.url("/none"), "mailto:ana@example.org", server.url("/b"))
    reports, refused = read(server.url("/feed"), *links)
    assert [report.source for report in reports] == [server.url("/b")]
    assert [error.source for error in refused] == list(links[:2])


def test_a_feed_that_links_to_feeds(serve, read):
    """What a feed links to is read, and leads no further: a feed that links to itself ends."""
    server = serve({"/feed": answer(FEED)})
    reports, _ = read(server.url("/feed"), server.url("/feed"), server.url("/feed?2"))
    assert [report.text for report in reports] == ["Teaser 0", "Teaser 1"]
    assert server.paths() == ["/feed", "/feed", "/feed?2"]


def test_a_feed_of_very_many_pages(serve, read, monkeypatch):
    """A feed leads to so many pages in a run; the next run takes up where it ended."""
    monkeypatch.setattr(pages, "_MOST_LINKED", 2)
    server = serve({"/feed": answer(FEED)} | {f"/{n}": answer(PAGE * n) for n in (1, 2, 3)})
    links = [server.url(f"/{n}") for n in (1, 2, 3)]
    notes = Notes()
    reports, (error,) = read(server.url("/feed"), *links, memory=notes)
    assert [report.source for report in reports] == links[:2]
    assert "run the same command again" in str(error)
    reports, refused = read(server.url("/feed"), *links, memory=notes)
    assert ([report.source for report in reports], refused) == (links[2:], [])


def test_a_page_is_fetched_in_one_run_only(serve, read):
    """A later run asks for what the feed has new; a feed is remembered for each way apart."""
    server = serve({"/feed": answer(FEED, ETag='"1"'), "/a": answer(), "/b": answer()})
    notes = Notes()
    read(server.url("/feed"), server.url("/a"), memory=notes)
    reports, _ = read(server.url("/feed"), server.url("/a"), server.url("/b"), memory=notes)
    assert [report.source for report in reports] == [server.url("/b")]
    assert server.paths() == ["/feed", "/a", "/feed", "/b"]
    read(server.url("/feed"), server.url("/a"), linked=False, memory=notes)
    assert "if-none-match" not in server.asked[-1].headers
