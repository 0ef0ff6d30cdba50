"""Tolls: what is told of the dead and wounded, over all incidents that pass the filters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, func, not_, select

from parley.model import CountKind, Status
from parley.record.finding.conditions import passing
from parley.record.finding.filters import Filters
from parley.record.schema import events, tolls
from parley.record.store import Record


class Toll(Struct, frozen=True, kw_only=True):
    """Figures of one kind for one side in one event, over all who give some.

    `low` and `high` are the least and the most that anybody says, `best` the figure that is
    told most often (of equals the lower).  `place`, and `day` and
    `until` (from when to when it happened at most) are the event's, `side` None
    where it is not told whose they are.  Those that are `dead` add up to the incident's: the
    killed of no side stand for all.
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
    dead: bool
    until: date | None = None


class TollSum(Struct, frozen=True, kw_only=True):
    """Figures of one kind for one side, added up over `incidents` of one status.

    Over all who give some, or, where `single`, of one who does: `by` is None for the outlets.
    """

    single: bool
    by: str | None
    what: CountKind
    side: str | None
    status: str
    incidents: int
    low: int
    best: int
    high: int


class DeadSum(Struct, frozen=True, kw_only=True):
    """The dead of `incidents`, added up for a time or a place.

    `at` is the place, or the day that they began on, `until` the last one that they may have
    happened on; None where it is not known.
    """

    at: Any
    until: date | None = None
    incidents: int
    low: int
    best: int
    high: int


def find_tolls(record: Record, filters: Filters) -> list[Toll]:
    """Return the figures of each incident of fighting that has some."""
    columns = [tolls.c[name] for name in Toll.__struct_fields__ if name != "until"]
    query = (
        select(*columns, events.c.when_end)
        .select_from(tolls.join(events, events.c.id == tolls.c.event))
        .where(_passing(record, filters), not_(tolls.c.single))
    )
    rows = record.rows(query.order_by(tolls.c.event, tolls.c.position))
    return [Toll(**dict(zip(Toll.__struct_fields__, row, strict=True))) for row in rows]


def sum_tolls(record: Record, filters: Filters) -> list[TollSum]:
    """Return the figures of all incidents, by kind, side, status and who gives them."""
    keys = (tolls.c.single, tolls.c.claimed_by, tolls.c.what, tolls.c.side, tolls.c.status)
    query = select(*keys, func.count(tolls.c.event.distinct()), *_sums())
    query = query.where(_passing(record, filters)).group_by(*keys)
    return [
        TollSum(
            single=single, by=by, what=what, side=side, status=status, incidents=incidents,
            low=int(low), best=int(best), high=int(high),
        )
        for single, by, what, side, status, incidents, low, best, high in record.rows(query)
    ]  # fmt: skip


def sum_dead(
    record: Record,
    filters: Filters,
    *,
    by: Literal["time", "place"],
    statuses: Collection[Status],
) -> list[DeadSum]:
    """Return the dead of the incidents of some statuses, by time or by place, in its order."""
    keys: Sequence[ColumnElement[Any]] = (
        (tolls.c.place,) if by == "place" else (events.c.when_start, events.c.when_end)
    )
    where = and_(_passing(record, filters), tolls.c.dead, tolls.c.status.in_(list(statuses)))
    found = tolls if by == "place" else tolls.join(events, events.c.id == tolls.c.event)
    columns: Sequence[ColumnElement[Any]] = (
        func.count(tolls.c.event.distinct()), *_sums(), *keys)  # fmt: skip
    query = (
        select(*columns)
        .select_from(found)
        .where(where)
        .group_by(*keys)
        .order_by(keys[0].is_(None), *keys)
    )
    return [
        DeadSum(
            at=at[0], until=(*at, None)[1], incidents=incidents,
            low=int(low), best=int(best), high=int(high),
        )
        for incidents, low, best, high, *at in record.rows(query)
    ]  # fmt: skip


def _sums() -> Sequence[ColumnElement[int]]:
    return [func.sum(tolls.c[name]) for name in ("low", "best", "high")]


def _passing(record: Record, filters: Filters) -> ColumnElement[bool]:
    return passing(filters, tolls, dialect=record.dialect)
