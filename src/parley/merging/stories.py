"""Stories: what a whole report tells, so that two reports of one happening know each other.

In: a report.  Out: its `Story`: its telling terms, each with how much it tells.  Names of
persons and streets that no table knows, ages and rare words are what two desks have in
common when they write of one incident, and what they have not when they write of two alike.
Method: cosine of term frequencies weighted by rarity in English at large (Sparck Jones 1972).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from functools import lru_cache
from math import log, sqrt
from typing import TYPE_CHECKING

from msgspec import Struct

from parley.merging.commonness import RAREST, rarity
from parley.merging.names import fold
from parley.model import Report

if TYPE_CHECKING:
    from parley.merging.traits import Frequencies, Traits

_TERM = re.compile(r"[^\W\d_][\w'’-]*[^\W_]|\d+")
_NAMES = 2  # names that two reports must have for it to tell that they share hardly any
_SHARED = 0.25  # of the names of the report with fewer: two of one first name share one by chance
_TERMS = 12  # telling terms that a report must have for its story to be compared
_LEVELS = ((0.45, "one"), (0.35, "much"), (0.25, "some"))
_LITTLE = 0.1
_COMMON = 1.2  # bits: a word of nearly every second report tells nothing
_MOST = 120  # terms that are kept of a report, the most telling first
_NUMBER = 4.0  # bits that a number of two digits tells: an age, a block of a street


class Story(Struct, frozen=True):
    """The telling terms of a report with their weights, and the length of all of them.

    `names` are the words that no table of common words has: of persons and streets mostly.
    """

    terms: dict[str, float]
    length: float
    names: frozenset[str] = frozenset()

    def rarest(self, most: int) -> list[str]:
        """Return the terms that tell most, at most so many."""
        return sorted(self.terms, key=lambda term: (-self.terms[term], term))[:most]


def story_of(report: Report, known: Collection[str] = ()) -> Story:
    """Return what a report tells; its boilerplate counts nothing, nor do the words `known`.

    Those are the names of its parties and places, which are compared for themselves: all
    reports of one conflict have them in common.
    """
    counts: Counter[str] = Counter()
    for found in _TERM.finditer(without_boilerplate(report)):
        counts[fold(found.group().removesuffix("'s").removesuffix("’s"))] += 1
    weights = {term: (1 + log(times)) * _telling(term) for term, times in counts.items()}
    weights = {t: weight for t, weight in weights.items() if weight > 0 and t not in known}
    kept = sorted(weights, key=lambda term: (-weights[term], term))[:_MOST]
    return Story(
        terms={term: round(weights[term], 2) for term in kept},
        length=round(sqrt(sum(weight * weight for weight in sorted(weights.values()))), 3),
        names=frozenset(term for term in weights if _is_name(term)),
    )


def likeness(one: Story, two: Story) -> float:
    """Return how far two reports tell the same, 0 to 1: the cosine of their terms."""
    if not one.length or not two.length:
        return 0.0
    if len(one.terms) > len(two.terms):
        one, two = two, one
    other = two.terms
    shared = [weight * other[term] for term, weight in one.terms.items() if term in other]
    return min(1.0, sum(sorted(shared)) / (one.length * two.length))


def compare_story(one: Traits, two: Traits, _: Frequencies) -> tuple[str, float]:
    """Compare the two reports as wholes: how far they tell the same."""
    if one.report == two.report:
        return "here", 0.0
    if one.story is None or two.story is None:
        return "unknown", 0.0
    if len(one.story.terms) < _TERMS or len(two.story.terms) < _TERMS:
        return "unknown", 0.0
    local = one.local and two.local
    mine, theirs = one.story.names, two.story.names
    fewer = min(len(mine), len(theirs))
    if local and fewer >= _NAMES and len(mine & theirs) < _SHARED * fewer:
        return "strangers", 0.0
    alike = likeness(one.story, two.story)
    for least, level in _LEVELS:
        if alike >= least:
            return level, 0.0
    if not local:
        return "recalled", 0.0
    return ("little" if alike >= _LITTLE else "none"), 0.0


def _is_name(term: str) -> bool:
    return term.isalpha() and len(term) > 3 and rarity(term) >= RAREST


@lru_cache(maxsize=65536)
def _telling(term: str) -> float:
    if not term:
        return 0.0
    if term.isdecimal():
        return _NUMBER if len(term) in (2, 3) else 0.0
    bits = rarity(term)
    return bits if bits > _COMMON else 0.0


def without_boilerplate(report: Report) -> str:
    """Return the text without what is not the report."""
    text = report.text
    for part in sorted(report.boilerplate, key=lambda part: -part.start):
        text = text[: part.start] + " " + text[part.end :]
    return text
