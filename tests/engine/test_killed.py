"""A run that is killed, wherever it is: nothing is lost, nothing twice, the next run ends it."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builders import FakeSteps
from parley import engine
from parley.errors import RecordError
from parley.export import FORMATS
from parley.record import Record

TESTS = Path(__file__).parents[1]
REPORTS = 5
POINTS = 100
# It loads everything once, and then forks: one child a point.
ZYGOTE = f"""
import os, signal, sys, time
sys.path.insert(0, {str(TESTS)!r})
from builders import FakeSteps
from parley import engine
from parley.record import Record
from parley.record.opening import open_engine
from sqlalchemy import Engine, event
import parley.merging

def run(path, news, deadly):
    count = 0
    def step(*args):
        nonlocal count
        count += 1
        if count == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
    if deadly is not None:
        for name in ("before_cursor_execute", "commit", "begin"):
            event.listen(Engine, name, step)
    with Record.open(path, create=True) as record:
        engine.ingest(record, [news], refuse=print, steps=FakeSteps().steps())
    return count

warm = True
for line in sys.stdin:
    path, news, how, at = line.rstrip("\\n").split("\\t")
    if warm:
        # What is read once and kept is read here, not by every child.
        run(path + ".warm", news, None)
        warm = False
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        steps = run(path, news, int(at) if how == "step" else 0)
        with open(path + ".steps", "w") as file:
            file.write(str(steps))
        os._exit(0)
    if how == "time":
        time.sleep(float(at))
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), time.monotonic() - started, flush=True)
"""


@pytest.fixture
def news(tmp_path):
    """Make a folder of reports."""
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(REPORTS):
        (folder / f"{number}.txt").write_text(
            f"Day {number}\nmet in Castel, round {number}\nshot at Port Élan\n"
        )
    return folder


@pytest.fixture
def kill(news):
    """Return what runs an ingest to a point: its exit status, and how long it took."""
    program = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", ZYGOTE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def run_until(path: Path, how: str, at: float) -> tuple[int, float]:
        program.stdin.write(f"{path}\t{news}\t{how}\t{at}\n")
        program.stdin.flush()
        status, seconds = program.stdout.readline().split()
        return int(status), float(seconds)

    yield run_until
    program.stdin.close()
    program.wait(30)
    program.stdout.close()


def finish(path: Path, news: Path) -> bytes:
    """Ingest the same again; return the record as JSON Lines."""
    with Record.open(str(path), create=True) as record:
        engine.ingest(record, [str(news)], refuse=pytest.fail, steps=FakeSteps().steps())
        assert not record.unmerged
        assert list(record.faults()) == []
        return b"".join(FORMATS["jsonl"].write(record))


def test_killed_at_a_hundred_points(tmp_path, news, kill):
    """Wherever the kill falls, what was kept is whole, and one more run makes the record."""
    whole = tmp_path / "whole.db"
    status, seconds = kill(whole, "step", 0)
    assert status == 0
    steps = int((tmp_path / "whole.db.steps").read_text())
    wanted = finish(whole, news)
    chance = random.Random(20230519)
    points: list[tuple[str, float]] = [
        ("step", number) for number in chance.sample(range(1, steps + 1), POINTS // 2)
    ]
    points += [("time", chance.uniform(0, seconds)) for _ in range(POINTS - len(points))]
    # Not all of them are made from nothing, so the last points may lie after the end.
    killed = 0
    empty = tmp_path / "empty.db"
    Record.open(str(empty), create=True).close()
    for number, (how, at) in enumerate(points):
        path = tmp_path / f"{number}.db"
        if number % 10:  # a tenth of them are killed while the record itself is made
            shutil.copy(empty, path)
        status, _ = kill(path, how, at)
        killed += status == -9
        if path.exists():
            with Record.open(str(path)) as record:
                assert list(record.faults()) == [], (how, at)
                sizes = record.sizes()
                assert sizes["mentions"] == 2 * sizes["reports"], (how, at)
        assert finish(path, news) == wanted, (how, at)
    assert killed > POINTS // 4


def test_a_lock_that_another_program_holds(tmp_path, news, monkeypatch):
    """A run that cannot write says who is in the way; the next one finishes what it left."""
    from parley.record import opening  # noqa: PLC0415

    path = tmp_path / "parley.db"
    monkeypatch.setattr(opening, "_SECONDS_TO_WAIT", 0.2)
    holding = (
        "import sqlite3, sys\n"
        f"connection = sqlite3.connect({str(path)!r}, isolation_level=None)\n"
        "connection.execute('BEGIN IMMEDIATE')\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with Record.open(str(path), create=True) as record:
        with subprocess.Popen(
            [sys.executable, "-c", holding],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as holder:
            assert holder.stdout.readline() == "held\n"
            with pytest.raises(RecordError, match=r"another program is writing to it; wait"):
                engine.ingest(record, [str(news)], refuse=pytest.fail, steps=FakeSteps().steps())
            assert record.sizes()["reports"] == 0, "what reads is not held up"
            holder.stdin.close()
            holder.wait(30)
        engine.ingest(record, [str(news)], refuse=pytest.fail, steps=FakeSteps().steps())
        assert record.sizes()["reports"] == REPORTS
