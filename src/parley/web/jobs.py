"""Reports being added, one job after the other, each by a process of its own."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, field

from parley.engine import Ingested, Progress
from parley.web.ingesting import Changed, Order, Said

State = Literal["waiting", "running", "done", "failed"]
_KEPT = 200
_LINES = 100
_SUFFIX = 12


class Job(Struct, kw_only=True):
    """Reports being added: how far it has come, what was refused, and what it changed.

    `before` and `after` are the sizes of the record.
    """

    id: str
    what: str
    state: State = "waiting"
    progress: Progress | None = None
    refused: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    before: Mapping[str, int] = field(default_factory=dict)
    after: Mapping[str, int] = field(default_factory=dict)
    changes: tuple[Changed, ...] = ()
    done: Ingested | None = None
    failed: str | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed")


class Jobs:
    """The jobs of this app, the last few hundred of them."""

    def __init__(
        self, record: str, sizes: Callable[[], Mapping[str, int]], *, private: bool
    ) -> None:
        self._record = record if "://" in record else str(Path(record).absolute())
        self._sizes = sizes
        self._private = private
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="adding")
        self._running: subprocess.Popen[bytes] | None = None
        self._closed = False

    def get(self, id_: str) -> Job | None:
        """Return a job, None where it is not there (any more)."""
        return self._jobs.get(id_)

    def all(self) -> list[Job]:
        """Return the jobs, the last first."""
        return list(reversed(self._jobs.values()))

    def add_files(self, files: Mapping[str, bytes], what: str) -> Job:
        """Start a job that adds files, given by their names as the person has them."""
        folder = Path(tempfile.mkdtemp(prefix="parley-add-"))
        names: list[str] = []
        try:
            for name, raw in files.items():
                bare = file_name(name, taken=names)
                (folder / bare).write_bytes(raw)
                names.append(bare)
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return self._start(what, tuple(names), folder)

    def add_address(self, url: str) -> Job:
        """Start a job that adds what stands at a web address."""
        return self._start(url, (url,), Path(tempfile.mkdtemp(prefix="parley-add-")))

    def close(self) -> None:
        """Stop what runs; reports that were coded are kept."""
        self._closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)
        running = self._running
        if running is not None:
            running.terminate()

    def _start(self, what: str, paths: tuple[str, ...], folder: Path) -> Job:
        job = Job(id=secrets.token_hex(8), what=what)
        with self._lock:
            self._jobs[job.id] = job
            for id_ in [old.id for old in self._jobs.values() if old.over][: -_KEPT or None]:
                del self._jobs[id_]
        self._pool.submit(self._run, job, paths, folder)
        return job

    def _run(self, job: Job, paths: tuple[str, ...], folder: Path) -> None:
        try:
            job.before = self._sizes()
            job.state = "running"
            self._work(job, paths, folder)
            job.after = self._sizes()
        except Exception as error:
            job.failed = job.failed or f"{type(error).__name__}: {error}"
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            if job.failed is None and job.done is None:
                job.failed = "it was stopped; what was coded so far is kept, add the rest again"
            job.state = "failed" if job.failed else "done"

    def _work(self, job: Job, paths: tuple[str, ...], folder: Path) -> None:
        order = Order(record=self._record, paths=paths, allow_private=self._private)
        with subprocess.Popen(
            [sys.executable, "-m", "parley.web.ingesting"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={**os.environ, "PYTHONSAFEPATH": "1"},
        ) as process:
            self._running = process
            if self._closed:
                process.terminate()
            assert process.stdin
            assert process.stdout
            process.stdin.write(msgspec.json.encode(order))
            process.stdin.close()
            for line in process.stdout:
                _hear(job, msgspec.json.decode(line, type=Said))
        self._running = None


def _hear(job: Job, said: Said) -> None:
    """Note in a job what its process says."""
    if said.progress:
        job.progress = said.progress
    if said.refused and len(job.refused) < _LINES:
        job.refused.append(said.refused)
    if said.notice and len(job.notices) < _LINES:
        job.notices.append(said.notice)
    if said.changes is not None:
        job.changes = said.changes
    job.done = said.done or job.done
    job.failed = said.failed or job.failed


def file_name(name: str, *, taken: list[str]) -> str:
    """Return a file's name that leads nowhere: its last part, letters and digits, not taken.

    It stays the report's source, so that the person knows it again.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c if c.isalnum() or c in "-_. ()" else "-" for c in last).strip(" .-")[:120]
    bare = kept or "report"
    stem, dot, suffix = bare.rpartition(".")
    if not dot or len(suffix) > _SUFFIX:
        stem, suffix = bare, ""
    number, found = 1, bare
    while found in taken:
        number += 1
        found = f"{stem}-{number}.{suffix}" if suffix else f"{stem}-{number}"
    return found
