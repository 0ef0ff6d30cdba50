"""WARC: a page that was fetched is a report, as Common Crawl's news archives have them.

Each `response` or `resource` record whose payload can be a text goes to the form that it
has, with its address and the day of fetching.  A damaged record is passed over to the next
one that begins as one; nothing longer than one page is ever held.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO, cast

from msgspec import Struct

from parley.model import Report
from parley.reading.form import Form, Reading
from parley.reading.httpmessage import HttpMessage, parse_http
from parley.reading.packed import deeper
from parley.reading.source import HEAD, Origin, Source, printable
from parley.reading.unreadable import Damaged, Unreadable
from parley.reading.webpage import LONGEST_PAGE

_VERSION = re.compile(rb"WARC/\d+\.\d+\s*$")
_LONGEST_HEADER = 65_536
_LONGEST_LINE = 8_192
# Between records there are two line ends; who has more has lost something.
_MOST_BLANK = 64
_CARRIERS = {"response", "resource", "conversion"}
# Pages and feeds; what a server does not name is looked at.
_PAGES = {"", "text/html", "application/xhtml+xml", "application/rss+xml", "application/atom+xml"}
_XML = {"text/xml", "application/xml", "application/rdf+xml"}
_OPENS = re.compile(rb"<(?:!doctype\s+html|html|rss|feed|rdf:RDF)\b", re.IGNORECASE)
_HTTP_TYPE = "application/http"
_WAY_OUT = "fetch the archive again if the page matters; the other records are read"


class Record(Struct):
    """The header of a record: its fields with lower-case names, its length in bytes."""

    number: int
    fields: dict[str, str]
    length: int

    @property
    def url(self) -> str | None:
        """The address of what was fetched."""
        return self.fields.get("warc-target-uri", "").strip("<> ") or None

    @property
    def day(self) -> date | None:
        """The day of fetching."""
        try:
            return date.fromisoformat(self.fields.get("warc-date", "")[:10])
        except ValueError:
            return None


def _matches(source: Source) -> bool:
    return _VERSION.match(source.head[:20].split(b"\n", 1)[0]) is not None


def _read(source: Source, reading: Reading) -> Iterator[Report]:
    records = _Records(source, reading)
    within = deeper(reading)
    any_page = False
    while (record := records.advance()) is not None:
        name = f"{source.name}#{printable(record.url or str(record.number))}"
        if record.fields.get("warc-type", "").lower() not in _CARRIERS:
            continue
        try:
            block = records.read_block(LONGEST_PAGE)
            page = _page(record, block)
            if page is not None:
                any_page = True
                origin, payload = page
                stream = cast(BinaryIO, io.BytesIO(payload))
                yield from reading.read(Source(name, stream, origin=origin), within)
        except Damaged:
            raise
        except Unreadable as error:
            any_page = True
            reading.report(name, error)
    if not any_page:
        raise Unreadable("is a web archive without pages", way_out="look whether it is whole")


def _page(record: Record, block: bytes) -> tuple[Origin | None, bytes] | None:
    """Return what a record carries, None for what is no text or no page that was found."""
    message = HttpMessage(None, {"content-type": record.fields.get("content-type", "")}, block)
    if message.media_type == _HTTP_TYPE:
        message = parse_http(block)
    if message.status not in {None, 200, 203}:
        return None
    # The text that others took from a page, as in Common Crawl's WET files.
    plain = record.fields.get("warc-type", "").lower() == "conversion"
    if not (plain or message.media_type in _PAGES or message.media_type in _XML):
        return None
    payload = message.payload(LONGEST_PAGE)
    sure = plain or message.media_type in _PAGES - {""}
    if not payload.strip() or not (sure or _OPENS.search(payload[:2000])):
        return None
    if not record.url:
        return None, payload
    origin = Origin(
        url=record.url,
        media_type=message.media_type or None,
        charset=message.charset,
        until=record.day,
    )
    return origin, payload


class _Records:
    """The records of an archive, one after another."""

    def __init__(self, source: Source, reading: Reading) -> None:
        self._source = source
        self._stream = source.stream
        self._reading = reading
        self._left = 0
        self._number = 0

    def advance(self) -> Record | None:
        """Pass over what is left of this record and return the next one's header."""
        self._pass_over()
        while self._find_version():
            self._number += 1
            try:
                record = self._header()
            except Unreadable as error:
                self._reading.report(f"{self._source.name}#{self._number}", error)
                continue
            self._left = record.length
            return record
        return None

    def read_block(self, longest: int) -> bytes:
        """Return the content of the record; raises `Unreadable` where it is too long or cut."""
        if self._left > longest:
            raise Unreadable(
                f"is longer than a page may be ({longest // 1_000_000} MB)",
                way_out="the other records are read",
            )
        expected, self._left = self._left, 0
        block = self._stream.read(expected)
        if len(block) < expected:
            raise Unreadable("is cut off by the end of the archive", way_out=_WAY_OUT)
        return block

    def _pass_over(self) -> None:
        while self._left and (part := self._stream.read(min(self._left, HEAD))):
            self._left -= len(part)
        if self._left:
            self._reading.report(
                f"{self._source.name}#{self._number}",
                Unreadable("is cut off by the end of the archive", way_out=_WAY_OUT),
            )
        self._left = 0

    def _find_version(self) -> bool:
        """Go behind the line with which the next record begins; False at the end."""
        lost = blank = 0
        while line := self._stream.readline(_LONGEST_LINE):
            if _VERSION.match(line):
                self._report_lost(lost + (blank if blank > _MOST_BLANK else 0))
                return True
            if line.strip():
                lost += len(line)
            else:
                blank += len(line)
        self._report_lost(lost)
        return False

    def _report_lost(self, count: int) -> None:
        if count:
            self._reading.report(
                self._source.name,
                Unreadable(
                    f"has {count:,} bytes behind record {self._number} that belong to none",
                    way_out=_WAY_OUT,
                ),
            )

    def _header(self) -> Record:
        fields: dict[str, str] = {}
        size = 0
        last = ""
        while (line := self._stream.readline(_LONGEST_LINE)).strip():
            size += len(line)
            if size > _LONGEST_HEADER:
                raise Unreadable("has a header without an end", way_out=_WAY_OUT)
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            if text[:1] in " \t" and last:
                fields[last] += " " + text.strip()
                continue
            key, colon, value = text.partition(":")
            if not colon:
                raise Unreadable("has a header that is none", way_out=_WAY_OUT)
            last = key.strip().lower()
            fields.setdefault(last, value.strip())
        length = fields.get("content-length", "")
        if not re.fullmatch(r"[0-9]{1,15}", length, re.ASCII):
            raise Unreadable(f"has no length ({length[:20]!r})", way_out=_WAY_OUT)
        return Record(self._number, fields, int(length))


FORM = Form("WARC", _matches, _read)
