"""Which reports are looked at when dates are told by other reports.

In: a record, and what is new in it.  Out: the open reports that may be dated otherwise by
that (`find_open`); and a `Shelf`: the record's reports by id, of which those are gone through
that may tell what an open one tells.  In a record of some hundred that is every report; in a
larger one those that share rare words with an open one, which the record's full-text index
finds.  So a run costs by what it brings, not by what stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from parley.model import Report

if TYPE_CHECKING:
    from parley.record import Record

# So many open reports are looked at anew with every run, or as many as are new: then no order in
# which reports come makes a difference.  Of more, those that what is new can touch.
FEW = 40
ALL = 500  # reports of a record that is gone through as a whole
_AKIN = 60  # reports that are looked at for one open one in a larger record
_WORDS = 12  # of it, by which they are found
_TOUCHED = 3  # open reports that are looked at for one that is new, beside itself
_AT_HAND, _AT_ONCE = 4096, 256  # reports that are kept, and fetched


def find_open(
    record: Record, fresh: Collection[str] | None, *, sure: float
) -> tuple[Sequence[Report], Collection[str] | None]:
    """Return the open reports to look at, by id, and the ids of those that may change them.

    `fresh` are the ids of the reports that are new since the last time, None where that is not
    known; a report dated at least as surely as `sure` is not open.  The ids are None where all
    the reports returned are to be dated anew.
    """
    from parley.dating import is_open  # noqa: PLC0415 - slow to load

    most = None if fresh is None else max(FEW, len(fresh))
    reports = record.open_reports(sure=sure, most=None if most is None else most + 1)
    found = {report.id: report for report in reports}
    if fresh is None or most is None or len(found) <= most:
        return [found[id_] for id_ in sorted(found)], None
    touched: dict[str, Report] = {}
    for part in _parts(sorted(fresh)):
        news = record.reports_by_id(part)
        akin = {
            id_
            for report in news.values()
            for id_ in record.akin(_rare_words(report), limit=_TOUCHED + 1, unsure=sure)
        }
        near = {**news, **record.reports_by_id(akin)}
        touched.update((r.id, r) for r in near.values() if is_open(r.published, sure=sure))
    return [touched[id_] for id_ in sorted(touched)], fresh


class Shelf(Mapping[str, Report]):
    """The reports of a record by id, fetched when they are asked for, not all in memory.

    Who goes through it has some at a time fetched, each of which is asked for next.
    """

    def __init__(self, record: Record, wanted: Sequence[Report]) -> None:
        """Stand over `record`; going through it meets what may tell the same as `wanted`."""
        self._record = record
        self._wanted = wanted
        self._here: dict[str, Report] = {}

    def __getitem__(self, id_: str) -> Report:
        if id_ not in self._here:
            self._bring([id_])
        return self._here[id_]

    def __iter__(self) -> Iterator[str]:
        for part in _parts(self._near):
            self._bring(part)
            yield from part

    def __len__(self) -> int:
        return len(self._near)

    def _bring(self, ids: Sequence[str]) -> None:
        if len(self._here) + len(ids) > _AT_HAND:
            self._here.clear()
        self._here.update(self._record.reports_by_id(ids))

    @cached_property
    def _near(self) -> Sequence[str]:
        if self._record.sizes()["reports"] <= ALL:
            return list(self._record.coded())
        return sorted(
            {
                id_
                for report in self._wanted
                for id_ in self._record.akin(_rare_words(report), limit=_AKIN)
            }
        )


def _rare_words(report: Report) -> list[str]:
    """Return the words by which those are found that may tell what a report tells."""
    from parley.merging import story_of  # noqa: PLC0415 - slow to load

    return story_of(report).rarest(_WORDS)


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield ids some at a time."""
    for at in range(0, len(ids), _AT_ONCE):
        yield ids[at : at + _AT_ONCE]
