"""Spots: one place as comparing sees it, and the towns that a report tells most of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from parley.merging.names import fold
from parley.model import Mention, Place

_SCENES = 3  # towns that a report is about, at most


class Spot(Struct, frozen=True, gc=False):
    """One place as comparing sees it."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: str


def spot_of(place: Place) -> Spot:
    """Return a place of a mention as comparing sees it."""
    return Spot(fold(place.name), place.country, place.lat, place.lon, place.precision)


def scene_of(mentions: Iterable[Mention]) -> tuple[Spot, ...]:
    """Return the towns that a report tells most of, those named once a mention."""
    towns = Counter(
        spot
        for mention in mentions
        for spot in {spot_of(place) for place in mention.where}
        if spot.precision in ("city", "point")
    )
    ordered = sorted(towns, key=lambda spot: (-towns[spot], spot.name))
    return tuple(ordered[:_SCENES])
