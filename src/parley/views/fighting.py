"""Fighting: incidents, and what is told of the dead and wounded, by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from parley.model import CountKind, Event
from parley.record import Record
from parley.record.finding import Filters, Page, Paging, Toll, find_events, find_tolls
from parley.record.finding import count_statuses as count_by_status
from parley.views.phrases import phrase_count
from parley.views.quotes import Quote, Quotes, names_in
from parley.views.timeline import TimelineRow

_FACTS = ("happened", "ongoing")
_MOST_PLACES = 20


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
    """The dead of a week (`start` is its Monday), or at a place, that are told as facts."""

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
    tolls = find_tolls(record, filters)
    facts = [toll for toll in tolls if toll.status in _FACTS]
    dead = _dead(facts)
    return Fighting(
        incidents=show_incidents(record, filters, paging),
        statuses=count_by_status(record, filters, kind="fighting"),
        by_side=_by_side(facts),
        by_claimant=_by_claimant(facts),
        alleged=_by_side(toll for toll in tolls if toll.status not in _FACTS),
        weeks=_periods(dead, lambda toll: (None, _monday(toll.day)))[::-1],
        places=sorted(
            _periods(dead, lambda toll: (toll.place, None)),
            key=lambda row: (-row.best, row.place or ""),
        )[:_MOST_PLACES],
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


def _by_side(tolls: Iterable[Toll]) -> list[TollRow]:
    groups: dict[tuple[CountKind, str | None], list[Toll]] = {}
    for toll in tolls:
        groups.setdefault((toll.what, toll.side), []).append(toll)
    rows = [
        TollRow(what=what, side=side, by=None, incidents=len({toll.event for toll in some}),
                low=sum(toll.low for toll in some), best=sum(toll.best for toll in some),
                high=sum(toll.high for toll in some))
        for (what, side), some in groups.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.what, -row.best, row.side or ""))


def _by_claimant(tolls: Iterable[Toll]) -> list[TollRow]:
    """Add up what each source gives, of several figures for one incident from low to high."""
    groups: dict[tuple[CountKind, str | None, str | None], list[tuple[int, int, int]]] = {}
    for toll in tolls:
        for by in dict.fromkeys(claim.by for claim in toll.claims):
            mine = [claim for claim in toll.claims if claim.by == by]
            figures = (
                min(claim.low for claim in mine),
                max(claim.best for claim in mine),
                max(claim.high for claim in mine),
            )
            groups.setdefault((toll.what, toll.side, by), []).append(figures)
    rows = [
        TollRow(what=what, side=side, by=by, incidents=len(some), low=sum(f[0] for f in some),
                best=sum(f[1] for f in some), high=sum(f[2] for f in some))
        for (what, side, by), some in groups.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.what, row.side or "", -row.best, row.by or ""))


def _dead(tolls: Iterable[Toll]) -> list[Toll]:
    """Return the dead of each incident: those of no side stand for all, else sides add up."""
    killed: dict[str, list[Toll]] = {}
    for toll in tolls:
        if toll.what == "killed":
            killed.setdefault(toll.event, []).append(toll)
    found = []
    for some in killed.values():
        found.extend([toll for toll in some if toll.side is None] or some)
    return found


def _periods(
    tolls: Iterable[Toll], key: Callable[[Toll], tuple[str | None, date | None]]
) -> list[PeriodRow]:
    groups: dict[tuple[str | None, date | None], list[Toll]] = {}
    for toll in tolls:
        groups.setdefault(key(toll), []).append(toll)
    rows = [
        PeriodRow(place=place, start=start, incidents=len({toll.event for toll in some}),
                  low=sum(toll.low for toll in some), best=sum(toll.best for toll in some),
                  high=sum(toll.high for toll in some))
        for (place, start), some in groups.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.start or date.min, row.place or ""))


def _monday(day: date | None) -> date | None:
    return day - timedelta(days=day.weekday()) if day else None
