"""What a run let go of is the machine's again."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest

from benchmarks.soak import held_memory
from parley.engine import Progress, ingest
from parley.engine.coder import BuiltIn
from parley.engine.garbage import release, search_seldom
from parley.reading import read
from parley.record import Record
from parley.sample import sample_paths


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


def test_a_run_searches_for_garbage_seldom_and_others_as_often_as_before(tmp_path: Path) -> None:
    """While reports are read and merged Python searches seldom; afterwards as it did before."""
    page = tmp_path / "x.txt"
    page.write_text("Rebels shelled Gao on 3 March 2021.", encoding="utf-8")
    before, seen = gc.get_threshold(), set()

    def look(_: Progress) -> None:
        seen.add(gc.get_threshold())

    with Record.open(str(tmp_path / "x.db"), create=True) as record:
        ingest(record, [str(page)], refuse=pytest.fail, progress=look)
    assert len(seen) == 1
    assert min(seen)[0] > 10 * before[0]
    assert gc.get_threshold() == before


def test_who_searches_seldom_twice_is_as_before_after_one_release() -> None:
    """What held before the first of them holds again, not what the first of them set."""
    before = gc.get_threshold()
    search_seldom()
    search_seldom()
    release()
    assert gc.get_threshold() == before


def test_what_coding_makes_goes_when_nobody_holds_it() -> None:
    """Of some coded reports a search for garbage finds next to nothing: a run hardly searches."""
    reports = list(read([str(path) for path in sample_paths()], refuse=pytest.fail))
    coder = BuiltIn()
    for report in reports[:7]:
        coder.code(report)
    gc.collect()
    gc.disable()
    try:
        for report in reports[7:]:
            coder.code(report)
        found = gc.collect()
    finally:
        gc.enable()
    assert found < 10 * len(reports[7:])
