"""Events in the order in which they happened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import groupby

from msgspec import Struct

from parley.model import Event, EventType, Status, When
from parley.record import Record
from parley.record.finding import Filters, Order, Page, Paging, find_events, short_length
from parley.views.phrases import phrase_when


class TimelineRow(Struct, frozen=True, kw_only=True):
    """An event in a line.

    `short_id` are the first characters of `id`, as many as no other event's begins with
    (as things stand; the whole `id` stays).  `date` is `when` in words.  `reports` and
    `mentions` are how many tell it, `sources` how many of these reports are independent,
    `disputed` the fields in which they differ.
    """

    id: str
    short_id: str
    date: str
    when: When | None
    status: Status
    type: EventType
    mode: str | None
    summary: str
    parties: tuple[str, ...]
    places: tuple[str, ...]
    reports: int
    sources: int
    mentions: int
    disputed: tuple[str, ...]


class TimelineDate(Struct, frozen=True, kw_only=True):
    """The events of one date, as it is known: "5 May 2023", "May 2023", "undated"."""

    date: str
    rows: tuple[TimelineRow, ...]


def list_timeline(
    record: Record,
    *,
    type: str | Collection[str] = (),
    status: str | Collection[str] = (),
    party: str | None = None,
    since: date | None = None,
    until: date | None = None,
    place: str | None = None,
    text: str | None = None,
) -> Iterator[TimelineDate]:
    """Yield the events that pass every filter, by date, undated ones last.

    The filters are those of `Record.events`.
    """
    events = record.events(
        type=type,
        status=status,
        party=party,
        since=since,
        until=until,
        place=place,
        text=text,
    )
    length = record.short_length()
    yield from by_date(row_of(event, length=length) for event in events)


def show_timeline(
    record: Record,
    filters: Filters = Filters(),
    paging: Paging = Paging(),
    *,
    order: Order = "time",
) -> Page[TimelineRow]:
    """Return a page of the events, in the order of time or the latest first.

    Undated events come last.  Raises `WrongFilter`.
    """
    found = find_events(record, filters, paging, order=order)
    length = short_length(record, [event.id for event in found.rows])
    return Page(
        rows=[row_of(event, length=length) for event in found.rows],
        total=found.total,
        limit=found.limit,
        offset=found.offset,
    )


def by_date(rows: Iterable[TimelineRow]) -> Iterator[TimelineDate]:
    """Yield rows by the date that they share with their neighbours."""
    for when, some in groupby(rows, key=lambda row: row.date):
        yield TimelineDate(date=when, rows=tuple(some))


def row_of(event: Event, *, length: int) -> TimelineRow:
    """Return an event as a line of the timeline, its short id of a given length."""
    return TimelineRow(
        id=event.id,
        short_id=event.id[:length],
        date=phrase_when(event.when),
        when=event.when,
        status=event.status,
        type=event.type,
        mode=event.mode,
        summary=event.summary,
        parties=tuple(dict.fromkeys(participant.name for participant in event.participants)),
        places=tuple(dict.fromkeys(place.name for place in event.where)),
        reports=len({mention.report for mention in event.mentions}),
        sources=event.sources,
        mentions=len(event.mentions),
        disputed=tuple(disagreement.field for disagreement in event.disagreements),
    )
