"""Coded reports that are kept some at a time: a transaction each would cost more than they do.

In: reports with what they tell, one after the other.  Out: the record with all of them, and
which of them were new to it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from parley.errors import RecordError
from parley.model import Mention, Report
from parley.record import Arrival, Record

# So many reports wait at most, and so long (seconds) when the next one comes: more is never
# lost by a run that is killed.
_MOST = 64
_LONGEST = 1.0


class Keeping:
    """The reports that wait to be kept in a record; `most` of them at most.

    Who uses it calls `keep` at the end, however that comes about.
    """

    def __init__(self, record: Record, *, most: int = _MOST) -> None:
        self._record = record
        self._most = most
        self._waiting: dict[str, Arrival] = {}
        self._since = 0.0

    def __len__(self) -> int:
        return len(self._waiting)

    def has(self, id_: str) -> bool:
        """Tell whether a report waits, or is in the record."""
        return id_ in self._waiting or self._record.has_report(id_)

    def add(self, report: Report, mentions: Sequence[Mention], *, coded: bool) -> None:
        """Let a report wait that is not there."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting[report.id] = Arrival(report, tuple(mentions), coded=coded)

    @property
    def is_due(self) -> bool:
        """Whether so many wait, or so long, that they are to be kept now."""
        late = time.monotonic() - self._since > _LONGEST
        return len(self._waiting) >= self._most or (late and bool(self._waiting))

    def keep(self) -> Sequence[Arrival]:
        """Keep those that wait; return those of them that were new.

        Raises `RecordError` where the record cannot be written; they are given up then.
        """
        if not self._waiting:
            return ()
        waiting = list(self._waiting.values())
        try:
            new = self._record.add_reports(waiting)
        except RecordError:
            self._waiting.clear()
            raise
        # Not before they are kept: who is interrupted here keeps them when all ends.
        self._waiting.clear()
        return [arrival for arrival in waiting if arrival.report.id in new]
