"""Tallies: what is counted over all events that pass the filters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Table, and_, case, func, select, true

from parley.model import CountKind
from parley.record.finding.conditions import conditions, takes_part
from parley.record.finding.filters import Filters, Page, Paging
from parley.record.finding.naming import meaning
from parley.record.finding.pages import Kind, of_kind
from parley.record.schema import (
    counts,
    events,
    participants,
    places,
    reports,
    tellers,
)
from parley.record.store import Record

_AHEAD = ("scheduled", "expected", "proposed")


class Presence(Struct, frozen=True, kw_only=True):
    """How often somebody takes part: `events` in all, and from when to when."""

    name: str
    kind: str
    country: str | None
    events: int
    first: date | None
    last: date | None
    by_type: Mapping[str, int] = {}


class Track(Struct, frozen=True, kw_only=True):
    """The talks that one party mediated: how many, of which `ahead` and `called_off`."""

    mediator: str
    talks: int
    ahead: int
    called_off: int
    first: date | None
    last: date | None


class Claim(Struct, frozen=True, kw_only=True):
    """What one source gives: `by` is None for the outlets themselves."""

    by: str | None
    low: int
    best: int
    high: int


class Toll(Struct, frozen=True, kw_only=True):
    """Figures of one kind for one side in one event, over all who give some.

    `low` and `high` are the least and the most that any of the `claims` says, `best` the
    figure that is told most often (of equals the lower).  `place` and `day` are the
    event's, `side` None where it is not told whose they are.
    """

    event: str
    what: CountKind
    side: str | None
    day: date | None
    place: str | None
    status: str
    low: int
    best: int
    high: int
    claims: tuple[Claim, ...]


class Outlet(Struct, frozen=True, kw_only=True):
    """What an outlet told.

    `alone` are the events that no other tells, `earliest` those that others tell too, none
    of them on an earlier day.
    """

    name: str
    reports: int
    events: int
    alone: int
    earliest: int


def _passing(record: Record, filters: Filters, part: Table) -> ColumnElement[bool]:
    """Return the condition that a row of a part is of an event that passes the filters."""
    filters.check()
    if filters == Filters():
        return true()
    return part.c.event.in_(select(events.c.id).where(conditions(filters, dialect=record.dialect)))


def count_parties(
    record: Record, filters: Filters, paging: Paging, *, persons: bool = False
) -> Page[Presence]:
    """Return who takes part in the events that pass the filters, the most frequent first."""
    paging.check()
    where = _passing(record, filters, participants)
    is_person = participants.c.kind == "person"
    query = (
        select(
            participants.c.name,
            participants.c.type,
            func.min(participants.c.kind),
            func.min(participants.c.country),
            func.count(),
            func.min(participants.c.day),
            func.max(participants.c.day),
        )
        .where(where, ~participants.c.again, is_person if persons else ~is_person)
        .group_by(participants.c.name, participants.c.type)
    )
    found: dict[str, list[Any]] = {}
    for row in record.rows(query):
        found.setdefault(row[0], []).append(row)
    present = sorted(
        (_presence(name, rows) for name, rows in found.items()),
        key=lambda presence: (-presence.events, presence.name),
    )
    return Page(
        rows=present[paging.offset : paging.offset + paging.limit],
        total=len(present),
        limit=paging.limit,
        offset=paging.offset,
    )


def _presence(name: str, rows: list[Any]) -> Presence:
    """Return what the rows of one name, one a type, tell together."""
    days = [day for row in rows for day in (_day(row[5]), _day(row[6])) if day is not None]
    types = sorted(((row[1], row[4]) for row in rows), key=lambda pair: (-pair[1], pair[0]))
    return Presence(
        name=name,
        kind=rows[0][2],
        country=next((row[3] for row in rows if row[3]), None),
        events=sum(row[4] for row in rows),
        first=min(days, default=None),
        last=max(days, default=None),
        by_type=dict(types),
    )


def count_people(
    record: Record, filters: Filters
) -> list[tuple[str, str, str | None, int, date | None, date | None]]:
    """Return who acts for whom, for each text of persons that participants have.

    A row is the persons, the party, its country, the events, their first and last day.
    """
    query = (
        select(
            participants.c.people,
            participants.c.name,
            func.min(participants.c.country),
            func.count(),
            func.min(participants.c.day),
            func.max(participants.c.day),
        )
        .where(_passing(record, filters, participants))
        .where(participants.c.people.is_not(None))
        .group_by(participants.c.people, participants.c.name)
    )
    return [
        (people, party, country, told, _day(first), _day(last))
        for people, party, country, told, first, last in record.rows(query)
    ]


def count_met(record: Record, filters: Filters, name: str, *, most: int) -> dict[str, int]:
    """Return with whom a party held talks, and how often, the most frequent first."""
    mine = select(participants.c.event).where(takes_part(meaning(name)))
    number = func.count(participants.c.event.distinct())
    query = (
        select(participants.c.name, number)
        .where(_passing(record, filters, participants), participants.c.type == "CONSULT")
        .where(participants.c.event.in_(mine), ~takes_part(meaning(name)))
        .group_by(participants.c.name)
        .order_by(number.desc(), participants.c.name)
        .limit(most)
    )
    return dict(record.rows(query))


def find_tracks(record: Record, filters: Filters, paging: Paging) -> Page[Track]:
    """Return the tracks of talks by mediator, the latest first."""
    paging.check()
    where = and_(_passing(record, filters, participants), participants.c.type == "CONSULT")
    number = func.count(participants.c.event.distinct())
    last = func.max(participants.c.day)
    query = (
        select(
            participants.c.name,
            number,
            func.sum(case((participants.c.status.in_(_AHEAD), 1), else_=0)),
            func.sum(case((participants.c.status == "called_off", 1), else_=0)),
            func.min(participants.c.day),
            last,
        )
        .where(where, participants.c.role == "mediator")
        .group_by(participants.c.name)
        .order_by(last.is_(None), last.desc(), number.desc(), participants.c.name)
    )
    rows = record.rows(query)
    tracks = [
        Track(mediator=name, talks=told, ahead=ahead, called_off=off, first=_day(first),
              last=_day(latest))
        for name, told, ahead, off, first, latest in rows
    ]  # fmt: skip
    shown = tracks[paging.offset : paging.offset + paging.limit]
    return Page(rows=shown, total=len(tracks), limit=paging.limit, offset=paging.offset)


def find_tolls(record: Record, filters: Filters) -> list[Toll]:
    """Return the figures of each incident of fighting that has some.

    What one source gives in one telling adds up ("two women and a child").
    """
    figure = func.coalesce(counts.c.best, counts.c.low, counts.c.high)
    query = (
        select(
            counts.c.event,
            counts.c.what,
            counts.c.side,
            func.sum(func.coalesce(counts.c.low, figure)),
            func.sum(figure),
            func.sum(func.coalesce(counts.c.high, figure)),
            func.min(counts.c.day),
            func.min(counts.c.status),
            counts.c.claimed_by,
        )
        .where(_passing(record, filters, counts), counts.c.type == "ASSAULT")
        .where(figure.is_not(None), counts.c.what != "deployed")
        .group_by(
            counts.c.event, counts.c.what, counts.c.side, counts.c.mention, counts.c.claimed_by
        )
    )
    grouped: dict[tuple[str, CountKind, str | None], list[Any]] = {}
    for row in record.rows(query):
        grouped.setdefault((row[0], row[1], row[2]), []).append(row)
    at = _first_places(record, filters)
    return [
        Toll(
            event=event,
            what=what,
            side=side,
            day=_day(rows[0][6]),
            place=at.get(event),
            status=rows[0][7],
            low=min(int(row[3]) for row in rows),
            best=_commonest([int(row[4]) for row in rows]),
            high=max(int(row[5]) for row in rows),
            claims=tuple(
                Claim(by=row[8], low=int(row[3]), best=int(row[4]), high=int(row[5]))
                for row in rows
            ),
        )
        for (event, what, side), rows in grouped.items()
    ]


def _commonest(figures: list[int]) -> int:
    return min(set(figures), key=lambda figure: (-figures.count(figure), figure))


def _first_places(record: Record, filters: Filters) -> dict[str, str]:
    """Return the first place of each event that has figures."""
    told = select(counts.c.event).where(counts.c.type == "ASSAULT")
    query = select(places.c.event, places.c.name).where(
        places.c.position == 0, places.c.event.in_(told), _passing(record, filters, places)
    )
    return dict(record.rows(query))


def count_statuses(record: Record, filters: Filters, *, kind: Kind) -> dict[str, int]:
    """Return how many events of a kind there are by status."""
    where = and_(conditions(filters, dialect=record.dialect), of_kind(kind))
    number = func.count()
    query = select(events.c.status, number).where(where).group_by(events.c.status)
    return dict(record.rows(query.order_by(number.desc(), events.c.status)))


def count_outlets(record: Record, filters: Filters, paging: Paging) -> Page[Outlet]:
    """Return what each outlet told of the events that pass the filters, the busiest first."""
    paging.check()
    number = func.count()
    query = select(
        tellers.c.outlet,
        number,
        func.sum(case((tellers.c.alone, 1), else_=0)),
        func.sum(case((tellers.c.earliest, 1), else_=0)),
    )
    if filters != Filters():
        query = query.join(events, events.c.id == tellers.c.event)
        query = query.where(conditions(filters, dialect=record.dialect))
    query = query.group_by(tellers.c.outlet).order_by(number.desc(), tellers.c.outlet)
    rows = record.rows(query)
    by_name = select(reports.c.outlet, func.count()).group_by(reports.c.outlet)
    written = {name or "": count for name, count in record.rows(by_name)}
    shown = rows[paging.offset : paging.offset + paging.limit]
    return Page(
        rows=[
            Outlet(name=outlet, reports=written.get(outlet, 0), events=events_, alone=alone,
                   earliest=earliest)
            for outlet, events_, alone, earliest in shown
        ],
        total=len(rows),
        limit=paging.limit,
        offset=paging.offset,
    )  # fmt: skip


def _day(value: Any) -> date | None:  # noqa: ANN401 - SQLite's max() of a day is its text
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))
