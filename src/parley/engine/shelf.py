"""The reports that may date those whose own words leave it open.

In: a record, and its open reports.  Out: a `Shelf`: the record's reports by id, of which those
are gone through that may tell what an open one tells.  In a record of some thousand that is
every report; in a larger one those that share rare words with an open one, which the record's
full-text index finds: what an open report costs does not grow with the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from parley.model import Report

if TYPE_CHECKING:
    from parley.record import Record

ALL = 2000  # reports of a record that is gone through as a whole
_AKIN = 60  # reports that are looked at for one open one in a larger record
_WORDS = 12  # of it, by which they are found
_AT_HAND, _AT_ONCE = 4096, 256  # reports that are kept, and fetched


class Shelf(Mapping[str, Report]):
    """The reports of a record by id, fetched when they are asked for, not all in memory.

    Who goes through it has some at a time fetched, each of which is asked for next.
    """

    def __init__(self, record: Record, wanted: Sequence[Report]) -> None:
        """Stand over `record`; going through it meets what may tell the same as `wanted`."""
        self._record = record
        self._wanted = wanted
        self._ids = record.coded()
        self._here: dict[str, Report] = {}

    def __getitem__(self, id_: str) -> Report:
        if id_ not in self._ids:
            raise KeyError(id_)
        if id_ not in self._here:
            self._bring([id_])
        return self._here[id_]

    def __iter__(self) -> Iterator[str]:
        for at in range(0, len(self._near), _AT_ONCE):
            part = self._near[at : at + _AT_ONCE]
            self._bring(part)
            yield from part

    def __len__(self) -> int:
        return len(self._near)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._ids

    def _bring(self, ids: Sequence[str]) -> None:
        if len(self._here) + len(ids) > _AT_HAND:
            self._here.clear()
        self._here.update(self._record.reports_by_id(ids))

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
