"""How long there is yet."""

from __future__ import annotations

import time

from parley.reading.unreadable import Unreadable


class Deadline:
    """A moment by which all must be done, some seconds from now.

    `way_out` is what a user can do who needs longer.
    """

    def __init__(self, seconds: float, *, way_out: str) -> None:
        self._seconds = seconds
        self._way_out = way_out
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left; `Unreadable` where there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> Unreadable:
        """Return what is said when it has passed."""
        return Unreadable(f"took longer than {self._seconds:g} s", way_out=self._way_out)
