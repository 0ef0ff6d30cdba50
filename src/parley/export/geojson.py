"""GeoJSON (RFC 7946): a feature an event, at its places; those without have no geometry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from parley.export.format import Format
from parley.export.selection import Selection
from parley.export.table import COLUMNS, row_of
from parley.model import Event


def write_geojson(selection: Selection) -> Iterator[bytes]:
    """Yield a collection of features, one a line."""
    encoder = msgspec.json.Encoder()
    names = [column.name for column in COLUMNS]
    yield b'{"type":"FeatureCollection","features":['
    before = b"\n"
    for told in selection.told():
        feature = {
            "type": "Feature",
            "id": told.event.id,
            "geometry": _geometry(told.event),
            "properties": dict(zip(names, row_of(told), strict=True)),
        }
        yield before + encoder.encode(feature)
        before = b",\n"
    yield b"\n]}\n"


def _geometry(event: Event) -> dict[str, Any] | None:
    """Return a point, or several, as longitude and latitude; None where no place has any."""
    points = list(
        dict.fromkeys(
            (place.lon, place.lat)
            for place in event.where
            if place.lon is not None and place.lat is not None
        )
    )
    if not points:
        return None
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "MultiPoint", "coordinates": points}


GEOJSON = Format(
    name="geojson",
    says="GeoJSON: a feature an event, for maps",
    media_type="application/geo+json",
    suffix=".geojson",
    pieces=write_geojson,
)
