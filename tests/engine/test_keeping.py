"""Coded reports that wait to be kept: few, not long, and none lost by who stops."""

from __future__ import annotations

import pytest

from builders import make_report, meeting
from parley.engine import keeping
from parley.engine.keeping import Keeping, Known
from parley.errors import RecordError
from parley.record import Record

TEXT = "Day {}: they met in Castel on May 3"


@pytest.fixture
def record(tmp_path):
    """Yield an empty record."""
    with Record.open(str(tmp_path / "x.db"), create=True) as record:
        yield record


def add(waiting: Keeping, number: int) -> str:
    """Let a report wait; return its id."""
    report = make_report(TEXT.format(number), source=str(number))
    waiting.add(report, [meeting(report)], coded=True)
    return report.id


def test_they_wait_until_there_are_some(record):
    """A report that waits is known, and in the record once as many wait as may."""
    waiting = Keeping(record, Known(record), most=3)
    ids = []
    for number in range(3):
        assert not waiting.is_due
        ids.append(add(waiting, number))
        assert waiting.has(ids[-1])
        assert not record.has_report(ids[-1])
    assert waiting.is_due
    assert [arrival.report.id for arrival in waiting.keep()] == ids
    assert len(waiting) == 0
    assert all(record.has_report(id_) and waiting.has(id_) for id_ in ids)
    assert not waiting.is_due
    assert waiting.keep() == ()


def test_they_do_not_wait_long(record, monkeypatch):
    """The next that comes after a while takes all with it."""
    now = [100.0]
    monkeypatch.setattr(keeping.time, "monotonic", lambda: now[0])
    waiting = Keeping(record, Known(record))
    add(waiting, 0)
    assert not waiting.is_due
    now[0] += 1.5
    add(waiting, 1)
    assert waiting.is_due


def test_what_another_program_kept_meanwhile_is_not_new(record):
    """Of those that wait, only what was not there is told as new."""
    waiting = Keeping(record, Known(record))
    first, second = add(waiting, 0), add(waiting, 1)
    record.add_report(make_report(TEXT.format(0), source="0"), [])
    assert [arrival.report.id for arrival in waiting.keep()] == [second]
    assert record.has_report(first)


def test_who_is_interrupted_while_writing_keeps_them_at_the_end(record, monkeypatch):
    """Ctrl-C in the middle of a transaction: it is undone, and done by the last call."""
    waiting = Keeping(record, Known(record))
    id_ = add(waiting, 0)

    def stop(self, arrivals):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Record, "add_reports", stop)
        with pytest.raises(KeyboardInterrupt):
            waiting.keep()
    assert [arrival.report.id for arrival in waiting.keep()] == [id_]
    assert record.has_report(id_)


def test_where_the_record_fails_they_are_given_up(record, monkeypatch):
    """A disk that is full is told once, not again when all ends."""
    waiting = Keeping(record, Known(record))
    add(waiting, 0)

    def fail(self, arrivals):
        raise RecordError("the disk is full")

    monkeypatch.setattr(Record, "add_reports", fail)
    with pytest.raises(RecordError, match="full"):
        waiting.keep()
    assert waiting.keep() == ()


@pytest.mark.parametrize("few", [0, 2])
def test_what_is_there_is_known(record, monkeypatch, few):
    """Of a small record by one question, of a large one by one for each: the same answers."""
    there = [make_report(TEXT.format(number)) for number in range(2)]
    for report in there:
        record.add_report(report, [])
    monkeypatch.setattr(keeping, "_FEW", few)
    known = Known(record)
    assert all(known.has_report(report.id) for report in there)
    assert not known.has_report("r_new")
    waiting = Keeping(record, known)
    new = add(waiting, 7)
    waiting.keep()
    assert known.has_report(new)
