"""The index of the JSON API, the log of corrections, and what browsers ask for by themselves."""

from __future__ import annotations

from fastapi import FastAPI
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from parley.model import Correction
from parley.web.asking import AskedQuery
from parley.web.failures import json_answer
from parley.web.pages.showing import add_data, add_page, record_of, show


class CorrectionsListed(Struct, frozen=True, kw_only=True):
    """Entries of the log of corrections, the last first."""

    rows: list[Correction]
    total: int
    limit: int
    offset: int


def register(app: FastAPI) -> None:
    """Add the pages and their data."""
    add_page(app, "/api", api_page)
    add_page(app, "/corrections", corrections_page)
    add_page(app, "/favicon.ico", icon)
    add_data(app, "/corrections", list_corrections_data, gives=CorrectionsListed)


def api_page(request: Request) -> Response:
    """Show what can be had as data."""
    paths = request.app.openapi()["paths"]
    operations = [
        (path, method.upper(), operation["summary"])
        for path, methods in paths.items()
        for method, operation in methods.items()
    ]
    return show(request, "api.html", page="api", operations=operations)


def corrections_page(request: Request, asked: AskedQuery) -> Response:
    """Show what persons said of the record, the last first."""
    return show(
        request,
        "corrections.html",
        page="corrections",
        found=_corrections(request, asked),
        query_of=lambda offset: asked.query(offset=offset),
    )


def list_corrections_data(request: Request, asked: AskedQuery) -> Response:
    """Give the log of corrections, the last first."""
    return json_answer(_corrections(request, asked))


def icon(request: Request) -> Response:
    """Have no icon."""
    return Response(status_code=204)


def _corrections(request: Request, asked: AskedQuery) -> CorrectionsListed:
    entries = list(reversed(record_of(request).corrections()))
    return CorrectionsListed(
        rows=entries[asked.offset : asked.offset + asked.limit],
        total=len(entries),
        limit=asked.limit,
        offset=asked.offset,
    )
