"""Work on what this process holds, divided among copies of it.

In: what is to be done with many things, and the things.  Out: the answers, in order.  A copy
(`fork`) has all at hand that this process has, so that only answers are handed over; it writes
nothing, and ends.  A copy that dies costs time: its part is done here.

Where copies cannot be made safely, all is done here: outside of Linux (elsewhere the system's
libraries may not survive it), and where this process has several threads, as a server has (a
copy has one of them, and all that the others held locked).
"""

from __future__ import annotations

import gc
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")

# Into so many pieces for each process the things are cut, and dealt out in turn: what takes
# long often stands together.
_PIECES = 8
_PATIENCE = 10.0  # seconds for a copy to end by itself


class Forks:
    """Does work in `size` processes, this one among them (`merging.Spread`)."""

    def __init__(self, size: int) -> None:
        self._size = size

    def __call__(
        self,
        work: Callable[[Sequence[Thing]], list[Answer]],
        things: Sequence[Thing],
        /,
        *,
        few: int,
    ) -> list[Answer]:
        """Return the answer to each thing, in order; `work` gives those to some of them.

        Neighbours are kept together, as far as the work is divided evenly.  Up to `few` things
        are not divided.  Raises what `work` raises.
        """
        if self._size == 1 or len(things) <= few or not _may_fork():
            return work(things)
        hands = _deal(things, self._size)
        copies = [_Copy(work, hand) for hand in hands[1:]]
        try:
            answers = [_do(work, hands[0]), *(copy.answers() for copy in copies)]
        finally:
            for copy in copies:
                copy.end()
        found: list[Answer] = []
        for turn in range(_PIECES):
            for pieces in answers:
                found += pieces[turn]
        return found


def _may_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


def _deal(things: Sequence[Thing], size: int) -> list[list[Sequence[Thing]]]:
    """Cut some things into pieces, and return those of each of `size` processes."""
    number = size * _PIECES
    bounds = [len(things) * at // number for at in range(number + 1)]
    pieces = [things[start:end] for start, end in pairwise(bounds)]
    return [pieces[at::size] for at in range(size)]


def _do(
    work: Callable[[Sequence[Thing]], list[Answer]], pieces: Sequence[Sequence[Thing]]
) -> list[list[Answer]]:
    return [work(piece) for piece in pieces]


class _Copy(Generic[Thing, Answer]):
    """A copy of this process, and the part of the work that it does."""

    def __init__(
        self,
        work: Callable[[Sequence[Thing]], list[Answer]],
        pieces: Sequence[Sequence[Thing]],
    ) -> None:
        context = get_context("fork")
        self._work, self._pieces = work, pieces
        self._ear, mouth = context.Pipe(duplex=False)
        self._process = context.Process(target=self._run, args=(mouth,), daemon=True)
        with warnings.catch_warnings():
            # Python warns of threads that are not its own, too: those of numpy's sums, which
            # sleep, and know what a fork is.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process.start()
        mouth.close()

    def _run(self, mouth: Connection[Any, Any]) -> None:
        # Ctrl-C reaches all processes of a terminal; the first one ends the others.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # What both hold is held once, as long as nobody tidies it; nor is any connection of
        # the first one's closed from here.
        gc.disable()
        with suppress(Exception):  # it comes up again where it is done anew, and is told there
            mouth.send(_do(self._work, self._pieces))

    def answers(self) -> list[list[Answer]]:
        """Return what it found, or, where it came to nothing, what is found here."""
        try:
            found: list[list[Answer]] = self._ear.recv()
        except (EOFError, OSError):
            return _do(self._work, self._pieces)
        return found

    def end(self) -> None:
        """See it end."""
        self._ear.close()
        self._process.terminate()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
