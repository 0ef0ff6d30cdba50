"""Processes that code reports side by side, for one that reads and keeps them.

In: reports in their order.  Out: an `Answer` to each, in the same order.  Each process
loads the model once and is handed one report at a time, so that a long report holds up
nobody.  A process that dies (killed, out of memory) is replaced and its report tried once
more; if that kills the next one too, the report's answer says so.  One that has come to hold
more memory than its share is replaced between two reports.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, cast

import msgspec
from msgspec import Struct

from parley.engine.limit import at_most, seconds_for
from parley.errors import DataError, RecordError
from parley.model import Report

if TYPE_CHECKING:
    from parley.engine.steps import Coded

_log = logging.getLogger("parley.engine")

# What is reckoned for a process, in bytes: the model and the tables take half a gigabyte
# (docs/performance.md), long reports and what is kept at hand the rest.
A_PROCESS = 700_000_000
# So many reports a process may be read before their turn comes: one that takes long
# holds up what is behind it, and no more than this waits in memory.
_AHEAD = 6
# One that it is at and one that waits, so that it need not wait for the next.
_IN_HAND = 2
_TRIES = 2
_PATIENCE = 10.0  # seconds for a process to end by itself

_Item = TypeVar("_Item")
Load: TypeAlias = "Callable[[], Callable[[Report], Coded]]"


class Answer(Struct, frozen=True):
    """What became of a report: it was coded, or why not.

    `broken` is set where Parley itself cannot go on (its data are damaged).  `full` says
    that the process which answers has come to hold more than its share of memory.
    """

    coded: Coded | None = None
    failed: str | None = None
    broken: str | None = None
    full: bool = False


def answer(code: Callable[[Report], Coded], report: Report) -> Answer:
    """Code a report; what one report among thousands does wrong is an answer, too."""
    try:
        with at_most(seconds_for(report.text)):
            return Answer(coded=code(report))
    except (RecordError, DataError):
        raise
    except Exception as error:
        _log.debug("%s could not be coded", report.source, exc_info=True)
        return Answer(failed=f"{type(error).__name__}: {error}")


def size_of(wanted: int | None, *, memory: int | None = None) -> int:
    """Return how many processes are to work: `wanted`, else one a core, within `memory` (bytes).

    Where no memory is given, within what the machine has free.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    room = memory if memory is not None else None if wanted else _free_memory()
    most = max(1, room // A_PROCESS) if room is not None else sys.maxsize
    return max(1, min(wanted or cores or 1, most))


class Crew(Generic[_Item]):
    """`size` processes, each of which loads its coder by `load`, a function of a module.

    `project` is the project file whose names and verbs they know, `share` how many bytes
    each may hold.  To be used as a context: its processes end with it.
    """

    def __init__(
        self, load: Load, *, size: int, project: Path | None = None, share: int | None = None
    ) -> None:
        self._size = size
        self._told = (load, project, share)
        self._hands: list[_Hand] = []

    def __enter__(self) -> Crew[_Item]:
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.dismiss()
        for hand in self._hands:
            hand.wait()
        self._hands.clear()

    def run(self, items: Iterable[tuple[_Item, Report | None]]) -> Iterator[tuple[_Item, Answer]]:
        """Yield each item with the answer to its report, in order; an empty one for no report.

        Raises DataError where a process finds Parley's own data damaged.
        """
        coming = iter(items)
        line: deque[tuple[_Item, _Job]] = deque()
        ended = False
        while line or not ended:
            if not ended and len(line) < _AHEAD * self._size:
                found = next(coming, None)
                if found is None:
                    ended = True
                else:
                    item, report = found
                    line.append((item, _Job(report, None if report else Answer())))
                self._hand_out([job for _, job in line])
                self._listen(wait_for_it=False)
            elif line[0][1].answer is None:
                self._listen(wait_for_it=True)
                self._hand_out([job for _, job in line])
            while line and (told := line[0][1].answer) is not None:
                yield line.popleft()[0], told

    def _hand_out(self, line: Iterable[_Job]) -> None:
        """Give what waits to those who have least to do, in order."""
        for job in line:
            if job.answer is not None or job.given:
                continue
            hand = min(self._hands, key=lambda hand: len(hand.jobs), default=None)
            if (hand is None or hand.jobs) and len(self._hands) < self._size:
                hand = _Hand(*self._told)
                self._hands.append(hand)
            if hand is None or len(hand.jobs) >= _IN_HAND:
                return
            hand.take(job)

    def _listen(self, *, wait_for_it: bool) -> None:
        """Take what the processes answer, waiting until one does or ends."""
        ears = {hand.connection: hand for hand in self._hands if hand.jobs}
        for ear in wait(list(ears), None if wait_for_it else 0):
            hand = ears[cast("Connection[Any, Any]", ear)]
            if not hand.hear():
                hand.wait()
                self._hands.remove(hand)


class _Job:
    """A report, and the answer when it is there."""

    def __init__(self, report: Report | None, answer: Answer | None) -> None:
        self.report, self.answer = report, answer
        self.given, self.tries = False, 0


class _Hand:
    """A process, and the jobs that it was given, the one that it is at first."""

    def __init__(self, load: Load, project: Path | None, share: int | None) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.jobs: deque[_Job] = deque()
        self._process = context.Process(
            target=_work, args=(theirs, load, project, share), daemon=True
        )
        self._process.start()
        # With its own end closed here, the death of the process ends the connection.
        theirs.close()

    def take(self, job: _Job) -> None:
        """Hand a job over."""
        self.jobs.append(job)
        job.given = True
        with suppress(OSError):  # where it is dead, `hear` finds out
            self.connection.send(job.report)

    def hear(self) -> bool:
        """Take an answer, or the news that there is none; return whether it works on."""
        try:
            told: Answer = self.connection.recv()
        except (EOFError, OSError):
            self.wait()
            job = self.jobs[0]
            job.tries += 1
            if job.tries >= _TRIES:
                job.answer = Answer(failed=f"the process that coded it {self._end()}, twice")
            self._give_back()
            return False
        if told.broken is not None:
            raise DataError(told.broken)
        self.jobs.popleft().answer = told
        if told.full:
            self._give_back()
        return not told.full

    def _give_back(self) -> None:
        for job in self.jobs:
            job.given = False
        self.jobs.clear()

    def dismiss(self) -> None:
        """Tell it to end: nothing more comes."""
        self.connection.close()
        if self.jobs:
            self._process.terminate()

    def wait(self) -> None:
        """See it end."""
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _end(self) -> str:
        status = self._process.exitcode or 0
        return f"was killed (signal {-status})" if status < 0 else f"ended (status {status})"


def _work(
    connection: Connection[Any, Any], load: Load, project: Path | None, share: int | None
) -> None:
    """Code what comes down a connection until it is closed: what a process does."""
    # Ctrl-C reaches all processes of a terminal; the one that keeps ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # One process a core: more threads in each would only stand in each other's way.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    coming: SimpleQueue[Report | None] = SimpleQueue()

    def take() -> None:
        # In a thread: who sends must never wait for who codes, each might wait for the other.
        try:
            while True:
                coming.put(connection.recv())
        except (EOFError, OSError):
            coming.put(None)

    try:
        if project is not None:
            from parley.grounding.project import adopt  # noqa: PLC0415 - slow to load

            adopt(project)
        code = load()
        threading.Thread(target=take, daemon=True).start()
        full = False
        while not full and (report := coming.get()) is not None:
            told = answer(code, report)
            full = share is not None and _held_memory() > share
            connection.send(msgspec.structs.replace(told, full=full))
    except (DataError, RecordError) as error:
        connection.send(Answer(broken=str(error)))
    except OSError:
        return  # nobody listens any more


def _free_memory() -> int | None:
    """Return how many bytes the machine can give, None where it does not say."""
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return None


def _held_memory() -> int:
    """Return how many bytes this process holds, 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 0
