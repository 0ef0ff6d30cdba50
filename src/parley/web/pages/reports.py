"""The reports, and one of them: its text as it was, with what was coded from it marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import FastAPI, Query
from markupsafe import Markup
from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from parley.model import EventType, Mention, Report, ReportLine, Status
from parley.record import Record
from parley.record.finding import Paging
from parley.record.rows import line_of
from parley.record.texts import ReportOrder, ReportTally, find_reports, mentions_in
from parley.views import phrase_published
from parley.views.reports import phrase_reasoning
from parley.web.asking import ROWS
from parley.web.failures import json_answer
from parley.web.marking import Piece, Span, cut
from parley.web.pages.showing import add_data, add_page, record_of, show
from parley.web.templating import TYPES, plain

SpanKind = Literal["event", "proof", "boilerplate"]


class ReportsAsked(BaseModel):
    """Which reports an address asks for."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    outlet: str | None = Field(default=None, max_length=200, description="Of this outlet.")
    words: str | None = Field(
        default=None, max_length=200, description="With this in the title or the address."
    )
    order: ReportOrder = Field(default="published", description="In which order.")
    limit: int = Field(default=ROWS, ge=1, le=500, description="How many rows.")
    offset: int = Field(default=0, ge=0, le=2**31, description="After how many rows.")


class Marked(Struct, frozen=True, kw_only=True):
    """What a stretch of a report's text stands for.

    A "proof" says when the report was written, an "event" (a mention, with its event where
    it has one) what happened, "boilerplate" is no part of the report.  `says` tells it in a
    phrase.  `number` counts the mentions from 1.
    """

    kind: SpanKind
    says: str
    number: int = 0
    mention: str | None = None
    event: str | None = None
    type: EventType | None = None
    status: Status | None = None


class ReportShown(Struct, frozen=True, kw_only=True):
    """A report: what is known of it, its text, its marked spans and its mentions."""

    line: ReportLine
    date: str
    reasoning: str
    text: str
    mentions: list[Mention]
    events: list[str | None]


def look_up(record: Record, id_: str) -> tuple[ReportShown, Report]:
    """Return what the page of a report shows.  Raises `NotFound`."""
    report = record.report(id_)
    told = mentions_in(record, report.id)
    shown = ReportShown(
        line=line_of(report),
        date=phrase_published(report.published),
        reasoning=phrase_reasoning(report.published),
        text=report.text,
        mentions=[mention for mention, _ in told],
        events=[event for _, event in told],
    )
    return shown, report


def mark(shown: ReportShown) -> Markup:
    """Return the text of a report with every coded span marked in place and labelled.

    A stretch that several mentions tell is marked as deep as they are many; the label of
    each stands where it begins, and leads to its event.
    """
    parts: list[Markup] = []
    for piece in cut(shown.text, _spans(shown)):
        for marked in piece.begins:
            if marked.kind == "event":
                parts.append(_label(marked))
        parts.append(_marked(piece))
    return Markup("").join(parts)


def _label(marked: Marked) -> Markup:
    word = TYPES.get(marked.type or "", "")
    status = (marked.status or "").replace("_", " ")
    says = f"{marked.number}: {word}, {status}" + (f", {marked.says}" if marked.says else "")
    to = f"/events/{marked.event}" if marked.event else f"#c{marked.number}"
    return Markup('<a class="label" id="m{}" href="{}" data-type="{}" title="{}">{} {}</a>').format(
        marked.number, to, marked.type, says, marked.number, word
    )


def _marked(piece: Piece[Marked]) -> Markup:
    text = Markup('<span id="at{}">{}</span>').format(piece.start, plain(piece.text))
    told = [marked for marked in piece.covering if marked.kind == "event"]
    for marked in piece.covering:
        if marked.kind == "boilerplate":
            text = Markup('<span class="boilerplate" title="{}">{}</span>').format(
                plain(marked.says), text
            )
        elif marked.kind == "proof":
            text = Markup('<mark class="proof" title="{}">{}</mark>').format(
                plain(f"date: {marked.says}"), text
            )
    if not told:
        return text
    events = " ".join(dict.fromkeys(marked.event for marked in told if marked.event))
    numbers = ", ".join(str(marked.number) for marked in told)
    return Markup(
        '<mark class="coded" data-events="{}" data-depth="{}" data-passages="{}">{}</mark>'
    ).format(events, min(len(told), 4), numbers, text)


def _spans(shown: ReportShown) -> Iterator[Span[Marked]]:
    for part in shown.line.boilerplate:
        yield Span(part.start, part.end, Marked(kind="boilerplate", says=part.why))
    published = shown.line.published
    for proof in published.evidence if published else ():
        yield Span(proof.start, proof.end, Marked(kind="proof", says=proof.says))
    pairs = zip(shown.mentions, shown.events, strict=True)
    for number, (mention, event) in enumerate(pairs, 1):
        marked = Marked(
            kind="event",
            says="recalled as background" if mention.background else "",
            number=number,
            mention=mention.id,
            event=event,
            type=mention.type,
            status=mention.status,
        )
        yield Span(mention.start, mention.end, marked)


def register(app: FastAPI) -> None:
    """Add the pages and their data."""
    add_page(app, "/reports", page_of_all)
    add_page(app, "/reports/{id}", page)
    add_data(app, "/reports", list_reports_data, gives=ReportsListed)
    add_data(app, "/reports/{id}", show_report_data, gives=ReportShown)


class ReportsListed(Struct, frozen=True, kw_only=True):
    """Some reports; `total` is how many there are, `next` the offset of the next page."""

    rows: list[ReportTally]
    total: int
    limit: int
    offset: int
    next: int | None


def _find(request: Request, asked: ReportsAsked) -> ReportsListed:
    found = find_reports(
        record_of(request),
        Paging(limit=asked.limit, offset=asked.offset),
        outlet=asked.outlet,
        words=asked.words,
        order=asked.order,
    )
    return ReportsListed(
        rows=list(found.rows),
        total=found.total,
        limit=found.limit,
        offset=found.offset,
        next=found.next_offset,
    )


def page_of_all(request: Request, asked: Annotated[ReportsAsked, Query()]) -> Response:
    """Show the reports, a page of them."""
    pairs = [
        (key, value)
        for key, value in asked.model_dump(exclude_defaults=True).items()
        if key != "offset"
    ]
    return show(
        request,
        "reports.html",
        page="reports",
        found=_find(request, asked),
        asked=asked,
        query_of=lambda offset: (
            "?" + urlencode([*pairs, *([("offset", offset)] if offset else [])])
        ),
        date_of=phrase_published,
        reasoning_of=phrase_reasoning,
    )


def list_reports_data(request: Request, asked: Annotated[ReportsAsked, Query()]) -> Response:
    """Give the reports, a page of them."""
    return json_answer(_find(request, asked))


def page(request: Request, id: str) -> Response:
    """Show a report's text with what was coded from it."""
    shown, report = look_up(record_of(request), id)
    if report.id != id:
        return RedirectResponse(f"/reports/{report.id}", status_code=307)
    return show(
        request, "report.html", page="reports", shown=shown, line=shown.line,
        marked=mark(shown),
    )  # fmt: skip


def show_report_data(request: Request, id: str) -> Response:
    """Give a report with its text and its mentions."""
    shown, _ = look_up(record_of(request), id)
    return json_answer(shown)
