"""What a check finds, and that it finds nothing where all holds."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest

from builders import event_of, killing, link_of, make_report, meeting
from parley.engine import edit_event
from parley.record import Record


@pytest.fixture
def path(tmp_path):
    """Return the path of a record with a report, two events, a link and a correction."""
    path = tmp_path / "parley.db"
    with Record.open(str(path), create=True) as record:
        report = make_report()
        met, shot = meeting(report), killing(report)
        record.add_report(report, [met, shot])
        one, two = event_of(met, id="e_one"), event_of(shot, id="e_two")
        record.replace_events([one, two], [link_of("responds_to", two, one, shot)])
        edit_event(record, "e_one", {"status": "denied"}, by="Ana")
    return path


def faults(path) -> list[str]:
    """Return what a check of the record finds."""
    with Record.open(str(path)) as record:
        return list(record.faults())


def test_a_whole_record_has_no_faults(path):
    """Nothing is found in it, read-only or not."""
    assert faults(path) == []
    with Record.open(str(path), read_only=True) as record:
        assert list(record.faults()) == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE reports SET text = replace(text, 'met', 'MET')", "SHA-256 differs"),
        ("UPDATE reports SET text = replace(text, 'met', 'MET')", "does not say its words"),
        ("UPDATE reports SET data = '{'", "report .*: its data cannot be read"),
        ("UPDATE mentions SET start = start + 1", "its data are another mention's"),
        ("UPDATE mentions SET data = '{'", "mention .*: its data cannot be read"),
        ("UPDATE events SET status = 'ongoing'", "its columns and its data differ"),
        ("UPDATE events SET data = 'x'", "event .*: its data cannot be read"),
        ("DELETE FROM event_mentions", "the table of its mentions and its data differ"),
        ("DELETE FROM mentions", "its mention .* is not there"),
        ("DELETE FROM reports", "refers to one of reports that is not there"),
        ("DELETE FROM events WHERE id = 'e_two'", "event e_two is not there"),
        ("DELETE FROM events WHERE id = 'e_one'", "event e_one: it is not shown"),
        ("DELETE FROM mentions", "correction 1 .edit of the status.*orphaned"),
        ("INSERT INTO tombstones VALUES ('e_two', NULL)", "marked as gone"),
        ("INSERT INTO tombstones VALUES ('e_x', 'e_y')", "it went into e_y, which is not there"),
        (
            "INSERT INTO events_fts (events_fts, rowid, words) SELECT 'delete', number, words "
            "FROM events LIMIT 1",
            "full-text index of events",
        ),
    ],
)
def test_what_is_broken_is_found(path, statement, said):
    """Each kind of damage has a line that names what it is in."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER IF EXISTS reports_fts_changed")
        connection.execute(statement)
        connection.commit()
    found = faults(path)
    assert any(re.search(said, line) for line in found), found
    assert all("\n" not in line for line in found)


def test_a_copy_taken_in_use_is_whole(path, tmp_path):
    """While others read and write, a copy is the record at one moment."""
    with Record.open(str(path)) as record:
        reading = record.events()
        next(reading)
        record.back_up(str(tmp_path / "copy.db"))
        record.add_report(make_report("Later."), [])
        assert len(list(reading)) == 1
        kept = list(record.events()), list(record.links()), list(record.corrections())
    assert faults(tmp_path / "copy.db") == []
    with Record.open(str(tmp_path / "copy.db")) as copy:
        assert (list(copy.events()), list(copy.links()), list(copy.corrections())) == kept
        assert dict(copy.sizes())["reports"] == 1
        assert copy.latest
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]
