"""GeoJSON, as a library of geometry that others wrote reads it."""

from __future__ import annotations

import json

import pytest
from shapely.geometry import MultiPoint, Point, shape

from parley.export import FORMATS
from parley.record.finding import Filters


def features(record, **filters):
    """Return the features by their ids."""
    raw = b"".join(FORMATS["geojson"].write(record, filters=Filters(**filters)))
    collection = json.loads(raw)
    assert collection["type"] == "FeatureCollection"
    return {feature["id"]: feature for feature in collection["features"]}


def test_shapely_reads_the_geometries(war):
    """A point has its longitude first; several places are several points; none, no geometry."""
    found = features(war)
    assert shape(found["e_battle"]["geometry"]) == Point(150.25, -3.5)
    assert shape(found["e_shelling"]["geometry"]) == MultiPoint([(150.25, -3.5), (18.5, 59.25)])
    assert found["e_talked"]["geometry"] is None
    assert len(found) == 8


def test_properties_are_those_of_the_table(war):
    """Lists are lists and days are ISO dates."""
    properties = features(war)["e_deal"]["properties"]
    assert properties["start"] == "2023-05-20"
    assert properties["mediators"] == ["United Nations"]
    assert properties["status"] == "happened"


@pytest.mark.parametrize("filters", [{"type": ("SANCTION",)}, {"type": ("AGREE",)}])
def test_none_and_one_are_a_collection_too(war, filters):
    """The file is JSON however many events pass."""
    assert len(features(war, **filters)) == len(filters["type"]) - ("SANCTION" in filters["type"])
