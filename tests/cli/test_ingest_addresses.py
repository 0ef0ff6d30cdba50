"""`parley ingest URL`: the options, what is printed, and the exit status."""

from __future__ import annotations

import pytest

import parley.engine.ingestion
from builders import FakeSteps
from parley.engine import Steps, built_in
from reading.fetching.servers import Server, answer, endless

TEXT = b"Monday.\nmet in Castel\n"


@pytest.fixture
def server():
    """Yield a server of two pages, one of them without an end."""
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    server = Server({"/a": answer(TEXT, ETag='"1"'), "/slow": endless(head, b"x", every=0.05)})
    yield server
    server.close()


@pytest.fixture(autouse=True)
def reading_steps(run, monkeypatch):
    """Read as Parley does; code in the simple way of the other tests."""
    fake = FakeSteps().steps()
    steps = Steps(read=built_in().read, load=fake.load, merge=fake.merge)
    monkeypatch.setattr(parley.engine.ingestion, "built_in", lambda **_: steps)


def test_an_address(run, server):
    """A page is ingested as a file is."""
    status, out, err = run("ingest", server.url("/a"), "--allow-private")
    assert (status, out) == (0, "")
    assert err == "1 report read, 1 new; parley.db has 1 event and 0 links\n"
    assert server.url("/a") in run("reports", "--json")[1]


def test_this_machine_is_not_asked_without_leave(run, server, tmp_path):
    """What is refused is one line, the files beside it are read, and the status is 1."""
    (tmp_path / "b.txt").write_bytes(TEXT)
    status, _, err = run("ingest", server.url("/a"), "b.txt")
    assert status == 1
    assert err.splitlines() == [
        f"parley: {server.url('/a')}: leads to 127.0.0.1, an address of this machine; "
        f"--allow-private fetches it if you trust who gave you the address",
        "1 report read, 1 new; 1 refusal, named above; parley.db has 1 event and 0 links",
    ]
    assert not server.asked


def test_limits(run, server):
    """Size and time are the user's to set."""
    status, _, err = run("ingest", server.url("/a"), "--allow-private", "--max-size", "0.01")
    assert status == 0
    status, _, err = run("ingest", server.url("/slow"), "--allow-private", "--timeout", "1")
    assert status == 1
    assert "took longer than 1 s" in err
    assert run("ingest", server.url("/a"), "--timeout", "0")[0] == 2
    assert run("ingest", server.url("/a"), "--max-size", "nan")[0] == 2


def test_a_password_is_not_printed(run):
    """An address with a login is refused without repeating it."""
    status, out, err = run("ingest", "http://ana:secret@127.0.0.1/")
    assert status == 1
    assert "http://***@127.0.0.1/: has a user name or password in it" in err
    assert "secret" not in out + err


def test_verbose_says_what_has_not_changed(run, server, caplog):
    """With -v the second run says why it read nothing."""
    server.pages["/a"] = lambda request, send: send(
        answer(b"", "304 Not Modified", Content_Length="")
        if "if-none-match" in request.headers
        else answer(TEXT, ETag='"1"')
    )
    run("ingest", server.url("/a"), "--allow-private")
    status, _, err = run("ingest", server.url("/a"), "--allow-private", "-v")
    assert status == 0
    assert "0 reports read, 0 new" in err
    assert f"{server.url('/a')}: not changed since it was fetched last" in caplog.text
