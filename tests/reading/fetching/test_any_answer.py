"""Whatever a server answers, what comes of it is reports or one line that says why not."""

from __future__ import annotations

import gzip
import socket
import ssl

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from parley.reading.fetching.exchange import Wire

from .servers import PAGE, answer, redirect

TRUST = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # made once: it is slow to make
NAMES = ("Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Location",
         "ETag", "Last-Modified", "Retry-After", "Set-Cookie", "Connection", "X")  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(
        ["5", "gzip", "deflate", "chunked", "text/html; charset=utf-16", "/x", "//", "http://[", ""]
    ),
    st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=20),
)
HEADS = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=5)
BODIES = st.one_of(
    st.binary(max_size=200),
    st.just(PAGE),
    st.just(gzip.compress(PAGE, mtime=0)),
    st.just(b"5\r\nhello\r\n0\r\n\r\n"),
)
ANSWERS = st.builds(
    lambda status, head, body: (
        (
            f"HTTP/1.1 {status}\r\n"
            + "".join(f"{name}: {value}\r\n" for name, value in head)
            + "\r\n"
        ).encode("latin-1")
        + body
    ),
    st.sampled_from(["200 OK", "301 Moved", "304 Same", "100 Go on", "503 Busy", "999 X", "abc"]),
    HEADS,
    BODIES,
)


def wire_of(*answers: bytes) -> Wire:
    """Return a network that answers so, in turn, and says nothing more."""
    left = list(answers)

    def dial(address: str, port: int, seconds: float) -> socket.socket:
        mine, its = socket.socketpair()
        with its:
            its.sendall(left.pop(0) if left else b"")
            its.shutdown(socket.SHUT_WR)
            mine.settimeout(1)
        return mine

    return Wire(look_up=lambda host, port: ["93.184.216.34"], dial=dial, trust=TRUST)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(robots=st.one_of(st.just(answer(b"", "404 No")), ANSWERS, st.binary(max_size=99)),
       page=st.one_of(ANSWERS, st.binary(max_size=99)))  # fmt: skip
@example(robots=answer(b"", "404 No"), page=redirect("\x80\xff"))
@example(
    robots=answer(b"", "404 No"),
    page=b"HTTP/1.1 200 OK\r\nContent-Encoding: 0\x85\r\nContent-Encoding: 5\r\n\r\n" + PAGE,
)
@example(robots=answer(b"", "404 No"), page=redirect("http://\xc3\x28/"))
def test_any_answer(fetch, robots, page):
    """There is no answer on which reading fails otherwise than by a refusal."""
    wire = wire_of(robots, page)
    reports, refused = fetch("http://news.example/", wire=wire, allow_private=False)
    assert len(reports) + len(refused) >= 1
