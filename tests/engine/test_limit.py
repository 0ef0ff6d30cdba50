"""No report takes for ever."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from builders import FakeSteps, make_report
from parley.engine import ingest, tasks
from parley.engine.limit import TooLong, at_most, seconds_for
from parley.record import Record


def test_what_runs_wild_is_stopped():
    """A block that takes more processor time than it may is left, and the alarm with it."""
    with pytest.raises(TooLong, match="more than 0 s"), at_most(0.05):
        while True:
            pass
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_waiting_is_free():
    """Only processor time counts: a machine that sleeps stops no report."""
    before = time.monotonic()
    with at_most(0.02):
        time.sleep(0.06)
    assert time.monotonic() - before >= 0.06


def test_other_threads_run_without_a_bound():
    """Where no signal arrives the block simply runs."""
    done: list[int] = []

    def work() -> None:
        with at_most(0.001):
            done.append(sum(range(100_000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done


def test_longer_texts_may_take_longer():
    """A book is given more time than a dispatch, and either far more than it needs."""
    assert seconds_for("x" * 1_000_000) > seconds_for("x" * 1_000) > 60


def test_a_report_that_takes_too_long_is_named(tmp_path, monkeypatch):
    """The report is left out with a line that names it, and the next ones are coded."""
    monkeypatch.setattr(tasks, "seconds_for", lambda text: 0.05)

    class Wild(FakeSteps):
        def _read(self, paths, **options):
            yield make_report("wild", source="wild.txt")
            yield make_report("tame", source="tame.txt")

        def _code(self, report):
            while report.text == "wild":
                pass
            return super()._code(report)

    refused: list[Exception] = []
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        done = ingest(record, [], refuse=refused.append, steps=Wild().steps())
    assert (done.added, done.refused) == (1, 1)
    assert "wild.txt: could not be coded (TooLong: more than 0 s" in str(refused[0])
