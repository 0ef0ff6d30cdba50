"""What a record remembers for merging, as long as a merge wants it."""

from __future__ import annotations

import gc
import weakref
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, event

from builders import event_of, make_mention, make_report
from parley.model import Provision, When
from parley.record import Record


def test_what_a_merge_held_is_let_go_of_at_once(tmp_path: Path) -> None:
    """Nothing of it leads back to itself: many merges in one process hold no more than one."""
    with Record.open(str(tmp_path / "x.db"), create=True) as record:
        report = make_report("Rebels attacked Castel.")
        record.add_report(report, ())
        gc.disable()
        try:
            with record.memory() as (memory, _):
                assert memory.mentions_of([report.id]) == {}
                assert memory.reports[report.id].text == report.text
                held = weakref.ref(memory)
            del memory
            assert held() is None
        finally:
            gc.enable()


def test_agreements_with_points_are_found_without_reading_the_others(tmp_path: Path) -> None:
    """They are sought with every merge: no event is read for it but those with points."""
    may = When(start=date(2023, 5, 3), end=date(2023, 5, 3), precision="day")
    report = make_report("They signed a truce in Castel. They signed a pact in Porto.")
    with Record.open(str(tmp_path / "x.db"), create=True) as record:
        told = [
            make_mention(report, f"signed a {what}", type="AGREE", when=may)
            for what in ("truce", "pact")
        ]
        record.add_report(report, told)
        points = (Provision(text="Guns fall silent."),)
        truce = event_of(told[0], type="AGREE", when=may, provisions=points)
        pact = event_of(told[1], type="AGREE", when=may)
        record.replace_events([truce, pact], ())
        asked: list[str] = []

        @event.listens_for(Connection, "before_cursor_execute")
        def note(*given: object) -> None:
            asked.append(str(given[2]))

        try:
            with record.memory() as (memory, _):
                asked.clear()
                assert memory.accords() == [truce.id]
        finally:
            event.remove(Connection, "before_cursor_execute", note)
        assert not any("events.data" in query for query in asked)


def test_what_a_new_record_cannot_know_is_asked_for_once(tmp_path: Path) -> None:
    """A table in which nothing stands is not asked for one key after the other."""
    with Record.open(str(tmp_path / "x.db"), create=True) as record, record.memory() as (memory, _):
        asked: list[str] = []

        @event.listens_for(Connection, "before_cursor_execute")
        def note(*given: object) -> None:
            asked.append(str(given[2]))

        try:
            for key in range(20):
                assert memory.holders([key]) == {}
                assert memory.edges([str(key)]) == {}
        finally:
            event.remove(Connection, "before_cursor_execute", note)
        assert len(asked) == 2
