"""Where the tests of the cluster engine find Spark: PySpark, a Java that runs it, a cluster."""

from __future__ import annotations

import importlib.util
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from parley.engine.spark.session import check_java, opened, unworried
from parley.errors import EngineError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Two executors, a Java process each, that do one task at a time: a cluster in small.
MASTER = "local-cluster[2,1,1024]"
# What takes long with few rows is to make machine code for them.
_QUICK = dict.fromkeys(
    ("spark.driver.extraJavaOptions", "spark.executor.extraJavaOptions"),
    "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
) | {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}


def have_spark() -> None:
    """Skip where Spark cannot run; with CI=true fail instead."""
    missing = None
    if importlib.util.find_spec("pyspark") is None:
        missing = "PySpark is not installed: make test installs it"
    else:
        try:
            check_java()
        except EngineError as error:
            missing = str(error)
    if missing:
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)


@contextmanager
def cluster_of_two() -> Iterator[SparkSession]:
    """Give a session on two executors of this machine."""
    have_spark()
    with unworried(), opened(MASTER, settings=_QUICK) as spark:
        yield spark


def executors() -> list[int]:
    """Return the Java processes that do the tasks of a cluster that this process started."""
    _, commands = _ours()
    return sorted(pid for pid, command in commands.items() if b"CoarseGrainedExecutor" in command)


def python_workers() -> list[int]:
    """Return the processes in which Spark, started by this one, runs Python."""
    parents, commands = _ours()
    daemons = {pid for pid, command in commands.items() if b"pyspark.daemon" in command}
    # The daemon forks a worker for each task; workers have a daemon as their parent.
    return sorted(pid for pid in daemons if parents[pid] in daemons)


def _ours() -> tuple[dict[int, int], dict[int, bytes]]:
    """Return the parent of each process, and what those that stem from this one run."""
    parents: dict[int, int] = {}
    commands: dict[int, bytes] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
            commands[int(folder.name)] = (folder / "cmdline").read_bytes()
        except OSError:
            continue  # it ended meanwhile
    ours = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return parents, {pid: command for pid, command in commands.items() if pid in ours}


class Killer(threading.Thread):
    """Kills an executor while a table is written, once a part of it is done.

    `killed` is its process, `standing` what parts of the table were done by then, by inode.
    With `workers`, processes of Python are killed first, until Spark has lost a task by it:
    `lost`.
    """

    def __init__(self, session: SparkSession, table: Path, *, parts: int, workers: bool) -> None:
        super().__init__(daemon=True)
        self.lost = 0
        self.killed: int | None = None
        self.standing: set[int] = set()
        self._session = session
        self._writing = table / "_temporary"
        self._parts = parts
        self._workers = workers

    def run(self) -> None:
        """Wait for the table to be begun, and kill."""
        until = time.monotonic() + 400
        while time.monotonic() < until and not self._writing.exists():
            time.sleep(0.02)
        while self._workers and time.monotonic() < until and self._writing.exists():
            for pid in python_workers():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            # Spark tells of a loss after a while; a task lost four times would end the run.
            told = time.monotonic() + 1
            while time.monotonic() < told and not self.lost:
                time.sleep(0.02)
                self.lost = self._tasks("numFailedTasks")
            if self.lost:
                break
        while time.monotonic() < until and self._writing.exists() and self.killed is None:
            done = self._done()
            if len(done) >= self._parts and (found := executors()):
                self.standing, self.killed = done, found[0]
                os.kill(found[0], signal.SIGKILL)
            time.sleep(0.02)

    def _done(self) -> set[int]:
        try:
            return {file.stat().st_ino for file in self._writing.glob("0/task_*/*.parquet")}
        except FileNotFoundError:
            return set()  # what is written goes to its place when the table is done

    def _tasks(self, count: str) -> int:
        """Return a count of the tasks of the stages that run, as Spark's `StageInfo` names it."""
        tracker = self._session.sparkContext.statusTracker()
        stages = [tracker.getStageInfo(id_) for id_ in tracker.getActiveStageIds()]
        return sum(getattr(stage, count) for stage in stages if stage)
