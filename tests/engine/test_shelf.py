"""Which reports of a record may date one whose own words leave its day open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from parley.engine import shelf
from parley.model import Published, Report
from parley.record import Record, searching

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


def _open_record(path: Path, size: int) -> Record:
    """Make a record of so many reports without a date, each of a raid that three of them tell."""
    made = Record.open(str(path), create=True)
    for number in range(size):
        raid = number // 3
        text = f"Gunmen raided the depot of Ostrel{raid}, and wardens of Kelm{raid} fled {number}."
        made.add_report(_report(f"{number:04}", text), ())
    return made


@pytest.mark.parametrize("size", [90, 450])
def test_what_is_new_has_few_looked_at_however_many_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """Of five and of twenty-five times as many open reports, those that tell the new one's raid."""
    monkeypatch.setattr(shelf, "ALL", 10)
    with _open_record(tmp_path / "parley.db", size) as record:
        new = _report("new", "Wardens of Kelm7 told how gunmen raided the depot of Ostrel7.")
        record.add_report(new, ())
        found, fresh = shelf.find_open(record, {"r_new"}, sure=0.8)
        assert fresh == {"r_new"}
        assert {"r_0021", "r_0022", "r_0023", "r_new"} <= {report.id for report in found}
        assert len(found) == 4
        assert set(shelf.Shelf(record, [new])) >= {"r_0021", "r_0022", "r_0023"}


def test_as_many_as_are_new_are_looked_at_anew(tmp_path: Path) -> None:
    """Where no more are open than are new, or it is not known what is, all are; few always are."""
    with _open_record(tmp_path / "parley.db", shelf.FEW + 5) as record:
        everyone = sorted(record.coded())
        for fresh in (None, set(everyone)):
            found, touching = shelf.find_open(record, fresh, sure=0.8)
            assert [report.id for report in found] == everyone
            assert touching is None
        assert len(shelf.find_open(record, {"r_0000"}, sure=0.8)[0]) < len(everyone)
    with _open_record(tmp_path / "few.db", shelf.FEW) as record:
        found, touching = shelf.find_open(record, {"r_0000"}, sure=0.8)
        assert len(found) == shelf.FEW
        assert touching is None


def test_a_word_that_most_reports_have_is_not_gone_by(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rarest words find the report; the reports that have a common one are not ranked."""
    monkeypatch.setattr(searching, "_RANKED", 20)
    assert sorted(record.akin(["council", "osmirra"], limit=3)) == ["r_akin", "r_open"]
    assert record.akin(["council"], limit=2)  # better than nothing
    assert record.akin(["nowhere"], limit=2) == []


def test_of_the_open_reports_those_of_a_sure_date_are_left_out(record: Record) -> None:
    """Whose day was given, or is inferred surely enough, is not found among the open ones."""
    given = Published(start=date(2020, 1, 2), end=date(2020, 1, 2), how="given", confidence=1.0)
    sure = replace(given, how="inferred", confidence=0.9)
    unsure = replace(given, how="inferred", confidence=0.5)
    for name, published in (("given", given), ("sure", sure), ("unsure", unsure)):
        made = replace(_report(name, AKIN), published=published)
        record.add_report(made, ())
    found = record.akin(["osmirra"], limit=9, unsure=0.8)
    assert sorted(found) == ["r_akin", "r_open", "r_unsure"]
    everyone = {report.id for report in record.open_reports(sure=0.8)}
    assert everyone == record.coded().keys() - {"r_given", "r_sure"}
    assert len(record.open_reports(sure=0.8, most=3)) == 3
