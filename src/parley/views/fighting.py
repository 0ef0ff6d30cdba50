"""Fighting: incidents, and what is told of the dead and wounded, by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from parley.model import CountKind, Event, Status
from parley.record import Record
from parley.record.finding import (
    DeadSum,
    Filters,
    Page,
    Paging,
    TollSum,
    find_events,
    narrow,
    sum_dead,
    sum_tolls,
)
from parley.record.finding import count_statuses as count_by_status
from parley.views.phrases import phrase_count
from parley.views.quotes import Quote, Quotes, names_in
from parley.views.timeline import TimelineRow

_FACTS: tuple[Status, ...] = ("happened", "ongoing")
_MOST_PLACES = 20
_WEEK = timedelta(days=6)


class ClaimedToll(Struct, frozen=True, kw_only=True):
    """One figure as it is claimed; `figure` in words, `by` None for the outlet itself."""

    what: CountKind
    side: str | None
    by: str | None
    low: int | None
    best: int | None
    high: int | None
    figure: str
    quote: Quote | None


class Incident(Struct, frozen=True, kw_only=True):
    """An incident, who fought, and every figure that is claimed of it."""

    row: TimelineRow
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    tolls: tuple[ClaimedToll, ...]
    quote: Quote


class TollRow(Struct, frozen=True, kw_only=True):
    """Figures added up over `incidents`: the least, the most often told, the most."""

    what: CountKind
    side: str | None
    by: str | None
    incidents: int
    low: int
    best: int
    high: int


class PeriodRow(Struct, frozen=True, kw_only=True):
    """The dead of a week, or at a place, that are told as facts.

    `start` is the week's Monday, None for incidents of no known week ("in 1994").
    """

    place: str | None
    start: date | None
    incidents: int
    low: int
    best: int
    high: int


class Fighting(Struct, frozen=True, kw_only=True):
    """Incidents, a page of them, and what is told of all that pass the filters.

    `by_side` adds up what is told as happened, `by_claimant` the same by who gives the
    figures, `alleged` what is alleged or denied only; nothing is in two of `by_side` and
    `alleged`.  `weeks` and `places` count the dead of incidents with figures.
    """

    incidents: Page[Incident]
    statuses: Mapping[str, int]
    by_side: Sequence[TollRow]
    by_claimant: Sequence[TollRow]
    alleged: Sequence[TollRow]
    weeks: Sequence[PeriodRow]
    places: Sequence[PeriodRow]


def show_incidents(
    record: Record, filters: Filters = Filters(), paging: Paging = Paging(limit=20)
) -> Page[Incident]:
    """Return the incidents, the latest first, with every figure that is claimed of each."""
    found = find_events(record, filters, paging, kind="fighting", order="latest")
    quotes = Quotes(record, found.rows)
    return Page(
        rows=[_incident(event, quotes) for event in found.rows],
        total=found.total,
        limit=found.limit,
        offset=found.offset,
    )


def show_fighting(
    record: Record, filters: Filters = Filters(), paging: Paging = Paging(limit=20)
) -> Fighting:
    """Return the incidents, the latest first, and the figures of all that pass the filters."""
    filters = narrow(record, filters, kind="fighting")
    sums = sum_tolls(record, filters)
    facts = [each for each in sums if each.status in _FACTS]
    return Fighting(
        incidents=show_incidents(record, filters, paging),
        statuses=count_by_status(record, filters, kind="fighting"),
        by_side=_added_up(each for each in facts if not each.single),
        by_claimant=sorted(
            _added_up(each for each in facts if each.single),
            key=lambda row: (row.what, row.side or "", -row.best, row.by or ""),
        ),
        alleged=_added_up(e for e in sums if e.status not in _FACTS and not e.single),
        weeks=_weeks(sum_dead(record, filters, by="time", statuses=_FACTS)),
        places=_places(sum_dead(record, filters, by="place", statuses=_FACTS)),
    )


def _incident(event: Event, quotes: Quotes) -> Incident:
    return Incident(
        row=quotes.row(event),
        actors=names_in(event, "actor"),
        targets=names_in(event, "recipient", "victim"),
        tolls=tuple(
            ClaimedToll(
                what=count.what,
                side=count.side,
                by=count.claimed_by,
                low=count.low,
                best=count.best,
                high=count.high,
                figure=phrase_count(count),
                quote=quotes.of(event.mentions[count.mention])
                if count.mention < len(event.mentions)
                else None,
            )
            for count in event.counts
        ),
        quote=quotes.of(event.mentions[0]),
    )


def _added_up(sums: Iterable[TollSum]) -> list[TollRow]:
    """Return what is told of each kind, side and source, whatever the status."""
    groups: dict[tuple[CountKind, str | None, str | None], list[TollSum]] = {}
    for each in sums:
        groups.setdefault((each.what, each.side, each.by), []).append(each)
    rows = [
        TollRow(what=what, side=side, by=by, incidents=sum(each.incidents for each in some),
                low=sum(each.low for each in some), best=sum(each.best for each in some),
                high=sum(each.high for each in some))
        for (what, side, by), some in groups.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.what, -row.best, row.side or ""))


def _weeks(times: Iterable[DeadSum]) -> list[PeriodRow]:
    """Return the dead by week, the latest first, those of no week last."""
    groups: dict[date | None, list[DeadSum]] = {}
    for time in times:
        groups.setdefault(_monday(time), []).append(time)
    weeks = [_period(some, start=start) for start, some in groups.items()]
    return sorted(weeks, key=lambda row: row.start or date.min, reverse=True)


def _places(places: Iterable[DeadSum]) -> list[PeriodRow]:
    """Return the places with most dead."""
    rows = [_period([each], place=each.at) for each in places]
    return sorted(rows, key=lambda row: (-row.best, row.place or ""))[:_MOST_PLACES]


def _period(
    some: Sequence[DeadSum], *, place: str | None = None, start: date | None = None
) -> PeriodRow:
    return PeriodRow(
        place=place,
        start=start,
        incidents=sum(each.incidents for each in some),
        low=sum(each.low for each in some),
        best=sum(each.best for each in some),
        high=sum(each.high for each in some),
    )


def _monday(time: DeadSum) -> date | None:
    """Return the Monday of the week that an incident began in, None of one of a longer time."""
    if time.at is None or time.until is None or time.until - time.at > _WEEK:
        return None
    began: date = time.at
    return began - timedelta(days=began.weekday())
