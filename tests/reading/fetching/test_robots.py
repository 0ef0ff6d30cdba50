"""What a robots.txt forbids, and what a bad one can do."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.reading.fetching.robots import LARGEST, parse_robots

from .servers import answer, endless, redirect


@pytest.mark.parametrize(
    ("text", "target", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Parley\nDisallow: /b", "/a", True),
        ("User-agent: parley/1.0\nDisallow: /a", "/a", False),
        ("User-agent: parleyvoo\nDisallow: /a", "/a", True),
        ("user-agent: a\nUSER-AGENT: parley\ndisallow: /a # no", "/a/b", False),
        ("User-agent: parley\nDisallow: /a\nUser-agent: x\nAllow: /\n"
         "User-agent: parley\nDisallow: /b", "/b", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?x", True),
        ("User-agent: *\nDisallow: /*?page=", "/x?page=2", False),
        ("User-agent: *\nDisallow: /a*b*c", "/aXbXc", False),
        ("User-agent: *\nDisallow: /a*b*c", "/aXcXb", True),
        ("User-agent: *\nDisallow: /exact$", "/exact", False),
        ("User-agent: *\nDisallow: /exact$", "/exactly", True),
        ("User-agent: *\nDisallow: /ab*ba$", "/aba", True),
        ("User-agent: *\nDisallow: /caf\u00e9", "/caf%c3%a9", False),
        ("User-agent: *\nDisallow: /%7Ejoe", "/~joe", False),
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ("Disallow: /a\nUser-agent: x", "/a", True),
        ("<html>User-agent: *", "/a", True),
    ],
)  # fmt: skip
def test_rules(text, target, allowed):
    """Groups, wildcards and precedence are those of RFC 9309."""
    assert parse_robots(text.encode(), agent="parley").allows(target) is allowed


@given(st.binary(max_size=300), st.text("/ab*$%?", max_size=20))
def test_any_file_is_read(raw, target):
    """Whatever the bytes, there is an answer."""
    start = b"User-agent: *\nDisallow: "
    assert parse_robots(start + raw, agent="parley").allows("/" + target) in {True, False}


def test_patterns_cost_little():
    """Patterns made to be slow are not: many stars, many rules, long addresses."""
    stars = "Disallow: /" + "*a" * 3_900 + "b\n"
    raw = ("User-agent: *\n" + stars * 60).encode()
    begun = time.monotonic()
    assert parse_robots(raw, agent="parley").allows("/" + "a" * 8_000)
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    ("said", "waits"), [("2", 2.0), ("9999", 30.0), ("-1", 0), ("nan", 0), ("inf", 30.0), ("x", 0)]
)
def test_delay(said, waits):
    """The wait that a site asks for is kept, within reason."""
    raw = f"User-agent: *\nCrawl-delay: {said}".encode()
    assert parse_robots(raw, agent="parley").delay == waits


def test_what_is_disallowed_is_not_asked_for(serve, fetch):
    """A forbidden page is refused without being asked for; robots.txt is asked for once."""
    robots = answer(b"User-agent: *\nDisallow: /b")
    server = serve({"/robots.txt": robots, "/a": answer(), "/b": answer()})
    reports, (error,) = fetch(server.url("/a"), server.url("/b"), server.url("/a"))
    assert len(reports) == 2
    assert "robots.txt says so" in str(error)
    assert [request.target for request in server.asked] == ["/robots.txt", "/a", "/a"]


def test_every_hop_asks_leave(serve, fetch):
    """A redirect to another site is followed if that site's rules allow it."""
    other = serve({"/robots.txt": answer(b"User-agent: *\nDisallow: /"), "/": answer()})
    server = serve({"/": redirect(other.url())})
    reports, (error,) = fetch(server.url())
    assert not reports
    assert f"redirects to {other.url()}, which may not be fetched by programs" in str(error)
    assert other.paths() == []


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (answer(b"", "404 None"), True),
        (answer(b"", "403 Forbidden"), True),
        (answer(b"", "500 Oops"), False),
        (answer(b"", "429 Slowly"), False),
        (b"", False),
        (answer(b"User-agent: *\nDisallow:", Content_Length="999"), False),
        (redirect("/robots2"), True),
        (redirect("/robots.txt"), True),
        (redirect("http://0.0.0.0/"), False),
        (answer(b"\xff\xfe\x00User-agent" * 99), True),
    ],
)
def test_a_robots_txt_that_is_none(serve, fetch, robots, allowed):
    """No robots.txt allows all; one that cannot be read allows nothing (RFC 9309)."""
    server = serve({"/robots.txt": robots, "/": answer()})
    reports, refused = fetch(server.url(), allow_private=True)
    assert bool(reports) is allowed
    assert ["robots.txt cannot be read" in str(error) for error in refused] == [True][allowed:]


def test_an_endless_robots_txt(serve, fetch):
    """Of one without an end the beginning counts."""
    head = b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /b\n"
    server = serve({"/robots.txt": endless(head, b"# more\n" * 9_000), "/a": answer()})
    reports, (error,) = fetch(server.url("/a"), server.url("/b"))
    assert len(reports) == 1
    assert "robots.txt says so" in str(error)
    assert LARGEST < 1_000_000


def test_a_slow_robots_txt(serve, fetch, monkeypatch):
    """One that never comes to its end in time counts as one that cannot be read."""
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    server = serve({"/robots.txt": endless(head, b"#", every=0.05), "/": answer()})
    monkeypatch.setattr("parley.reading.fetching.fetcher._ROBOTS_SECONDS", 0.3)
    reports, (error,) = fetch(server.url())
    assert not reports
    assert "robots.txt cannot be read (took longer than 0.3 s)" in str(error)


def test_the_pause_between_requests(serve, fetch):
    """One site is asked again only after a pause, or the delay that it asks for."""
    robots = answer(b"User-agent: *\nCrawl-delay: 0.3")
    server = serve({"/robots.txt": robots, "/a": answer(), "/b": answer()})
    begun = time.monotonic()
    fetch(server.url("/a"), server.url("/b"))
    assert 0.3 <= time.monotonic() - begun < 2
