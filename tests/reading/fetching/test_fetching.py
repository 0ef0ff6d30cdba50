"""Pages fetched from servers on this machine: what is sent, what is taken, what is refused."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import threading
import time
import zlib
from datetime import UTC, datetime, timedelta

import pytest

from parley import __version__
from parley.model import digest
from parley.reading import decode
from parley.reading.fetching import exchange
from parley.reading.fetching.exchange import Wire

from . import conftest
from .conftest import Notes
from .servers import CERTIFICATE, PAGE, answer, endless, redirect


def test_a_page(serve, fetch):
    """A page is a report as its file would be, its source the URL that was given."""
    server = serve({"/a.txt": answer()})
    (report,), refused = fetch(server.url("/a.txt"))
    assert not refused
    assert report.text == PAGE.decode()
    assert report.id == digest("r", PAGE)
    assert report.source == report.url == server.url("/a.txt")


def test_what_is_sent(serve, fetch):
    """A request names Parley and its version, and carries no cookie, referrer or login."""
    server = serve({"/": redirect("/next", Set_Cookie="session=1"), "/next": answer()})
    fetch(server.url("/"))
    robots, first, second = server.asked
    assert (robots.target, first.target, second.target) == ("/robots.txt", "/", "/next")
    for request in server.asked:
        assert request.headers["user-agent"] == f"parley/{__version__}"
        assert request.headers["host"] == f"127.0.0.1:{server.port}"
        assert set(request.headers) == {
            *("host", "user-agent", "accept", "accept-encoding", "connection")
        }


def test_rows_of_json_lines(serve, fetch):
    """What the server calls it tells the form, where the address does not."""
    rows = b"".join(json.dumps({"text": f"They met on day {n}."}).encode() + b"\n" for n in "12")
    server = serve({"/api?q=x": answer(rows, Content_Type="application/x-ndjson")})
    reports, refused = fetch(server.url("/api?q=x"))
    assert [report.source for report in reports] == [
        server.url("/api?q=x#1"),
        server.url("/api?q=x#2"),
    ]
    assert not refused


def test_one_bad_address_costs_no_other(serve, fetch):
    """Each refusal is one line with a way out, and the other addresses are read."""
    server = serve({"/a": answer(), "/b": answer(PAGE + b"More.")})
    reports, refused = fetch(server.url("/a"), server.url("/none"), server.url("/b"))
    assert len(reports) == 2
    assert str(refused[0]) == (
        f"{server.url('/none')}: is not there (status 404); check the address"
    )


@pytest.mark.parametrize(
    ("status", "headers", "says"),
    [
        ("404 Not Found", {}, "is not there (status 404)"),
        ("410 Gone", {}, "is not there"),
        ("403 Forbidden", {}, "is not given to everyone (status 403); open it in a browser"),
        ("500 Oops", {}, "makes its server fail (status 500); try again later"),
        ("503 Busy", {}, "makes its server fail (status 503)"),
        ("429 Slowly", {"Retry_After": "120"}, "to come later (status 429); try again in 120 s"),
        ("503 Busy", {"Retry_After": "Wed, 21 Oct 2026 07:28:00 GMT"}, "after 2026-10-21 07:28"),
        ("429 Slowly", {"Retry_After": "soon"}, "try again later"),
        ("204 Nothing", {}, "answered with status 204"),
        ("304 Not Modified", {}, "answered with status 304"),
        ("300 Choose", {}, "answered with status 300"),
    ],
)
def test_answers_that_are_no_page(serve, fetch, status, headers, says):
    """What a status means is said, and what can be done about it."""
    server = serve({"/": answer(b"", status, **headers)})
    reports, (error,) = fetch(server.url())
    assert not reports
    assert says in str(error)


def test_a_site_that_asks_to_wait_is_left_alone(serve, fetch):
    """After 429 nothing more is asked of that site in the run."""
    server = serve({"/a": answer(b"", "429 Slowly", Retry_After="60"), "/b": answer()})
    reports, refused = fetch(server.url("/a"), server.url("/b"))
    assert not reports
    assert len(refused) == 2
    assert server.paths() == ["/a"]


# How much, and for how long


def test_an_endless_body(serve, fetch):
    """A body without an end is left when it is larger than allowed."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
    server = serve({"/": endless(head, b"They met. " * 6_000)})
    begun = time.monotonic()
    reports, (error,) = fetch(server.url(), largest=1_000_000)
    assert not reports
    assert "is larger than 1 MB; --max-size allows more" in str(error)
    assert time.monotonic() - begun < 2


def test_endless_chunks(serve, fetch):
    """So is one in chunks."""
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    server = serve({"/": endless(head, b"1000\r\n" + b"x" * 4096 + b"\r\n")})
    _, (error,) = fetch(server.url(), largest=1_000_000)
    assert "is larger than 1 MB" in str(error)


def test_a_body_said_to_be_large(serve, fetch):
    """A page that says that it is too large is not begun with."""
    server = serve({"/": answer(Content_Length="99999999999")})
    _, (error,) = fetch(server.url())
    assert "is larger than 50 MB" in str(error)


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: "]
)
def test_a_slow_drip(serve, fetch, head):
    """A server that sends a byte now and then is left when the time is over."""
    server = serve({"/": endless(head, b"x", every=0.05)})
    begun = time.monotonic()
    _, (error,) = fetch(server.url(), timeout=0.4)
    assert "took longer than 0.4 s; --timeout gives it more" in str(error)
    assert time.monotonic() - begun < 1.5


def test_silence(serve, fetch, monkeypatch):
    """A server that says nothing at all is left before the whole time is over."""
    monkeypatch.setattr(exchange, "_SILENCE", 0.2)
    server = serve({})
    server.pages["/"] = lambda request, send: server.stopping.wait(5) and None
    _, (error,) = fetch(server.url())
    assert "said nothing for 0.2 s" in str(error)
    server.stopping.set()


def test_a_length_that_is_too_long(serve, fetch):
    """A body that ends before the length that was said is not taken for the whole."""
    server = serve({"/": answer(Content_Length="5000")})
    reports, (error,) = fetch(server.url())
    assert not reports
    assert "broke off before its end" in str(error)


def test_a_length_that_is_too_short(serve, fetch):
    """A body that goes on beyond the length that was said is not cut and kept."""
    server = serve({"/": answer(Content_Length="20")})
    reports, (error,) = fetch(server.url())
    assert not reports
    assert "is longer than its server says" in str(error)


def test_a_body_without_a_length(serve, fetch):
    """A body may end with the connection, as it did before lengths were sent."""
    server = serve({"/": answer(Content_Length="")})
    (report,), refused = fetch(server.url())
    assert report.text == PAGE.decode()
    assert not refused


def test_a_connection_that_is_reset(serve, fetch):
    """A server that cuts the connection is named so."""
    listener = socket.create_server(("127.0.0.1", 0))

    def cut() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connection.recv(1000)
            # With no time to linger, closing resets.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            connection.close()

    thread = threading.Thread(target=cut)
    thread.start()
    _, (error,) = fetch(f"http://127.0.0.1:{listener.getsockname()[1]}/")
    listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)
    listener.close()
    assert "broke off before its end (connection reset by peer)" in str(error)


def test_nobody_listens(fetch):
    """A port on which nobody listens cannot be reached, and the message says why."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    _, (error,) = fetch(f"http://127.0.0.1:{port}/")
    assert "cannot be reached (connection refused)" in str(error)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "broke off before its end"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "no answer that is HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "no answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nab", "no answer"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "no answer"),
        (b"HTTP/1.1 103 Early\r\n\r\n" * 50, "no answer that is HTTP"),
        (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", "no answer that is HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + b"X-Bomb: a\r\n" * 20_000, "headers without an end"),
        (b"HTTP/1.1 200 OK\r\nX-Bomb: " + b"a" * 200_000, "headers without an end"),
    ],
)
def test_answers_that_are_no_http(serve, fetch, raw, says):
    """What is no HTTP, and heads made to fill the memory, are refused calmly."""
    server = serve({"/": raw})
    reports, (error,) = fetch(server.url())
    assert not reports
    assert says in str(error)


# Packed bodies


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", lambda page: gzip.compress(page[:9]) + gzip.compress(page[9:]) + b"\0\0"),
        ("deflate", zlib.compress),
        ("deflate", lambda page: zlib.compress(page)[2:-4]),
        ("identity", bytes),
    ],
)
def test_packed_bodies(serve, fetch, encoding, pack):
    """A body that is sent packed is unpacked, in each way that servers have of it."""
    server = serve({"/": answer(pack(PAGE), Content_Encoding=encoding)})
    (report,), refused = fetch(server.url())
    assert report.text == PAGE.decode()
    assert not refused


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_bomb(serve, fetch, pack):
    """What unpacks to more than allowed is left there, however little is sent."""
    bomb = pack(b"x" * 40_000_000)
    assert len(bomb) < 50_000
    encoding = "gzip" if pack is gzip.compress else "deflate"
    server = serve({"/": answer(bomb, Content_Encoding=encoding)})
    _, (error,) = fetch(server.url(), largest=1_000_000)
    assert "is larger than 1 MB" in str(error)


@pytest.mark.parametrize(
    ("body", "encoding", "says"),
    [
        (gzip.compress(PAGE, mtime=0)[:-12], "gzip", "damaged or cut short"),
        (b"no gzip at all", "gzip", "damaged or cut short"),
        (PAGE, "br", "not asked for (br)"),
        (
            gzip.compress(gzip.compress(PAGE, mtime=0), mtime=0),
            "gzip, gzip",
            "not asked for (gzip, gzip)",
        ),
        (b"", "gzip", "is empty"),
    ],
)
def test_packed_bodies_that_are_broken(serve, fetch, body, encoding, says):
    """A packed body that is broken, or packed in another way than asked for, is refused."""
    server = serve({"/": answer(body, Content_Encoding=encoding)})
    reports, (error,) = fetch(server.url())
    assert not reports
    assert says in str(error)


# What the server says that it is


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("windows-1251", "cp1251"),
        ("utf-8", "cp1252"),  # wrong, and the bytes say so
        ("ISO-8859-1", "utf-8"),
        ("rot13", "utf-8"),
        ("utf-7", "utf-8"),
        ("no such thing", "utf-8"),
    ],
)
def test_the_charset(serve, fetch, charset, encoding):
    """A charset that the server names is believed where the bytes do not say otherwise."""
    text = "Переговоры прошли в среду." if encoding == "cp1251" else "The café in Zürich: “we met”."
    raw = text.encode(encoding)
    server = serve({"/": answer(raw, Content_Type=f'text/plain; charset="{charset}"')})
    (report,), _ = fetch(server.url())
    assert report.text == text
    assert decode(text.encode("cp1251", "replace"), declared="nonsense")


def test_pictures_are_not_fetched(serve, fetch):
    """What is a picture or a film by its type is not taken."""
    server = serve({"/": answer(Content_Type="image/png")})
    _, (error,) = fetch(server.url())
    assert "is no report but image/png" in str(error)


def test_the_form_is_told_what_the_server_says(serve, fetch, monkeypatch):
    """A form knows where the bytes are from, what they are called, and that they are of today."""
    server = serve({"/": answer(Content_Type="Text/Plain; charset=koi8-r")})
    seen = []

    def note(source, reading):
        seen.append(source.origin)
        return iter(())

    monkeypatch.setattr(conftest, "read_source", note)
    fetch(server.url())
    ((origin),) = seen
    assert (origin.url, origin.media_type, origin.charset) == (server.url(), "text/plain", "koi8-r")
    today = datetime.now(UTC).date()
    assert today <= origin.until <= today + timedelta(days=1)


# Redirects


def test_redirects_are_followed(serve, fetch):
    """A redirect is followed, to another server too; the report has both addresses."""
    target = serve({"/über%20uns?x=1": b"", "/%C3%BCber%20uns?x=1": answer()})
    server = serve({"/": redirect("/a/../b?q"), "/b?q": redirect(target.url("/über uns?x=1#part"))})
    server.pages["/b?q"] = redirect(target.url("/%C3%BCber uns?x=1#part"), "308 There")
    (report,), refused = fetch(server.url())
    assert not refused
    assert (report.source, report.url) == (server.url(), target.url("/%C3%BCber%20uns?x=1"))


def test_a_redirect_loop(serve, fetch):
    """A circle of redirects is found when it closes."""
    server = serve({"/": redirect("/a"), "/a": redirect("/b"), "/b": redirect("/a")})
    _, (error,) = fetch(server.url())
    assert "redirects in a circle" in str(error)
    assert server.paths() == ["/", "/a", "/b"]


def test_too_many_redirects(serve, fetch):
    """A chain that goes ever further is left after ten."""
    server = serve({f"/{n}": redirect(f"/{n + 1}") for n in range(50)})
    _, (error,) = fetch(server.url("/0"))
    assert "redirects more than 10 times" in str(error)
    assert len(server.paths()) == 11


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("file:///etc/passwd", "redirects to file:///etc/passwd, which file: addresses are not"),
        ("ftp://127.0.0.1/", "ftp: addresses are not fetched"),
        ("javascript:alert(1)", "javascript: addresses are not fetched"),
        ("http://user:secret@127.0.0.1/", "has a user name or password in it"),
        ("http://2130706433/", "has a number for a host"),
        ("http://0177.0.0.1/", "has a number for a host"),
        ("http://[::1", "is no web address"),
        ("http://0.0.0.0/", "an address that stands for none"),
        ("http://[ff02::1]/", "an address of many machines at once"),
    ],
)
def test_redirects_to_elsewhere(serve, fetch, to, says):
    """Every hop is checked as the first one is, whatever is allowed; no password is shown."""
    server = serve({"/": redirect(to)})
    _, (error,) = fetch(server.url())
    assert says in str(error)
    assert "secret" not in str(error)


# Networks and names


def test_this_machine_is_refused_unless_asked_for(serve, fetch):
    """Without leave nothing is asked of this machine, whatever its name."""
    server = serve({"/": answer()})
    urls = [server.url(host=host) for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]")]
    reports, refused = fetch(*urls, allow_private=False)
    assert not reports
    assert len(refused) == 3
    for error in refused:
        assert "an address of this machine; --allow-private fetches it" in str(error)
    assert not server.asked


def wired(server, *answers: list[str]) -> tuple[Wire, list[str]]:
    """Return a network in which names have other addresses each time, and all lead to one server.

    Also the list of the addresses that were gone to.
    """
    turns = iter(answers)
    gone: list[str] = []

    def dial(address: str, port: int, seconds: float) -> socket.socket:
        gone.append(address)
        return socket.create_connection(("127.0.0.1", server.port), timeout=seconds)

    trust = ssl.create_default_context(cafile=str(CERTIFICATE))
    return Wire(look_up=lambda host, port: next(turns), dial=dial, trust=trust), gone


def test_a_name_is_looked_up_once(serve, fetch):
    """A name that leads elsewhere the second time is not asked for a second time."""
    server = serve({"/": redirect("/next"), "/next": answer()})
    wire, gone = wired(server, ["93.184.216.34"], ["127.0.0.1"])
    (report,), refused = fetch("http://news.example/", wire=wire, allow_private=False)
    assert not refused
    assert report.url == "http://news.example/next"
    assert set(gone) == {"93.184.216.34"}
    assert {request.headers["host"] for request in server.asked} == {"news.example"}


@pytest.mark.parametrize(
    "found", [["10.1.2.3"], ["93.184.216.34", "::1"], ["64:ff9b::a00:1"], ["fe80::1%eth0"]]
)
def test_a_name_that_leads_to_a_private_address(serve, fetch, found):
    """One private address among a name's is enough to refuse it, and nothing is asked."""
    server = serve({"/": answer()})
    wire, gone = wired(server, found)
    reports, (error,) = fetch("http://news.example/", wire=wire, allow_private=False)
    assert not reports
    assert "leads to" in str(error)
    assert gone == []


def test_a_public_site_leads_nobody_into_a_private_network(serve, fetch):
    """Even with leave for private addresses, a public site cannot send there."""
    server = serve({"/": redirect("http://intranet.example/")})
    wire, gone = wired(server, ["93.184.216.34"], ["192.168.1.1"])
    _, (error,) = fetch("http://news.example/", wire=wire)
    assert "which leads to 192.168.1.1, an address of a private network" in str(error)
    assert set(gone) == {"93.184.216.34"}


def test_a_private_site_that_was_refused_may_be_asked_for(serve, fetch):
    """What a public site may not lead to, the user may still give; robots are asked once a site."""
    server = serve({"/": redirect("http://intranet.example/a"), "/a": answer()})
    wire, _ = wired(server, ["93.184.216.34"], ["192.168.1.1"], ["192.168.1.1"], ["93.184.216.34"])
    urls = ["http://news.example/", "http://intranet.example/a", "http://news.example/a"]
    reports, (error,) = fetch(*urls, wire=wire)
    assert [report.source for report in reports] == urls[1:]
    assert error.source == urls[0]
    hosts = [r.headers["host"] for r in server.asked if r.target == "/robots.txt"]
    assert hosts == ["news.example", "intranet.example"]


def test_the_next_address_is_tried(serve, fetch):
    """Where one address of a name takes no connection, the next is tried."""
    server = serve({"/": answer()})
    wire, _ = wired(server, ["203.0.114.1", "93.184.216.34"])

    def dial(address: str, port: int, seconds: float) -> socket.socket:
        if address == "203.0.114.1":
            raise ConnectionRefusedError(111, "Connection refused")
        return wire.dial(address, port, seconds)

    reports, _ = fetch("http://news.example/", wire=Wire(look_up=wire.look_up, dial=dial))
    assert len(reports) == 1


def test_names_that_nobody_knows(fetch):
    """A name without an address, and a look-up that hangs, are each said in a line."""

    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    _, (error,) = fetch("http://news.example/", wire=Wire(look_up=unknown))
    assert "host that is not known (news.example)" in str(error)
    stop = threading.Event()
    wire = Wire(look_up=lambda host, port: [str(stop.wait(5))])
    _, (error,) = fetch("http://news.example/", wire=wire, timeout=0.2)
    stop.set()
    assert "whose address nobody told in time" in str(error)


# Certificates


def test_a_certificate_that_nobody_signed(serve, fetch):
    """A server with a certificate of its own making is not believed, and nothing is asked."""
    server = serve({"/": answer()}, tls=True)
    _, (error,) = fetch(server.url())
    assert "shows a certificate that does not hold (self-signed certificate)" in str(error)
    assert not server.asked


def test_the_certificate_has_to_be_the_names_own(serve, fetch):
    """The connection goes to the address, the certificate is checked for the name."""
    server = serve({"/": answer()}, tls=True)
    wire, gone = wired(server, ["93.184.216.34"], ["93.184.216.34"])
    reports, refused = fetch("https://news.example/", wire=wire)
    assert (len(reports), refused) == (1, [])
    assert server.asked[0].headers["host"] == "news.example"
    _, (error,) = fetch("https://other.example/", wire=wire)
    assert "certificate that does not hold (hostname mismatch" in str(error).lower()
    assert set(gone) == {"93.184.216.34"}


def test_no_encryption_where_it_should_be(serve, fetch):
    """A server that speaks plainly at an https address is refused."""
    server = serve({})
    _, (error,) = fetch(server.url().replace("http:", "https:"))
    assert "makes no encrypted connection" in str(error)


# What did not change


def test_what_has_not_changed_is_not_sent_again(serve, fetch):
    """The second run sends the validators of the first, and takes 304 for an answer."""
    sent = []

    def page(request, send):
        if request.headers.get("if-none-match") == '"v1"':
            return send(answer(b"", "304 Not Modified", Content_Length=""))
        sent.append(request.target)
        return send(answer(ETag='"v1"', Last_Modified="Wed, 21 Oct 2026 07:28:00 GMT"))

    server = serve({"/": redirect("/feed"), "/feed": page})
    notes = Notes()
    assert len(fetch(server.url(), memory=notes)[0]) == 1
    assert fetch(server.url(), memory=notes) == ([], [])
    assert sent == ["/feed"]
    last = server.asked[-1]
    assert last.headers["if-modified-since"] == "wed, 21 oct 2026 07:28:00 gmt"
    # A redirect on the way is asked without them.
    assert all("if-none-match" not in r.headers for r in server.asked if r.target == "/")


def test_only_what_was_taken_whole_is_remembered(serve, fetch):
    """What is refused, or not read to its end, is sent again; odd validators are not kept."""
    rows = b"".join(json.dumps({"text": f"They met on day {n}."}).encode() + b"\n" for n in "12")
    server = serve(
        {
            "/short": answer(Content_Length="500", ETag='"v1"'),
            "/rows.jsonl": answer(rows, ETag='"v1"'),
            "/odd": answer(ETag='"' + "x" * 5000 + '"', Last_Modified="caf\u00e9"),
        }
    )
    notes = Notes()
    fetch(server.url("/short"), memory=notes)
    assert notes.notes == {}
    fetch(server.url("/odd"), memory=notes)
    (odd,) = notes.notes.values()
    assert (odd.etag, odd.modified) == (None, None)
