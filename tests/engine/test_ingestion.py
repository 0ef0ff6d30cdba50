"""What a run does with reports, old and new, good and bad."""

from __future__ import annotations

import pytest

from builders import FakeSteps, dump, make_report
from parley.engine import Progress, ingest
from parley.engine.extent import Extent
from parley.errors import DataError, InputError, RecordError
from parley.record import Record


@pytest.fixture
def folder(tmp_path):
    """Make a folder of three reports."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("Monday\nmet in Castel\nshot at Port Élan\n")
    (folder / "b.txt").write_text("Tuesday\nmet again in Castel\n")
    (folder / "c.txt").write_text("Wednesday\nnothing\n")
    return folder


@pytest.fixture
def record(tmp_path):
    """Yield an empty record."""
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        yield record


def run(record, paths, fake=None, **options):
    """Ingest paths with fake steps; return the tally and what was refused."""
    refused: list[InputError] = []
    options.setdefault("steps", (fake or FakeSteps()).steps())
    done = ingest(record, [str(path) for path in paths], refuse=refused.append, **options)
    return done, refused


def test_reports_are_kept_coded_and_merged(record, folder):
    """Every report under the paths is in the record, and so is what they tell together."""
    done, refused = run(record, [folder])
    assert (done.read, done.added, done.known, done.mentions, done.events) == (3, 3, 0, 3, 2)
    assert done.changed
    assert not refused
    assert [len(event.mentions) for event in record.events()] == [1, 2]
    assert not record.unmerged


def test_a_second_run_changes_nothing(record, folder, tmp_path):
    """On the same files nothing is coded, merged or written again."""
    run(record, [folder])
    before = dump(tmp_path / "parley.db")
    fake = FakeSteps()
    done, _ = run(record, [folder], fake)
    assert (done.read, done.added, done.known, done.changed) == (3, 0, 3, False)
    assert (fake.coded, fake.merges) == (0, 0)
    assert dump(tmp_path / "parley.db") == before


def test_events_keep_their_ids_as_reports_join(record, folder):
    """A further report joins the event that there is."""
    run(record, [folder / "a.txt"])
    before = {event.id for event in record.events()}
    run(record, [folder])
    assert {event.id for event in record.events()} == before


def test_nothing_is_loaded_where_nothing_is_new(record, folder):
    """The coder is loaded before the first report that needs it, and not at all without."""
    run(record, [folder])

    def load():
        raise AssertionError("loaded")

    steps = FakeSteps().steps()
    object.__setattr__(steps, "load", load)
    before = record.sizes()
    run(record, [folder], steps=steps)
    assert record.sizes() == before


def test_one_bad_report_costs_no_other(record, folder):
    """A report that cannot be coded is named, left out, and tried again by the next run."""
    (folder / "b.txt").write_text("broken")
    done, refused = run(record, [folder])
    assert (done.read, done.added, done.known, done.refused) == (3, 2, 0, 1)
    assert "b.txt: could not be coded (ValueError: a bug)" in str(refused[0])
    fake = FakeSteps()
    run(record, [folder], fake)
    assert fake.coded == 1


def test_what_cannot_be_read_is_counted(record, folder):
    """Refusals of the reader go to the caller, and the rest is read."""
    done, refused = run(record, [folder / "none.txt", folder])
    assert (done.read, done.refused, len(refused)) == (3, 1, 1)


def test_the_record_itself_is_no_refusal(record, folder, tmp_path):
    """A folder that holds the record that is being filled is read without a complaint."""
    done, refused = run(record, [tmp_path / "parley.db", tmp_path / "parley.db-wal", folder])
    assert not refused
    assert done.refused == 0


def test_another_language_is_kept_and_not_coded(record, folder):
    """A report that no coder reads is in the record, marked, and the caller is told."""
    (folder / "b.txt").write_text("Le mardi\nmet")
    notices: list[str] = []
    fake = FakeSteps()
    done, refused = run(record, [folder], fake, notice=notices.append)
    assert (done.added, done.uncoded, done.refused, fake.coded) == (3, 1, 0, 2)
    assert not refused
    assert "b.txt: in another language (fr)" in notices[0]
    assert sorted(record.coded().values()) == [False, True, True]


def test_too_little_memory_is_told(record, folder):
    """Where less is given than one process takes, one codes, and the caller is told."""
    notices: list[str] = []
    done, _ = run(record, [folder], memory=10_000_000, notice=notices.append)
    assert done.added == 3
    assert notices == ["10 MB are too little: one process codes, and takes some 700 MB"]


def test_a_run_that_is_cut_off_is_finished_by_the_next(record, folder):
    """What was kept before the stop stays, and the next run merges it."""

    def stop(progress: Progress) -> None:
        if progress.added == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(record, [folder], progress=stop)
    assert record.sizes()["reports"] == 2
    assert record.unmerged
    done, _ = run(record, [])
    assert (done.read, done.events, done.changed) == (0, 2, True)
    assert not record.unmerged


def test_reports_that_another_program_adds_are_merged_too(record, folder, tmp_path):
    """If a report is added while the mentions are merged, they are merged once more."""
    other = make_report("Thursday")

    class Interrupted(FakeSteps):
        def _merge(self, memory, reports, **options):
            if not self.merges:
                with Record.open(str(tmp_path / "parley.db")) as second:
                    second.add_report(other, [])
            return super()._merge(memory, reports, **options)

    fake = Interrupted()
    run(record, [folder], fake)
    assert fake.merges == 2
    assert not record.unmerged


def test_endless_additions_are_left_to_the_next_run(record, folder):
    """What is added again and again while a run merges is left unmerged after a while."""

    class Endless(FakeSteps):
        def _merge(self, memory, reports, **options):
            record.add_report(make_report(f"Day {self.merges}"), [])
            return super()._merge(memory, reports, **options)

    run(record, [folder], Endless())
    assert record.unmerged


def test_a_record_that_others_change_all_the_time_is_given_up(record, folder):
    """Where others merge or code anew each time before a merge is written, that is reported."""

    class Hindered(FakeSteps):
        def _merge(self, memory, reports, **options):
            report = next(record.reports())
            joined = super()._merge(memory, reports, **options)
            record.recode(report, [])
            return joined

    with pytest.raises(RecordError, match="other programs keep changing"):
        run(record, [folder], Hindered())


def test_damaged_data_stop_the_run(record, folder):
    """What would fail for every report alike is raised, not refused one by one."""

    class Damaged(FakeSteps):
        def _code(self, report):
            raise DataError("lexicon.toml: line 3")

    with pytest.raises(DataError):
        run(record, [folder], Damaged())


def test_progress_tells_each_report_once(record, folder):
    """The caller hears of each report and its outcome, and a share that never falls."""
    heard: list[Progress] = []
    run(record, [folder], progress=heard.append)
    outcomes = [progress.outcome for progress in heard if progress.outcome]
    assert outcomes == ["new", "new", "new"]
    shares = [p.share for p in heard if p.phase == "reading" and p.share is not None]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert heard[-1].phase == "merging"


def test_extent_of_rows(tmp_path):
    """Rows of one file move the share by their text; unknown sources leave it as it is."""
    path = tmp_path / "rows.jsonl"
    path.write_text("x" * 100)
    extent = Extent([str(path), str(tmp_path / "none")])
    assert extent.share(make_report("y" * 40, source=f"{path}#1")) == pytest.approx(0.4)
    assert extent.share(make_report("y" * 40, source="elsewhere")) == pytest.approx(0.4)
    assert extent.share(make_report("y" * 400, source=f"{path}#2")) == 1.0
    assert Extent(["-"]).share(make_report(source="-")) is None
