"""Quotes: the reports' own words behind what a view says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from parley.model import Event, EventMention, ReportLine, Status
from parley.record import Record
from parley.record.finding import report_lines_by_id, short_length
from parley.views.phrases import phrase_published
from parley.views.timeline import TimelineRow, row_of


class Quote(Struct, frozen=True, kw_only=True):
    """Words of a report: `start` to `end` of its text, and who is quoted for them.

    `outlet` is the file's name where the report names none; `written` the report's date
    in words, `by` those quoted (none: the outlet says it in its own voice).
    """

    mention: str
    report: str
    source: str
    outlet: str
    written: str
    start: int
    end: int
    text: str
    status: Status
    background: bool
    by: tuple[str, ...]


class Quotes:
    """The quotes of some events, their reports looked up once."""

    def __init__(self, record: Record, events: Iterable[Event]) -> None:
        events = list(events)
        reports = {mention.report for event in events for mention in event.mentions}
        self._lines = report_lines_by_id(record, reports)
        self._length = short_length(record, {event.id for event in events})

    def of(self, mention: EventMention) -> Quote:
        """Return the quote of a mention."""
        line = self._lines.get(mention.report)
        return Quote(
            mention=mention.id,
            report=mention.report,
            source=line.source if line else mention.report,
            outlet=outlet_of(line) if line else mention.report,
            written=phrase_published(line.published if line else None),
            start=mention.start,
            end=mention.end,
            text=mention.text,
            status=mention.status,
            background=mention.background,
            by=tuple(dict.fromkeys(said.name for said in mention.attribution)),
        )

    def all_of(self, event: Event) -> tuple[Quote, ...]:
        """Return the quotes of all mentions of an event."""
        return tuple(self.of(mention) for mention in event.mentions)

    def row(self, event: Event) -> TimelineRow:
        """Return an event as a line of the timeline."""
        return row_of(event, length=self._length)

    def rows(self, events: Sequence[Event]) -> Mapping[str, TimelineRow]:
        """Return events as lines, by id."""
        return {event.id: self.row(event) for event in events}


def outlet_of(line: ReportLine) -> str:
    """Return what a report is called by: its outlet, else the name of its file or page."""
    return line.outlet or line.source.rstrip("/").rpartition("/")[2] or line.source


def names_in(event: Event, *roles: str) -> tuple[str, ...]:
    """Return the names of those who take part in one of these roles, each once."""
    found = (party.name for party in event.participants if party.role in roles)
    return tuple(dict.fromkeys(found))
