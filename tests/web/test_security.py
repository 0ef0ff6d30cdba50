"""What the app refuses, and what it tells the browser to refuse."""

from __future__ import annotations

import pytest
from served import client_of

from parley.errors import ParleyError
from parley.web.guard import Sessions
from parley.web.jobs import file_name
from parley.web.pages.entering import inside
from parley.web.settings import Settings


def test_the_policy_allows_our_own_parts_only(client):
    """Every answer, errors and static parts too, carries a strict policy without exceptions."""
    for path in ("/", "/api/timeline", "/nothing", "/static/x/y.js", "/events/e_abc1"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "script-src 'self';" in policy
        assert client.get(path).headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "evil:8040"]
)
def test_a_foreign_host_is_refused(client, host):
    """A page whose name was made to lead to this machine (DNS rebinding) reads nothing."""
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "Castel" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8040", "127.0.0.1", "[::1]:9", "LOCALHOST"])
def test_this_machine_s_own_names_are_known(client, host):
    """The names of this machine are ours, with whatever port."""
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "own", "sec-fetch-site": "cross-site"},
        {"origin": None, "sec-fetch-site": "cross-site"},
        {"origin": None, "sec-fetch-site": "same-site"},
        {"origin": None},
    ],
)
def test_another_site_cannot_write(client, headers):
    """A request that writes and is not of our own pages is refused, and nothing happens."""
    for name, value in headers.items():
        if value is None:
            del client.headers[name]
        else:
            client.headers[name] = str(client.base_url).rstrip("/") if value == "own" else value
    answer = client.post("/add/text", data={"text": "They met on May 3."})
    assert answer.status_code == 403
    assert "another site" in answer.text


def test_too_much_is_refused(client):
    """A body larger than it may be is refused, whether it says so beforehand or not."""
    answer = client.post("/add/text", data={"text": "x" * 1_100_000})
    assert answer.status_code == 413

    def pieces():
        yield b"text="
        for _ in range(1200):
            yield b"x" * 1000

    answer = client.post(
        "/add/text",
        content=pieces(),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/x/../../app.py",
        "/static/x/%2e%2e/%2e%2e/app.py",
        "/static//etc/passwd",
        "/static/x//etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_static_parts(client, path):
    """A static part is looked up by its name; no path of the client reaches the disk."""
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "given", ["/etc/passwd", "file:///etc/passwd", "parley.db", "ftp://x/", "http://", "//x"]
)
def test_an_address_is_no_path(client, given):
    """What is to be fetched must be a web address: files of this machine cannot be read so."""
    answer = client.post("/add/url", data={"address": given})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\reports\\one.txt", "one.txt"),
        ("/", "report"),
        ("..", "report"),
        (".bashrc", "bashrc"),
        ("-", "report"),
        ("a\0b\n.txt", "a-b-.txt"),
        ("Переговоры 1.html", "Переговоры 1.html"),
        ("https://x/y", "y"),
    ],
)
def test_a_file_s_name_leads_nowhere(given, kept):
    """Of a file's name only the last part is kept, without what a path could be made of."""
    assert file_name(given, taken=[]) == kept
    assert file_name(given, taken=[kept]) != kept


@pytest.mark.parametrize(
    "to", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "", "/\n/x"]
)
def test_signing_in_leads_nowhere_else(to):
    """What a link asks to go on to is one of our own pages, or the first."""
    assert inside(to) == "/"


def test_others_are_let_in_with_a_secret_only():
    """An address that others can reach is refused without a password or a token."""
    for host in ("0.0.0.0", "::", "192.168.1.5", "example.org"):
        with pytest.raises(ParleyError, match="--password-file"):
            Settings(record="parley.db", host=host).check()
        Settings(record="parley.db", host=host, secret="words").check()
    with pytest.raises(ParleyError, match="empty"):
        Settings(record="parley.db", secret="").check()


@pytest.fixture
def locked(record_path):
    """A client of the app behind a password."""
    with client_of(Settings(record=str(record_path), secret="four quiet words")) as client:
        yield client


def test_without_the_password_nothing_is_shown(locked, monkeypatch):
    """Pages lead to the sign-in, data are refused; with the password all is there."""
    monkeypatch.setattr("parley.web.pages.entering._PAUSE", 0)
    assert locked.get("/timeline?type=AGREE").headers["location"] == (
        "/enter?to=/timeline%3Ftype%3DAGREE"
    )
    assert locked.get("/api/timeline").status_code == 401
    assert locked.get("/openapi.json").status_code == 401
    assert locked.post("/add/text", data={"text": "x"}).status_code == 303
    assert locked.post("/enter", data={"secret": "wrong"}).status_code == 403
    answer = locked.post("/enter", data={"secret": "four quiet words", "to": "/talks"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/talks")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert locked.get("/talks").status_code == 200
    locked.post("/leave")
    assert locked.get("/talks").status_code == 303


def test_a_program_signs_in_with_a_header(locked):
    """The secret does as a Bearer token."""
    given = {"authorization": "Bearer four quiet words"}
    assert locked.get("/api/timeline", headers=given).status_code == 200
    assert locked.get("/api/timeline", headers={"authorization": "Bearer no"}).status_code == 401


def test_a_cookie_cannot_be_made_up():
    """Only a cookie that this process signed, and that is valid yet, lets in."""
    sessions, others = Sessions("secret"), Sessions("secret")
    good = sessions.issue()
    assert sessions.holds(good)
    for value in ("", "1", others.issue(), "9" + good, good[:-1], "." + good.partition(".")[2]):
        assert not sessions.holds(value)


def test_read_only_writes_nothing(record_path):
    """Where the record is served to be read only, every way to write is closed."""
    with client_of(Settings(record=str(record_path), read_only=True)) as client:
        assert client.post("/add/text", data={"text": "They met."}).status_code == 403
        assert client.post("/add/url", data={"address": "https://example.org/"}).status_code == 403
        assert client.post("/api/reports", json={"text": "They met."}).status_code == 403
        assert "/add" not in client.get("/").text
