"""What a format is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from parley.record import Record


class Format(Struct, frozen=True, kw_only=True):
    """A form that a record is written in.

    `says` describes it in a phrase; `write` yields the whole as bytes, piece by piece.
    """

    name: str
    says: str
    write: Callable[[Record], Iterator[bytes]]
