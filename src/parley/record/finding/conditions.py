"""From filters to the conditions of a query."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, radians

import msgspec
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    Table,
    and_,
    any_,
    cast,
    func,
    or_,
    select,
    true,
)

from parley.record.finding.filters import Filters, Narrowed, Near
from parley.record.finding.naming import Meant, meaning
from parley.record.schema import (
    event_mentions,
    events,
    participants,
    places,
    reports,
    suggestions,
    tellers,
)
from parley.record.searching import has_words

_KM_PER_DEGREE = 111.195
_SIDES, _TWO = ("actor", "recipient", "signatory"), 2


def conditions(filters: Filters, *, dialect: str) -> ColumnElement[bool]:
    """Return the condition that an event passes every filter.  Raises `WrongFilter`."""
    filters.check()
    return and_(true(), *_conditions(filters, dialect))


def passing(filters: Filters, part: Table, *, dialect: str) -> ColumnElement[bool]:
    """Return the condition that a row of a part is of an event that passes the filters."""
    filters.check()
    if filters == Filters():
        return true()
    return part.c.event.in_(select(events.c.id).where(conditions(filters, dialect=dialect)))


def _conditions(filters: Filters, dialect: str) -> Iterator[ColumnElement[bool]]:
    if isinstance(filters, Narrowed):
        yield _among(filters.numbers, dialect)
        return
    chosen = ((events.c.type, filters.type), (events.c.status, filters.status),
              (events.c.mode, filters.mode))  # fmt: skip
    for column, values in chosen:
        if values:
            yield column.in_(values)
    if filters.since:
        lasts = events.c.when_end.is_(None) & events.c.when_start.is_not(None)
        yield or_(events.c.when_end >= filters.since, lasts)
    if filters.until:
        yield events.c.when_start <= filters.until
    for name in filters.party:
        yield _has_part(participants, takes_part(meaning(name)))
    if filters.place:
        yield _has_part(places, _is_place(meaning(filters.place)))
    if filters.country:
        meant = meaning(filters.country)
        yield _has_part(places, places.c.country == (meant.code or filters.country.upper()))
    if filters.near:
        yield _has_part(places, _is_near(filters.near))
    yield from _told_so(filters, dialect)


def _told_so(filters: Filters, dialect: str) -> Iterator[ColumnElement[bool]]:
    if filters.source:
        yield _told_by(_has(reports.c.source, filters.source))
    if filters.outlet:
        named = _has(tellers.c.outlet, filters.outlet)
        yield events.c.id.in_(select(tellers.c.event).where(named))
    words = has_words(dialect, filters.text or "")
    if words is not None:
        yield words
    if filters.min_sources is not None and filters.min_sources > 1:
        yield events.c.sources >= filters.min_sources
    if filters.min_confidence is not None:
        yield events.c.confidence >= filters.min_confidence
    if filters.thin is not None:
        yield events.c.thin.is_(filters.thin)
    if filters.disputed:
        yield events.c.disagreements > 0
    if filters.corrected:
        yield events.c.id.in_(select(suggestions.c.event).where(suggestions.c.shown))


def takes_part(meant: Meant) -> ColumnElement[bool]:
    """Return the condition that a row of `participants` is the party that is meant.

    `words` of a row holds its name, country, side and persons, each set apart by bars.
    """
    column = participants.c.words
    if meant.name is None:
        return column.contains(f" {meant.words} ", autoescape=True)
    end = "|" if meant.whole else ""
    return column.contains(f"| {meant.name} {end}", autoescape=True)


def _is_place(meant: Meant) -> ColumnElement[bool]:
    named = places.c.words.contains(f" {meant.words} ", autoescape=True)
    return named | (places.c.country == meant.code) if meant.code else named


def _has_part(part: Table, has: ColumnElement[bool]) -> ColumnElement[bool]:
    return events.c.id.in_(select(part.c.event).where(has))


def _among(numbers: tuple[int, ...], dialect: str) -> ColumnElement[bool]:
    """Return the condition that an event has one of many numbers."""
    if dialect == "sqlite":
        # One value to bind, however many they are.
        listed = func.json_each(msgspec.json.encode(numbers).decode()).table_valued("value")
        return events.c.number.in_(select(listed.c.value))
    return events.c.number == any_(cast(list(numbers), ARRAY(Integer)))


def _told_by(report: ColumnElement[bool]) -> ColumnElement[bool]:
    theirs = select(reports.c.id).where(report)
    told = select(event_mentions.c.event).where(event_mentions.c.report.in_(theirs))
    return events.c.id.in_(told)


def _has(column: ColumnElement[str | None], words: str) -> ColumnElement[bool]:
    return func.lower(column).contains(words.strip().lower(), autoescape=True)


def _is_near(near: Near) -> ColumnElement[bool]:
    """Return the condition that a place lies in the circle, on a sphere (haversine)."""
    lat, lon = places.c.lat, places.c.lon
    high = near.km / _KM_PER_DEGREE
    box = and_(lat.is_not(None), lat.between(near.lat - high, near.lat + high))
    one, two = func.radians(near.lat), func.radians(lat)
    half = func.power(func.sin((two - one) / 2), 2) + func.cos(one) * func.cos(two) * func.power(
        func.sin(func.radians(lon - near.lon) / 2), 2
    )
    narrow = max(cos(radians(near.lat)), 0.0)
    wide = high / narrow if narrow > 0.01 else 360.0
    if near.lon - wide >= -180 and near.lon + wide <= 180:
        # Away from the poles a degree of longitude is widest towards the equator.
        box = and_(box, lon.between(near.lon - wide * 1.5, near.lon + wide * 1.5))
    limit = func.power(func.sin(near.km / 6371.0 / 2), 2)
    return and_(box, half <= limit)


def brought_together() -> ColumnElement[bool]:
    """Return the condition that a row of the participants is of who brought others together.

    That is who mediated, and where nobody did, who was host to two others at least.
    """
    other = participants.alias()
    beside = select(func.count(other.c.name.distinct())).where(
        other.c.event == participants.c.event
    )
    mediated = beside.where(other.c.role == "mediator").scalar_subquery()
    sides = beside.where(other.c.role.in_(_SIDES), other.c.name != participants.c.name)
    alone = and_(mediated == 0, sides.scalar_subquery() >= _TWO)
    role = participants.c.role
    return or_(role == "mediator", and_(role == "host", alone))
