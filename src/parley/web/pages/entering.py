"""The password, and the name under which one reviews."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import FastAPI, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from parley.web.failures import Failure
from parley.web.guard import COOKIE, ENTRY
from parley.web.pages.showing import NAME_COOKIE, add_page, name_cookie, show

_MONTH = 30 * 86_400
_PAUSE = 1.0  # seconds that a wrong password costs who tries it


def register(app: FastAPI) -> None:
    """Add the pages."""
    add_page(app, ENTRY, page)
    add_page(app, ENTRY, enter, methods=("POST",))
    add_page(app, "/leave", leave, methods=("POST",))
    add_page(app, "/name", keep_name, methods=("POST",))


def page(request: Request, to: str = "/", token: str = "") -> Response:
    """Ask for the password; a token in the address does as well."""
    if token:
        return _answer(request, token, to)
    return show(request, "enter.html", to=to, wrong=False)


def enter(
    request: Request, secret: Annotated[str, Form()] = "", to: Annotated[str, Form()] = "/"
) -> Response:
    """Let in who knows the password."""
    return _answer(request, secret, to)


def leave(request: Request) -> Response:
    """Forget who was here."""
    answer = RedirectResponse(ENTRY, status_code=303)
    answer.delete_cookie(COOKIE)
    return answer


def keep_name(
    request: Request, name: Annotated[str, Form()] = "", to: Annotated[str, Form()] = "/review"
) -> Response:
    """Keep the name under which corrections are signed."""
    bare = " ".join(name.split())[:80]
    if not bare:
        raise Failure(422, "wrong_request", "the name is empty; write the one you sign with")
    answer = RedirectResponse(inside(to), status_code=303)
    answer.set_cookie(
        NAME_COOKIE, name_cookie(bare), max_age=_MONTH, httponly=True, samesite="strict"
    )
    return answer


def inside(to: str) -> str:
    """Return an address of ours to go on to: never another site's."""
    plain = to.isprintable() and to.isascii() and "\\" not in to
    return to if plain and to.startswith("/") and not to.startswith("//") else "/"


def _answer(request: Request, secret: str, to: str) -> Response:
    sessions = request.app.state.sessions
    if not sessions.open and not sessions.knows(secret):
        time.sleep(_PAUSE)
        return show(request, "enter.html", status=403, to=inside(to), wrong=True)
    answer = RedirectResponse(inside(to), status_code=303)
    answer.set_cookie(COOKIE, sessions.issue(), max_age=_MONTH, httponly=True, samesite="strict")
    return answer
