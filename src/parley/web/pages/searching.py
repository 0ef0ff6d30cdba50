"""Search over events and reports."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query
from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from parley.record import Hit, Record, SearchKind
from parley.web.failures import json_answer
from parley.web.pages.showing import add_data, add_page, record_of, show

_ROWS = 20


class SearchAsked(BaseModel):
    """What is searched for."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    q: str = Field(default="", max_length=200, description="Words, or how they begin.")
    kind: SearchKind = Field(default="event", description="Events or reports.")
    limit: int = Field(default=_ROWS, ge=1, le=200, description="How many rows.")
    offset: int = Field(default=0, ge=0, le=2**31, description="After how many rows.")


class Found(Struct, frozen=True, kw_only=True):
    """What was found; `next` is the offset of the next page, None after the last."""

    words: str
    kind: SearchKind
    hits: list[Hit]
    next: int | None


def find(record: Record, asked: SearchAsked) -> Found:
    """Return the events or reports that have all the words, the best first."""
    hits = record.search(asked.q, kind=asked.kind, limit=asked.limit + 1, offset=asked.offset)
    more = len(hits) > asked.limit
    return Found(
        words=asked.q,
        kind=asked.kind,
        hits=list(hits[: asked.limit]),
        next=asked.offset + asked.limit if more else None,
    )


def register(app: FastAPI) -> None:
    """Add the page and its data."""
    add_page(app, "/search", page)
    add_data(app, "/search", search_data, gives=Found)


def page(request: Request, asked: Annotated[SearchAsked, Query()]) -> Response:
    """Show what was found."""
    return show(
        request, "search.html", page="search", asked=asked, found=find(record_of(request), asked)
    )


def search_data(request: Request, asked: Annotated[SearchAsked, Query()]) -> Response:
    """Give what was found."""
    return json_answer(find(record_of(request), asked))
