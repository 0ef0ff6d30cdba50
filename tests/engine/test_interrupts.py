"""Ctrl-C waits while something is written, and is felt after it."""

from __future__ import annotations

import signal
import threading

import pytest

from builders import make_report, meeting
from parley.engine.interrupts import held_back
from parley.engine.keeping import Keeping, Known
from parley.record import Record


def test_an_interrupt_is_felt_at_the_end() -> None:
    """What the block does is done whole; the interrupt comes then, once."""
    done = []
    with pytest.raises(KeyboardInterrupt), held_back():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        done.append("all")
    assert done == ["all"]
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_without_an_interrupt_nothing_changes() -> None:
    """The handler from before is back, also where the block fails."""
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(ValueError, match="odd"), held_back():
        raise ValueError("odd")
    assert signal.getsignal(signal.SIGINT) is before


def test_other_threads_go_on() -> None:
    """In another thread, where no signal arrives, the block just runs."""
    done: list[str] = []

    def run() -> None:
        with held_back():
            done.append("all")

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert done == ["all"]


def test_who_is_interrupted_while_keeping_has_kept(tmp_path, monkeypatch) -> None:
    """Ctrl-C in the midst of a transaction: the reports are in the record, which is not locked."""
    with Record.open(str(tmp_path / "x.db"), create=True) as record:
        waiting = Keeping(record, Known(record))
        report = make_report("They met in Castel on May 3", source="1")
        waiting.add(report, [meeting(report)], coded=True)
        keep = Record.add_reports

        def interrupted(self, arrivals):
            signal.raise_signal(signal.SIGINT)
            return keep(self, arrivals)

        with monkeypatch.context() as patched:
            patched.setattr(Record, "add_reports", interrupted)
            with pytest.raises(KeyboardInterrupt):
                waiting.keep()
        assert record.has_report(report.id)
        assert waiting.keep() == ()
