"""Stable names for things: the same content gives the same id on every machine."""

from __future__ import annotations

import hashlib


def digest(prefix: str, *parts: str | bytes) -> str:
    """Return `prefix` and 16 hexadecimal digits of the SHA-256 of the parts.

    Parts are length-prefixed before hashing, so ("ab", "c") and ("a", "bc") differ.
    """
    told: list[bytes] = []
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        told += (len(raw).to_bytes(8, "big"), raw)
    return prefix + hashlib.sha256(b"".join(told)).hexdigest()[:16]
