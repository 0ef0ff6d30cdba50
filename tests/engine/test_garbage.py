"""What a run let go of is the machine's again."""

from __future__ import annotations

import sys

import pytest

from benchmarks.soak import held_memory
from parley.engine.garbage import release


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
