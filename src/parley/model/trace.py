"""Where a field comes from."""

from __future__ import annotations

from msgspec import Struct


class Trace(Struct, frozen=True, kw_only=True, order=True):
    """The characters of a report that say something: `text[start:end]` of report `report`."""

    report: str
    start: int
    end: int
