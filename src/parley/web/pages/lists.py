"""Timeline, calendar, fighting, disagreements: lists of events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from fastapi import FastAPI
from msgspec import Struct
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from parley.model import Event
from parley.record import Record
from parley.record.finding import Filters, Kind, Order, Page, Paging, find_events, last_day
from parley.views import TimelineRow, phrase_when
from parley.views.calendar import heard_of
from parley.views.timeline import row_of
from parley.web.asking import Asked, AskedQuery, filters_of, paging_of
from parley.web.failures import json_answer
from parley.web.pages.showing import add_data, add_page, record_of, show
from parley.web.remembering import remembered

_SEEN_FROM = ("ahead", "unheard")
SHORT = 12  # characters of an id that tell it from others in every record that there is


class Listing(Struct, frozen=True, kw_only=True):
    """A kind of list: its address, its title, what stands above it, what it draws."""

    name: str
    title: str
    lead: str
    kind: Kind
    order: Order = "time"
    drawing: str | None = None


LISTINGS = (
    Listing(
        name="timeline",
        title="Timeline",
        lead="Every event once, at the time it happened, however many reports tell it.",
        kind="any",
        drawing="timeline",
    ),
    Listing(
        name="calendar",
        title="Calendar",
        lead="What is ahead, seen from the day of the last report.",
        kind="ahead",
    ),
    Listing(
        name="unheard",
        title="Announced, and not heard of since",
        lead="What was to happen before the last report, and nobody told whether it did.",
        kind="unheard",
        order="latest",
    ),
    Listing(
        name="fighting",
        title="Fighting",
        lead="Clashes and attacks, with the figures that were given, from the lowest to the "
        "highest.",
        kind="fighting",
        order="latest",
        drawing="fighting",
    ),
    Listing(
        name="disagreements",
        title="Disagreements",
        lead="Events of which the reports, or the parties, tell different things.",
        kind="disputed",
        order="latest",
    ),
)


class Listed(Struct, frozen=True, kw_only=True):
    """Some rows of a list; `total` is how many there are, `next` the offset of the next page."""

    rows: tuple[TimelineRow, ...]
    total: int
    limit: int
    offset: int
    next: int | None


def list_events(record: Record, listing: Listing, asked: Asked) -> Page[Event]:
    """Return a page of the events of a list."""
    on = vantage(record) if listing.kind in _SEEN_FROM else None
    return remembered(record, _find, filters_of(asked), paging_of(asked), listing, on)


def _find(
    record: Record, filters: Filters, paging: Paging, listing: Listing, on: date | None
) -> Page[Event]:
    return find_events(record, filters, paging, kind=listing.kind, order=listing.order, on=on)


def count_thin(record: Record, listing: Listing, seen: Asked) -> int:
    """Return how many events a page folds away."""
    if seen.thin != "folded":
        return 0
    only = replace(filters_of(seen), thin=True)
    on = vantage(record) if listing.kind in _SEEN_FROM else None
    return remembered(record, _find, only, Paging(limit=1), listing, on).total


def vantage(record: Record) -> date:
    """Return the day from which "ahead" looks: that of the last report, in an old record too."""
    return last_day(record) or date.today()


def listed(found: Page[Event]) -> Listed:
    """Return a page of events as the API gives it."""
    return Listed(
        rows=tuple(row_of(event, length=SHORT) for event in found.rows),
        total=found.total,
        limit=found.limit,
        offset=found.offset,
        next=found.next_offset,
    )


def by_date(events: Sequence[Event]) -> Iterator[tuple[str, list[Event]]]:
    """Yield events by their date in words, in the order in which they come."""
    for when, group in groupby(events, key=lambda event: phrase_when(event.when)):
        yield when, list(group)


def register(app: FastAPI) -> None:
    """Add the lists and their data."""
    for listing in LISTINGS:
        _register(app, listing)


def _register(app: FastAPI, listing: Listing) -> None:
    def page(request: Request, asked: AskedQuery) -> Response:
        record, seen = record_of(request), asked.on_page
        found = list_events(record, listing, seen)
        return show(
            request,
            "list.html",
            page=listing.name,
            listing=listing,
            asked=asked,
            found=found,
            thin=count_thin(record, listing, seen),
            groups=list(by_date(found.rows)),
            heard=heard_of(record, found.rows) if listing.kind == "unheard" else {},
            query_of=lambda offset: asked.query(offset=offset),
        )

    def data(request: Request, asked: AskedQuery) -> Response:
        return json_answer(listed(list_events(record_of(request), listing, asked)))

    data.__name__ = f"list_{listing.name}"
    data.__doc__ = listing.lead
    add_page(app, f"/{listing.name}", page)
    add_data(app, f"/{listing.name}", data, gives=Listed)
