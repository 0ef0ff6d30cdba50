"""What is not read, or is not what it is called: each is refused by its name, with the way out."""

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
    """What a form is called, the way out, and how it begins.

    `suffixes` are endings of names by which a file that begins otherwise is a broken one.
    """

    what: str
    way_out: str
    bytes: tuple[str, ...] = ()
    pattern: str | None = None
    suffixes: tuple[str, ...] = ()


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


def _named(source: Source) -> Signature | None:
    """Return what a file is by its name, though nothing in it is of that form.

    What a packing holds has the packing's name, and what the web calls so may be a page.
    """
    within = source.carrier is not None and source.carrier.name == source.name
    if within or source.origin is not None:
        return None
    name = source.name.lower()
    return next((each for each, _, _ in _signatures() if name.endswith(each.suffixes)), None)


def _matches(source: Source) -> bool:
    return (find_signature(source.head) or _named(source)) is not None


def _read(source: Source, reading: Reading) -> Iterator[Report]:
    if signature := find_signature(source.head) or _named(source):
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
