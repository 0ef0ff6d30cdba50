"""A bound on the time that one report may take.

A rule that runs wild on one odd text must not hold up the thousands behind it.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Coding takes well under a millisecond a character of processor time.
_LEAST = 60.0
_A_CHARACTER = 0.004


class TooLong(Exception):
    """A report took longer than it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"more than {seconds:.0f} s of processor time")


def seconds_for(*texts: str) -> float:
    """Return how many seconds of processor time a text may take, or several together."""
    return _LEAST + _A_CHARACTER * sum(map(len, texts))


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise `TooLong` in the block once it has taken so many seconds of processor time.

    Works in the main thread, where signals arrive, and does nothing in another.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        raise TooLong(seconds)

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
