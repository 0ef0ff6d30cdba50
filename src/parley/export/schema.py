"""The JSON Schema of a line of the JSON Lines export, made from the model."""

from __future__ import annotations

from typing import Any

import msgspec

from parley.model import Event, Link, ReportLine

Line = ReportLine | Event | Link


def line_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every line of the export meets.

    Every key but those that later versions add is required: a line always has them all.
    """
    schema = msgspec.json.schema(Line)
    for part in schema["$defs"].values():
        if part.get("type") == "object":
            part["required"] = list(part["properties"])
            for value in part["properties"].values():
                value.pop("default", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
