"""What the JSON Lines export promises."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from parley.export import FORMATS, line_schema
from parley.record import Record
from parley.record.finding import Filters

SCHEMA = line_schema()


def problems(value: Any, schema: dict[str, Any], at: str = "$") -> Iterator[str]:
    """Yield where a value breaks a JSON Schema; knows the keywords that msgspec writes."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield from problems(value, SCHEMA["$defs"][name], at)
        return
    if "anyOf" in schema:
        tries = [list(problems(value, option, at)) for option in schema["anyOf"]]
        if all(tries):
            yield f"{at}: fits none of {len(tries)}: {min(tries, key=len)}"
        return
    known = {"type", "enum", "properties", "required", "items", "format", "title", "description"}
    known |= {"prefixItems", "minItems", "maxItems"}
    assert set(schema) <= known, f"{at}: keyword that this test does not know: {schema}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    kinds = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "null": type(None),
    }
    kind = schema.get("type")
    if kind and not isinstance(value, kinds[kind]):
        yield f"{at}: {value!r} is no {kind}"
        return
    if schema.get("format") == "date":
        date.fromisoformat(value)
    for key in schema.get("required", ()):
        if key not in value:
            yield f"{at}: no {key}"
    if kind == "object":
        for key, part in value.items():
            if key in schema["properties"]:
                yield from problems(part, schema["properties"][key], f"{at}.{key}")
            else:
                yield f"{at}: {key} is not in the schema"
    if kind == "array" and isinstance(schema.get("items"), dict):
        for index, part in enumerate(value):
            yield from problems(part, schema["items"], f"{at}[{index}]")


def lines(record: Record) -> list[dict[str, Any]]:
    """Return the lines of the export, decoded."""
    return [json.loads(line) for line in b"".join(FORMATS["jsonl"].write(record)).splitlines()]


def test_every_line_meets_the_schema(record):
    """Each line is one JSON object that the schema of the model allows, keys and all."""
    for line in lines(record):
        assert list(problems(line, {"anyOf": SCHEMA["anyOf"]})) == []


def test_the_schema_refuses_what_is_wrong(record):
    """The check itself fails a line without a key, with a wrong value or a wrong type."""
    event = next(line for line in lines(record) if line["kind"] == "event")
    for wrong in ({"status": "maybe"}, {"summary": 3}, {"when": {"start": "2023-05-01"}}):
        assert list(problems({**event, **wrong}, SCHEMA["$defs"]["Event"]))
    assert list(problems({"kind": "event"}, SCHEMA["$defs"]["Event"]))


def test_every_span_is_its_text(record):
    """`text[start:end]` of the report is the mention's text, and the evidence's."""
    texts = {report.id: report.text for report in record.reports()}
    seen = 0
    for line in lines(record):
        for mention in line.get("mentions", ()):
            text = texts[mention["report"]]
            assert text[mention["start"] : mention["end"]] == mention["text"]
            seen += 1
        for proof in (line.get("published") or {}).get("evidence", ()):
            assert texts[line["id"]][proof["start"] : proof["end"]] == proof["text"]
            seen += 1
    assert seen == 6


def test_the_keys_that_are_promised(record):
    """The keys of the public form are there under their names."""
    by_kind: dict[str, dict[str, Any]] = {line["kind"]: line for line in lines(record)}
    assert {
        "id",
        "source",
        "title",
        "outlet",
        "language",
        "text_sha256",
        "published",
        "boilerplate",
    } <= set(by_kind["report"])
    assert {
        "id",
        "type",
        "mode",
        "contexts",
        "summary",
        "status",
        "when",
        "where",
        "participants",
        "counts",
        "provisions",
        "mentions",
        "disagreements",
    } <= set(by_kind["event"])
    assert {"relation", "from", "to", "mentions"} <= set(by_kind["link"])
    assert by_kind["event"]["when"].keys() >= {"start", "end", "precision"}
    assert by_kind["report"]["published"]["start"] == "2023-05-04"


def test_order_is_that_of_source_and_time(record):
    """Reports by source, events by time, links last, whatever came first."""
    found = [(line["kind"], line.get("source") or line.get("id")) for line in lines(record)]
    assert found == [
        ("report", "news/b.txt"),
        ("report", "news/one.txt"),
        ("event", "e_2"),
        ("event", "e_1"),
        ("link", None),
    ]


def test_text_is_utf8_and_a_line_is_a_line(record):
    """Letters are written as they are, and no line holds a line break."""
    raw = b"".join(FORMATS["jsonl"].write(record))
    assert "Port Élan".encode() in raw
    assert len(raw.splitlines()) == len(raw.decode().split("\n")) - 1


def test_filters_choose_events_with_their_reports_and_links(war):
    """Only the events asked for, the reports that tell them and the links between them."""
    found = b"".join(FORMATS["jsonl"].write(war, filters=Filters(type=("AGREE", "ASSAULT"))))
    ids = [json.loads(line).get("id") for line in found.splitlines()]
    assert {"e_battle", "e_deal", "e_shelling", "e_denial"} == {
        id_ for id_ in ids if id_ and id_.startswith("e_")
    }
    assert ids.count(None) == 1
    alone = b"".join(FORMATS["jsonl"].write(war, filters=Filters(type=("AGREE",))))
    kinds = [json.loads(line)["kind"] for line in alone.splitlines()]
    assert kinds == ["report", "event"]
