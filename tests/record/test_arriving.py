"""Reports that come in many at a time: as if each had come by itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from builders import killing, make_report, meeting
from parley.errors import RecordError
from parley.record import Arrival, Record, log

TABLES = ("reports", "mentions", "changes", "stirred", "meta")


def arrivals(count: int = 5) -> list[Arrival]:
    """Return reports with two mentions each, every third of them not coded."""
    made = []
    for number in range(count):
        report = make_report(
            f"Day {number}: they met in Castel on May 3, and ten were killed at Port Élan",
            source=f"news/{number}.txt",
        )
        told = (meeting(report), killing(report, "ten were killed at Port Élan"))
        made.append(Arrival(report, () if number % 3 == 2 else told, coded=number % 3 != 2))
    return made


def tables(path) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of a record's own tables."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in TABLES
        }


def test_many_at_once_are_as_one_by_one(tmp_path, monkeypatch):
    """Rows, revisions and what is to be merged are the same, whatever came together."""
    monkeypatch.setattr(log, "now", lambda: "2024-01-01T00:00:00Z")
    made = arrivals()
    for name, parts in (
        ("one", [[arrival] for arrival in made]),
        ("all", [made]),
        ("some", [made[:3], made[2:]]),
    ):
        with Record.open(str(tmp_path / name), create=True) as record:
            new = [id_ for part in parts for id_ in sorted(record.add_reports(part))]
            assert sorted(new) == sorted(arrival.report.id for arrival in made)
            assert record.unmerged
            assert list(record.faults()) == []
            assert [hit.id for hit in record.search("Castel", kind="report")]
    first = tables(tmp_path / "one")
    assert tables(tmp_path / "all") == first
    assert tables(tmp_path / "some") == first


def test_the_first_of_two_is_kept(tmp_path):
    """Of one id in one transaction, and of one that is there, the first stays; nothing else is."""
    (one, other) = arrivals(2)
    twin = Arrival(other.report, ())
    with Record.open(str(tmp_path / "x.db"), create=True) as record:
        assert record.add_reports([one]) == {one.report.id}
        before = record.revision
        assert record.add_reports([one, other, twin]) == {other.report.id}
        assert record.revision == before + 1
        assert record.add_reports([twin]) == frozenset()
        assert record.add_reports([]) == frozenset()
        assert record.revision == before + 1
        assert len(list(record.mentions())) == 4


def test_one_that_cannot_be_kept_leaves_nothing(tmp_path):
    """All of a transaction or nothing: the error names the report, the record is as before."""
    broken = Arrival(make_report("met \ud800 here", source="bad.txt", published=None))
    with Record.open(str(tmp_path / "x.db"), create=True) as record:
        with pytest.raises(RecordError, match=r"bad\.txt: character 4"):
            record.add_reports([*arrivals(2), broken])
        assert record.sizes()["reports"] == 0
        assert not record.unmerged
