"""Counted: whom the figures of an event count, so that those of different people are kept apart.

In: counts.  Out: the kind of people of each (`data/words.toml`, "counted") and its side.  "Eight
soldiers" and "three rebels" of one clash add up; "eight soldiers" and "eight people" may be one
figure.
"""

from __future__ import annotations

from collections.abc import Sequence

from parley.merging.names import fold
from parley.merging.rules import load_rules
from parley.model import Count

CIVILIANS = "civilians"
_ANYBODY = "people"
# Kind of people and side, both None for a figure of all.
Group = tuple[str | None, str | None]
ALL: Group = (None, None)


def kind_of(count: Count) -> str | None:
    """Return the kind of people that a figure's noun is of, None where it tells none."""
    noun = count.whom
    if noun is None:
        return None
    forms = {noun, noun + "s"}
    counted = load_rules().words.counted
    return next((kind for kind, nouns in counted.items() if forms & nouns), None)


def told_apart(count: Count) -> str | None:
    """Return the kind of people that sets a figure apart from others, None for people of any."""
    kind = kind_of(count)
    return None if kind == _ANYBODY else kind


def groups_of(counts: Sequence[Count]) -> list[Group]:
    """Return whom each figure counts, in order: a kind and a side that tell the same are one.

    Where soldiers of one side only are counted, soldiers of no side told are those.
    """
    told = [(told_apart(count), fold(count.side) if count.side else None) for count in counts]
    return [_completed(group, told) for group in told]


def _completed(group: Group, told: Sequence[Group]) -> Group:
    kind, side = group
    if kind is not None and side is None:
        sides = {other for each, other in told if each == kind and other is not None}
        return (kind, sides.pop()) if len(sides) == 1 else group
    if side is not None and kind is None:
        kinds = {each for each, other in told if other == side and each is not None}
        return (kinds.pop(), side) if len(kinds) == 1 else group
    return group
