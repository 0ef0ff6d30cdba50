"""The calendar: what is ahead, and what was announced and never heard of again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from parley.model import Event, EventMention, ReportLine
from parley.record import Record
from parley.record.finding import (
    Filters,
    Page,
    Paging,
    find_events,
    last_day,
    narrow,
    report_lines_by_id,
)
from parley.views.quotes import Quote, Quotes
from parley.views.timeline import TimelineRow


class CalendarRow(Struct, frozen=True, kw_only=True):
    """Something announced; `quote` are the words of the report that told it last."""

    row: TimelineRow
    quote: Quote
    last_told: date | None


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
    first: its day is past, and no report tells it as held, put off or called off.
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
    quotes = Quotes(record, found.rows)
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
            )
        )
    return Page(rows=rows, total=found.total, limit=found.limit, offset=found.offset)


def _written(mention: EventMention, lines: Mapping[str, ReportLine]) -> date:
    line = lines.get(mention.report)
    return line.published.end if line and line.published else date.min
