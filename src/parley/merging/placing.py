"""Placing: which level of agreement the places of two mentions reach.

In: the traits of two mentions.  Out: the level, as `comparing` has them.
"""

from __future__ import annotations

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from parley.merging.frequencies import Frequencies
from parley.merging.spots import Spot
from parley.merging.traits import Traits

Reached = tuple[str, float]

_POINT = 10  # days: what is told within so many happens at one place
_SAME_KM = 10.0
_NEAR_KM = 50.0
# how far from its centre a place of each precision still reaches
_REACH_KM = {"point": 10.0, "city": 15.0, "area": 60.0, "region": 150.0}


def compare_where(one: Traits, two: Traits, frequencies: Frequencies) -> Reached:
    """Compare the places: the two that agree best, one of each."""
    if not one.spots or not two.spots:
        return _compare_scenes(one, two), 0.0
    venue = frequencies.rules.types[one.type].venue and frequencies.rules.types[two.type].venue
    brief = one.width <= _POINT and two.width <= _POINT  # 0 where no time is told
    best = _best_of(one.spots, two.spots)
    if best == "other" and one.report == two.report and one.headline != two.headline:
        return "other_loose", 0.0  # a headline names the next town that its readers know
    if best == "other" and not (venue and brief):
        return ("other_country" if venue and _countries_apart(one, two) else "other_loose"), 0.0
    if best == "other_country":
        parties = one.core | two.core
        at_home = any(
            spot.country in parties and spot.precision == "country"
            for spot in one.spots + two.spots
        )
        # A clash on a border is put in either country; a meeting is in one of them.
        if not venue or at_home:
            return "other_loose", 0.0
    return best, 0.0


_WHERE_ORDER = (
    "other_country",
    "other",
    "other_loose",
    "unknown",
    "same_country",
    "within",
    "same_area",
    "near",
    "same",
)


def _compare_scenes(one: Traits, two: Traits) -> str:
    """Let the towns that a report is about stand for the place that a mention does not tell."""
    here, there = one.spots or one.scene, two.spots or two.scene
    if one.report == two.report or not here or not there:
        return "unknown"
    best = _best_of(here, there)
    if best in ("other", "other_country"):
        return "scene_other" if one.local and two.local else "unknown"
    return "scene_same" if best in ("same", "near") else "unknown"


@lru_cache(maxsize=16384)  # all mentions of two reports have their towns in common
def _best_of(ones: tuple[Spot, ...], twos: tuple[Spot, ...]) -> str:
    """Return the best agreement of any place of one with any of the other."""
    return max((compare_spots(one, two) for one in ones for two in twos), key=_WHERE_ORDER.index)


def compare_spots(one: Spot, two: Spot) -> str:
    """Return the level that two places reach, whatever happened there."""
    if one.name == two.name and one.country == two.country:
        if one.precision == "country":
            return "same_country"
        return "same" if one.precision in _NO_AREA else "same_area"
    return _compare_two_spots(one, two)


@lru_cache(maxsize=16384)
def _compare_two_spots(one: Spot, two: Spot) -> str:
    apart = _kilometres(one, two)
    countries = "country" in (one.precision, two.precision)
    if countries or apart is None:
        return _compare_countries(one, two, within=countries)
    return _compare_distance(one, two, apart)


_FINE = frozenset({"city", "point"})
_NO_AREA = _FINE | {"unknown"}


def _compare_countries(one: Spot, two: Spot, *, within: bool) -> str:
    if one.country is None or two.country is None:
        return "unknown"
    if one.country != two.country:
        return "other_country"
    return "within" if within else "same_country"


def _compare_distance(one: Spot, two: Spot, apart: float) -> str:
    if one.precision in _FINE and two.precision in _FINE:
        near = "near" if apart <= _NEAR_KM else "other"
        return "same" if apart <= _SAME_KM else near
    if apart <= _REACH_KM.get(one.precision, 50.0) + _REACH_KM.get(two.precision, 50.0):
        return "within"
    # A province's centre may lie far from its towns: only two towns exclude each other.
    return "other_loose" if one.country == two.country else "other_country"


def _kilometres(one: Spot, two: Spot) -> float | None:
    """Return the distance along the great circle (haversine), None where one is not known."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    lat1, lat2 = radians(one.lat), radians(two.lat)
    east = radians(two.lon - one.lon)
    part = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(east / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(min(part, 1.0)))


def _countries_apart(one: Traits, two: Traits) -> bool:
    here = {spot.country for spot in one.spots if spot.country}
    there = {spot.country for spot in two.spots if spot.country}
    return bool(here and there) and not here & there
