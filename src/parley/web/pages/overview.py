"""Overview: what happened lately, what is ahead, what is disputed."""

from __future__ import annotations

from datetime import date

from fastapi import FastAPI
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from parley.model import Event
from parley.record import Record
from parley.record.finding import Filters, Kind, Order, Paging, find_events
from parley.views import TimelineRow
from parley.views.timeline import row_of
from parley.web.asking import AskedQuery, filters_of
from parley.web.failures import json_answer
from parley.web.pages.lists import SHORT, vantage
from parley.web.pages.showing import add_data, add_page, record_of, show
from parley.web.remembering import remembered

_ROWS = 8


class Part(Struct, frozen=True, kw_only=True):
    """A part of the overview: some events of a kind, and how many there are in all."""

    name: str
    title: str
    to: str
    kind: Kind
    order: Order
    none: str


PARTS = (
    Part(
        name="latest", title="Latest", to="/timeline", kind="past", order="latest",
        none="Nothing is told as having happened.",
    ),
    Part(
        name="ahead", title="Ahead", to="/calendar", kind="ahead", order="latest",
        none="Nothing is announced for after the last report.",
    ),
    Part(
        name="disputed", title="Disputed", to="/disagreements", kind="disputed", order="latest",
        none="The reports agree.",
    ),
    Part(
        name="talks", title="Talks", to="/talks", kind="talks", order="latest",
        none="No talks are told of.",
    ),
)  # fmt: skip


class OverviewPart(Struct, frozen=True, kw_only=True):
    """A part of the overview as the API gives it."""

    name: str
    total: int
    rows: list[TimelineRow]


class Overview(Struct, frozen=True, kw_only=True):
    """What the record holds, and its parts."""

    sizes: dict[str, int]
    unmerged: bool
    parts: list[OverviewPart]


def look_over(record: Record, filters: Filters, on: date) -> list[tuple[Part, int, list[Event]]]:
    """Return each part with how many events it has, and the first of them, as seen from a day."""
    found = []
    for part in PARTS:
        page = find_events(
            record,
            filters,
            Paging(limit=_ROWS),
            kind=part.kind,
            order=part.order,
            on=on,
        )
        found.append((part, page.total, list(page.rows)))
    return found


def register(app: FastAPI) -> None:
    """Add the page and its data."""
    add_page(app, "/", page)
    add_data(app, "/overview", overview_data, gives=Overview)


def page(request: Request, asked: AskedQuery) -> Response:
    """Show what the record holds in short."""
    record = record_of(request)
    return show(
        request,
        "overview.html",
        page="overview",
        asked=asked,
        sizes=remembered(record, Record.sizes, reports=True),
        unmerged=record.unmerged,
        parts=remembered(record, look_over, filters_of(asked.on_page), vantage(record)),
    )


def overview_data(request: Request, asked: AskedQuery) -> Response:
    """Give what the record holds in short."""
    record = record_of(request)
    parts = [
        OverviewPart(
            name=part.name, total=total, rows=[row_of(event, length=SHORT) for event in events]
        )
        for part, total, events in remembered(record, look_over, filters_of(asked), vantage(record))
    ]
    sizes = dict(record.sizes())
    return json_answer(Overview(sizes=sizes, unmerged=record.unmerged, parts=parts))
