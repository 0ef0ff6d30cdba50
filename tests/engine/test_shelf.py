"""Which reports of a record may date one whose own words leave its day open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from parley.engine import shelf
from parley.model import Report
from parley.record import Record

OPEN = "Gunmen from Tarvenholt stormed the ferry quay at Osmirra and seized grain barges."
AKIN = "Osmirra's grain barges, seized by Tarvenholt gunmen at the ferry quay, are still held."


def _report(name: str, text: str) -> Report:
    return Report(id=f"r_{name}", source=f"{name}.txt", text=text)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """A record of an open report, one that tells the same, and thirty of other matters."""
    with Record.open(str(tmp_path / "parley.db"), create=True) as made:
        made.add_report(_report("open", OPEN), ())
        made.add_report(_report("akin", AKIN), ())
        for number in range(30):
            made.add_report(_report(f"other{number}", f"Council {number} debated its budget."), ())
        yield made


def test_a_small_record_is_gone_through_whole(record: Record) -> None:
    """Every report is met once, and found by its id."""
    found = shelf.Shelf(record, [record.report("r_open")])
    assert sorted(found) == sorted(record.coded())
    assert found["r_other3"].source == "other3.txt"


def test_of_a_large_record_what_shares_rare_words_is_met(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report of the same raid is met, those of other matters are only found by their ids."""
    monkeypatch.setattr(shelf, "ALL", 10)
    found = shelf.Shelf(record, [record.report("r_open")])
    assert sorted(found) == ["r_akin", "r_open"]
    assert len(found) == 2
    assert "r_other3" in found
    assert found["r_other3"].text == "Council 3 debated its budget."
    with pytest.raises(KeyError):
        found["r_nowhere"]
