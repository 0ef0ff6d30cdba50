"""From filters to SQL."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    exists,
    func,
    or_,
    select,
)

from parley.record.names import folded
from parley.record.schema import NEVER, events, participants, places
from parley.record.searching import has_words


def select_events(
    *,
    type: str | Collection[str],
    status: str | Collection[str],
    party: str | None,
    since: date | None,
    until: date | None,
    place: str | None,
    text: str | None,
    dialect: str,
) -> Select[tuple[str]]:
    """Return the query for the events that pass every filter, in the order of `when`.

    Events without a date come last, and are left out where `since` or `until` is given.
    """
    query = select(events.c.data)
    for column, wanted in ((events.c.type, type), (events.c.status, status)):
        values = (wanted,) if isinstance(wanted, str) else tuple(wanted)
        if values:
            query = query.where(column.in_(values))
    if since:
        lasts = events.c.when_end.is_(None) & events.c.when_start.is_not(None)
        query = query.where(or_(events.c.when_end >= since, lasts))
    if until:
        query = query.where(events.c.when_start <= until)
    if party:
        query = query.where(_has_part(participants, party))
    if place:
        query = query.where(_has_part(places, place))
    if (words := has_words(dialect, text or "")) is not None:
        query = query.where(words)
    return query.order_by(*in_order_of_time())


def in_order_of_time() -> tuple[ColumnElement[object], ...]:
    """Return what events are sorted by: begin, end, kind, id; those without a date last."""
    return (
        func.coalesce(events.c.when_start, NEVER),
        func.coalesce(events.c.when_end, NEVER),
        events.c.type,
        events.c.id,
    )


def _has_part(part: Table, name: str) -> ColumnElement[bool]:
    """Return the condition that a part of the event (a participant, a place) has a name.

    The words of the name must follow one another; the code of a country is a name too.
    """
    words = folded(name)
    has = part.c.words.contains(f" {words} ", autoescape=True) if words else part.c.name == name
    return exists().where(and_(part.c.event == events.c.id, has))
