"""The file of a record, opened in Datasette."""

from __future__ import annotations

import subprocess
import sys

import pytest

from builders import event_of, killing, make_report, meeting
from parley.engine import edit_event
from parley.record import Record

# Datasette is run by itself: what it warns of is its own.
ASK = """
import asyncio, json, sys
from datasette.app import Datasette

async def ask():
    datasette = Datasette([sys.argv[1]])
    for path in sys.argv[2:]:
        answer = await datasette.client.get(path)
        print(json.dumps([answer.status_code, answer.json()]))

asyncio.run(ask())
"""


@pytest.fixture
def path(tmp_path):
    """Return the path of a record with two events, one of them corrected."""
    path = tmp_path / "parley.db"
    with Record.open(str(path), create=True) as record:
        report = make_report(title="Talks in Castel")
        met, shot = meeting(report), killing(report)
        record.add_report(report, [met, shot])
        record.replace_events([event_of(met, id="e_one"), event_of(shot, id="e_two")], [])
        edit_event(record, "e_one", {"status": "denied"}, by="Ana", why="both say so")
    return path


def ask(path, *questions: str) -> list[dict]:
    """Return what Datasette answers to some paths, all of which it must know."""
    import json  # noqa: PLC0415

    done = subprocess.run(
        [sys.executable, "-c", ASK, str(path), *questions],
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [status for status, _ in answers] == [200] * len(questions)
    return [answer for _, answer in answers]


def test_tables_and_views_can_be_read(path):
    """Tables and views have plain columns; the timeline is a view, and so are the tellings."""
    home, timeline, tellings, corrections = ask(
        path,
        "/parley.json",
        "/parley/timeline.json?_shape=objects",
        "/parley/tellings.json?_shape=objects",
        "/parley/corrections.json?_shape=objects",
    )
    assert {view["name"] for view in home["views"]} >= {"timeline", "tellings"}
    assert {t["name"] for t in home["tables"]} >= {"events", "reports", "mentions", "corrections"}
    rows = {row["event"]: row for row in timeline["rows"]}
    assert rows["e_one"]["status"] == "denied"
    assert set(rows["e_one"]["parties"].split(",")) == {"Norland", "Suderia"}
    assert {row["words"] for row in tellings["rows"]} == {
        "met in Castel on May 3",
        "two people were killed",
    }
    assert [(row["by"], row["why"]) for row in corrections["rows"]] == [("Ana", "both say so")]


def test_its_search_finds_what_ours_finds(path):
    """The full-text indexes are those that its search box uses."""
    reports, events, none = ask(
        path,
        "/parley/reports.json?_shape=objects&_search=castel",
        "/parley/events.json?_shape=objects&_search=killed",
        "/parley/events.json?_shape=objects&_search=absent",
    )
    assert [row["title"] for row in reports["rows"]] == ["Talks in Castel"]
    assert [row["id"] for row in events["rows"]] == ["e_two"]
    assert none["rows"] == []
    with Record.open(str(path)) as record:
        assert [hit.id for hit in record.search("killed")] == ["e_two"]
