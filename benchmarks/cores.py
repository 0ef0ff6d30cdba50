"""What more processes are worth, and what they hold: `python -m benchmarks.cores FILE [--spark]`.

FILE (JSON Lines) is ingested into a new record by one process, then by two: seconds by the clock,
seconds of the processor in all, and the memory that all of them hold at most, pages that they
share counted once.  By the clock a machine that does something else tells nothing: so it is
reckoned how long a run would take with two cores to itself, from what each of its processes was
given of each half second that the processor gave to all of them.  Where one works and the others
wait for it, its seconds count; where two work, half of theirs.  With `--spark` the same is done
by the local Spark engine.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

_PAUSE = 0.1
_SELDOM = 10  # pauses between looks at the memory, each of which takes long itself
_ENOUGH = 0.5  # seconds of the processor: of less, who was given them says nothing
_CORES = 2


class Cost(Struct, frozen=True):
    """Seconds by the clock, seconds of the processor, bytes held at most.

    `alone` is how many seconds by the clock it would take with two cores to itself.
    """

    clock: float
    processor: float
    memory: float
    alone: float


def run(*command: str, at_most: float = 600) -> Cost:
    """Run a command and return what it cost, with all processes that it started.

    Raises `subprocess.TimeoutExpired` where it takes longer than `at_most` seconds.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start, most, alone, over = time.monotonic(), 0.0, 0.0, threading.Event()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def watch() -> None:
        nonlocal most, alone
        had: dict[int, float] = {}
        looks = 0
        while not over.wait(_PAUSE):
            now = {pid: _worked(pid) for pid in _family(process.pid)}
            worked = [seconds - had.get(pid, 0.0) for pid, seconds in now.items()]
            if sum(worked) >= _ENOUGH:
                alone += max(*worked, sum(worked) / _CORES)
                had.update(now)
            if looks % _SELDOM == 0:
                most = max(most, sum(map(_held, now)))
            looks += 1

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        if process.wait(at_most):
            raise subprocess.CalledProcessError(process.returncode, command)
    finally:
        over.set()
        watcher.join()
        if process.poll() is None:
            process.kill()
            process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.monotonic() - start, spent, most, alone)


def ingest(path: str, *options: str) -> Cost:
    """Return what `parley ingest` of a file into a new record costs."""
    parley = str(Path(sys.executable).with_name("parley"))
    with tempfile.TemporaryDirectory() as folder:
        return run(
            *(parley, "ingest", path, "--record", f"{folder}/x.db", "-q", "--no-cache", *options)
        )


def by_spark(path: str) -> Cost | None:
    """Return what the same costs on local Spark, None where Spark is not installed."""
    if importlib.util.find_spec("pyspark") is None:
        return None
    parley = str(Path(sys.executable).with_name("parley"))
    with tempfile.TemporaryDirectory() as folder:
        return run(
            *(parley, "ingest", path, "--engine", "spark", "--master", "local[2]"),
            *("--out", f"{folder}/tables", "-q"),
        )


def compare(path: str, *, spark: bool) -> None:
    """Print one process against two, and against Spark."""
    one = ingest(path, "--workers", "1")
    _line("one process", one, one)
    _line("two processes", ingest(path, "--workers", "2"), one)
    if spark:
        _line("local Spark, two cores", by_spark(path), one)


def _line(what: str, cost: Cost | None, one: Cost) -> None:
    if cost is None:
        sys.stdout.write(f"  {what:<28}        - (not installed)\n")
        return
    sys.stdout.write(
        f"  {what:<28}{cost.clock:9.2f} s {one.clock / cost.clock:8.2f} times as fast; alone "
        f"{cost.alone:.2f} s, {one.alone / (cost.alone or 1):.2f} times as fast; "
        f"{cost.processor / one.processor:.2f} of the processor time, "
        f"{cost.memory / 1e6:.0f} MB\n"
    )
    sys.stdout.flush()


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all that descend from it."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            children = (task / "children").read_text(encoding="ascii")
            for child in children.split():
                yield from _family(int(child))


def _worked(pid: int) -> float:
    """Return the seconds of the processor that a process was given, all of its threads."""
    spent = 0
    with suppress(OSError, ValueError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            spent += int((task / "schedstat").read_text(encoding="ascii").split()[0])
    return spent / 1e9


def _held(pid: int) -> float:
    """Return the bytes that a process holds, its share of those that it holds with others."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024.0
    return 0.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file")
    parser.add_argument("--spark", action="store_true")
    given = parser.parse_args()
    compare(given.file, spark=given.spark)


if __name__ == "__main__":
    main()
