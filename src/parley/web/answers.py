"""How a failure is answered: as JSON to programs, as a page to persons."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from parley.web.failures import ErrorAnswer, ErrorBody, Failure, json_answer, wants_json
from parley.web.templating import render

TITLES = {
    400: "That cannot be asked",
    401: "Please sign in",
    403: "Not allowed",
    404: "Not here",
    405: "Not so",
    409: "Someone else was faster",
    413: "Too large",
    422: "That cannot be asked",
    500: "That went wrong",
    503: "The record does not answer",
}


def answer_failure(scope: Scope, failure: Failure) -> Response:
    """Return the answer: JSON under /api, a page elsewhere."""
    headers: dict[str, str] = {}
    if failure.status == 401:
        headers["www-authenticate"] = "Bearer"
    if wants_json(scope):
        body = ErrorAnswer(ErrorBody(failure.status, failure.kind, failure.message))
        return json_answer(body, status=failure.status, headers=headers)
    if failure.location is not None:
        return RedirectResponse(failure.location, status_code=303)
    page = render(
        "failure.html",
        title=TITLES.get(failure.status, "That went wrong"),
        message=failure.message,
        status=failure.status,
    )
    return Response(
        page, status_code=failure.status, media_type="text/html; charset=utf-8", headers=headers
    )
