"""Kinds: of which kinds of incidents, and of which kinds of places, a report tells.

In: the words of a report with how often each is told.  Out: a vector of length 1 over the kinds
of `data/kinds.toml` or `data/scenes.toml`.  What two reports of one incident have in common
even where they share no other word, and what two incidents of one town have not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from math import sqrt
from typing import Literal

from parley.errors import DataError
from parley.merging.rules import read_data

Table = Literal["kinds", "scenes"]


def kinds_of(counts: Mapping[str, int], table: Table) -> dict[str, float]:
    """Return how often the words (folded) of each kind are told, as a vector of length 1."""
    found: Counter[str] = Counter()
    known = _kinds(table)
    for word in known.keys() & counts.keys():
        found[known[word]] += counts[word]
    length = sqrt(sum(times * times for times in found.values())) or 1.0
    return {kind: round(times / length, 3) for kind, times in sorted(found.items())}


def kinds_among(words: Iterable[str], table: Table) -> frozenset[str]:
    """Return the kinds that any of some words (folded) tells."""
    known = _kinds(table)
    return frozenset(known[word] for word in words if word in known)


@cache
def _kinds(table: Table) -> dict[str, str]:
    """Return word -> kind.  Raises DataError, naming file and word."""
    found: dict[str, str] = {}
    for kind, words in read_data(f"{table}.toml", dict[str, tuple[str, ...]]).items():
        for word in words:
            if word in found:
                raise DataError(
                    f"parley/merging/data/{table}.toml: {kind}: {word!r} is of {found[word]} as "
                    "well; leave it in one"
                )
            found[word] = kind
    return found
