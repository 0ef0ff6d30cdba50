"""Pages: the events that pass the filters and are of a kind, a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true

from parley.model import Event, Link, ReportLine, Status
from parley.record import schema
from parley.record.finding.conditions import brought_together, conditions
from parley.record.finding.filters import Filters, Page, Paging
from parley.record.queries import in_order_of_time
from parley.record.schema import events, links, participants
from parley.record.store import Record

# What a view asks for besides its filters.
Kind = Literal[
    "any", "talks", "agreements", "accords", "fighting", "claims", "announced", "ahead", "unheard",
    "disputed", "past",
]  # fmt: skip
Order = Literal["time", "latest"]
_AHEAD: tuple[Status, ...] = ("scheduled", "expected", "proposed")
# What few events are: found first, then sorted.
RARE = frozenset({"announced", "ahead", "unheard", "disputed"})
_AT_A_TIME = 500


def find_events(
    record: Record,
    filters: Filters,
    paging: Paging,
    *,
    kind: Kind = "any",
    order: Order = "time",
    on: date | None = None,
    mediator: str | None = None,
) -> Page[Event]:
    """Return a page of the events that pass the filters and are of a kind.

    `order` is that of `when`, undated ones last, or the latest first; `on` is the day
    from which "ahead", "unheard" and "past" look; `mediator` keeps what that party mediated, or
    was the host of where nobody did, by its name in the record.  Raises `WrongFilter`.
    """
    paging.check()
    where = conditions(filters, dialect=record.dialect) & of_kind(kind, on)
    whole = filters in (Filters(), Filters(thin=False)) and kind not in RARE and mediator is None
    if mediator is not None:
        mediated = select(participants.c.event).where(
            brought_together(), participants.c.name == mediator
        )
        where = where & events.c.id.in_(mediated)
    total, chosen = _choose(record, where, paging, order, whole=whole)
    data = select(events.c.number, events.c.data).where(events.c.number.in_(chosen))
    found = {number: msgspec.json.decode(raw, type=Event) for number, raw in record.rows(data)}
    return Page(
        rows=[found[number] for number in chosen],
        total=total,
        limit=paging.limit,
        offset=paging.offset,
    )


def find_alike(
    record: Record,
    filters: Filters,
    *,
    begun: date,
    parties: Collection[str],
    places: Collection[str],
) -> list[tuple[str, date]]:
    """Return the events that pass the filters and are much like one with these parties and places.

    That is where two of the parties take part, or one and where it was at one of the places: the
    id of each and its first day, in the order of time, of those that began on the day `begun` or
    later (by which an index finds the few of a time).  The names are those of the record.
    """
    who, where = participants.c, schema.places.c
    of_event = and_(who.event == events.c.id, who.name.in_(parties), who.kind != "population")
    shared = select(func.count(who.name.distinct())).where(of_event).scalar_subquery()
    placed = exists().where(and_(where.event == events.c.id, where.name.in_(places)))
    alike = or_(shared > 1, and_(shared > 0, placed))
    query = select(events.c.id, events.c.when_start).where(
        conditions(filters, dialect=record.dialect), events.c.when_start >= begun, alike
    )
    return [(id_, day) for id_, day in record.rows(query.order_by(*in_order_of_time()))]


def _choose(
    record: Record, where: ColumnElement[bool], paging: Paging, order: Order, *, whole: bool
) -> tuple[int, list[int]]:
    """Return how many events there are, and which are on the page.

    Where little is left out the order is read off an index and what is found is counted
    apart; else what is found is found once, counted and sorted.
    """
    number = func.count()
    in_order: Sequence[Any] = in_order_of_time() if order == "time" else _latest()
    page = select(events.c.number).where(where).order_by(*in_order)
    page = page.limit(paging.limit).offset(paging.offset)
    if not whole:
        rows = record.rows(page.add_columns(number.over()))
        if rows:
            return int(rows[0][1]), [row[0] for row in rows]
    total = int(record.rows(select(number).select_from(events).where(where))[0][0])
    return total, [row[0] for row in record.rows(page)] if whole else []


def of_kind(kind: Kind, on: date | None = None) -> ColumnElement[bool]:
    """Return the condition that an event is of a kind."""
    if kind == "talks":
        return events.c.type == "CONSULT"
    if kind == "agreements":
        return events.c.type == "AGREE"
    if kind == "accords":
        return and_(events.c.type == "AGREE", or_(_several_agree(), _says_what()))
    if kind == "fighting":
        return events.c.type == "ASSAULT"
    if kind == "claims":
        denied = exists().where(and_(links.c.to == events.c.id, links.c.relation == "denies"))
        return or_(events.c.type == "ACCUSE", events.c.status.in_(("alleged", "denied")), denied)
    if kind == "disputed":
        return events.c.disagreements > 0
    if kind == "past":
        behind = events.c.status.not_in(_AHEAD)
        begun = or_(events.c.when_start <= on, events.c.when_start.is_(None)) if on else true()
        return and_(behind, begun)
    if kind == "announced":
        return events.c.status.in_(_AHEAD)
    if kind in ("ahead", "unheard") and on is not None:
        announced = events.c.status.in_(_AHEAD)
        past = func.coalesce(events.c.when_end, events.c.when_start) < on
        if kind == "unheard":
            return and_(announced, past)
        lasting = and_(events.c.when_end.is_(None), events.c.when_start.is_not(None))
        return and_(announced, or_(events.c.when_end >= on, lasting))
    return true()


def _several_agree() -> ColumnElement[bool]:
    """Return the condition that two parties at least agree, or two sources tell it."""
    who = participants.c
    names = select(func.count(who.name.distinct())).where(
        who.event == events.c.id, who.role.in_(("actor", "recipient", "signatory"))
    )
    return or_(names.scalar_subquery() > 1, events.c.sources > 1)


def _says_what() -> ColumnElement[bool]:
    """Return the condition that two things at least are told to be agreed."""
    agreed = schema.provisions.c
    number = select(func.count()).where(agreed.event == events.c.id).scalar_subquery()
    return number > 1


def _latest() -> Sequence[Any]:
    """Return what brings the latest events to the front, undated ones last."""
    first, last, type_, id_ = in_order_of_time()
    return (events.c.when_start.is_(None), first.desc(), last.desc(), type_, id_)


def events_by_id(record: Record, ids: Collection[str]) -> Mapping[str, Event]:
    """Return the events that have these ids, those that are there."""
    found = {}
    for some in _parts(ids):
        query = select(events.c.id, events.c.data).where(events.c.id.in_(some))
        for id_, raw in record.rows(query):
            found[id_] = msgspec.json.decode(raw, type=Event)
    return found


def links_of(record: Record, ids: Collection[str]) -> list[Link]:
    """Return the links from or to any of these events, by from, relation and to."""
    found: dict[tuple[str, str, str], Link] = {}
    for some in _parts(ids):
        for end in (links.c["from"], links.c.to):
            for (raw,) in record.rows(select(links.c.data).where(end.in_(some))):
                link = msgspec.json.decode(raw, type=Link)
                found[link.from_, link.relation, link.to] = link
    return [found[key] for key in sorted(found)]


def report_lines_by_id(record: Record, ids: Collection[str]) -> Mapping[str, ReportLine]:
    """Return the public form of the reports that have these ids."""
    reports = schema.reports.c
    found = {}
    for some in _parts(ids):
        for id_, raw in record.rows(select(reports.id, reports.data).where(reports.id.in_(some))):
            found[id_] = msgspec.json.decode(raw, type=ReportLine)
    return found


def short_length(record: Record, ids: Collection[str], *, least: int = 6) -> int:
    """Return how many characters of these ids tell each from every other event's."""
    one = events.alias()
    before = select(func.max(one.c.id)).where(one.c.id < events.c.id).scalar_subquery()
    after = select(func.min(one.c.id)).where(one.c.id > events.c.id).scalar_subquery()
    longest = least - 1
    for some in _parts(ids):
        query = select(events.c.id, before, after).where(events.c.id.in_(some))
        for id_, *near in record.rows(query):
            for other in near:
                pairs = enumerate(zip(id_, other or "", strict=False))
                apart = next((at for at, (a, b) in pairs if a != b), len(other or ""))
                longest = max(longest, apart)
    return longest + 1


def last_day(record: Record) -> date | None:
    """Return the day on which the last report was written, None where none has a date."""
    day = record.rows(select(func.max(schema.reports.c.published_start)))[0][0]
    return None if day is None else day if isinstance(day, date) else date.fromisoformat(str(day))


def _parts(ids: Collection[str]) -> list[list[str]]:
    """Return the ids in parts that a query can hold, each once."""
    each = sorted(set(ids))
    return [each[at : at + _AT_A_TIME] for at in range(0, len(each), _AT_A_TIME)]
