"""Undated: what two mentions may share of which one does not say when.

In: the traits of two mentions.  Out: the level that `compare_when` gives them, or whether
something else than a day sets them near: a plan that both reports tell, a truce that is broken.
"""

from __future__ import annotations

from parley.merging.traits import Traits

UNDATED_BEFORE = 3  # days: undated news may be so much older than its report
NEWS_DAYS = 10  # days: what is printed as news is no older
_SAME_NEWS = 7  # days: reports printed within so many tell of the same things ahead
_KEPT_DAYS = 366  # for as long a truce is spoken of as "the truce"
_NEW_DAYS = 60  # for so long it is the one that everybody means


def compare_kept(one: Traits, two: Traits) -> str | None:
    """Compare an agreement that one names as known ("under the truce") with one of the other.

    None where neither does, or the other is not older.
    """
    if not one.type == two.type == "AGREE" or not (one.known or two.known):
        return None
    towns = {spot.name for spot in one.spots}, {spot.name for spot in two.spots}
    if all(towns) and towns[0].isdisjoint(towns[1]):
        return None
    if not towns[0] & towns[1] and _parties_about(one).isdisjoint(_parties_about(two)):
        return None  # "some kind of truce" is nobody's: it may be of any conflict
    if one.first is two.first is None:
        return "kept_both" if one.known and two.known and _are_near(one, two) else None
    spoken, other = (one, two) if one.first is None else (two, one)
    if not spoken.known or other.first is None or not _is_older(one, two):
        return None
    assert spoken.published is not None
    return "kept_new" if spoken.published - other.first <= _NEW_DAYS else "kept"


def _parties_about(trait: Traits) -> frozenset[str]:
    """Return the parties that a mention names, and those that its report is about."""
    return trait.parties | trait.context


def _are_near(one: Traits, two: Traits) -> bool:
    """Tell whether two reports were printed within the days in which all mean one agreement."""
    if one.published is None or two.published is None:
        return False
    return abs(one.published - two.published) <= _NEW_DAYS


def is_named(one: Traits, two: Traits) -> bool:
    """Tell whether one is an agreement known by its town, the other signed there and earlier."""
    named, other = (one, two) if one.first is None else (two, one)
    towns = {spot.name for spot in named.spots} & {spot.name for spot in other.spots}
    return named.accord and other.stage == "done" and bool(towns) and _is_older(one, two)


def _is_older(one: Traits, two: Traits) -> bool:
    """Tell whether of two agreements one has no time, and the other a day of the year before."""
    spoken, other = (one, two) if one.first is None else (two, one)
    if not one.type == two.type == "AGREE" or spoken.published is None:
        return False
    if other.first is None or other.undated:
        return False
    return 0 <= spoken.published - other.first <= _KEPT_DAYS


def is_done_in_time(one: Traits, two: Traits) -> bool:
    """Tell whether one was to be done by a day, and the other was done since, and in time."""
    if not one.due or two.stage != "done" or two.type == "AGREE":
        return False  # who signs that it will be done has not done it
    if one.published is None or two.first is None:
        return False
    assert one.last is not None
    return one.published < two.first <= one.last


def compare_undated(one: Traits, two: Traits, gap: int) -> str:
    """Compare two of which one tells no time, so that the day of its report stands for it."""
    if gap <= 0:
        return "undated_near"
    if gap > UNDATED_BEFORE:
        stands = one.type == "AGREE" or "whole" in (one.scale, two.scale)
        return "undated_far" if stands or gap <= NEWS_DAYS else "undated_apart"
    printed, other = (one, two) if one.undated else (two, one)
    assert printed.last is not None and other.first is not None
    # What is told as done was done before it was printed; a night's shift is allowed for.
    early = not other.undated and printed.last < other.first and printed.stage != "ahead"
    return "undated_far" if early and gap > 1 else "undated_days"


def are_ahead_together(one: Traits, two: Traits) -> bool:
    """Tell whether both lay ahead, and soon, when their two reports were printed."""
    if not one.stage == two.stage == "ahead" or one.published is None or two.published is None:
        return False
    told = one.first if one.first is not None else two.first
    if told is None or abs(one.published - two.published) > _SAME_NEWS:
        return False
    return told - max(one.published, two.published) <= 2 * _SAME_NEWS
