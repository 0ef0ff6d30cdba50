"""Ctrl-C waits while that is written which must be written whole.

An interrupt may come between any two steps of a program, so also between those by which a
transaction begins or ends: the database would then stay locked for who keeps the rest.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def held_back() -> Iterator[None]:
    """Let an interrupt (SIGINT) that comes in the block be felt at its end.

    Works in the main thread, where signals arrive, and does nothing in another.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        came.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if came:
            signal.raise_signal(signal.SIGINT)
