"""Tellers: which outlets tell an event, from when on, and whether one tells it alone."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, case, delete, false, func, select, true

from parley.record.schema import event_mentions, reports, tellers

_AT_A_TIME = 500


def fill_tellers(connection: Connection, events: Collection[str]) -> None:
    """Write who tells these events, in the place of what is written of them."""
    ids = sorted(events)
    for at in range(0, len(ids), _AT_A_TIME):
        _fill(connection, ids[at : at + _AT_A_TIME])


def events_told_by(connection: Connection, report: str) -> list[str]:
    """Return the events that a report tells."""
    told = event_mentions.c
    query = select(told.event).distinct().where(told.report == report)
    return [str(row[0]) for row in connection.execute(query)]


def _fill(connection: Connection, ids: list[str]) -> None:
    connection.execute(delete(tellers).where(tellers.c.event.in_(ids)))
    outlet = func.coalesce(reports.c.outlet, "")
    found = (
        select(
            event_mentions.c.event.label("event"),
            outlet.label("outlet"),
            func.min(reports.c.published_start).label("day"),
        )
        .join(reports, reports.c.id == event_mentions.c.report)
        .where(event_mentions.c.event.in_(ids))
        .group_by(event_mentions.c.event, outlet)
        .subquery()
    )
    number = func.count().over(partition_by=found.c.event)
    first = func.min(found.c.day).over(partition_by=found.c.event)
    connection.execute(
        tellers.insert().from_select(
            ["event", "outlet", "day", "alone", "earliest"],
            select(
                found.c.event,
                found.c.outlet,
                found.c.day,
                case((number == 1, true()), else_=false()),
                case(((found.c.day == first) & (number > 1), true()), else_=false()),
            ),
        )
    )
