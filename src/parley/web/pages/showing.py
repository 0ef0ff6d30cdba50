"""What every page's handler needs: the record, rendering, who is here."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any, cast

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from parley.record import Record
from parley.web.failures import Failure
from parley.web.guard import COOKIE
from parley.web.settings import Settings
from parley.web.templating import render

NAME_COOKIE = "parley_name"
HTML = "text/html; charset=utf-8"


def record_of(request: Request) -> Record:
    """Return the record that is served."""
    return cast(Record, request.app.state.record)


def settings_of(request: Request) -> Settings:
    """Return how it is served."""
    return cast(Settings, request.app.state.settings)


def show(
    request: Request,
    template: str,
    *,
    status: int = 200,
    **context: Any,  # noqa: ANN401 - what the template shows
) -> Response:
    """Return a page."""
    settings = settings_of(request)
    page = render(
        template,
        read_only=settings.read_only,
        signed_in=settings.secret is not None and COOKIE in request.cookies,
        analyst=analyst_of(request),
        **context,
    )
    return Response(page, status_code=status, media_type=HTML, headers={"vary": "cookie"})


def analyst_of(request: Request) -> str | None:
    """Return the name under which the person reviews, None where none was given yet."""
    raw = request.cookies.get(NAME_COOKIE)
    if not raw:
        return None
    try:
        name = base64.urlsafe_b64decode(raw.encode()).decode()
    except (binascii.Error, ValueError):
        return None
    return " ".join(name.split())[:80] or None


def name_cookie(name: str) -> str:
    """Return the cookie's value that keeps a name of whatever characters."""
    return base64.urlsafe_b64encode(name.encode()).decode()


def check_writable(request: Request) -> None:
    """Raise `Failure` where nothing may be written."""
    if settings_of(request).read_only:
        raise Failure(
            403, "read_only", "this record is served to be read only; serve it without --read-only"
        )


def add_page(
    app: FastAPI, path: str, handler: Callable[..., Any], *, methods: tuple[str, ...] = ("GET",)
) -> None:
    """Add a page for persons; it is no part of the described API."""
    app.add_api_route(
        path,
        handler,
        methods=[*methods, *(["HEAD"] if "GET" in methods else [])],
        include_in_schema=False,
        response_class=Response,
        response_model=None,
    )


def add_data(
    app: FastAPI,
    path: str,
    handler: Callable[..., Any],
    *,
    gives: Any,  # noqa: ANN401 - any type that msgspec knows
    methods: tuple[str, ...] = ("GET",),
    status: str = "200",
) -> None:
    """Add a route of the API under `/api`, which answers with a type of ours."""
    name = handler.__name__.removesuffix("_data")
    app.state.answers[name] = (gives, status)
    app.add_api_route(
        f"/api{path}",
        handler,
        methods=list(methods),
        response_class=Response,
        response_model=None,
        name=name,
        operation_id=name,
        summary=(handler.__doc__ or "").strip().splitlines()[0],
    )
