"""The record, or what passes the filters, as a file for other programs."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from parley.errors import NotFound
from parley.export import FORMATS
from parley.web.asking import AskedQuery, filters_of
from parley.web.pages.showing import add_page, record_of, show


def register(app: FastAPI) -> None:
    """Add the page, and the files."""
    add_page(app, "/export", page)
    add_page(app, "/export/{name}", download)


def page(request: Request, asked: AskedQuery) -> Response:
    """Show in which forms the events that pass the filters can be had."""
    return show(request, "export.html", page="export", asked=asked, formats=FORMATS.values())


def download(request: Request, name: str, asked: AskedQuery) -> Response:
    """Send the events that pass the filters as a file."""
    form = FORMATS.get(name)
    if form is None:
        raise NotFound(f"{name}: no such format; there is {', '.join(FORMATS)}")
    pieces = form.write(record_of(request), filters=filters_of(asked), bom=True)
    headers = {"content-disposition": f'attachment; filename="record{form.suffix}"'}
    return StreamingResponse(pieces, media_type=form.media_type, headers=headers)
