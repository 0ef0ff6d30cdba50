"""An HTTP response as an archive keeps it: its header, and its payload as it was meant.

Archives keep responses as they came, or with the coding of the transfer taken off and the
header left as it was: what a header says of the coding is tried, and where the bytes are
not so, they are taken as they are.
"""

from __future__ import annotations

import codecs
import re
import zlib

from msgspec import Struct

from parley.reading.unreadable import Unreadable

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_END = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEADER = 65_536
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")
_WAY_OUT = "fetch the page again if it matters; the others are read"
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class HttpMessage(Struct, frozen=True):
    """A response: its status (None where there is none), fields by lower-case name, and body."""

    status: int | None
    fields: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The type in lower case, without parameters; empty where none is named."""
        return self.fields.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The codec that is named, None for none that Python has."""
        match = _CHARSET.search(self.fields.get("content-type", ""))
        try:
            return codecs.lookup(match[1]).name if match else None
        except LookupError:
            return None

    def payload(self, longest: int) -> bytes:
        """Return the body without its codings.

        Raises `Unreadable` for a coding that is not known and for more than `longest` bytes.
        """
        body = self.body
        if "chunked" in self.fields.get("transfer-encoding", "").lower():
            body = _joined(body)
        for coding in reversed(self.fields.get("content-encoding", "").lower().split(",")):
            body = _decoded(body, coding.strip(), longest)
        return body


def parse_http(block: bytes) -> HttpMessage:
    """Return the response in the block of a record; `Unreadable` where there is none."""
    status = _STATUS.match(block)
    end = _END.search(block, 0, _LONGEST_HEADER)
    if status is None or end is None:
        raise Unreadable("holds no HTTP response", way_out=_WAY_OUT)
    fields: dict[str, str] = {}
    for line in block[: end.start()].decode("latin-1").splitlines()[1:]:
        key, _, value = line.partition(":")
        fields.setdefault(key.strip().lower(), value.strip())
    return HttpMessage(int(status[1]), fields, block[end.end() :])


def _joined(body: bytes) -> bytes:
    """Return a body that came in chunks, as far as it goes; one that did not, as it is."""
    parts: list[bytes] = []
    at = 0
    while (size := _CHUNK.match(body, at)) is not None:
        length = int(size[1], 16)
        if length == 0:
            return b"".join(parts)
        parts.append(body[size.end() : size.end() + length])
        at = size.end() + length
        if body[at : at + 2] == b"\r\n":
            at += 2
        elif body[at : at + 1] == b"\n":
            at += 1
        elif at < len(body):
            return body  # by chance it began like a chunk
    return b"".join(parts) if parts else body


def _decoded(body: bytes, coding: str, longest: int) -> bytes:
    if coding in {"", "identity", "utf-8", "none"}:
        return body
    if coding == "br":
        return _unbrotlied(body, longest)
    if coding not in _WINDOWS:
        if _looks_like_text(body):
            return body
        raise Unreadable(f"is packed in a way that is not read ({coding[:20]})", way_out=_WAY_OUT)
    for window in (_WINDOWS[coding], -15) if coding == "deflate" else (_WINDOWS[coding],):
        unpacker = zlib.decompressobj(window)
        try:
            whole = unpacker.decompress(body, longest + 1)
        except zlib.error:
            continue
        return _within(whole, longest)
    return body


def _unbrotlied(body: bytes, longest: int) -> bytes:
    """Unpack Brotli's form, which has no mark by which it could be told from other bytes."""
    import brotli  # noqa: PLC0415 - few archives need it

    unpacker = brotli.Decompressor()
    try:
        whole = unpacker.process(body, output_buffer_limit=longest + 1)
        if len(whole) <= longest and not unpacker.is_finished():
            raise brotli.error("cut off")
        return _within(whole, longest)
    except brotli.error as error:
        if _looks_like_text(body):
            return body
        raise Unreadable("is packed with Brotli, and damaged", way_out=_WAY_OUT) from error


def _within(whole: bytes, longest: int) -> bytes:
    if len(whole) > longest:
        raise Unreadable(
            f"unpacks to more than a page may have ({longest // 1_000_000} MB)", way_out=_WAY_OUT
        )
    return whole


def _looks_like_text(body: bytes) -> bool:
    return body[:200].lstrip()[:1] in {b"<", b"{"} or body[:200].isascii()
