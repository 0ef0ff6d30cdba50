"""A run over addresses, and what the record remembers of it for the next."""

from __future__ import annotations

import json

import pytest

from builders import FakeSteps, dump
from parley.engine import Steps, built_in, ingest, keeping
from parley.reading import Fetching, Remembered
from parley.record import Record
from reading.fetching.servers import Server, answer

RULES = Fetching(allow_private=True, timeout=5.0, pause=0.0)


class Feed:
    """A page of rows that answers 304 to who has it already."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts
        self.sent = 0

    def __call__(self, request, send) -> None:
        """Answer."""
        body = b"".join(json.dumps({"text": text}).encode() + b"\n" for text in self.texts)
        tag = f'"{len(body)}"'
        if request.headers.get("if-none-match") == tag:
            send(answer(b"", "304 Not Modified", Content_Length=""))
            return
        self.sent += 1
        send(answer(body, Content_Type="application/x-ndjson", ETag=tag))


@pytest.fixture
def feed():
    """Return a feed of two reports."""
    return Feed("Monday.\nmet in Castel\n", "Tuesday.\nshot at Port Elan\n")


@pytest.fixture
def server(feed):
    """Yield a server of the feed."""
    server = Server({"/feed": feed})
    yield server
    server.close()


def run(path, server):
    """Ingest the feed into the record at a path; return the tally and what was refused."""
    fake = FakeSteps().steps()
    steps = Steps(read=built_in().read, load=fake.load, merge=fake.merge)
    refused: list[Exception] = []
    with Record.open(str(path), create=True) as record:
        urls = [server.url("/feed")]
        done = ingest(record, urls, refuse=refused.append, steps=steps, fetching=RULES)
    return done, refused


def test_the_second_run_transfers_nothing(tmp_path, server, feed):
    """A feed that has not changed is not sent again, and the record stays as it is."""
    path = tmp_path / "parley.db"
    first, refused = run(path, server)
    assert (first.read, first.added, refused) == (2, 2, [])
    before = dump(path)
    second, refused = run(path, server)
    assert (second.read, second.added, second.changed, refused) == (0, 0, False, [])
    assert feed.sent == 1
    assert dump(path) == before


def test_what_is_new_in_a_feed_is_read(tmp_path, server, feed):
    """When the feed has changed it is read, and only what is new in it is added."""
    path = tmp_path / "parley.db"
    run(path, server)
    feed.texts = (*feed.texts, "Wednesday.\nmet again\n")
    done, _ = run(path, server)
    assert (done.read, done.added, done.known) == (3, 1, 2)


@pytest.mark.parametrize("bad", ["broken", ""])
def test_what_failed_is_fetched_again(tmp_path, server, feed, bad):
    """A feed with a report that could not be read or coded is read again by the next run."""
    path = tmp_path / "parley.db"
    feed.texts = (*feed.texts, bad)
    done, refused = run(path, server)
    assert (done.added, len(refused)) == (2, 1)
    done, refused = run(path, server)
    assert (feed.sent, len(refused)) == (2, 1)


def test_a_run_that_is_cut_off_fetches_again(tmp_path, server, feed, monkeypatch):
    """What was not kept to its end is not remembered."""
    path = tmp_path / "parley.db"
    add = Record.add_reports
    monkeypatch.setattr(keeping, "_LONGEST", -1.0)  # each report by itself

    def stop(self, arrivals):
        arrivals = list(arrivals)
        if any("Tuesday" in arrival.report.text for arrival in arrivals):
            raise KeyboardInterrupt
        return add(self, arrivals)

    monkeypatch.setattr(Record, "add_reports", stop)
    with pytest.raises(KeyboardInterrupt):
        run(path, server)
    monkeypatch.setattr(Record, "add_reports", add)
    done, _ = run(path, server)
    assert (done.read, done.added, feed.sent) == (2, 1, 2)


def test_the_record_remembers(tmp_path):
    """What is kept of a fetch is recalled, the newer in the older's place."""
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        url = "http://news.example/feed"
        assert record.recall_fetch(url) is None
        for tag in ('"1"', '"2"', '"2"', None):
            remembered = Remembered(url=f"{url}/", etag=tag)
            record.keep_fetch(url, remembered)
            assert record.recall_fetch(url) == remembered
        assert record.recall_fetch(f"{url}/") is None
