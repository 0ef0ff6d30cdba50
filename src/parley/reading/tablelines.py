"""The lines of a table or of JSON Lines as UTF-8 bytes, one at a time, none too long."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from parley.reading.encoding import wide_encoding
from parley.reading.source import HEAD, LONGEST_REPORT, Source

# A row has its text's length and some for escapes and the other fields.
LONGEST_ROW = 2 * LONGEST_REPORT


def head_of(source: Source) -> bytes:
    """Return the first bytes of a source as UTF-8, without a mark."""
    encoding = wide_encoding(source.head)
    if encoding is None:
        return source.head.removeprefix(codecs.BOM_UTF8)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    return decoder.decode(source.head).removeprefix("\ufeff").encode()


def lines_of(source: Source) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines with their ends and numbers, from 1; None for one longer than a row may be.

    A line that is too long is passed over in pieces, never held whole.  UTF-16 and
    UTF-32 come out as UTF-8; other bytes as they are.
    """
    stream = utf8_stream(source)
    number = 0
    while line := stream.readline(LONGEST_ROW + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) <= LONGEST_ROW:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(HEAD)
        yield number, None


def utf8_stream(source: Source) -> BinaryIO:
    """Return a source's stream, with UTF-16 and UTF-32 as UTF-8."""
    encoding = wide_encoding(source.head)
    if encoding is None:
        return source.stream
    return cast(BinaryIO, io.BufferedReader(_Narrowed(source.stream, encoding), HEAD))


class _Narrowed(io.RawIOBase):
    """UTF-16 or UTF-32 as UTF-8."""

    def __init__(self, wide: BinaryIO, encoding: str) -> None:
        self._wide = wide
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            data = self._wide.read(HEAD)
            self._ready = self._decoder.decode(data, final=not data).encode()
            if not data and not self._ready:
                return 0
        part = self._ready[: len(buffer)]
        self._ready = self._ready[len(part) :]
        buffer[: len(part)] = part
        return len(part)
