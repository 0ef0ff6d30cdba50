"""The description of the JSON API (OpenAPI): the shapes of its answers, from our structs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from parley.web.failures import ErrorAnswer

_REFERENCE = "#/components/schemas/{name}"
# What any request may be answered with, and why.
_FAILURES = {
    "400": "The request makes no sense, or was not meant for this server.",
    "401": "The record asks for a password.",
    "403": "A request that writes came from another site, or the record is read only.",
    "404": "There is no such thing.",
    "405": "Another method is meant.",
    "409": "Another person said something else of it.",
    "413": "The request is too large.",
    "422": "A parameter is not as it must be.",
    "500": "The app itself failed.",
    "503": "The record does not answer.",
}


def describe(app: FastAPI) -> None:
    """Let the app describe itself with the shapes of our own structs."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _describe(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _describe(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    operations = [operation for methods in made["paths"].values() for operation in methods.values()]
    given: Mapping[str, tuple[Any, str]] = app.state.answers
    shapes, components = msgspec.json.schema_components(
        [*(type_ for type_, _ in given.values()), ErrorAnswer], ref_template=_REFERENCE
    )
    by_name = dict(zip(given, shapes, strict=False))
    failure = {"application/json": {"schema": shapes[-1]}}
    for operation in operations:
        responses: dict[str, Any] = {
            status: {"description": why, "content": failure} for status, why in _FAILURES.items()
        }
        if (name := operation["operationId"]) in given:
            content = {"application/json": {"schema": by_name[name]}}
            status = given[name][1]
            responses[status] = {"description": "The answer.", "content": content}
        operation["responses"] = responses
    made.setdefault("components", {}).setdefault("schemas", {}).update(components)
    return made
