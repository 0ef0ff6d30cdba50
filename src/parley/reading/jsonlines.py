"""JSON Lines: a line is a report."""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec

from parley.model import Report
from parley.reading.form import Form, Reading
from parley.reading.rows import read_row
from parley.reading.source import Source
from parley.reading.tablelines import LONGEST_ROW, head_of, lines_of
from parley.reading.unreadable import Unreadable

_SUFFIXES = {".jsonl", ".ndjson", ".json"}


def _matches(source: Source) -> bool:
    lines = head_of(source).split(b"\n", 5)[:5]
    starts = [line.lstrip()[:1] for line in lines]
    first = lines[0].lstrip()
    if source.suffix in _SUFFIXES:
        return b"{" in starts or first.startswith(b"[")
    return first.startswith(b'{"') or (first.startswith(b"{") and _is_object(first))


def _read(source: Source, reading: Reading) -> Iterator[Report]:
    first = True
    for number, line in lines_of(source):
        if line is not None and not line.strip():
            continue
        first = False
        try:
            yield read_row(parse_object(line), path=source.name, number=number, reading=reading)
        except Unreadable as error:
            reading.report(f"{source.name}#{number}", error)
    if first:
        raise Unreadable("is empty", way_out="leave it out, or look whether it was saved whole")


def parse_object(line: bytes | None) -> dict[str, object]:
    """Return the object of one line; None stands for one that is too long.

    Raises `Unreadable`.
    """
    if line is None:
        raise Unreadable(
            f"is longer than {LONGEST_ROW // 1_000_000} MB",
            way_out="split the report, or put a line break after each row",
        )
    try:
        value = msgspec.json.decode(line)
    except UnicodeDecodeError as error:
        raise Unreadable("is not UTF-8", way_out="save the file as UTF-8") from error
    except (msgspec.DecodeError, RecursionError) as error:
        value = _parse_leniently(line, error)
    if not isinstance(value, dict):
        raise Unreadable("is no JSON object", way_out='write {"text": "..."}, one a line')
    return value


def _parse_leniently(line: bytes, error: Exception) -> object:
    """Parse what only the standard library takes: half of a surrogate pair."""
    if b"\\ud" in line.lower():
        try:
            return json.loads(line)
        except (ValueError, RecursionError):
            pass
    raise Unreadable(
        f"is no valid JSON ({error})", way_out="mend the line; the others are read"
    ) from error


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


FORM = Form("JSON Lines", _matches, _read)
