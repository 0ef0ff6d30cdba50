"""Forms that are recognised and not read: each is refused by its name, with the way out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from parley.errors import DataError
from parley.model import Report
from parley.reading.encoding import is_binary
from parley.reading.form import Form, Reading
from parley.reading.lexicon import load
from parley.reading.source import Source
from parley.reading.unreadable import Unreadable

_NAME = "signatures.toml"
_LOOKED_AT = 8192


class Signature(Struct, frozen=True, forbid_unknown_fields=True):
    """What a form is called, the way out, and how it begins."""

    what: str
    way_out: str
    bytes: tuple[str, ...] = ()
    pattern: str | None = None


class Signatures(Struct, frozen=True, forbid_unknown_fields=True):
    """The data file."""

    signature: tuple[Signature, ...]


def find_signature(head: bytes) -> Signature | None:
    """Return the form that begins with these bytes, None where none is known."""
    text = head[:_LOOKED_AT].removeprefix(codecs.BOM_UTF8).lstrip().decode("latin-1")
    binary = is_binary(head)  # a text may begin with the letters of a signature
    for signature, beginnings, pattern in _signatures():
        if (binary and head.startswith(beginnings)) or (pattern and pattern.match(text)):
            return signature
    return None


def _matches(source: Source) -> bool:
    return find_signature(source.head) is not None


def _read(source: Source, reading: Reading) -> Iterator[Report]:
    if signature := find_signature(source.head):
        raise Unreadable(f"is {signature.what}", way_out=signature.way_out)
    yield from ()


@cache
def _signatures() -> tuple[tuple[Signature, tuple[bytes, ...], re.Pattern[str] | None], ...]:
    compiled = []
    for signature in load(_NAME, Signatures).signature:
        try:
            beginnings = tuple(bytes.fromhex(digits) for digits in signature.bytes)
            pattern = re.compile(signature.pattern) if signature.pattern else None
        except (ValueError, re.error) as error:
            raise DataError(f"{_NAME}: {signature.what!r}: {error}; mend the file") from error
        compiled.append((signature, beginnings, pattern))
    return tuple(compiled)


FORM = Form("not read", _matches, _read)
