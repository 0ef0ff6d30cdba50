"""Where the tests of the cluster engine find Spark: PySpark, and a Java that runs it."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

from parley.engine.spark.session import check_java
from parley.errors import EngineError


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


def python_workers() -> list[int]:
    """Return the processes in which Spark, started by this one, runs Python."""
    parents: dict[int, int] = {}
    daemons: set[int] = set()
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
            if b"pyspark.daemon" in (folder / "cmdline").read_bytes():
                daemons.add(int(folder.name))
        except OSError:
            continue  # it ended meanwhile
    ours = {os.getpid()}
    for _ in range(5):
        ours |= {pid for pid, parent in parents.items() if parent in ours}
    # The daemon forks a worker for each task; workers have a daemon as their parent.
    return sorted(pid for pid in ours & daemons if parents[pid] in daemons)
