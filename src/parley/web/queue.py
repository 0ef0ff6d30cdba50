"""The queue of events that nobody has judged yet, for several persons at once."""

from __future__ import annotations

import threading
import time

from msgspec import Struct

from parley.model import Event
from parley.record import Record
from parley.record.finding import Filters, Paging, find_events

_AT_A_TIME = 60
_HELD = 300.0  # seconds for which an event that one person looks at is not given to another


class Next(Struct, frozen=True):
    """The next event to judge, and at which row of the list it stands."""

    event: Event
    at: int


class Queue:
    """Who looks at which event just now."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def take(self, record: Record, filters: Filters, *, at: int, by: str) -> Next | None:
        """Return the first event from row `at` on, then from the first, that is not judged.

        It is held for this person for some minutes.  None where all are judged.
        """
        for begin, end in ((at, None), (0, at)):
            offset = begin
            while end is None or offset < end:
                page = find_events(
                    record, filters, Paging(limit=_AT_A_TIME, offset=offset), order="latest"
                )
                for row, event in enumerate(page.rows, offset):
                    if not is_judged(event) and self.hold(event.id, by=by):
                        return Next(event, row)
                if page.next_offset is None:
                    break
                offset = page.next_offset
        return None

    def hold(self, event: str, *, by: str) -> bool:
        """Hold an event for a person; return whether no one else holds it."""
        now = time.monotonic()
        with self._lock:
            self._held = {id_: each for id_, each in self._held.items() if each[1] > now}
            if self._held.get(event, (by, 0))[0] != by:
                return False
            self._held[event] = (by, now + _HELD)
            return True

    def release(self, event: str) -> None:
        """Hold an event no longer."""
        with self._lock:
            self._held.pop(event, None)


def is_judged(event: Event) -> bool:
    """Tell whether a person has said what becomes of an event."""
    return any(correction.action != "note" for correction in event.corrections)
