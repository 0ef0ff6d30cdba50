"""JSON over several lines: an object that is a report, as news-please has it, or many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from parley.model import Report
from parley.reading.form import Form, Reading
from parley.reading.jsonlines import parse_object
from parley.reading.rows import read_row
from parley.reading.source import HEAD, Source
from parley.reading.tablelines import LONGEST_ROW, head_of, utf8_stream
from parley.reading.unreadable import Unreadable

_ARRAY = re.compile(rb'\[\s*(?:\{\s*"|\])')
_OBJECT = re.compile(rb'\{\s*"')
_OUTSIDE = re.compile(rb'["{}\[\]]')
_INSIDE = re.compile(rb'["\\]')


def _matches(source: Source) -> bool:
    head = head_of(source).lstrip()
    if _ARRAY.match(head):
        return True
    if not _OBJECT.match(head):
        return False
    first, end, rest = head.partition(b"\n")
    # Where each line begins anew, it is JSON Lines, though the first line may be broken.
    return bool(end) and not _is_whole(first) and not rest.lstrip().startswith(b"{")


def _read(source: Source, reading: Reading) -> Iterator[Report]:
    number = 0
    for raw in objects_of(utf8_stream(source)):
        number += 1
        try:
            fields = parse_object(raw)
            yield read_row(fields, path=source.name, number=number, reading=reading)
        except Unreadable as error:
            reading.report(f"{source.name}#{number}", error)
    if not number:
        raise Unreadable("is JSON without reports", way_out="leave it out")


def objects_of(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the outermost objects of a JSON stream, None for one longer than a row may be.

    Arrays around them and commas between them are passed over; nothing longer than a row
    is held.  Raises `Unreadable` where the stream ends within an object.
    """
    held = bytearray()
    depth = 0
    quoted = escaped = too_long = False
    while chunk := stream.read(HEAD):
        at = 1 if escaped else 0
        escaped = False
        begin = 0
        while found := (_INSIDE if quoted else _OUTSIDE).search(chunk, at):
            at = found.end()
            match found[0]:
                case b"\\":
                    at += 1
                    escaped = at > len(chunk)
                case b'"':
                    quoted = not quoted
                case b"{" | b"[" if depth or found[0] == b"{":
                    begin = begin if depth else found.start()
                    depth += 1
                case b"}" | b"]" if depth:
                    depth -= 1
                    if not depth:
                        held += chunk[begin:at]
                        yield None if too_long or len(held) > LONGEST_ROW else bytes(held)
                        held.clear()
                        too_long = False
        if depth and not too_long:
            held += chunk[begin:]
            if too_long := len(held) > LONGEST_ROW:
                held.clear()
    if depth:
        raise Unreadable(
            "breaks off within a report", way_out="fetch it again; what came before was read"
        )


def _is_whole(line: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


FORM = Form("JSON", _matches, _read)
