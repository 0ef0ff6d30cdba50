"""Reports coded side by side: in order, none lost, whatever becomes of a process."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from builders import FakeSteps, make_report
from engine.odd_coders import load_damaged, load_obedient
from parley import engine
from parley.engine import ingestion
from parley.engine.crew import A_PROCESS, Crew, size_of
from parley.engine.tasks import Answer, Task
from parley.errors import DataError
from parley.export import FORMATS
from parley.merging import copies, graph, joining, merged
from parley.record import Record
from parley.sample import sample_paths

TESTS = Path(__file__).parents[1]


def coded(texts, *, size=2, share=None):
    """Return (text, answer) of reports that so many processes coded."""
    reports = [make_report(text, source=str(at)) for at, text in enumerate(texts)]
    with Crew(load_obedient, size=size, share=share) as crew:
        return list(crew.run((report.text, Task(report)) for report in reports))


def fake_steps():
    """Return steps whose coder works in other processes."""
    return dataclasses.replace(FakeSteps().steps(), apart=load_obedient)


def exported(path) -> bytes:
    """Return all that a record tells."""
    with Record.open(str(path), read_only=True) as record:
        return b"".join(FORMATS["jsonl"].write(record))


def test_answers_come_in_order():
    """The first that is read is the first that is answered, however long it takes."""
    texts = [f"sleep {0.05 if at % 3 == 0 else 0}\nmet {at}" for at in range(30)]
    found = coded(texts)
    assert [text for text, _ in found] == texts
    told = [answer.coded.mentions[0].text for _, answer in found]
    assert told == [f"met {at}" for at in range(30)]


def test_what_needs_no_coding_passes_in_its_place():
    """An item without a report is answered by nothing, between its neighbours."""
    report = make_report("met here", source="a")
    with Crew(load_obedient, size=2) as crew:
        found = list(crew.run([("a", Task(report)), ("b", None), ("c", Task(report))]))
    assert [item for item, _ in found] == ["a", "b", "c"]
    assert found[1][1] == Answer()


def test_a_report_that_fails_costs_no_other():
    """What a coder raises is the answer to that report alone."""
    found = coded(["met a", "broken", "met c"])
    assert [answer.failed for _, answer in found] == [None, "ValueError: a bug", None]


def test_a_process_that_is_killed_once_costs_nothing(tmp_path):
    """The report that was in hand is coded by another process."""
    texts = ["met a", f"die once {tmp_path / 'died'}\nmet b", *(f"met {n}" for n in range(8))]
    found = coded(texts)
    assert [text for text, _ in found] == texts
    assert all(answer.coded is not None for _, answer in found)
    assert (tmp_path / "died").exists()


def test_a_report_that_kills_is_named():
    """A report that kills two processes is left out, and how they ended is told."""
    found = coded(["met a", "die", *(f"met {n}" for n in range(8))])
    failed = [answer.failed for _, answer in found if answer.failed]
    assert failed == ["the process that coded it was killed (signal 9), twice"]
    assert sum(answer.coded is not None for _, answer in found) == 9


def test_a_process_that_holds_too_much_is_replaced():
    """With the smallest share each process codes one report, and none is lost."""
    found = coded([f"met {n}" for n in range(5)], share=1)
    assert all(answer.coded is not None and answer.full for _, answer in found)


def test_damaged_data_end_it():
    """What Parley itself cannot work with is an error, not a refused report."""
    with Crew(load_damaged, size=2) as crew, pytest.raises(DataError, match=r"frames\.toml"):
        list(crew.run([("a", Task(make_report("met a", source="a")))]))


def test_nobody_is_left_behind():
    """Who stops taking answers leaves no process running."""
    tasks = [Task(make_report(f"sleep 20\nmet {n}", source=str(n))) for n in range(6)]
    first = Task(make_report("met", source="x"))
    with Crew(load_obedient, size=2) as crew:
        answers = crew.run(("", task) for task in [first, *tasks])
        next(answers)
        assert multiprocessing.active_children()
    assert not multiprocessing.active_children()


def test_as_many_as_there_is_memory_for():
    """The memory given bounds the processes; one works in any case."""
    assert size_of(8, memory=3 * A_PROCESS) == 3
    assert size_of(8, memory=1) == 1
    assert size_of(2, memory=100 * A_PROCESS) == 2
    assert size_of(3) == 3
    assert size_of(None) >= 1


def divide_all(monkeypatch):
    """Let merging divide whatever it may, be it worth that or not."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    for module, few in (
        (copies, "_FEW"),
        (graph, "_FEW"),
        (joining, "_FEW_REPORTS"),
        (joining, "_FEW_POOLS"),
        (merged, "_FEW"),
    ):
        monkeypatch.setattr(module, few, 0)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_record_is_the_same_whatever_the_number_of_processes(tmp_path, monkeypatch, size):
    """Reports, mentions, events and their order are those of one process; merging divides, too."""
    monkeypatch.setattr(ingestion, "_FEW", 0)
    divide_all(monkeypatch)
    news = tmp_path / "news"
    news.mkdir()
    for n in range(20):
        text = "broken" if n == 7 else f"sleep 0\nmet in Castel on day {n % 4}\nshot number {n}"
        (news / f"{n:02}.txt").write_text("Le jour" if n == 3 else text)
    refused = []
    with Record.open(str(tmp_path / "x.db"), create=True) as record:
        done = engine.ingest(
            record, [str(news)], refuse=refused.append, steps=fake_steps(), workers=size
        )
    with Record.open(str(tmp_path / "one.db"), create=True) as record:
        alone = engine.ingest(record, [str(news)], refuse=print, steps=FakeSteps().steps())
    assert done == alone
    assert [str(error).partition(":")[0] for error in refused] == [str(news / "07.txt")]
    assert exported(tmp_path / "x.db") == exported(tmp_path / "one.db")


def test_the_built_in_coder_codes_alike_in_other_processes(tmp_path, monkeypatch):
    """Also reports whose date others tell, which the others are asked for: this one loads none."""
    paths = [str(path) for path in sample_paths()[:5]]
    with Record.open(str(tmp_path / "one.db"), create=True) as record:
        engine.ingest(record, paths, refuse=print)
        assert list(record.open_reports(sure=engine.built_in().sure))
    monkeypatch.setattr(ingestion, "_FEW", 0)
    divide_all(monkeypatch)
    steps = dataclasses.replace(engine.built_in(), load=lambda: pytest.fail("loaded here"))
    with Record.open(str(tmp_path / "two.db"), create=True) as record:
        engine.ingest(record, paths, refuse=print, workers=2, steps=steps)
    assert exported(tmp_path / "one.db") == exported(tmp_path / "two.db")


def test_large_files_are_not_read_to_be_counted(tmp_path, monkeypatch):
    """Of few reports others code what files hold that are large; small ones are coded here."""
    here = []
    steps = dataclasses.replace(fake_steps(), load=lambda: here.append(1) or load_obedient())
    for large, loads in ((10, 0), (10_000, 1)):
        monkeypatch.setattr(ingestion, "_LARGE", large)
        here.clear()
        news = tmp_path / f"{large}.txt"
        news.write_text(f"met in Castel, number {large}")
        with Record.open(str(tmp_path / f"{large}.db"), create=True) as record:
            done = engine.ingest(record, [str(news)], refuse=print, steps=steps, workers=2)
        assert (done.added, len(here)) == (1, loads)


STOPPED = f"""
import dataclasses
import sys
sys.path.insert(0, {str(TESTS)!r})
from builders import FakeSteps
from engine.odd_coders import load_obedient
from parley import engine
from parley.engine import ingestion
from parley.record import Record

if __name__ == "__main__":
    ingestion._FEW = 0
    steps = FakeSteps().steps()
    steps = dataclasses.replace(steps, apart=load_obedient)
    with Record.open(sys.argv[1], create=True) as record:
        try:
            engine.ingest(record, [sys.argv[2]], refuse=print, steps=steps, workers=2)
        except KeyboardInterrupt:
            print("stopped")
            raise SystemExit(130)
"""


def test_ctrl_c_keeps_what_was_done(tmp_path):
    """Stopped in the middle, the record has what was coded by then, and the next run has it all."""
    script, where, news = tmp_path / "run.py", tmp_path / "x.db", tmp_path / "news"
    script.write_text(STOPPED)
    news.mkdir()
    for n in range(60):
        (news / f"{n:02}.txt").write_text(f"sleep 0.1\nmet in Castel on day {n}")
    process = subprocess.Popen(
        [sys.executable, str(script), str(where), str(news)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    kept = 0
    while kept < 6 and process.poll() is None:
        time.sleep(0.05)
        if where.exists():
            with Record.open(str(where), read_only=True) as record:
                kept = record.sizes()["reports"]
    # As a terminal does it: to all of its processes.
    os.killpg(process.pid, signal.SIGINT)
    told, errors = process.communicate(timeout=30)
    assert (told, process.returncode) == ("stopped\n", 130), errors
    assert not errors
    with Record.open(str(where)) as record:
        kept = record.sizes()["reports"]
        assert 6 <= kept < 60
        done = engine.ingest(record, [str(news)], refuse=print, steps=FakeSteps().steps())
    assert (done.read, done.added, done.known) == (60, 60 - kept, kept)


def test_who_codes_for_another_process_loads_no_database():
    """A process of the crew begins to code the sooner, and holds the less."""
    told = (
        "import sys\n"
        "from parley.engine.crew import Crew\n"
        "from parley.engine.steps import load_built_in\n"
        "load_built_in(coder='rules')\n"
        "print([name for name in ('sqlalchemy', 'parley.record') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == "[]"
