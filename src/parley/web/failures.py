"""What goes wrong, told in one shape: to programs as JSON, to persons as a page.

{"error": {"status": 404, "kind": "not_found", "message": "..."}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import Response

from parley.errors import Conflict, NotFound, ParleyError, RecordError, Refused, WrongFilter

if TYPE_CHECKING:
    from starlette.types import Scope


class Failure(Exception):
    """A request that is answered with what is wrong: a status, a kind for programs, words.

    `location` is where a person is led instead, if anywhere.
    """

    def __init__(
        self, status: int, kind: str, message: str, *, location: str | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.message = message
        self.location = location


class ErrorBody(msgspec.Struct, frozen=True):
    """What went wrong: the HTTP status, a kind that stays the same, a line for a person."""

    status: int
    kind: str
    message: str


class ErrorAnswer(msgspec.Struct, frozen=True):
    """The one shape of errors."""

    error: ErrorBody


def failure_of(error: ParleyError) -> Failure:
    """Return how an error of Parley's is answered."""
    message = str(error)
    match error:
        case NotFound():
            return Failure(404, "not_found", message)
        case WrongFilter():
            return Failure(422, "wrong_filter", message)
        case Conflict():
            return Failure(409, "conflict", message)
        case Refused():
            return Failure(422, "refused", message)
        case RecordError():
            return Failure(503, "record", message)
        case _:
            return Failure(400, "refused", message)


def wants_json(scope: Scope) -> bool:
    """Tell whether a request is a program's."""
    path = str(scope["path"])
    return path.startswith("/api/") or path == "/openapi.json"


def json_answer(
    value: Any,  # noqa: ANN401 - whatever msgspec can encode
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Response:
    """Return a value as JSON."""
    raw = msgspec.json.encode(value)
    return Response(raw, status_code=status, media_type="application/json", headers=headers)
