"""The reports that may date those whose own words leave it open.

In: a record, and its open reports.  Out: a `Shelf`: the record's reports by id, of which those
are gone through that may tell what an open one tells.  In a record of some thousand that is
every report; in a larger one those that share rare words with an open one, which the record's
full-text index finds: what an open report costs does not grow with the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from parley.model import Report

if TYPE_CHECKING:
    from parley.record import Record

ALL = 2000  # reports of a record that is gone through as a whole
_AKIN = 60  # reports that are looked at for one open one in a larger record
_WORDS = 12  # of it, by which they are found
_AT_HAND = 4096


class Shelf(Mapping[str, Report]):
    """The reports of a record by id, each fetched when it is asked for, not all in memory."""

    def __init__(self, record: Record, wanted: Sequence[Report]) -> None:
        """Stand over `record`; going through it meets what may tell the same as `wanted`."""
        self._record = record
        self._wanted = wanted
        self._ids = record.coded()
        self._fetch = lru_cache(_AT_HAND)(record.report)

    def __getitem__(self, id_: str) -> Report:
        if id_ not in self._ids:
            raise KeyError(id_)
        return self._fetch(id_)

    def __iter__(self) -> Iterator[str]:
        return iter(self._near)

    def __len__(self) -> int:
        return len(self._near)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._ids

    @cached_property
    def _near(self) -> Sequence[str]:
        if len(self._ids) <= ALL:
            return list(self._ids)
        from parley.merging import story_of  # noqa: PLC0415 - slow to load

        found = {
            id_
            for report in self._wanted
            for id_ in self._record.akin(story_of(report).rarest(_WORDS), limit=_AKIN)
        }
        return sorted(found & self._ids.keys())
