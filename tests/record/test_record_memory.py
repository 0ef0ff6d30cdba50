"""What a record remembers for merging, as long as a merge wants it."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from builders import make_report
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
