"""Undated reports dated by the others of the record, and coded again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from builders import dump
from parley.engine import built_in, ingest, settling, shelf
from parley.record import Record

DATED = (
    "KARVIA, May 11, 2017 (Newswire) - Two soldiers of Armenia were wounded on Thursday by mortar "
    "fire near the gold mine of Sotk, the Ministry of Defence in Yerevan said.\n"
    "Azerbaijan accused the soldiers of having fired first. The envoys meet in Lisbon on Sunday.\n"
)
UNDATED = (
    "A soldier of Azerbaijan was wounded yesterday near the gold mine of Sotk, the ministry "
    "announced.\nMortar fire hit the posts at Sotk on the morning of May 11. On Sunday the "
    "envoys are to be received in Lisbon.\n"
)


@pytest.fixture(scope="module")
def steps():
    """Return the built-in steps, loaded once."""
    return built_in()


@pytest.fixture
def folder(tmp_path):
    """Make a folder with a dated and an undated report, and some of other things."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "dated.txt").write_text(DATED)
    (folder / "undated.txt").write_text(UNDATED)
    for year, crop, place in ((2009, "barley", "Ostrava"), (2012, "maize", "Kelmen")):
        (folder / f"{year}.txt").write_text(
            f"{place.upper()}, September 3, {year} (Newswire) - The harvest of {crop} was poor.\n"
        )
    return folder


def run(record, steps, *paths):
    """Ingest paths without refusals."""
    refused: list[Exception] = []
    done = ingest(record, [str(path) for path in paths], refuse=refused.append, steps=steps)
    assert not refused
    return done


def date_of(record, name):
    """Return when a report was published."""
    return record.report(name).published


def test_a_later_report_dates_one_that_is_there(folder, tmp_path, steps):
    """The report is dated and its mentions are told anew; they and their events keep their ids."""
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        run(record, steps, folder / "undated.txt", folder / "2009.txt", folder / "2012.txt")
        assert date_of(record, "undated.txt") is None
        before = [m for m in record.mentions() if m.report == record.report("undated.txt").id]
        run(record, steps, folder)
        found = date_of(record, "undated.txt")
        assert found
        assert found.start <= date(2017, 5, 12) <= found.end
        after = [m for m in record.mentions() if m.report == record.report("undated.txt").id]
        assert {m.id for m in before} & {m.id for m in after}
        assert [m for m in after if m.when] != [m for m in before if m.when]
        assert not record.unmerged


def test_the_order_of_arrival_makes_no_difference(folder, tmp_path, steps):
    """Whatever comes first, and in however many runs, every report ends with the same date."""
    (folder / "later.txt").write_text(
        "The envoys met in Lisbon on Sunday, May 14, three days after the fire at Sotk.\n"
        "A soldier of Azerbaijan was wounded near the gold mine of Sotk last Thursday.\n"
    )
    names = sorted(path.name for path in folder.iterdir())
    ends = []
    for at, runs in enumerate(([names], [[name] for name in names], [names[3:], names[:3]])):
        with Record.open(str(tmp_path / f"{at}.db"), create=True) as record:
            for batch in runs:
                run(record, steps, *(folder / name for name in batch))
            found = {name: date_of(record, name) for name in names}
            ends.append({name: p and (p.start, p.end) for name, p in found.items()})
    assert ends[0]["undated.txt"]
    assert ends[1] == ends[0]
    assert ends[2] == ends[0]


def test_the_same_again_changes_nothing(folder, tmp_path, steps):
    """A second run leaves every table as it was."""
    path = tmp_path / "parley.db"
    with Record.open(str(path), create=True) as record:
        run(record, steps, folder)
    before = dump(path)
    with Record.open(str(path)) as record:
        assert not run(record, steps, folder).changed
    assert dump(path) == before


def test_a_run_cut_off_before_settling_is_finished(folder, tmp_path, steps):
    """What was kept and not settled is settled by the next run, as if nothing had happened."""
    import dataclasses  # noqa: PLC0415

    def stop(*_):
        raise KeyboardInterrupt

    cut = dataclasses.replace(steps, settle=stop)
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        with pytest.raises(KeyboardInterrupt):
            run(record, cut, folder)
        assert record.unsettled
        run(record, steps, folder)
        assert not record.unsettled
        assert date_of(record, "undated.txt")


def test_where_all_are_dated_nothing_is_looked_at(folder, tmp_path, steps):
    """The step costs nothing where every report has its date."""
    import dataclasses  # noqa: PLC0415

    def settle(*_):
        raise AssertionError("looked at")

    (folder / "undated.txt").unlink()
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        run(record, dataclasses.replace(steps, settle=settle), folder)
        assert not record.unsettled


def test_a_fault_in_comparing_costs_no_event(tmp_path, folder, steps):
    """Where open dates cannot be compared, the reports keep their own and events are merged."""

    def broken(*args):
        raise ValueError("a fault")

    faulty = replace(steps, settle=broken)
    with Record.open(str(tmp_path / "x.db"), create=True) as record:
        assert run(record, faulty, folder).events
        assert not record.unmerged


def test_who_stays_on_its_days_is_not_coded_again(folder, tmp_path, steps, monkeypatch):
    """Where only what proves a date moves, the date is kept anew, and what is told stays."""
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        run(record, steps, folder)
        found = date_of(record, "undated.txt")
        told = [m for m in record.mentions() if m.report == record.report("undated.txt").id]
        moved = msgspec.structs.replace(found, confidence=0.5, evidence=())
        record.redate(msgspec.structs.replace(record.report("undated.txt"), published=moved))
        assert date_of(record, "undated.txt") == moved
        assert not record.unmerged
        monkeypatch.setattr(Record, "recode", lambda *_: pytest.fail("coded again"))
        (folder / "2015.txt").write_text("LIMA, September 3, 2015 (Newswire) - Rain.\n")
        run(record, steps, folder)
        after = date_of(record, "undated.txt")
        assert (after.start, after.end) == (found.start, found.end)
        assert after.evidence
        assert [m for m in record.mentions() if m.report == record.report("undated.txt").id] == told
        assert list(record.faults()) == []


def test_of_many_only_those_are_looked_at_that_may_change(folder, tmp_path, steps, monkeypatch):
    """Beyond a few open reports: those that are new, and those that are like a new one."""
    monkeypatch.setattr(shelf, "FEW", 0)
    others = "The harvest of the valley was good, farmers said. Rice went to the mills.\n"
    (folder / "rice.txt").write_text(others)
    asked: list[str] = []

    def settle(reports, others, fresh, ask):
        def note(tasks):
            tasks = list(tasks)
            asked.extend(task.report.source.rpartition("/")[2] for task in tasks)
            return ask(tasks)

        return own.settle(reports, others, fresh, note)

    own = settling.Settling()
    noting = replace(steps, settle=settle, remember=None)
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        run(record, noting, folder / "undated.txt", folder / "rice.txt")
        assert set(asked) == {"undated.txt", "rice.txt"}
        asked.clear()
        own = settling.Settling()
        run(record, noting, folder / "dated.txt")
        assert "undated.txt" in asked
        assert "rice.txt" not in asked
