"""What a record knows of the days of what it has: whom time excludes is not read to be compared."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

import pytest
from tellings import LUMEN, Page, both, day

from parley import merging
from parley.merging import Traits
from parley.model import Constraints
from parley.record import Record
from parley.record.memory import RecordMemory


def _met(on: str) -> Page:
    """Arden and Belmar met in Lumen on a day, and it was printed the same day."""
    page = Page(on, on)
    page.tell("CONSULT", "They met", when=day(on), where=(LUMEN,), who=both())
    return page


def _merge(record: Record, pages: Collection[Page]) -> None:
    for page in pages:
        record.add_report(page.report(), page.mentions)
    with record.memory() as (memory, standing):
        joined = merging.join(
            memory, record.stirred, touched=standing.events, constraints=Constraints()
        )
    record.join_events(joined, standing)


def test_what_lies_years_back_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A meeting of the same two in the same town is compared with this year's and no other."""
    read: list[str] = []
    nodes = RecordMemory.nodes

    def note(memory: RecordMemory, ids: Collection[str]) -> dict[str, Traits]:
        found = nodes(memory, ids)
        read.extend(traits.report for traits in found.values())
        return found

    monkeypatch.setattr(RecordMemory, "nodes", note)
    years = [_met(f"20{year}-05-02") for year in range(10, 24)]
    with Record.open(str(tmp_path / "x.db"), create=True) as record:
        _merge(record, years)
        assert not read
        _merge(record, [_met("2023-05-03")])
        assert read == [years[-1].id]


def test_an_older_record_learns_how_far_it_reaches(tmp_path: Path) -> None:
    """The migration finds the same as the record itself does."""
    path = str(tmp_path / "x.db")
    ahead = Page("ahead", "2023-05-01")
    ahead.tell("CONSULT", "They will meet", status="scheduled", when=day("2023-05-04"), who=both())
    undated = Page("undated", None)
    undated.tell("ASSAULT", "They fought", who=both())
    with Record.open(path, create=True) as record:
        _merge(record, [_met("2023-05-02"), ahead, undated])

    def reaches() -> list[tuple[str, int | None, int | None]]:
        with closing(sqlite3.connect(path)) as file:
            return file.execute("SELECT * FROM merge_reaches ORDER BY node").fetchall()

    wanted = reaches()
    assert len(wanted) == 1
    with closing(sqlite3.connect(path)) as older, older:  # as the version before left it
        older.execute("DROP TABLE merge_reaches")
        older.execute("UPDATE alembic_version SET version_num = '0011'")
    with Record.open(path):
        assert reaches() == wanted
