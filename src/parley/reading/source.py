"""Sources: a named stream of bytes, its first bytes at hand for a look."""

from __future__ import annotations

import io
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import BinaryIO, cast

from msgspec import Struct

from parley.reading.unreadable import Unreadable

HEAD = 65_536
# A report is text that a person wrote: the Lord of the Rings has 3 MB.
LONGEST_REPORT = 5_000_000
# Something packed may unpack to this many times its size (deflate's limit is 1,032; the
# text of news packs to a third), but to FREE bytes in any case.
MOST_RATIO = 200
FREE = 50_000_000
# What cannot be read from front to back is kept in memory up to this size, then on disk.
_SPOOLED = 16_000_000
_LARGEST_SPOOL = 2_000_000_000
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")


# How a file of what a server calls so is named: a form knows it by the one or the other.
_SUFFIX_OF = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/json": ".json",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".ndjson",
}


class Origin(Struct, frozen=True, kw_only=True):
    """Where on the web bytes come from, and what the server says that they are.

    `url` is where they were found in the end, `media_type` is lower case and without
    parameters ("text/html"), `charset` the name of a codec that Python has, `until` the day
    on which they were fetched where that is known: nothing in them was written later.
    """

    url: str
    media_type: str | None = None
    charset: str | None = None
    until: date | None = None


class Source:
    """A stream to be read as one or many reports.

    `name` is what the reports' `source` is made of, `head` the first bytes, `stream` the
    whole from its beginning, `consumed` how many bytes were taken from below.  `carrier`
    is the packed stream on whose soundness this one depends, `depth` how many packings
    deep it lies.  `origin` is None for what does not come from the web.
    """

    def __init__(
        self,
        name: str,
        below: BinaryIO,
        *,
        carrier: Source | None = None,
        origin: Origin | None = None,
    ) -> None:
        self.name = name
        self.carrier = carrier
        self.origin = origin
        self._below = below
        self.head = _read_fully(below, HEAD)
        self._rewound = _Rewound(self.head, below)
        self.stream = io.BufferedReader(self._rewound, HEAD)

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, without the packing's: ".csv" for "a.CSV.gz".

        For what comes from the web the ending that fits what the server calls it, else
        that of the address without its query.
        """
        name = self.name
        if self.origin is not None:
            if known := _SUFFIX_OF.get(self.origin.media_type or ""):
                return known
            address = re.split(r"[?#]", self.origin.url, maxsplit=1)[0]
            name = address.partition("://")[2].partition("/")[2]
        base = name.rpartition("/")[2].lower().removesuffix(".gz")
        return "." + base.rpartition(".")[2] if "." in base else ""

    @property
    def consumed(self) -> int:
        """How many bytes were read so far."""
        return self._rewound.consumed

    @contextmanager
    def seekable(self) -> Iterator[BinaryIO]:
        """Give the whole as a file in which one can go back, a copy of it if need be."""
        if self._below.seekable():
            self._below.seek(0)
            yield self._below
            return
        with tempfile.SpooledTemporaryFile(_SPOOLED) as copy:
            while chunk := self.stream.read(HEAD):
                if copy.tell() > _LARGEST_SPOOL:
                    raise Unreadable(
                        "is too large to unpack from a stream", way_out="save it to disk first"
                    )
                copy.write(chunk)
            copy.seek(0)
            yield cast(BinaryIO, copy)

    def read_report(self) -> bytes:
        """Return all bytes of a source that is one report; `Unreadable` beyond the limit."""
        return self.read_whole(
            LONGEST_REPORT,
            "one report may be",
            way_out="split it into reports, or give them as JSON Lines, one a line",
        )

    def read_whole(self, longest: int, what: str, *, way_out: str) -> bytes:
        """Return all bytes; `Unreadable` where they are more than `what` allows."""
        raw = _read_fully(self.stream, longest + 1)
        if len(raw) > longest:
            raise Unreadable(f"is longer than {what} ({longest // 1_000_000} MB)", way_out=way_out)
        return raw


class WatchedFile(io.FileIO):
    """A file that refuses to give bytes once someone else has written to it."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "rb")
        self._first = _version(descriptor)

    @property
    def changed(self) -> bool:
        """Whether size or time of change differ from when it was opened."""
        return _version(self.fileno()) != self._first

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read as a file does; every byte handed out was read before any change."""
        count = super().readinto(buffer)
        if self.changed:
            raise Unreadable(
                "changed while it was being read",
                way_out="read it again when nothing writes to it",
            )
        return count or 0


def open_file(path: str) -> BinaryIO:
    """Open a regular file for reading.

    Raises `Unreadable` for anything else (a pipe, a device), on which reading might wait
    for ever, and `OSError`.
    """
    # Without O_NONBLOCK, opening a pipe that has no writer would hang.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unreadable(
            "is a pipe, socket or device, not a file",
            way_out="to read from a pipe, give - and lead it to standard input",
        )
    return io.BufferedReader(WatchedFile(descriptor), HEAD)


def printable(name: str) -> str:
    """Return a name that fits in one line of UTF-8: what does not is written as an escape."""
    return _UNPRINTABLE.sub(lambda m: ascii(m[0])[1:-1], name)


class _Rewound(io.RawIOBase):
    """The bytes already read, then the others."""

    def __init__(self, head: bytes, below: BinaryIO) -> None:
        self._head = memoryview(head)
        self._below = below
        self.consumed = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._head:
            data = bytes(self._head[: len(buffer)])
            self._head = self._head[len(data) :]
        else:
            data = self._below.read(len(buffer))
        buffer[: len(data)] = data
        self.consumed += len(data)
        return len(data)


def _read_fully(stream: BinaryIO, size: int) -> bytes:
    """Return so many bytes, or all there are; a stream sets aside what it is asked for at once."""
    parts = []
    while size and (part := stream.read(min(size, HEAD))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _version(descriptor: int) -> tuple[int, int]:
    now = os.fstat(descriptor)
    return now.st_size, now.st_mtime_ns
