"""Streams: all that passes the filters, a few hundred rows in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
from sqlalchemy import Select, and_, select

from parley.model import Event, Link, ReportLine
from parley.record.finding.conditions import conditions
from parley.record.finding.filters import Filters
from parley.record.finding.pages import RARE, Kind, of_kind
from parley.record.queries import in_order_of_time
from parley.record.schema import event_mentions, events, links, reports
from parley.record.store import Record

_SHORT = timedelta(days=366)


def stream_events(
    record: Record, filters: Filters, *, kind: Kind = "any", on: date | None = None
) -> Iterator[Event]:
    """Yield the events that pass the filters and are of a kind, by time, undated ones last.

    `on` is the day from which "ahead" and "unheard" look.  Raises `WrongFilter`.
    """
    where = and_(conditions(filters, dialect=record.dialect), of_kind(kind, on))
    if kind in RARE or _is_short(filters):
        # Few pass: they are found first, then sorted, rather than met in the order of time.
        where = events.c.number.in_(select(events.c.number).where(where))
    query = select(events.c.data).where(where).order_by(*in_order_of_time())
    decoder = msgspec.json.Decoder(Event)
    for (data,) in record.stream(query):
        yield decoder.decode(data)


def stream_report_lines(record: Record, filters: Filters) -> Iterator[ReportLine]:
    """Yield the public form of the reports that tell the events, by source, then id.

    Without filters all reports, those that tell nothing too.
    """
    query = select(reports.c.data).order_by(reports.c.source, reports.c.id)
    if filters != Filters():
        telling = select(event_mentions.c.report).where(
            event_mentions.c.event.in_(_passing(record, filters))
        )
        query = query.where(reports.c.id.in_(telling))
    for (data,) in record.stream(query):
        yield msgspec.json.decode(data, type=ReportLine)


def stream_links(record: Record, filters: Filters) -> Iterator[Link]:
    """Yield the links of which both ends pass the filters, by from, relation and to."""
    query = select(links.c.data).order_by(links.c["from"], links.c.relation, links.c.to)
    if filters != Filters():
        passing = _passing(record, filters)
        query = query.where(links.c["from"].in_(passing), links.c.to.in_(passing))
    for (data,) in record.stream(query):
        yield msgspec.json.decode(data, type=Link)


def _is_short(filters: Filters) -> bool:
    if filters.since is None or filters.until is None:
        return False
    return filters.until - filters.since < _SHORT


def _passing(record: Record, filters: Filters) -> Select[tuple[str]]:
    return select(events.c.id).where(conditions(filters, dialect=record.dialect))
