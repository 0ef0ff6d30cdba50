"""What a run asks of the record for every report, and what it keeps in it: many at a time.

In: reports with what they tell, one after the other.  Out: the record with all of them, and
which of them were new to it.  A question or a transaction for each would cost more than to
read it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from parley.engine.interrupts import held_back
from parley.errors import RecordError
from parley.model import Mention, Report
from parley.record import Arrival, Record

if TYPE_CHECKING:
    from parley.reading import Habits

# So many reports wait at most, and so long (seconds) when the next one comes: more is never
# lost by a run that is killed.
_MOST = 64
_LONGEST = 1.0
# A record of more reports is asked for each; of fewer all ids are fetched at once.
_FEW = 10_000


class Known:
    """Which reports a record has, and what it remembers of outlets (`reading.HabitMemory`).

    What other programs add after the first question may be missed; `Record.add_reports` sees it.
    """

    def __init__(self, record: Record) -> None:
        self._record = record

    def has_report(self, id_: str, /) -> bool:
        """Tell whether a report is in the record."""
        return id_ in self._at_hand or (not self._all_at_hand and self._record.has_report(id_))

    def note(self, ids: Iterable[str]) -> None:
        """Note that some reports are in the record now."""
        self._at_hand.update(ids)

    def recall_habits(self, outlet: str) -> Habits | None:
        """Return what is remembered of an outlet."""
        return self._record.recall_habits(outlet)

    def keep_habits(self, outlet: str, habits: Habits) -> None:
        """Remember what an outlet repeats."""
        self._record.keep_habits(outlet, habits)

    @cached_property
    def _all_at_hand(self) -> bool:
        return self._record.sizes()["reports"] <= _FEW

    @cached_property
    def _at_hand(self) -> set[str]:
        return set(self._record.coded()) if self._all_at_hand else set()


class Keeping:
    """The reports that wait to be kept in a record; `most` of them at most.

    Who uses it calls `keep` at the end, however that comes about.
    """

    def __init__(self, record: Record, known: Known, *, most: int = _MOST) -> None:
        self._record = record
        self._known = known
        self._most = most
        self._waiting: dict[str, Arrival] = {}
        self._since = 0.0

    def __len__(self) -> int:
        return len(self._waiting)

    def has(self, id_: str) -> bool:
        """Tell whether a report waits, or is in the record."""
        return id_ in self._waiting or self._known.has_report(id_)

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
        with held_back():
            try:
                new = self._record.add_reports(waiting)
            except RecordError:
                self._waiting.clear()
                raise
            self._known.note(arrival.report.id for arrival in waiting)
            # Not before they are kept: who is interrupted here keeps them when all ends.
            self._waiting.clear()
        return [arrival for arrival in waiting if arrival.report.id in new]
