"""The calendar: what is ahead, and what was announced and never heard of again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from parley.model import Event, EventMention, ReportLine
from parley.record import Record
from parley.record.finding import (
    Filters,
    Page,
    Paging,
    events_by_id,
    find_alike,
    find_events,
    last_day,
    narrow,
    report_lines_by_id,
)
from parley.views.quotes import Quote, Quotes
from parley.views.timeline import TimelineRow

_SETTLED = ("happened", "ongoing", "called_off")
_BEFORE, _AFTER = timedelta(days=3), timedelta(days=14)
_WIDEST = timedelta(days=31)  # how long before a day that begins of which the month alone is told


class CalendarRow(Struct, frozen=True, kw_only=True):
    """Something announced; `quote` are the words of the report that told it last.

    `heard` is an event that most likely tells what came of it: see `heard_of`.
    """

    row: TimelineRow
    quote: Quote
    last_told: date | None
    heard: TimelineRow | None = None


class Calendar(Struct, frozen=True, kw_only=True):
    """What lies ahead of the day `on`, and what lies behind it that nobody told the end of."""

    on: date
    ahead: Page[CalendarRow]
    unheard: Page[CalendarRow]


def show_calendar(
    record: Record,
    filters: Filters = Filters(),
    paging: Paging = Paging(),
    *,
    on: date | None = None,
) -> Calendar:
    """Return what is announced, as seen from a day: that of the last report unless given.

    What is ahead comes in the order of time; what was never heard of again, the latest
    first: its day is past, and no report tells it as held, put off or called off.  Those of
    which another event of the record most likely does are among them, with that one.
    """
    on = on or last_day(record) or date.today()
    filters = narrow(record, filters, kind="announced")
    return Calendar(
        on=on,
        ahead=_page(record, find_events(record, filters, paging, kind="ahead", on=on)),
        unheard=_page(
            record, find_events(record, filters, paging, kind="unheard", order="latest", on=on)
        ),
    )


def _page(record: Record, found: Page[Event]) -> Page[CalendarRow]:
    heard = heard_of(record, found.rows)
    quotes = Quotes(record, [*found.rows, *heard.values()])
    reports = {mention.report for event in found.rows for mention in event.mentions}
    lines = report_lines_by_id(record, reports)
    rows = []
    for event in found.rows:
        latest = max(event.mentions, key=lambda mention: _written(mention, lines))
        day = _written(latest, lines)
        rows.append(
            CalendarRow(
                row=quotes.row(event),
                quote=quotes.of(latest),
                last_told=None if day == date.min else day,
                heard=quotes.row(heard[event.id]) if event.id in heard else None,
            )
        )
    return Page(rows=rows, total=found.total, limit=found.limit, offset=found.offset)


def heard_of(record: Record, announced: Sequence[Event]) -> dict[str, Event]:
    """Return by id, for what was announced, an event that most likely tells what came of it.

    That is one of the same type that was held, lasts or was called off, from a few days before to
    two weeks after the day announced, with two parties in common, or one and the place.  Of
    several the nearest in time stands.
    """
    nearest = {}
    for event in announced:
        if event.when is None or event.when.end is None:
            continue
        day, last = event.when.start, event.when.end + _AFTER
        alike = find_alike(
            record,
            Filters(type=(event.type,), status=_SETTLED, since=day - _BEFORE, until=last),
            begun=day - _BEFORE - _WIDEST,
            parties={party.name for party in event.participants if party.kind != "population"},
            places={place.name for place in event.where},
        )
        apart = [(abs((other - day).days), at) for at, (_, other) in enumerate(alike)]
        if apart:
            nearest[event.id] = alike[min(apart)[1]][0]
    found = events_by_id(record, nearest.values())
    return {id_: found[other] for id_, other in nearest.items()}


def _written(mention: EventMention, lines: Mapping[str, ReportLine]) -> date:
    line = lines.get(mention.report)
    return line.published.end if line and line.published else date.min
