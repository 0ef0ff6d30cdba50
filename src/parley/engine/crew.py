"""Processes that code reports side by side, for one that reads and keeps them.

In: tasks in their order.  Out: an `Answer` to each, in the same order.  Each process
loads the model once and is handed a few reports at a time, which are parsed together; a long
one comes alone, so that it holds up nobody.  A process that dies (killed, out of memory) is
replaced, and the reports that it had are handed out again one by one: one that kills two
more by itself is answered so.  A process that has come to hold more memory than its share is
replaced between two reports.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, cast

import msgspec

from parley.engine.garbage import loading
from parley.engine.steps import Code, expect
from parley.engine.tasks import Answer, Task, answer
from parley.errors import DataError, RecordError

if TYPE_CHECKING:
    from collections.abc import Callable

# What is reckoned for a process, in bytes: the model and the tables take half a gigabyte
# (docs/performance.md), long reports and what is kept at hand the rest.
A_PROCESS = 700_000_000
# So many reports a process may be read before their turn comes: one that takes long
# holds up what is behind it, and no more than this waits in memory.
_AHEAD = 64
# What is handed over at once: so many characters, and so many reports, at most.
GROUP_LENGTH = 12_000
_GROUP = 16
# One group that it is at and two that wait: who hands out may be busy for a second.
_IN_HAND = 3
_TRIES = 2
_PATIENCE = 10.0  # seconds for a process to end by itself

_Item = TypeVar("_Item")
Load: TypeAlias = "Callable[[], Code]"


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
    each may hold.  To be used as a context, or dismissed: its processes end with it.
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
        self.dismiss()

    def dismiss(self) -> None:
        """Let all processes end."""
        for hand in self._hands:
            hand.dismiss()
        for hand in self._hands:
            hand.wait()
        self._hands.clear()

    def run(self, items: Iterable[tuple[_Item, Task | None]]) -> Iterator[tuple[_Item, Answer]]:
        """Yield each item with the answer to its task, in order; an empty one for no task.

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
                    item, task = found
                    line.append((item, _Job(task, None if task else Answer())))
                self._hand_out([job for _, job in line], more=not ended)
                self._listen(wait_for_it=False)
            elif line[0][1].answer is None:
                self._hand_out([job for _, job in line], more=False)
                self._listen(wait_for_it=True)
            while line and (told := line[0][1].answer) is not None:
                yield line.popleft()[0], told

    def _hand_out(self, line: Iterable[_Job], *, more: bool) -> None:
        """Give what waits to those who have least to do, in order.

        A group that is not full waits for what is read next, while `more` comes and nobody
        is without work.
        """
        waiting = [job for job in line if job.answer is None and not job.given]
        while waiting:
            hand = min(self._hands, key=lambda hand: len(hand.jobs), default=None)
            if (hand is None or hand.jobs) and len(self._hands) < self._size:
                hand = _Hand(*self._told)
                self._hands.append(hand)
            if hand is None or hand.groups >= _IN_HAND:
                return
            group = _first_group(waiting)
            if more and hand.jobs and len(group) == len(waiting):
                return
            hand.take(group)
            del waiting[: len(group)]

    def _listen(self, *, wait_for_it: bool) -> None:
        """Take what the processes answer, waiting until one does or ends."""
        ears = {hand.connection: hand for hand in self._hands if hand.jobs}
        for ear in wait(list(ears), None if wait_for_it else 0):
            hand = ears[cast("Connection[Any, Any]", ear)]
            if not hand.hear():
                hand.wait()
                self._hands.remove(hand)


class _Job:
    """A task, and the answer when it is there; `alone` after one died that had it."""

    def __init__(self, task: Task | None, answer: Answer | None) -> None:
        self.task, self.answer = task, answer
        self.given, self.alone, self.tries = False, False, 0

    @property
    def length(self) -> int:
        """How many characters it has."""
        return len(self.task.report.text) if self.task else 0


def _first_group(waiting: Sequence[_Job]) -> Sequence[_Job]:
    """Return the first of those that wait, as many as are handed over together."""
    length = 0
    for at, job in enumerate(waiting):
        length += job.length
        if at and (job.alone or waiting[0].alone or length > GROUP_LENGTH or at == _GROUP):
            return waiting[:at]
    return waiting


class _Hand:
    """A process, and the jobs that it was given, the one that it is at first.

    `groups` are those of them, counted from the one that it is at, that came together.
    """

    def __init__(self, load: Load, project: Path | None, share: int | None) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.jobs: deque[_Job] = deque()
        self._left: deque[int] = deque()
        self._process = context.Process(
            target=_work, args=(theirs, load, project, share), daemon=True
        )
        self._process.start()
        # With its own end closed here, the death of the process ends the connection.
        theirs.close()

    @property
    def groups(self) -> int:
        """How many groups it has yet to answer, or to finish."""
        return len(self._left)

    def take(self, group: Sequence[_Job]) -> None:
        """Hand some jobs over."""
        self.jobs.extend(group)
        self._left.append(len(group))
        for job in group:
            job.given = True
        with suppress(OSError):  # where it is dead, `hear` finds out
            self.connection.send([job.task for job in group])

    def hear(self) -> bool:
        """Take an answer, or the news that there is none; return whether it works on."""
        try:
            told: Answer = self.connection.recv()
        except (EOFError, OSError):
            self.wait()
            job = self.jobs[0]
            # Of several that it had together, nobody knows which one it was.
            job.tries += job.alone
            if job.tries >= _TRIES:
                job.answer = Answer(failed=f"the process that coded it {self._end()}, twice")
            for each in self.jobs:
                each.alone = True
            self._give_back()
            return False
        if told.broken is not None:
            raise DataError(told.broken)
        self.jobs.popleft().answer = told
        self._left[0] -= 1
        if not self._left[0]:
            self._left.popleft()
        if told.full:
            self._give_back()
        return not told.full

    def _give_back(self) -> None:
        for job in self.jobs:
            job.given = False
        self.jobs.clear()
        self._left.clear()

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
    coming: SimpleQueue[list[Task] | None] = SimpleQueue()

    def take() -> None:
        # In a thread: who sends must never wait for who codes, each might wait for the other.
        try:
            while True:
                coming.put(connection.recv())
        except (EOFError, OSError):
            coming.put(None)

    threading.Thread(target=take, daemon=True).start()
    try:
        if project is not None:
            from parley.grounding.project import adopt  # noqa: PLC0415 - slow to load

            adopt(project)
        with loading():
            code = load()
        while (tasks := coming.get()) is not None:
            expect(code, [task.report for task in tasks if task.what == "code"])
            for task in tasks:
                told = answer(code, task)
                full = share is not None and _held_memory() > share
                connection.send(msgspec.structs.replace(told, full=full))
                if full:
                    return
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
