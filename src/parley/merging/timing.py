"""Timing: which level of agreement the times of two mentions reach.

In: the traits of two mentions.  Out: the level, as `comparing` has them.
"""

from __future__ import annotations

from typing import NamedTuple

from parley.merging.frequencies import Frequencies
from parley.merging.placing import Reached
from parley.merging.traits import FAR, Traits
from parley.merging.undated import (
    UNDATED_BEFORE,
    are_ahead_together,
    compare_kept,
    compare_undated,
    is_done_in_time,
    is_named,
)

_LASTS = 7  # days: a span longer than this is no single occasion
_BEGAN = {"week": 7, "month": 31, "season": 92, "year": 366}
_LONG_AGO = 180  # days before printing: what is told of then is recalled
_FOLLOWS = 20  # days after an incident that may be taken for its own
_SAME_WORDS = 0.8  # of two reports: of those of one story by two desks hardly any pair has so much
_WEEK = 10  # days: a week, as it is told
_PUT_OFF = 7  # days by which a meeting may be late without a word
_SLIPS = 3  # days by which a report may be mistaken over a day


class Reach(NamedTuple):
    """How far a mention and its report are from others in time, in days (ordinals).

    `printed` is the last day on which its report may have been printed, `since` the first one on
    which a report of the same may have been; None where nothing follows.
    """

    printed: int | None
    since: int | None


def reach_of(trait: Traits) -> Reach:
    """Return how far a mention reaches: it follows from its traits alone.

    Memory keeps it as it keeps these: where it changes, so must `rules._FORM`.
    """
    known = trait.first is not None and trait.last is not None
    if trait.stage != "done" or trait.put_off or not known or trait.first is None:
        return Reach(None, None)
    since = None if trait.undated else trait.first - (_FOLLOWS if trait.lent else _SLIPS)
    return Reach(trait.printed, since)


def out_of_reach(one: Reach, two: Reach) -> bool:
    """Tell whether one of two was surely printed before the other had happened.

    Of those the comparison `when` reaches `not_yet`, whatever else they tell.
    """
    return _is_earlier(one.printed, two.since) or _is_earlier(two.printed, one.since)


def _is_earlier(printed: int | None, since: int | None) -> bool:
    return printed is not None and since is not None and printed < since


def compare_when(one: Traits, two: Traits, _: Frequencies) -> Reached:
    """Compare the windows of time."""
    if one.put_off and one.put_off == two.put_off:
        return "put_off", 0.0
    if one.first is None or two.first is None or one.last is None or two.last is None:
        apart = one.report != two.report
        if apart and is_named(one, two):
            return "named", 0.0
        kept = compare_kept(one, two)
        if kept is not None:
            return kept, 0.0
        if not apart:
            return "one_unknown_here", 0.0
        if one.first is None and two.first is None:
            return "both_unknown", 0.0
        return ("ahead_near" if are_ahead_together(one, two) else "one_unknown"), 0.0
    if _printed_before(one, two) or _printed_before(two, one):
        return "not_yet", 0.0
    if is_done_in_time(one, two) or is_done_in_time(two, one):
        return "due", 0.0
    gap = max(one.first, two.first) - min(one.last, two.last)
    if one.undated or two.undated:
        among = one.is_among_several(two)
        return (_undated_here(gap) if among else compare_undated(one, two, gap)), 0.0
    if one.lent or two.lent:
        # What surrounds a sentence dates all that it surrounds, and may be taken amiss.
        if gap > 0:
            return ("context_near" if gap == 1 else "context_apart"), 0.0
        if one.report == two.report:
            same = (one.first, one.last) == (two.first, two.last)
            return ("context_told" if same and one.lent != two.lent else "context_here"), 0.0
    if gap > 0:
        slipped = _slipped(one, two) or _slipped(two, one)
        return ("slipped" if slipped else _compare_gap(one, two, gap)), 0.0
    same = (one.first, one.last) == (two.first, two.last)
    if not same and one.type == two.type and (one.known or two.known):
        # "As agreed last week" names what was agreed on a day of that week.
        return "kept_new", 0.0
    level = _same_window(one) if same else _nested_window(one, two)
    # Of what lies long behind only the best known is recalled: a month then is as a day now.
    if _is_recalled(one) or _is_recalled(two):
        level = _RECALLED.get(level, level)
    return level, 0.0


def _undated_here(gap: int) -> str:
    """Compare two of one report of which one leaves its day to the report's own."""
    if gap <= 0:
        return "undated_here"
    return "undated_here_days" if gap <= UNDATED_BEFORE else "undated_here_far"


def _printed_before(one: Traits, two: Traits) -> bool:
    """Tell whether one was printed before what the other tells as done had happened.

    A day may be mistaken by a few days, one that is lent by as many as follow an incident.
    """
    if one.printed is None or two.first is None or two.undated:
        return False
    done = one.stage == two.stage == "done"
    return done and two.first - one.printed > (_FOLLOWS if two.lent else _SLIPS)


def _is_recalled(trait: Traits) -> bool:
    if trait.last is None or trait.published is None or trait.last == FAR:
        return False
    return trait.published - trait.last > _LONG_AGO


_RECALLED = {
    "same_month": "recalled_month",
    "same_season": "recalled_month",
    "same_year": "recalled_year",
    "inside_month": "recalled_inside",
    "inside_season": "recalled_inside",
    "inside_year": "recalled_inside",
}


def _slipped(one: Traits, two: Traits) -> bool:
    """Tell whether one is a meeting that was to be, and the other was held some days after that."""
    if not one.type == two.type == "CONSULT" or (one.stage, two.stage) != ("ahead", "done"):
        return False
    if one.report == two.report or one.last is None or two.first is None or one.printed is None:
        return False
    return one.printed < two.first and 0 < two.first - one.last <= _PUT_OFF


def _compare_gap(one: Traits, two: Traits, gap: int) -> str:
    """Compare two windows with no day in common: two happenings, or one that is dated amiss."""
    if one.report == two.report:
        return "apart"
    if one.width <= 2 and two.width <= 2:
        return "off_by_one" if gap == 1 else "apart_near" if gap <= _SLIPS else "apart"
    # "last month", printed on a month's first or last day, is easily the month beside it.
    coarse = one.precision == two.precision != "span" and one.last != FAR != two.last
    return "apart_near" if gap == 1 and coarse else "apart"


def _same_window(one: Traits) -> str:
    if one.width == 1:
        return "same_day"
    if one.width <= _SLIPS:
        return "same_span"  # two or three days, told by both
    if one.last == FAR:
        return "same_start"
    if one.precision == "span":
        return "same_span"
    return "same_" + _size(one.width)


def _nested_window(one: Traits, two: Traits) -> str:
    inner, outer = (one, two) if one.width <= two.width else (two, one)
    assert inner.first is not None and outer.first is not None
    assert inner.last is not None and outer.last is not None
    if outer.last == FAR:
        if inner.last == FAR:
            return "same_start" if outer.first + 31 >= inner.first else "spans_differ"
        # "since 2020" began on some day of 2020
        began = outer.first + _BEGAN.get(outer.precision or "", 1)
        return "onset" if inner.first <= began else "inside_span"
    if not (outer.first <= inner.first and inner.last <= outer.last):
        widest = [trait for trait in (one, two) if trait.width == outer.width]
        lasts = any(trait.precision == "span" and trait.stage != "ahead" for trait in widest)
        return "spans_differ" if lasts else "overlap"
    if any(trait.summed and trait.width > _SLIPS for trait in (one, two)):
        return "inside_span"  # "seven died in two clashes this week": each of them is a part
    # "within five days" of what lies ahead is a window for it, not how long it will last
    if outer.precision == "span" and outer.width > _LASTS and outer.stage != "ahead":
        if inner.first == outer.first:
            return "onset"
        return "spans_differ" if inner.width * 2 > outer.width else "inside_span"
    if one.report == two.report and inner.type == outer.type == "CONSULT" and outer.width <= _WEEK:
        return "inside_here"
    return "inside_" + _size(outer.width)


def _size(width: int) -> str:
    for days, name in ((10, "week"), (31, "month"), (100, "season"), (366, "year")):
        if width <= days:
            return name
    return "longer"


def compare_days(one: Traits, two: Traits, frequencies: Frequencies) -> Reached:
    """Compare the days of what two reports are about: only weeks apart they exclude each other.

    What follows an incident (an arrest, a death of wounds) is told beside it, and easily lends it
    a day; how far days agree is weighed with all else that the two reports tell.  Two numbers of
    a bulletin have nearly all their words in common: in these another day is another incident.
    """
    if _printed_before(one, two) or _printed_before(two, one):
        return "not_yet", 0.0
    told = not (one.undated or two.undated)
    if not told or one.first is None or two.first is None or one.last is None or two.last is None:
        return "incident", 0.0
    gap = max(one.first, two.first) - min(one.last, two.last)
    if gap > _FOLLOWS or (gap > 0 and _are_numbers(one, two, frequencies)):
        return "apart", 0.0
    return ("incident" if gap <= 1 else "incident_apart"), 0.0


def _are_numbers(one: Traits, two: Traits, frequencies: Frequencies) -> bool:
    """Tell whether two are of one bulletin, printed each day with what is new in its old words.

    A dispatch that is printed again is told in the same sentence, whatever day it is given.
    """
    if one.lent or two.lent or one.wording == two.wording or not one.story or not two.story:
        return False
    return frequencies.alike.cosine(one.story, two.story) >= _SAME_WORDS
