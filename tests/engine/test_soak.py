"""A feed polled for long from a server that fails: the short form of `benchmarks.soak`."""

from __future__ import annotations

from benchmarks.feed import FAULTS
from benchmarks.soak import soak, uncoded


def test_nothing_is_lost_or_doubled(tmp_path):
    """Whatever goes wrong on the way, each report that was sent whole is kept once."""
    done = soak(tmp_path, polls=24, reports=6, seed=3, steps=uncoded())
    assert done.sent > 60
    assert set(done.faults) <= set(FAULTS)
    assert sum(done.faults.values()) >= 3
    assert (done.lost, done.kept, done.problems) == (0, done.sent, [])
    assert done.refused > 0
    assert done.blocks < 1.05  # nothing piles up; what the machine is asked for scatters more
