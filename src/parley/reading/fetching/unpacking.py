"""Bodies that are sent packed: unpacked as they come, and bounded.

Only gzip and deflate are asked for (see `ACCEPTED`).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from parley.reading.unreadable import Unreadable

ACCEPTED = "gzip, deflate"
_PIECE = 65_536
_GZIP = 16 + zlib.MAX_WBITS
_BROKEN = "is sent in a packed form that is damaged or cut short"
_AGAIN = "try again later, or save the page and give the file"


def unpack(chunks: Iterator[bytes], encoding: str | None) -> Iterator[bytes]:
    """Yield what a body of a Content-Encoding unpacks to, in pieces of 64 kB at most.

    However much a chunk unpacks to, no more than one piece is made ahead of what is
    taken: who counts the pieces can stop in time.  Raises `Unreadable` for a body that
    is broken, and for an encoding that was not asked for.
    """
    name = (encoding or "identity").strip().lower()
    if name in {"identity", ""}:
        yield from chunks
    elif name in {"gzip", "x-gzip"}:
        yield from _inflate(chunks, gzip=True)
    elif name == "deflate":
        yield from _inflate(chunks, gzip=False)
    else:
        raise Unreadable(
            f"is sent in a packed form that was not asked for ({name[:40]})",
            way_out="save the page and give the file",
        )


def _inflate(chunks: Iterator[bytes], *, gzip: bool) -> Iterator[bytes]:
    """Unpack gzip (one member after the other) or deflate (with zlib's frame or bare)."""
    unpacker = None
    members = 0
    try:
        for chunk in chunks:
            data = chunk
            while data:
                if unpacker is None:
                    if members and not (gzip and data.startswith(b"\x1f")):
                        return  # what follows is filling, which all programs pass over
                    unpacker = zlib.decompressobj(_window(data, gzip=gzip))
                piece = unpacker.decompress(data, _PIECE)
                data = unpacker.unconsumed_tail
                if piece:
                    yield piece
                if unpacker.eof:
                    members += 1
                    data = unpacker.unused_data.lstrip(b"\0")
                    unpacker = None
            while unpacker is not None and (piece := unpacker.decompress(b"", _PIECE)):
                yield piece
    except zlib.error as error:
        raise Unreadable(_BROKEN, way_out=_AGAIN) from error
    if unpacker is not None and not unpacker.eof:
        raise Unreadable(_BROKEN, way_out=_AGAIN)


def _window(data: bytes, *, gzip: bool) -> int:
    """Return zlib's word for the frame: deflate is sent with zlib's, as it should, or bare."""
    if gzip:
        return _GZIP
    framed = data[0] & 0x0F == 8 and (len(data) < 2 or (data[0] << 8 | data[1]) % 31 == 0)
    return zlib.MAX_WBITS if framed else -zlib.MAX_WBITS
