"""Places."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from parley.model.trace import Trace

PlacePrecision = Literal["point", "city", "area", "region", "country", "unknown"]


class Place(Struct, frozen=True, kw_only=True):
    """A place as the gazetteer knows it.

    `country` is ISO 3166-1 alpha-3 (Kosovo XKX), None where it lies in none or in
    several.  `lat` and `lon` are degrees (WGS 84), None when the place is not in the
    gazetteer.  `precision` is what the name names: a "city", an "area" within a
    country (a district, a corridor), a "region" (a province, a disputed territory),
    a "country"; "unknown" when the gazetteer has no such place and its name does not say
    what it is, as that of a street or a school does (a "point").
    """

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = "unknown"
    evidence: tuple[Trace, ...] = ()
