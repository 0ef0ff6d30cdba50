"""What is to be written: a record, what of it, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from parley.model import Event, Link, ReportLine
from parley.record import Record
from parley.record.finding import (
    Filters,
    report_lines_by_id,
    stream_events,
    stream_links,
    stream_report_lines,
)

_AT_A_TIME = 500


class Told(Struct, frozen=True):
    """An event, and the reports that tell it by their ids, in the order of its mentions."""

    event: Event
    reports: Mapping[str, ReportLine]

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that tell it, by name or, where it has none, the report's source."""
        lines = self.reports.values()
        return tuple(dict.fromkeys(line.outlet or line.source for line in lines))


class Selection(Struct, frozen=True, kw_only=True):
    """The events of a record that pass the filters, and how they are to be written.

    Nothing is kept in memory but a few hundred events.
    """

    record: Record
    filters: Filters
    bom: bool
    notice: Callable[[str], None]

    def events(self, *, types: Sequence[str] = (), statuses: Sequence[str] = ()) -> Iterator[Event]:
        """Yield the events in the order of time, undated ones last.

        `types` and `statuses` are those that the form has a place for; none means all.
        """
        type_ = _both(self.filters.type, types)
        status = _both(self.filters.status, statuses)
        if type_ is None or status is None:
            return iter(())
        return stream_events(self.record, replace(self.filters, type=type_, status=status))

    def told(self, *, types: Sequence[str] = (), statuses: Sequence[str] = ()) -> Iterator[Told]:
        """Yield the events as `events` does, each with the reports that tell it."""
        events = self.events(types=types, statuses=statuses)
        while some := list(islice(events, _AT_A_TIME)):
            ids = {mention.report for event in some for mention in event.mentions}
            lines = report_lines_by_id(self.record, ids)
            for event in some:
                theirs = dict.fromkeys(mention.report for mention in event.mentions)
                yield Told(event, {id_: lines[id_] for id_ in theirs if id_ in lines})

    def report_lines(self) -> Iterator[ReportLine]:
        """Yield the reports that tell them, by source; without filters all reports."""
        return stream_report_lines(self.record, self.filters)

    def links(self) -> Iterator[Link]:
        """Yield the links between them."""
        return stream_links(self.record, self.filters)


def counted(number: int, noun: str) -> str:
    """Return a number of things in words: "1 event", "2,000 events"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _both(asked: tuple[str, ...], known: Sequence[str]) -> tuple[str, ...] | None:
    """Return what is both asked for and known, where none means all; None for nothing."""
    if not asked or not known:
        return asked or tuple(known)
    return tuple(value for value in asked if value in known) or None
