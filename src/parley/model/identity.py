"""Stable names for things: the same content gives the same id on every machine."""

from __future__ import annotations

import hashlib


def digest(prefix: str, *parts: str | bytes) -> str:
    """Return `prefix` and 16 hexadecimal digits of the SHA-256 of the parts.

    Parts are length-prefixed before hashing, so ("ab", "c") and ("a", "bc") differ.
    """
    state = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(raw).to_bytes(8, "big"))
        state.update(raw)
    return prefix + state.hexdigest()[:16]
