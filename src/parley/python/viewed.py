"""`Viewed`: the part of an open record that answers questions, as the commands do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar, Unpack

from parley import views
from parley.errors import WrongFilter
from parley.python.asking import Asked, as_day, filters_of
from parley.python.rows import Rows
from parley.record import Record
from parley.record.finding import Filters, Page, Paging, Presence
from parley.views.frames import flat

_Row = TypeVar("_Row")
_AT_A_TIME = 200


class Viewed:
    """The part of an open record that has the views: see `OpenRecord` for what is raised."""

    record: Record

    def talks(self, *, rounds: int = 5, **asked: Unpack[Asked]) -> Rows[views.TalksTrack]:
        """Return the tracks of talks by mediator, the latest first, each with so many rounds."""
        return self._paged(
            filters_of(asked),
            lambda filters, paging: views.show_talks(self.record, filters, paging, rounds=rounds),
        )

    def agreements(self, **asked: Unpack[Asked]) -> Rows[views.AgreementRow]:
        """Return the agreements with what is told of their keeping or breach, the latest first."""
        return self._paged(filters_of(asked), self._of(views.show_agreements))

    def claims(self, **asked: Unpack[Asked]) -> Rows[views.ClaimRow]:
        """Return who accuses whom of what, who denies and who confirms it, the latest first."""
        return self._paged(filters_of(asked), self._of(views.show_claims))

    def disagreements(self, **asked: Unpack[Asked]) -> Rows[views.Matrix]:
        """Return the events that are told differently, each a matrix of sources and fields."""
        return self._paged(filters_of(asked), self._of(views.show_disagreements))

    def fighting(
        self, *, limit: int = 20, offset: int = 0, **asked: Unpack[Asked]
    ) -> views.Fighting:
        """Return a page of the incidents, and the figures of all that pass the filters."""
        return views.show_fighting(
            self.record, filters_of(asked), Paging(limit=limit, offset=offset)
        )

    def incidents(self, **asked: Unpack[Asked]) -> Rows[views.Incident]:
        """Return the incidents with every figure that is claimed of each, the latest first."""
        return self._paged(filters_of(asked), self._of(views.show_incidents))

    def calendar(
        self,
        *,
        on: date | str | None = None,
        limit: int = 50,
        offset: int = 0,
        **asked: Unpack[Asked],
    ) -> views.Calendar:
        """Return what is ahead of a day, and what was announced and never heard of again.

        The day is that of the last report, unless given.
        """
        return views.show_calendar(
            self.record,
            filters_of(asked),
            Paging(limit=limit, offset=offset),
            on=None if on is None else as_day("on", on),
        )

    def parties(self, **asked: Unpack[Asked]) -> Rows[Presence]:
        """Return the parties, those in most events first."""
        return self._paged(filters_of(asked), self._of(views.show_parties))

    def party(self, name: str, **asked: Unpack[Asked]) -> views.Profile:
        """Return what is told of a party; raise `NotFound` where no event has it."""
        return views.show_party(self.record, name, filters_of(asked))

    def persons(self, **asked: Unpack[Asked]) -> Rows[views.PersonRow]:
        """Return the persons, those in most events first."""
        return self._paged(filters_of(asked), self._of(views.show_persons))

    def person(self, name: str, **asked: Unpack[Asked]) -> views.Profile:
        """Return what is told of a person; raise `NotFound` where no event has him or her."""
        return views.show_person(self.record, name, filters_of(asked))

    def sources(self, **asked: Unpack[Asked]) -> Rows[views.SourceRow]:
        """Return the outlets: what each tells, alone or first, and in which words."""
        return self._paged(filters_of(asked), self._of(views.show_sources))

    def brief(self, **asked: Unpack[Asked]) -> views.Brief:
        """Return the brief from `since` to `until`, which must both be given.

        `parley.views.as_markdown` and `as_html` make a page of it.
        """
        filters = filters_of(asked)
        if filters.since is None or filters.until is None:
            raise WrongFilter("a brief is of some days; give both since= and until=")
        return views.show_brief(
            self.record, since=filters.since, until=filters.until, filters=filters
        )

    # Inside

    def _of(
        self, show: Callable[[Record, Filters, Paging], Page[_Row]]
    ) -> Callable[[Filters, Paging], Page[_Row]]:
        return lambda filters, paging: show(self.record, filters, paging)

    def _paged(self, filters: Filters, show: Callable[[Filters, Paging], Page[_Row]]) -> Rows[_Row]:
        """Return rows that are read a page at a time."""

        def read() -> Iterator[_Row]:
            offset: int | None = 0
            while offset is not None:
                page = show(filters, Paging(limit=_AT_A_TIME, offset=offset))
                yield from page.rows
                offset = page.next_offset

        return Rows(read, _cells)


def _cells(rows: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
    return (flat(row) for row in rows)
