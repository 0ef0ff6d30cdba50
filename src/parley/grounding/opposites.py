"""Opposites: names that a prefix turns round, as in "anti-Taliban militias", "non-EU states".

In: a line with its names.  Out: the line without those: who is against somebody is not he.
"""

from __future__ import annotations

from parley.grounding.lines import HYPHENS, Line

_AGAINST = frozenset({"anti", "non", "counter"})


def drop_opposites(line: Line) -> None:
    """Take the names behind "anti-" from a line."""
    for name in [name for name in line.names if is_turned_round(line, name.first)]:
        line.names.remove(name)
        for i in range(name.first, name.last):
            line.name_at.pop(i, None)


def is_turned_round(line: Line, first: int) -> bool:
    """Tell whether the name that begins at a token stands behind "anti-"."""
    head, hyphen, _ = line.lower[first].partition("-")
    if hyphen and head in _AGAINST:
        return True
    before = first - 1
    return before > 0 and line.text[before] in HYPHENS and line.lower[before - 1] in _AGAINST
