"""The app put together: the record opened, pages and API registered, errors in one shape."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response

from parley.errors import ParleyError
from parley.record import Record
from parley.version import __version__
from parley.web.answers import answer_failure
from parley.web.describing import describe
from parley.web.failures import Failure, failure_of
from parley.web.guard import Guard, Sessions
from parley.web.pages import register_pages
from parley.web.settings import Settings
from parley.web.static import serve_asset

_log = logging.getLogger("parley.web")
_KINDS = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}


def create_app(settings: Settings) -> FastAPI:
    """Return the app for a record.

    Raises `ParleyError` where strangers could reach it without a secret, `RecordError`
    where the record cannot be opened.
    """
    settings.check()
    record = Record.open(settings.record, read_only=settings.read_only)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.jobs.close()
        record.close()

    app = FastAPI(
        title="Parley",
        version=__version__,
        description="A record of events, each field traced to the reports that say it.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry={"auto_configure": False, "tracing": False, "metrics": False, "logs": False},
        # Of the address of a request nothing is made but an answer to it.
        separate_input_output_schemas=False,
    )
    sessions = Sessions(settings.secret)
    app.state.record, app.state.settings, app.state.sessions = record, settings, sessions
    app.add_api_route(
        "/static/{version}/{name:path}", serve_asset, include_in_schema=False, methods=["GET"]
    )
    app.state.answers = {}
    register_pages(app)
    describe(app)
    for kind in (ParleyError, Failure, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, _answer)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Guard, settings=settings, sessions=sessions)
    return app


async def _answer(request: Request, error: Exception) -> Response:
    return answer_failure(request.scope, _failure(error))


def _failure(error: Exception) -> Failure:
    match error:
        case Failure():
            return error
        case ParleyError():
            return failure_of(error)
        case RequestValidationError():
            return Failure(422, "wrong_request", _in_words(error))
        case HTTPException():
            if isinstance(error.__cause__, Failure):  # a body that was too large half-way
                return error.__cause__
            kind = _KINDS.get(error.status_code, "refused")
            return Failure(error.status_code, kind, f"{error.detail}; go back to /")
        case _:
            _log.error("a request failed", exc_info=error)
            message = f"unexpected {type(error).__name__}; the record is as whole as before"
            return Failure(500, "unexpected", message)


def _in_words(error: RequestValidationError) -> str:
    """Return what is wrong with a request, a clause for each field."""
    clauses = []
    for each in error.errors()[:5]:
        where = ".".join(str(part) for part in each["loc"][1:]) or "the request"
        clauses.append(f"{where}: {each['msg'][:1].lower()}{each['msg'][1:]}")
    return "; ".join(clauses)
