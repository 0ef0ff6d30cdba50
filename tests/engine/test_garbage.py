"""What a run let go of is the machine's again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.soak import held_memory
from parley.engine import ingest
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


@pytest.mark.skipif(sys.platform != "linux", reason="only there is it read what is held")
def test_a_process_that_ingests_again_holds_one_model(tmp_path: Path) -> None:
    """What one run had loaded, some 100 MB, is given up by the next ones."""
    held = []
    for day in range(1, 7):
        page = tmp_path / f"{day}.txt"
        page.write_text(f"Rebels shelled Gao on {day} March 2021.", encoding="utf-8")
        with Record.open(str(tmp_path / "x.db"), create=True) as record:
            ingest(record, [str(page)], refuse=pytest.fail)
        held.append(held_memory())
    assert held[-1] < held[1] + 150e6
