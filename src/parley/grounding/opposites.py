"""Opposites: names that what stands before them turns round.

In: a line with its names.  Out: the line without those: "anti-Taliban militias" and "non-EU
states" are not he whom they name, and "ex-Soviet countries" are of a state that is no more.
"""

from __future__ import annotations

from parley.grounding.lines import HYPHENS, Line, Name

_PREFIXES = frozenset({"anti", "non", "counter", "ex"})
_LANDS = frozenset({"states", "republics", "republic", "countries", "nations", "colonies", "bloc"})


def drop_opposites(line: Line) -> None:
    """Take the names that are turned round from a line."""
    turned = (n for n in line.names if is_turned_round(line, n.first) or _is_of_the_past(line, n))
    for name in list(turned):
        line.names.remove(name)
        for i in range(name.first, name.last):
            line.name_at.pop(i, None)


def is_turned_round(line: Line, first: int) -> bool:
    """Tell whether the name that begins at a token stands behind "anti-" or "ex-"."""
    head, hyphen, _ = line.lower[first].partition("-")
    if hyphen and head in _PREFIXES:
        return True
    before = first - 1
    return before > 0 and line.text[before] in HYPHENS and line.lower[before - 1] in _PREFIXES


def _is_of_the_past(line: Line, name: Name) -> bool:
    """Tell whether a state is told of as one that is no more: "the former Yugoslav republic"."""
    before, beyond = name.first - 1, name.last
    lands = beyond < len(line) and line.lower[beyond] in _LANDS
    return before >= 0 and line.lower[before] == "former" and lands
