"""One event with all that is said of it."""

from __future__ import annotations

from datetime import timedelta

from fastapi import FastAPI
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from parley.model import Correction, Event, Report
from parley.record import Record
from parley.record.finding import Filters, Paging, find_events
from parley.views import EventDetail, TimelineRow, show_event
from parley.views.timeline import row_of
from parley.web.explaining import WhyDrawn, explain
from parley.web.failures import json_answer
from parley.web.pages.lists import SHORT
from parley.web.pages.showing import add_data, add_page, record_of, show
from parley.web.telling import Field, fields_of, words_of

_NEAR_DAYS = 3
_NEIGHBOURS = 8
_WINDOW = 92  # days: what lasted longer has no neighbours in time


class Shown(Struct, frozen=True, kw_only=True):
    """An event, its fields with what proves each, its history and its neighbours in time."""

    detail: EventDetail
    fields: list[Field]
    history: list[Correction]
    neighbours: list[TimelineRow]


def look_up(record: Record, id_: str) -> Shown:
    """Return what the page of an event shows.  Raises `NotFound`."""
    detail = show_event(record, id_)
    event = detail.event
    return Shown(
        detail=detail,
        fields=fields_of(event, reports_of(record, event)),
        history=history_of(record, event),
        neighbours=[row_of(each, length=SHORT) for each in neighbours_of(record, event)],
    )


def reports_of(record: Record, event: Event) -> dict[str, Report]:
    """Return the reports that tell an event, by id."""
    return {id_: record.report(id_) for id_ in {mention.report for mention in event.mentions}}


def history_of(record: Record, event: Event) -> list[Correction]:
    """Return the corrections that hold on to a telling of the event, the first first."""
    ours = {mention.id for mention in event.mentions}
    return [
        entry
        for entry in record.corrections()
        if entry.event == event.id
        or ours & {anchor.mention for anchor in entry.anchors}
        or any(ours & {a.mention for a in group.anchors} for group in entry.groups)
    ]


def neighbours_of(record: Record, event: Event) -> list[Event]:
    """Return events of the same days, before and after."""
    when = event.when
    if when is None or when.end is None or (when.end - when.start).days > _WINDOW:
        return []
    margin = timedelta(days=_NEAR_DAYS)
    try:
        around = Filters(since=when.start - margin, until=when.end + margin)
    except OverflowError:
        return []
    found = find_events(record, around, Paging(limit=200))
    others = [
        each
        for each in found.rows
        if each.id != event.id
        and each.when is not None
        and each.when.end is not None
        and (each.when.end - each.when.start).days <= _WINDOW
    ]
    nearest = sorted(
        others, key=lambda each: abs((each.when.start - when.start).days) if each.when else 0
    )[:_NEIGHBOURS]
    return [each for each in others if each in nearest]


def register(app: FastAPI) -> None:
    """Add the page and its data."""
    add_page(app, "/events/{id}", page)
    add_data(app, "/events/{id}", show_event_data, gives=Shown)
    add_data(app, "/drawings/why/{id}", why_data, gives=WhyDrawn)


def page(request: Request, id: str) -> Response:
    """Show an event; an id that has gone into another leads there."""
    record = record_of(request)
    shown = look_up(record, id)
    event = shown.detail.event
    if event.id != id:
        return RedirectResponse(f"/events/{event.id}", status_code=308)
    reports = reports_of(record, event)
    words = [words_of(telling, shown.fields, reports) for telling in shown.detail.tellings]
    return show(
        request,
        "event.html",
        page="timeline",
        shown=shown,
        event=event,
        words=words,
        why=explain(record, event.id, len(event.mentions)),
        numbers={mention.id: number for number, mention in enumerate(event.mentions, 1)},
        latest=max((entry.number for entry in shown.history), default=0),
    )


def why_data(request: Request, id: str) -> Response:
    """Give why the mentions of an event are one: the evidence, in bits."""
    record = record_of(request)
    event = record.event(id)
    return json_answer(explain(record, event.id, len(event.mentions)))


def show_event_data(request: Request, id: str) -> Response:
    """Give an event with all that is said of it."""
    return json_answer(look_up(record_of(request), id))
