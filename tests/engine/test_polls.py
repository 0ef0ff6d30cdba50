"""What a few new reports cost that join a standing record: told by what is read and compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.merging_growth import World, add, kept_at, load, more_of, telling
from parley import merging
from parley.record import Record, memory

NEW = 20


class Cost:
    """What one merge after another asked a record for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Count the rows that merging reads from now on."""
        self.rows = 0
        read = memory.rows_among

        def count(*asked: Any) -> Iterator[Any]:
            for row in read(*asked):
                self.rows += 1
                yield row

        monkeypatch.setattr(memory, "rows_among", count)


def _cost(folder: Path, size: int, cost: Cost) -> int:
    """Return how many rows are read for new reports that join so many, half of known incidents."""
    world = World(1)
    with Record.open(str(folder / f"{size}.db"), create=True) as record:
        add(record, load(world, list(telling(world, size, 1)), 1))
        before = cost.rows
        add(record, load(world, more_of(world, size, NEW, 1), 2))
        assert record.sizes()["reports"] == size + NEW
    return cost.rows - before


def test_what_a_few_new_reports_have_read_does_not_grow_with_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a record of two and a half times as many reports they have hardly more rows read."""
    cost = Cost(monkeypatch)
    small, large = _cost(tmp_path, 200, cost), _cost(tmp_path, 500, cost)
    assert 0 < large < 1.5 * small


def test_what_growth_costs_is_measured_in_records_merged_by_the_same_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a record that is kept is merged anew as a whole, and the cost of that is told."""
    by_these = kept_at(tmp_path, 1, 100)
    assert by_these == kept_at(tmp_path, 1, 100) != kept_at(tmp_path, 1, 200)
    monkeypatch.setattr(merging, "fingerprint", lambda: "others")
    assert kept_at(tmp_path, 1, 100) != by_these
