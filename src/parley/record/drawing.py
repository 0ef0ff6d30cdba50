"""What drawings need of a record: counts by lane and period, place, side and pair.

In: a `Record` and `Filters`.  Out: structs small enough to be sent, whatever the size of
the record: the finer the window, the finer the periods, and single events only where they
are few.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import ColumnElement, String, and_, case, cast, func, select

from parley.model import Event, EventType, Precision, Status
from parley.record.finding.conditions import conditions
from parley.record.finding.filters import Filters, Paging
from parley.record.finding.pages import find_events
from parley.record.finding.tolls import Toll, find_tolls
from parley.record.periods import Period, Unit, is_within, period_of, unit_for
from parley.record.schema import events, participants, places
from parley.record.store import Record

LaneKind = Literal["talks", "agreements", "fighting", "claims", "other"]
_MEDIATORS = 5
_SINGLE = 500
_SIDES = 6
_PARTIES = 40
_KINDS: Mapping[EventType, LaneKind] = {
    "CONSULT": "talks",
    "AGREE": "agreements",
    "ASSAULT": "fighting",
    "ACCUSE": "claims",
    "REJECT": "claims",
}
_LABELS: Mapping[LaneKind, str] = {
    "talks": "Talks",
    "agreements": "Agreements",
    "fighting": "Fighting",
    "claims": "Claims",
    "other": "Other",
}


class Lane(Struct, frozen=True, kw_only=True):
    """A lane of the timeline: a kind of events, talks by who mediates."""

    id: str
    label: str
    kind: LaneKind


class Bin(Struct, frozen=True, kw_only=True):
    """The events of a lane in one period, `end` being its last day.

    `low`, `best`, `high` are killed, None where no figure is told.
    """

    lane: str
    start: date
    end: date
    events: int
    low: int | None = None
    best: int | None = None
    high: int | None = None


class Single(Struct, frozen=True, kw_only=True):
    """One event in its lane."""

    id: str
    lane: str
    start: date
    end: date | None
    precision: Precision
    status: Status
    type: EventType
    summary: str
    reports: int
    low: int | None = None
    best: int | None = None
    high: int | None = None


class TimelineDrawn(Struct, frozen=True, kw_only=True):
    """The timeline of the days `from` to `to`, of events that have a date from `first` to `last`.

    `events` are given where there are few in the window, `bins` always.
    """

    from_: date | None = field(name="from")
    to: date | None
    first: date | None
    last: date | None
    unit: Unit
    total: int
    undated: int
    lanes: list[Lane]
    bins: list[Bin]
    events: list[Single]


class PlaceDrawn(Struct, frozen=True, kw_only=True):
    """A place, and how many events of each kind are told of it."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: str
    events: int
    by_kind: dict[str, int]


class MapDrawn(Struct, frozen=True, kw_only=True):
    """The places, the most frequent first; `nowhere` events have none that is on a map."""

    places: list[PlaceDrawn]
    nowhere: int
    total: int


class SideToll(Struct, frozen=True, kw_only=True):
    """The killed of a side in a period; `side` is None where it is not told whose."""

    side: str | None
    low: int
    best: int
    high: int


class PeriodToll(Struct, frozen=True, kw_only=True):
    """The killed in a period, and by side; `events` have such a figure.

    `end` is the period's last day.
    """

    start: date
    end: date
    events: int
    low: int
    best: int
    high: int
    by_side: list[SideToll]


class FightingDrawn(Struct, frozen=True, kw_only=True):
    """The figures of the fighting by period; `undated` have no date, and are left out.

    `spans` are those known only to a longer time than a period, each span by itself; they
    are in no period.
    """

    unit: Unit
    what: str
    sides: list[str]
    periods: list[PeriodToll]
    spans: list[PeriodToll]
    undated: int


class Node(Struct, frozen=True, kw_only=True):
    """A party that held talks, and how many."""

    name: str
    kind: str
    country: str | None
    talks: int


class Edge(Struct, frozen=True, kw_only=True):
    """Two parties that held talks with each other, and how many."""

    one: str
    other: str
    talks: int


class MeetingsDrawn(Struct, frozen=True, kw_only=True):
    """Who met whom: the parties with the most talks, and the talks between them."""

    nodes: list[Node]
    edges: list[Edge]


def draw_timeline(
    record: Record, filters: Filters, *, first: date | None = None, last: date | None = None
) -> TimelineDrawn:
    """Return what the timeline draws of the days from `first` to `last`, None meaning all."""
    passing = conditions(filters, dialect=record.dialect)
    extent: Any = select(
        func.min(events.c.when_start),
        func.max(events.c.when_start),
        func.count(events.c.when_start),
        func.count(),
    ).where(passing)
    begin, end, dated, total = record.rows(extent)[0]
    begin, end = _day(begin), _day(end)
    start, to = first or begin, last or end
    if begin is None or start is None or to is None or to < start:
        return TimelineDrawn(
            from_=first, to=last, first=begin, last=_day(end), unit="day", total=total,
            undated=total - dated, lanes=[], bins=[], events=[],
        )  # fmt: skip
    unit = unit_for(start, to)
    drawer = _Drawer(record, filters, passing, start=start, to=to, unit=unit)
    return TimelineDrawn(
        from_=start,
        to=to,
        first=begin,
        last=end,
        unit=unit,
        total=total,
        undated=total - dated,
        lanes=drawer.lanes(),
        bins=drawer.bins(),
        events=drawer.singles(),
    )


class _Drawer:
    """One window of the timeline."""

    def __init__(
        self,
        record: Record,
        filters: Filters,
        passing: ColumnElement[bool],
        *,
        start: date,
        to: date,
        unit: Unit,
    ) -> None:
        self._record = record
        self._filters = filters
        self._inside = and_(passing, events.c.when_start.between(start, to))
        self._start, self._to, self._unit = start, to, unit
        self._mediators = self._top_mediators()
        self._tolls = _killed(find_tolls(record, filters))
        self._counts = self._count()

    def lanes(self) -> list[Lane]:
        """Return the lanes that have something in them, from the top down."""
        used = {lane for lane, _ in self._counts}
        named = [
            Lane(id=f"talks:{name}", label=f"Talks · {name}", kind="talks")
            for name in self._mediators
        ]
        plain = [Lane(id=kind, label=label, kind=kind) for kind, label in _LABELS.items()]
        return [lane for lane in (*named, *plain) if lane.id in used]

    def bins(self) -> list[Bin]:
        """Return the bins that have something in them."""
        tolls: dict[Period, list[tuple[int, int, int]]] = {}
        for toll in self._tolls.values():
            if toll.day is None or not is_within(toll.day, toll.until, self._unit):
                continue  # to no such period can it be told to belong
            if self._start <= toll.day <= self._to:
                period = period_of(toll.day, self._unit)
                tolls.setdefault(period, []).append((toll.low, toll.best, toll.high))
        return [
            _bin(lane, period, number, tolls.get(period, []) if lane == "fighting" else [])
            for (lane, period), number in sorted(
                self._counts.items(), key=lambda item: (item[0][1].start, item[0][0])
            )
        ]

    def singles(self) -> list[Single]:
        """Return the events one by one, if they are few."""
        if sum(self._counts.values()) > 2 * _SINGLE:
            return []
        since = max(filter(None, (self._filters.since, self._start)))
        until = min(filter(None, (self._filters.until, self._to)))
        if until < since:
            return []
        window = _within(self._filters, since, until)
        found = find_events(self._record, window, Paging(limit=2 * _SINGLE))
        inside = [
            event for event in found.rows if event.when is not None and event.when.start <= self._to
        ]
        return [] if len(inside) > _SINGLE else [self._single(event) for event in inside]

    def _single(self, event: Event) -> Single:
        assert event.when is not None
        toll = self._tolls.get(event.id)
        return Single(
            id=event.id,
            lane=self._lane(event),
            start=event.when.start,
            end=event.when.end,
            precision=event.when.precision,
            status=event.status,
            type=event.type,
            summary=event.summary,
            reports=len({mention.report for mention in event.mentions}),
            low=toll.low if toll else None,
            best=toll.best if toll else None,
            high=toll.high if toll else None,
        )

    def _lane(self, event: Event) -> str:
        kind = _KINDS.get(event.type, "other")
        if kind == "talks":
            mediators = {p.name for p in event.participants if p.role == "mediator"}
            for name in self._mediators:
                if name in mediators:
                    return f"talks:{name}"
        return kind

    def _top_mediators(self) -> list[str]:
        """Return who mediates most, the most frequent first."""
        number = func.count(participants.c.event.distinct())
        query = (
            select(participants.c.name, number)
            .where(participants.c.role == "mediator", participants.c.type == "CONSULT")
            .where(participants.c.day.between(self._start, self._to))
            .group_by(participants.c.name)
            .order_by(number.desc(), participants.c.name)
            .limit(_MEDIATORS)
        )
        if self._filters != Filters():
            query = query.where(participants.c.event.in_(select(events.c.id).where(self._inside)))
        return [name for name, _ in self._record.rows(query)]

    def _count(self) -> dict[tuple[str, Period], int]:
        """Return how many events each lane has in each period."""
        found: dict[tuple[str, Period], int] = {}
        part = _stem(events.c.when_start, self._unit)
        query = (
            select(events.c.type, part, func.count()).where(self._inside)
            .group_by(events.c.type, part)
        )  # fmt: skip
        for type_, stem, number in self._record.rows(query):
            key = (_KINDS.get(type_, "other"), _period(stem, self._unit))
            found[key] = found.get(key, 0) + number
        if self._mediators:
            self._move_mediated(found)
        return {key: number for key, number in found.items() if number > 0}

    def _move_mediated(self, found: dict[tuple[str, Period], int]) -> None:
        """Move the talks that one of the first mediates to lanes of their own.

        Talks that two of them mediate stand in the lane of the more frequent one.
        """
        rank = case(
            {name: at for at, name in enumerate(self._mediators)}, value=participants.c.name
        )
        first = (
            select(participants.c.event, func.min(rank).label("rank"),
                   func.min(participants.c.day).label("day"))
            .where(participants.c.role == "mediator", participants.c.type == "CONSULT")
            .where(participants.c.name.in_(self._mediators))
            .where(participants.c.day.between(self._start, self._to))
            .group_by(participants.c.event)
        )  # fmt: skip
        if self._filters != Filters():
            first = first.where(participants.c.event.in_(select(events.c.id).where(self._inside)))
        each = first.subquery()
        stem = _stem(each.c.day, self._unit)
        query = select(each.c.rank, stem, func.count()).group_by(each.c.rank, stem)
        for at, text, number in self._record.rows(query):
            period = _period(text, self._unit)
            key = (f"talks:{self._mediators[at]}", period)
            found[key] = found.get(key, 0) + number
            found["talks", period] = found.get(("talks", period), 0) - number


def draw_map(record: Record, filters: Filters) -> MapDrawn:
    """Return where the events that pass the filters happened."""
    passing = conditions(filters, dialect=record.dialect)
    number = func.count(places.c.event.distinct())
    columns = (places.c.name, places.c.country, places.c.lat, places.c.lon, places.c.precision)
    query = (
        select(*columns, events.c.type, number)
        .select_from(places.join(events, events.c.id == places.c.event))
        .where(passing)
        .group_by(*columns, events.c.type)
    )
    found: dict[tuple[Any, ...], dict[str, int]] = {}
    for *place, type_, told in record.rows(query):
        by_kind = found.setdefault(tuple(place), {})
        kind = _KINDS.get(type_, "other")
        by_kind[kind] = by_kind.get(kind, 0) + told
    drawn = [
        PlaceDrawn(
            name=name, country=country, lat=lat, lon=lon, precision=precision,
            events=sum(by_kind.values()), by_kind=by_kind,
        )
        for (name, country, lat, lon, precision), by_kind in found.items()
    ]  # fmt: skip
    total = record.rows(select(func.count()).select_from(events).where(passing))[0][0]
    somewhere = record.rows(
        select(func.count(places.c.event.distinct()))
        .select_from(places.join(events, events.c.id == places.c.event))
        .where(passing, places.c.lat.is_not(None))
    )[0][0]
    drawn.sort(key=lambda place: (-place.events, place.name, place.country or ""))
    return MapDrawn(places=drawn, nowhere=total - somewhere, total=total)


def draw_fighting(record: Record, filters: Filters) -> FightingDrawn:
    """Return the killed by period and side, from the lowest to the highest figure."""
    tolls = [toll for toll in find_tolls(record, filters) if toll.what == "killed"]
    days = [toll.day for toll in tolls if toll.day is not None]
    by_side: dict[str, int] = {}
    for toll in tolls:
        if toll.side is not None:
            by_side[toll.side] = by_side.get(toll.side, 0) + toll.best
    sides = sorted(by_side, key=lambda side: (-by_side[side], side))[:_SIDES]
    unit = unit_for(min(days), max(days), finest="week") if days else "week"
    periods: dict[Period, list[Toll]] = {}
    spans: dict[Period, list[Toll]] = {}
    for toll in tolls:
        if toll.day is None:
            continue
        if is_within(toll.day, toll.until, unit):
            periods.setdefault(period_of(toll.day, unit), []).append(toll)
        else:
            spans.setdefault(Period(toll.day, toll.until or toll.day), []).append(toll)
    return FightingDrawn(
        unit=unit,
        what="killed",
        sides=sides,
        periods=[_period_toll(p, periods[p], sides) for p in sorted(periods, key=_start)],
        spans=[_period_toll(p, spans[p], sides) for p in sorted(spans, key=_start)],
        undated=len(tolls) - len(days),
    )


def draw_meetings(record: Record, filters: Filters) -> MeetingsDrawn:
    """Return who met whom in the talks that pass the filters."""
    talks = and_(participants.c.type == "CONSULT", participants.c.role != "host")
    if filters != Filters():
        passing = conditions(filters, dialect=record.dialect)
        talks = and_(talks, participants.c.event.in_(select(events.c.id).where(passing)))
    number = func.count(participants.c.event.distinct())
    query = (
        select(
            participants.c.name, func.min(participants.c.kind), func.min(participants.c.country),
            number,
        )
        .where(talks).group_by(participants.c.name)
        .order_by(number.desc(), participants.c.name).limit(_PARTIES)
    )  # fmt: skip
    nodes = [
        Node(name=name, kind=kind, country=country, talks=told)
        for name, kind, country, told in record.rows(query)
    ]
    names = [node.name for node in nodes]
    mine = select(participants.c.event, participants.c.name).where(
        talks, participants.c.name.in_(names)
    )
    one, other = mine.subquery("one"), mine.subquery("other")
    together = func.count(one.c.event.distinct())
    pairs = (
        select(one.c.name, other.c.name, together)
        .select_from(one.join(other, and_(one.c.event == other.c.event, one.c.name < other.c.name)))
        .group_by(one.c.name, other.c.name)
        .order_by(together.desc(), one.c.name, other.c.name)
    )
    edges = [Edge(one=a, other=b, talks=told) for a, b, told in record.rows(pairs)] if names else []
    return MeetingsDrawn(nodes=nodes, edges=edges)


def _killed(tolls: Iterable[Toll]) -> dict[str, Toll]:
    """Return the killed of each event: those of no side stand for all, else the sides add up."""
    found: dict[str, Toll] = {}
    for toll in tolls:
        if not toll.dead:
            continue
        had = found.get(toll.event)
        found[toll.event] = (
            toll
            if had is None
            else Toll(
                event=toll.event, what="killed", side=None, day=toll.day, place=toll.place,
                status=toll.status, low=had.low + toll.low, best=had.best + toll.best,
                high=had.high + toll.high, dead=True, until=toll.until,
            )
        )  # fmt: skip
    return found


def _bin(lane: str, period: Period, number: int, tolls: list[tuple[int, int, int]]) -> Bin:
    low, best, high = (sum(each) for each in zip(*tolls, strict=True)) if tolls else (None,) * 3
    return Bin(
        lane=lane,
        start=period.start,
        end=period.end,
        events=number,
        low=low,
        best=best,
        high=high,
    )


def _period_toll(period: Period, tolls: list[Toll], sides: list[str]) -> PeriodToll:
    by_side: dict[str | None, list[Toll]] = {}
    for toll in tolls:
        by_side.setdefault(toll.side if toll.side in sides else None, []).append(toll)
    return PeriodToll(
        start=period.start,
        end=period.end,
        events=len({toll.event for toll in tolls}),
        low=sum(toll.low for toll in tolls),
        best=sum(toll.best for toll in tolls),
        high=sum(toll.high for toll in tolls),
        by_side=[
            SideToll(
                side=side,
                low=sum(toll.low for toll in some),
                best=sum(toll.best for toll in some),
                high=sum(toll.high for toll in some),
            )
            for side, some in by_side.items()
        ],
    )


def _within(filters: Filters, since: date, until: date) -> Filters:
    return replace(filters, since=since, until=until)


def _stem(column: ColumnElement[Any], unit: Unit) -> ColumnElement[str]:
    """Return the year, the month or the day of a column, as text, whatever the database."""
    length = {"year": 4, "month": 7}.get(unit, 10)
    return func.substr(cast(column, String), 1, length)


def _period(stem: str, unit: Unit) -> Period:
    return period_of(date.fromisoformat((stem + "-01-01")[:10]), unit)


def _start(period: Period) -> date:
    return period.start


def _day(value: Any) -> date | None:  # noqa: ANN401 - SQLite's max() of a day is its text
    return value if value is None or isinstance(value, date) else date.fromisoformat(str(value))
