"""What more processes are worth, and what they hold: `python -m benchmarks.cores FILE [--spark]`.

FILE (JSON Lines) is ingested into a new record by one process, then by two: seconds by the clock,
seconds of the processor in all, and the memory that all of them hold at most, pages that they
share counted once.  By the clock a machine that does something else tells nothing; the
processor's seconds say what the second process cost.  With `--spark` the same is done by the
local Spark engine.
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

_PAUSE = 0.25


class Cost(Struct, frozen=True):
    """Seconds by the clock, seconds of the processor, bytes held at most."""

    clock: float
    processor: float
    memory: float


def run(*command: str, at_most: float = 600) -> Cost:
    """Run a command and return what it cost, with all processes that it started.

    Raises `subprocess.TimeoutExpired` where it takes longer than `at_most` seconds.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start, most, over = time.monotonic(), 0.0, threading.Event()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def watch() -> None:
        nonlocal most
        while not over.wait(_PAUSE):
            most = max(most, sum(map(_held, _family(process.pid))))

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
    return Cost(time.monotonic() - start, spent, most)


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
        f"  {what:<28}{cost.clock:9.2f} s {one.clock / cost.clock:8.2f} times as fast, "
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
