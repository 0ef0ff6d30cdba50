"""What a run remembers of its fetches: only what came through whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from parley.record import Record

if TYPE_CHECKING:
    from parley.reading import Remembered


class Fetches:
    """The memory of a record (`parley.reading.FetchMemory`), for one run.

    What a fetch brought is remembered if every report in it was read, coded and kept: else
    the next run has to see it again.  Reports are read ahead of those that are kept, so
    nothing is written before `flush`, which is called when all of them are.  `refused` tells
    how much the run has refused so far.
    """

    def __init__(self, record: Record, refused: Callable[[], int]) -> None:
        self._record = record
        self._refused = refused
        self._before: dict[str, int] = {}
        self._waiting: dict[str, Remembered] = {}

    def recall(self, url: str) -> Remembered | None:
        """Return how the last fetch of a URL ended that was kept."""
        self._before[url] = self._refused()
        if url in self._waiting:
            return self._waiting[url]
        return self._record.recall_fetch(url)

    def keep(self, url: str, remembered: Remembered) -> None:
        """Remember a fetch, unless something was refused since it was recalled."""
        if self._refused() == self._before.get(url):
            self._waiting[url] = remembered

    def flush(self, *, all_kept: bool) -> None:
        """Write what was remembered, where all reports that were read are kept."""
        if all_kept:
            for url, remembered in self._waiting.items():
                self._record.keep_fetch(url, remembered)
        self._waiting.clear()
