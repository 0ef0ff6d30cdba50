"""The data of the drawings, no finer than can be seen: timeline, map, fighting, meetings."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import FastAPI, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from parley.record import Record
from parley.record.drawing import (
    FightingDrawn,
    MapDrawn,
    MeetingsDrawn,
    TimelineDrawn,
    draw_fighting,
    draw_map,
    draw_meetings,
    draw_timeline,
)
from parley.record.finding import Filters
from parley.web.asking import Asked, AskedQuery, filters_of
from parley.web.failures import Failure, json_answer
from parley.web.pages.showing import add_data, add_page, record_of, show
from parley.web.remembering import remembered


class Window(Asked):
    """Filters, and the days that are drawn of what passes them."""

    from_: date | None = Field(default=None, alias="from", description="First day drawn.")
    to: date | None = Field(default=None, description="Last day drawn.")


def register(app: FastAPI) -> None:
    """Add the page of the map, and the data of every drawing."""
    add_page(app, "/map", map_page)
    add_data(app, "/drawings/timeline", draw_timeline_data, gives=TimelineDrawn)
    add_data(app, "/drawings/map", draw_map_data, gives=MapDrawn)
    add_data(app, "/drawings/fighting", draw_fighting_data, gives=FightingDrawn)
    add_data(app, "/drawings/meetings", draw_meetings_data, gives=MeetingsDrawn)


def map_page(request: Request, asked: AskedQuery) -> Response:
    """Show where it happened."""
    drawn = remembered(record_of(request), draw_map, filters_of(asked))
    return show(request, "map.html", page="map", asked=asked, drawn=drawn)


def draw_timeline_data(request: Request, asked: Annotated[Window, Query()]) -> Response:
    """Give what the timeline draws: bins by lane, and the events where they are few."""
    if asked.from_ and asked.to and asked.to < asked.from_:
        raise Failure(422, "wrong_request", "to lies before from; give the earlier day to from")
    drawn = remembered(record_of(request), _draw_window, filters_of(asked), asked.from_, asked.to)
    return json_answer(drawn)


def _draw_window(
    record: Record, filters: Filters, first: date | None, last: date | None
) -> TimelineDrawn:
    return draw_timeline(record, filters, first=first, last=last)


def draw_map_data(request: Request, asked: AskedQuery) -> Response:
    """Give what the map draws: places, with how many events of each kind."""
    return json_answer(remembered(record_of(request), draw_map, filters_of(asked)))


def draw_fighting_data(request: Request, asked: AskedQuery) -> Response:
    """Give the figures of the fighting by period and side, from the lowest to the highest."""
    return json_answer(remembered(record_of(request), draw_fighting, filters_of(asked)))


def draw_meetings_data(request: Request, asked: AskedQuery) -> Response:
    """Give who met whom, and how often."""
    return json_answer(remembered(record_of(request), draw_meetings, filters_of(asked)))
