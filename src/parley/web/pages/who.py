"""Who takes part and who tells it: parties, persons, outlets."""

from __future__ import annotations

from fastapi import FastAPI
from msgspec import Struct
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from parley.model import Event
from parley.record import Record
from parley.record.finding import (
    Filters,
    Outlet,
    Page,
    Paging,
    Presence,
    count_met,
    count_outlets,
    count_parties,
    find_events,
)
from parley.views import TimelineRow
from parley.views.timeline import row_of
from parley.web.asking import AskedQuery, filters_of, paging_of
from parley.web.failures import json_answer
from parley.web.pages.lists import SHORT, by_date
from parley.web.pages.showing import add_data, add_page, record_of, show
from parley.web.remembering import remembered

_MET = 30
_ROWS = 20


class PartiesListed(Struct, frozen=True, kw_only=True):
    """Some parties or persons, the most frequent first."""

    rows: list[Presence]
    total: int
    limit: int
    offset: int
    next: int | None


class OutletsListed(Struct, frozen=True, kw_only=True):
    """Some outlets, the busiest first."""

    rows: list[Outlet]
    total: int
    limit: int
    offset: int
    next: int | None


class PartyShown(Struct, frozen=True, kw_only=True):
    """A party: with whom it met and how often, and its latest events."""

    name: str
    events: int
    met: dict[str, int]
    latest: list[TimelineRow]


def register(app: FastAPI) -> None:
    """Add the pages and their data."""
    add_page(app, "/parties", parties_page)
    add_page(app, "/people", people_page)
    add_page(app, "/sources", sources_page)
    add_page(app, "/parties/{name:path}", party_page)
    add_data(app, "/parties", list_parties_data, gives=PartiesListed)
    add_data(app, "/people", list_people_data, gives=PartiesListed)
    add_data(app, "/sources", list_sources_data, gives=OutletsListed)
    add_data(app, "/parties/{name}", show_party_data, gives=PartyShown)


def parties_page(request: Request, asked: AskedQuery) -> Response:
    """Show the parties."""
    return _parties_page(request, asked, persons=False)


def people_page(request: Request, asked: AskedQuery) -> Response:
    """Show the persons."""
    return _parties_page(request, asked, persons=True)


def sources_page(request: Request, asked: AskedQuery) -> Response:
    """Show the outlets compared."""
    return show(
        request,
        "sources.html",
        page="sources",
        asked=asked,
        found=_sources(request, asked),
        query_of=lambda offset: asked.query(offset=offset),
    )


def party_page(request: Request, name: str) -> Response:
    """Show a party or a person: whom it met, and what it took part in last."""
    shown, events = remembered(record_of(request), _party, name)
    return show(request, "party.html", page="parties", shown=shown, groups=list(by_date(events)))


def list_parties_data(request: Request, asked: AskedQuery) -> Response:
    """Give the parties, a page of them."""
    return json_answer(_parties(request, asked, persons=False))


def list_people_data(request: Request, asked: AskedQuery) -> Response:
    """Give the persons who are named as parties of their own, a page of them."""
    return json_answer(_parties(request, asked, persons=True))


def list_sources_data(request: Request, asked: AskedQuery) -> Response:
    """Give the outlets, with what each told alone and what it told first."""
    return json_answer(_sources(request, asked))


def show_party_data(request: Request, name: str) -> Response:
    """Give a party: whom it met, and its latest events."""
    return json_answer(remembered(record_of(request), _party, name)[0])


def _parties_page(request: Request, asked: AskedQuery, *, persons: bool) -> Response:
    return show(
        request,
        "parties.html",
        page="people" if persons else "parties",
        asked=asked,
        found=_parties(request, asked.on_page, persons=persons),
        persons=persons,
        query_of=lambda offset: asked.query(offset=offset),
    )


def _parties(request: Request, asked: AskedQuery, *, persons: bool) -> PartiesListed:
    # A page leaves out populations as it does thin events, and counts the events of both.
    filters = replace(filters_of(asked), thin=None)
    populations = asked.thin != "folded"
    found = remembered(record_of(request), _count, filters, paging_of(asked), persons, populations)
    return PartiesListed(
        rows=list(found.rows),
        total=found.total,
        limit=found.limit,
        offset=found.offset,
        next=found.next_offset,
    )


def _count(
    record: Record, filters: Filters, paging: Paging, persons: bool, populations: bool
) -> Page[Presence]:
    return count_parties(record, filters, paging, persons=persons, populations=populations)


def _sources(request: Request, asked: AskedQuery) -> OutletsListed:
    found = remembered(
        record_of(request), count_outlets, filters_of(asked), paging_of(asked), reports=True
    )
    return OutletsListed(
        rows=list(found.rows),
        total=found.total,
        limit=found.limit,
        offset=found.offset,
        next=found.next_offset,
    )


def _party(record: Record, name: str) -> tuple[PartyShown, list[Event]]:
    filters = Filters(party=(name,))
    found = find_events(record, filters, Paging(limit=_ROWS), order="latest")
    shown = PartyShown(
        name=name,
        events=found.total,
        met=count_met(record, Filters(), name, most=_MET),
        latest=[row_of(event, length=SHORT) for event in found.rows],
    )
    return shown, list(found.rows)
