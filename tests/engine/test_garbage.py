"""What a run let go of is the machine's again."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest

from benchmarks.soak import held_memory
from parley.engine import ingest
from parley.engine.coder import BuiltIn
from parley.engine.garbage import release
from parley.record import Record


@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries decide for themselves")
def test_what_is_free_between_what_stays_is_given_back() -> None:
    """Of 200 MB of which every fiftieth piece stays most goes back to the machine."""
    pieces = [bytearray(100_000) for _ in range(2000)]
    staying = pieces[::50]
    full = held_memory()
    del pieces
    release()
    assert held_memory() < full - 100e6
    assert len(staying) == 40


def test_a_process_that_ingests_again_holds_one_model(tmp_path: Path) -> None:
    """Of the models that runs in one process loaded, all but the last one's are given up."""
    for day in range(1, 5):
        page = tmp_path / f"{day}.txt"
        page.write_text(f"Rebels shelled Gao on {day} March 2021.", encoding="utf-8")
        with Record.open(str(tmp_path / "x.db"), create=True) as record:
            ingest(record, [str(page)], refuse=pytest.fail)
    held = [each for each in gc.get_objects() if isinstance(each, BuiltIn)]
    assert len(held) <= 2
