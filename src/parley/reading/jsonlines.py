"""JSON Lines: a line is a report."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator

import msgspec

from parley.model import Report
from parley.reading.form import Form, Reading
from parley.reading.rows import LONGEST_ROW, read_row
from parley.reading.source import Source
from parley.reading.unreadable import Unreadable

_SUFFIXES = {".jsonl", ".ndjson", ".json"}


def _matches(source: Source) -> bool:
    lines = source.head.removeprefix(codecs.BOM_UTF8).split(b"\n", 5)[:5]
    starts = [line.lstrip()[:1] for line in lines]
    first = lines[0].lstrip()
    if source.suffix in _SUFFIXES:
        return b"{" in starts or first.startswith(b"[")
    return first.startswith(b'{"') or (first.startswith(b"{") and _is_object(first))


def _read(source: Source, reading: Reading) -> Iterator[Report]:
    for number, line in _lines(source):
        try:
            yield read_row(_parse(line), path=source.name, number=number, reading=reading)
        except Unreadable as error:
            reading.report(f"{source.name}#{number}", error)


def _lines(source: Source) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line that is not blank with its number, None for one that is too long."""
    number = 0
    while line := source.stream.readline(LONGEST_ROW + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) > LONGEST_ROW:
            # The rest of the line is passed over in pieces, never held.
            while line and not line.endswith(b"\n"):
                line = source.stream.readline(LONGEST_ROW)
            yield number, None
        elif line.strip():
            yield number, line


def _parse(line: bytes | None) -> dict[str, object]:
    """Return the object of one line."""
    if line is None:
        raise Unreadable(
            f"is a line longer than {LONGEST_ROW // 1_000_000} MB",
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
    if line.strip() in (b"{", b"["):
        raise Unreadable(
            "is a JSON document over several lines, not JSON Lines",
            way_out="write each report as one line (jq -c does)",
        ) from error
    raise Unreadable(
        f"is no valid JSON ({error})", way_out="mend the line; the others are read"
    ) from error


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


FORM = Form("JSON Lines", _matches, _read)
