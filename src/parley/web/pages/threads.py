"""Talks by track, agreements and what became of each point, claims and who denies them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from msgspec import Struct
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from parley.record import Record
from parley.record.finding import Filters, Page, Paging
from parley.views import (
    AgreementRow,
    ClaimRow,
    TalksTrack,
    show_agreements,
    show_claims,
    show_talks,
)
from parley.web.asking import Asked, AskedQuery, filters_of, paging_of
from parley.web.failures import json_answer
from parley.web.pages.showing import add_data, add_page, record_of, show
from parley.web.remembering import remembered

_ROWS = 20  # unless the address says how many: these rows are long


class TracksListed(Struct, frozen=True, kw_only=True):
    """Some tracks of talks, the latest first; `total` is how many there are."""

    rows: tuple[TalksTrack, ...]
    total: int
    limit: int
    offset: int
    next: int | None


class AgreementsListed(Struct, frozen=True, kw_only=True):
    """Some agreements, the latest first; `total` is how many there are."""

    rows: tuple[AgreementRow, ...]
    total: int
    limit: int
    offset: int
    next: int | None


class ClaimsListed(Struct, frozen=True, kw_only=True):
    """Some claims, the latest first; `total` is how many there are."""

    rows: tuple[ClaimRow, ...]
    total: int
    limit: int
    offset: int
    next: int | None


class Thread(Struct, frozen=True, kw_only=True):
    """A page of a view: its address, its title, what stands above it, whom it asks.

    `folds`: it leaves thin events out unless told.
    """

    name: str
    title: str
    lead: str
    ask: Callable[[Record, Filters, Paging], Page[Any]]
    gives: type[Struct]
    folds: bool = False


THREADS = (
    Thread(
        name="talks",
        title="Talks",
        lead="Who brought whom together, when and where, and what came of it.",
        ask=show_talks,
        gives=TracksListed,
    ),
    Thread(
        name="agreements",
        title="Agreements",
        lead="What was agreed, point by point, and what is told of its keeping and breach.",
        ask=show_agreements,
        gives=AgreementsListed,
        folds=True,
    ),
    Thread(
        name="claims",
        title="Claims and denials",
        lead="What someone alleges, beside what is said against it: no facts, but who says so.",
        ask=show_claims,
        gives=ClaimsListed,
    ),
)


def register(app: FastAPI) -> None:
    """Add the pages and their data."""
    for thread in THREADS:
        _register(app, thread)


def _register(app: FastAPI, thread: Thread) -> None:
    def page(request: Request, asked: AskedQuery) -> Response:
        seen = asked.on_page if thread.folds else asked
        found = _found(request, thread, seen)
        return show(
            request,
            f"{thread.name}.html",
            page=thread.name,
            listing=thread,
            asked=asked,
            found=found,
            thin=_count_thin(request, thread, seen, found.total) if thread.folds else 0,
            query_of=lambda offset: asked.query(offset=offset),
        )

    def data(request: Request, asked: AskedQuery) -> Response:
        found = _found(request, thread, asked)
        return json_answer(
            thread.gives(
                rows=tuple(found.rows),
                total=found.total,
                limit=found.limit,
                offset=found.offset,
                next=found.next_offset,
            )
        )

    data.__name__ = f"list_{thread.name}"
    data.__doc__ = thread.lead
    add_page(app, f"/{thread.name}", page)
    add_data(app, f"/{thread.name}", data, gives=thread.gives)


def _found(request: Request, thread: Thread, asked: Asked) -> Page[Any]:
    paging = paging_of(asked)
    if "limit" not in asked.model_fields_set:
        paging = Paging(limit=_ROWS, offset=paging.offset)
    return remembered(record_of(request), _view, thread, filters_of(asked), paging)


def _count_thin(request: Request, thread: Thread, seen: Asked, shown: int) -> int:
    if seen.thin != "folded":
        return 0
    every = replace(filters_of(seen), thin=None)
    return remembered(record_of(request), _view, thread, every, Paging(limit=1)).total - shown


def _view(record: Record, thread: Thread, filters: Filters, paging: Paging) -> Page[Any]:
    return thread.ask(record, filters, paging)
