"""Reports added through the app, by the process that the app starts for it."""

from __future__ import annotations

import time

import pytest
from served import client_of

from parley.model import Report
from parley.record import Record
from parley.web.settings import Settings

TEXT = (
    "CASTEL, May 30, 2023 - The foreign ministers of Armenia and Azerbaijan met in Tbilisi on "
    "Monday.\nThe United States welcomed the talks.\n"
)


@pytest.fixture
def empty(tmp_path):
    """The path of a record with nothing in it."""
    path = tmp_path / "parley.db"
    Record.open(str(path), create=True).close()
    return path


def wait_for(client, id_):
    """Return a job once it is over."""
    for _ in range(600):
        job = client.get(f"/api/jobs/{id_}").json()
        if job["state"] in {"done", "failed"}:
            return job
        time.sleep(0.1)
    raise AssertionError(job)


def test_what_is_pasted_is_coded(empty):
    """A pasted text becomes a report with what is known of it, and its events are shown."""
    with client_of(Settings(record=str(empty))) as client:
        fields = {"text": TEXT, "title": "Talks <b>", "outlet": "Wire", "date": "2023-05-30"}
        answer = client.post("/add/text", data=fields)
        assert answer.status_code == 303
        job = wait_for(client, answer.headers["location"].rpartition("/")[2])
        assert (job["before"]["reports"], job["after"]["reports"]) == (0, 1)
        assert any("Armenia" in change["summary"] for change in job["changes"])
        page = client.get(answer.headers["location"]).text
        assert "Before and after" in page
        assert "Talks &lt;b&gt;" in page
        again = client.post("/add/text", data=fields)
        job = wait_for(client, again.headers["location"].rpartition("/")[2])
        assert (job["done"]["read"], job["done"]["added"]) == (1, 0)
    with Record.open(str(empty), read_only=True) as record:
        (report,) = record.reports()
    assert isinstance(report, Report)
    assert (report.title, report.outlet, report.text) == ("Talks <b>", "Wire", TEXT)
    assert "/tmp" not in report.source


def test_files_are_read_and_refusals_named(empty):
    """Files keep their names; what cannot be read is named, all else is there."""
    files = [
        ("files", ("../../etc/talks.txt", TEXT.encode(), "text/plain")),
        ("files", ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "image/png")),
    ]
    with client_of(Settings(record=str(empty))) as client:
        answer = client.post("/add/files", files=files)
        job = wait_for(client, answer.headers["location"].rpartition("/")[2])
        assert job["done"]["added"] == 1
        assert [line.partition(":")[0] for line in job["refused"]] == ["picture.png"]
        (row,) = client.get("/api/reports").json()["rows"]
        assert row["line"]["source"] == "talks.txt"


def test_this_machine_is_not_fetched_from(empty):
    """The guards of the readers hold for addresses given in the app: no private network."""
    with client_of(Settings(record=str(empty))) as client:
        answer = client.post("/api/reports", json={"address": "http://127.0.0.1:1/"})
        assert answer.status_code == 202
        job = wait_for(client, answer.json()["id"])
        assert job["done"]["added"] == 0
        assert "127.0.0.1" in job["refused"][0]
