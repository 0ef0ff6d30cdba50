"""Tallies: what is counted over all events that pass the filters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Table, and_, case, func, select, true

from parley.record.finding.conditions import brought_together, conditions, passing, takes_part
from parley.record.finding.filters import Filters, Page, Paging
from parley.record.finding.naming import meaning
from parley.record.finding.pages import Kind, of_kind
from parley.record.schema import (
    events,
    participants,
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
    """The talks to which one party brought others: how many, of which `ahead`, `called_off`.

    `mediator` is who mediated, or where nobody did the host.
    """

    mediator: str
    talks: int
    ahead: int
    called_off: int
    first: date | None
    last: date | None


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
    return passing(filters, part, dialect=record.dialect)


def count_parties(
    record: Record,
    filters: Filters,
    paging: Paging,
    *,
    persons: bool = False,
    populations: bool = True,
) -> Page[Presence]:
    """Return who takes part in the events that pass the filters, the most frequent first.

    That is the persons, or all others, with or without populations ("villagers", a town).
    """
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
        .where(true() if populations else participants.c.kind != "population")
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
        .where(where, brought_together())
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
    query = query.where(_passing(record, filters, tellers))
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
