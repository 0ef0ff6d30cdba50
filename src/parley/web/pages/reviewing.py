"""Suggestions one by one: accept, correct, merge, split, reject, note, undo.

What the machine thinks of its own word is not shown before a person has judged, as
annotation practice asks.  Every judgement carries the number of the last correction that
the person has seen (`seen`): where another person has said something else since, nothing is
written, and the page is shown again with what was said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, get_args
from urllib.parse import parse_qsl, urlencode

from fastapi import Body, FastAPI, Form, Query
from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from parley.engine import (
    Done,
    confirm_event,
    delete_event,
    edit_event,
    merge_events,
    note_event,
    split_event,
    undo_correction,
)
from parley.errors import Conflict, NotFound, Refused
from parley.model import Correction, Event, EventType, Status
from parley.record import Record
from parley.record.finding import Filters, Paging, find_events
from parley.web.asking import Asked, AskedQuery, filters_of
from parley.web.explaining import explain
from parley.web.failures import Failure, json_answer
from parley.web.pages.events import look_up, neighbours_of, reports_of
from parley.web.pages.showing import (
    add_data,
    add_page,
    analyst_of,
    check_writable,
    record_of,
    show,
)
from parley.web.queue import Queue
from parley.web.telling import words_of as telling_words
from parley.web.wording import FIELDS, changed, words_of

ACTIONS = ("accept", "edit", "merge", "split", "reject", "note")
_SAID = {
    "confirm": "accepted",
    "edit": "corrected",
    "merge": "merged",
    "split": "split",
    "delete": "rejected",
    "note": "noted",
    "undo": "taken back",
}


class Judgement(BaseModel):
    """What a program says of an event: an action and what belongs to it."""

    model_config = ConfigDict(extra="forbid")

    action: str = Field(pattern="^(accept|edit|merge|split|reject|note|undo)$")
    by: str = Field(min_length=1, max_length=80, description="Who says so.")
    why: str | None = Field(default=None, max_length=2000)
    seen: int | None = Field(
        default=None, ge=0, description="The number of the last correction that was looked at."
    )
    values: dict[str, Any] = Field(default={}, description="For edit: fields as in the export.")
    others: list[str] = Field(default=[], max_length=50, description="For merge: other events.")
    mentions: list[str] = Field(default=[], max_length=500, description="For split: mentions.")
    number: int | None = Field(default=None, description="For undo: which correction.")


class Judged(Struct, frozen=True, kw_only=True):
    """What was written: entries of the log of corrections, and the events that they touch."""

    corrections: tuple[Correction, ...]
    events: tuple[str, ...]


def register(app: FastAPI) -> None:
    """Add the pages and their data."""
    app.state.queue = Queue()
    add_page(app, "/review", next_page)
    add_page(app, "/review/undo", undo, methods=("POST",))
    add_page(app, "/review/{id}", page)
    add_page(app, "/review/{id}", judge, methods=("POST",))
    add_data(app, "/events/{id}/judgements", judge_event_data, gives=Judged, methods=("POST",))


class Place(BaseModel):
    """Where in the queue a person is: the row, and the correction that was made last."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    at: int = Field(default=0, ge=0, le=2**31)
    did: int | None = Field(default=None, ge=0, le=2**31)
    on: str | None = Field(default=None, max_length=64)


def next_page(request: Request, asked: AskedQuery, place: Annotated[Place, Query()]) -> Response:
    """Lead to the next event that nobody has judged; ask for a name first."""
    check_writable(request)
    name = analyst_of(request)
    if name is None:
        to = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return show(request, "name.html", page="review", to=to)
    queue: Queue = request.app.state.queue
    found = queue.take(record_of(request), filters_of(asked), at=place.at, by=name)
    if found is None:
        return show(
            request, "review-end.html", page="review", asked=asked, last=_last(request, place)
        )
    more = [("did", str(place.did)), ("on", place.on or "")] if place.did else []
    pairs = [*_filters(asked), ("at", str(found.at)), *more]
    return RedirectResponse(f"/review/{found.event.id}?{urlencode(pairs)}", status_code=303)


def page(
    request: Request, id: str, asked: AskedQuery, place: Annotated[Place, Query()]
) -> Response:
    """Show an event to be judged."""
    check_writable(request)
    if analyst_of(request) is None:
        to = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return show(request, "name.html", page="review", to=to)
    return _page(request, id, asked, place)


def _page(
    request: Request,
    id_: str,
    asked: Asked,
    place: Place,
    *,
    problem: str | None = None,
    given: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    record = record_of(request)
    shown = look_up(record, id_)
    event = shown.detail.event
    reports = reports_of(record, event)
    judged, total = _progress(record, filters_of(asked))
    return show(
        request,
        "review.html",
        status=status,
        page="review",
        shown=shown,
        event=event,
        words=[telling_words(telling, shown.fields, reports) for telling in shown.detail.tellings],
        asked=asked,
        place=place,
        filters=urlencode(_filters(asked)),
        seen=max((entry.number for entry in shown.history), default=0),
        values={**words_of(event), **(given or {})},
        fields=FIELDS,
        options={"type": get_args(EventType), "status": get_args(Status)},
        candidates=[each for each in neighbours_of(record, event) if each.type == event.type],
        judged=judged,
        total=total,
        problem=problem,
        last=_last(request, place),
    )


async def judge(request: Request, id: str) -> Response:
    """Take a judgement from the page's form, and go on to the next event."""
    async with request.form(max_fields=700, max_files=0) as form:
        given = {key: str(value) for key, value in form.items()}
        mentions = [str(value) for value in form.getlist("mention")]
    return await run_in_threadpool(_judge, request, id, given, mentions)


def _judge(request: Request, id_: str, given: dict[str, str], mentions: list[str]) -> Response:
    check_writable(request)
    name = analyst_of(request)
    asked, place = _back(given)
    if name is None:
        return show(request, "name.html", page="review", to=f"/review/{id_}")
    action = given.get("action", "")
    seen = int(given["seen"]) if given.get("seen", "").isdecimal() else None
    record = record_of(request)
    try:
        done = _carry_out(record, id_, action, given, mentions, by=name, seen=seen)
    except (Refused, NotFound) as error:
        status = 409 if isinstance(error, Conflict) else 422
        kept = {field: given[field] for field in FIELDS if field in given}
        return _page(request, id_, asked, place, problem=str(error), given=kept, status=status)
    request.app.state.queue.release(id_)
    if action == "note":
        return RedirectResponse(f"/review/{id_}?{given.get('back', '')}#notes", status_code=303)
    number = done.corrections[-1].number if done.corrections else None
    pairs = [*_filters(asked), ("at", str(place.at))]
    if number is not None:
        pairs += [("did", str(number)), ("on", id_)]
    return RedirectResponse(f"/review?{urlencode(pairs)}", status_code=303)


def undo(
    request: Request,
    number: Annotated[int, Form(ge=1, le=2**31)],
    back: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Take back a judgement, and show its event again."""
    check_writable(request)
    name = analyst_of(request)
    if name is None:
        raise Failure(422, "wrong_request", "nobody says so; give your name at /review")
    record = record_of(request)
    done = undo_correction(record, number, by=name)
    entry = next(each for each in record.corrections() if each.number == number)
    held = record.subjects([entry])[number] or done.corrections[0].event
    asked, place = _back({"back": back})
    pairs = [*_filters(asked), ("at", str(place.at)), ("did", str(done.corrections[-1].number))]
    return RedirectResponse(f"/review/{held}?{urlencode(pairs)}", status_code=303)


def judge_event_data(request: Request, id: str, said: Annotated[Judgement, Body()]) -> Response:
    """Judge an event: accept, edit, merge, split, reject, note, or undo."""
    check_writable(request)
    record = record_of(request)
    signed: dict[str, Any] = {"by": said.by, "why": said.why, "seen": said.seen}
    match said.action:
        case "accept":
            done = confirm_event(record, id, **signed)
        case "edit":
            done = edit_event(record, id, said.values, **signed)
        case "merge":
            done = merge_events(record, [id, *said.others], **signed)
        case "split":
            done = split_event(record, id, said.mentions, **signed)
        case "reject":
            done = delete_event(record, id, **signed)
        case "note":
            done = note_event(record, id, said.why or "", by=said.by)
        case _:
            if said.number is None:
                raise Failure(422, "wrong_request", "say which correction is to be undone: number")
            done = undo_correction(record, said.number, by=said.by, why=said.why)
    return json_answer(Judged(corrections=done.corrections, events=done.events))


def _carry_out(
    record: Record,
    id_: str,
    action: str,
    given: Mapping[str, str],
    mentions: list[str],
    *,
    by: str,
    seen: int | None,
) -> Done:
    why = given.get("why") or None
    match action:
        case "accept":
            return confirm_event(record, id_, by=by, why=why, seen=seen)
        case "reject":
            return delete_event(record, id_, by=by, why=why, seen=seen)
        case "note":
            return note_event(record, id_, given.get("text", ""), by=by)
        case "split":
            return split_event(record, id_, mentions, by=by, why=why, seen=seen)
        case "merge":
            other = (given.get("other_id") or given.get("other") or "").strip()
            if not other:
                raise Refused("no other event was chosen; choose one, or write its id")
            return merge_events(record, [id_, other.rpartition("/")[2]], by=by, why=why, seen=seen)
        case "edit":
            values = changed(record.event(id_), given)
            if not values:
                raise Refused("no field was changed; change one, or accept the event")
            return edit_event(record, id_, values, by=by, why=why, seen=seen)
        case _:
            raise Refused(f"{action!r} is nothing that can be done; there is {', '.join(ACTIONS)}")


def _back(given: Mapping[str, str]) -> tuple[Asked, Place]:
    """Return the filters and the place in the queue that a form carries along."""
    pairs = parse_qsl(given.get("back", "")[:4000])
    fields: dict[str, Any] = {}
    for key, value in pairs:
        if key in ("type", "status", "mode", "party"):
            fields.setdefault(key, []).append(value)
        else:
            fields[key] = value
    try:
        return Asked.model_validate(fields), Place.model_validate(fields)
    except ValueError as error:
        raise Failure(422, "wrong_request", "the way back is damaged; begin at /review") from error


def _filters(asked: Asked) -> list[tuple[str, str]]:
    return asked.pairs(limit=None, offset=None)


def _progress(record: Record, filters: Filters) -> tuple[int, int]:
    """Return how many of the events that pass the filters a person has touched, and all."""
    one = Paging(limit=1)
    touched = find_events(record, replace(filters, corrected=True), one).total
    return touched, find_events(record, filters, one).total


def _last(request: Request, place: Place) -> dict[str, Any] | None:
    """Return what the person did last, and now how sure the machine was of it."""
    if place.did is None:
        return None
    record = record_of(request)
    entry = next((each for each in record.corrections() if each.number == place.did), None)
    if entry is None:
        return None
    machine = _certainty(record, place.on) if place.on and entry.action != "undo" else None
    return {
        "number": entry.number,
        "said": _SAID.get(entry.action, entry.action),
        "event": entry.event,
        "undoes": entry.undoes,
        "machine": machine,
    }


def _certainty(record: Record, id_: str) -> float | None:
    """Return how likely the machine holds it that the mentions of an event are one."""
    event: Event | None = record.suggestion(id_)
    if event is None or len(event.mentions) < 2:
        return None
    try:
        return explain(record, id_, len(event.mentions)).least
    except NotFound:
        return None
