"""Stories: what a whole report tells, so that two reports of one happening know each other.

In: a report.  Out: its `Story`: its telling terms, each with how much it tells.  Names of
persons and streets that no table knows, ages and rare words are what two desks have in
common when they write of one incident, and what they have not when they write of two alike.
Method: cosine of term frequencies weighted by rarity in English at large (Sparck Jones 1972),
the names and numbers in common, and how far apart the two were printed, each a comparison.
All of them speak of what a report is about, so they count between two mentions that tell it
(`Traits.main`); of what a report recalls they say little.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
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
_RUN = re.compile(r"[^\W\d_a-z][\w'’-]*\w(?: [^\W\d_a-z][\w'’-]*\w)*")
_NAMES = 2  # names that two reports must have for it to tell that they share none
_NAME = 7.0  # bits: a capital word that is commoner is no name that tells
_MANY, _RATIO = 3, 0.2  # names in common, and of the report's with fewer, that make a story one
_INCIDENTS = frozenset({"ASSAULT", "PROTEST"})
_FRESH = 30  # days
_TERMS = 12  # telling terms that a report must have for its story to be compared
_LEVELS = ((0.45, "one"), (0.3, "much"), (0.2, "some"), (0.12, "little"), (0.06, "hardly"))
_ASIDE = ((0.45, "one_aside"), (0.35, "much_aside"), (0.25, "some_aside"))
_RECALLS = 0.2  # likeness below which a report of a conflict says nothing against
_PRINTED = ((1, "day"), (3, "days"), (10, "week"))
_COMMON = 1.2  # bits: a word of nearly every second report tells nothing
_MOST = 120  # terms that are kept of a report, the most telling first
_NUMBER = 4.0  # bits that a number of two digits tells: an age, a block of a street


class Story(Struct, frozen=True):
    """The telling terms of a report with their weights, and the length of all of them.

    `names` are rare words always written with a capital: of persons and streets mostly.
    `numbers` have two or three figures: ages, blocks of a street, tolls.
    """

    terms: dict[str, float]
    length: float
    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    def rarest(self, most: int) -> list[str]:
        """Return the terms that tell most, at most so many."""
        return sorted(self.terms, key=lambda term: (-self.terms[term], term))[:most]


def story_of(report: Report, known: Collection[str] = (), *, places: Collection[str] = ()) -> Story:
    """Return what a report tells; its boilerplate counts nothing, nor do the words `known`.

    Those are the names of its parties and countries, which are compared for themselves: all
    reports of one conflict have them in common.  The names of `places` are words like others,
    but none of the story's own names: all that happens in a town has its name.
    """
    text = without_boilerplate(report)
    counts: Counter[str] = Counter()
    small: set[str] = set()
    for found in _TERM.finditer(text):
        term = _folded(found.group())
        counts[term] += 1
        if not found.group()[0].isupper():
            small.add(term)
    weights = {term: (1 + log(times)) * _telling(term) for term, times in counts.items()}
    weights = {t: weight for t, weight in weights.items() if weight > 0 and t not in known}
    kept = sorted(weights, key=lambda term: (-weights[term], term))[:_MOST]
    return Story(
        terms={term: round(weights[term], 2) for term in kept},
        length=round(sqrt(sum(weight * weight for weight in sorted(weights.values()))), 3),
        names=frozenset(_names_in(text, weights.keys() - small - set(places))),
        numbers=frozenset(term for term in weights if term.isdecimal()),
    )


def _names_in(text: str, terms: Collection[str]) -> Iterator[str]:
    """Yield of each run of capital words the last that is a name among `terms`.

    Of a full name that is the surname: many share a first one.  A word alone at the head of a
    sentence has its capital from there.
    """
    for run in _RUN.finditer(text):
        words = [_folded(word) for word in run.group().split()]
        if len(words) == 1 and _begins_sentence(text, run.start()):
            continue
        last = next((word for word in reversed(words) if word in terms and _is_name(word)), None)
        if last is not None:
            yield last


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip(" \"“”'‘’")
    return not before or before[-1] in ".!?\n:"


def _folded(word: str) -> str:
    return fold(word.removesuffix("'s").removesuffix("’s"))


def likeness(one: Story, two: Story) -> float:
    """Return how far two reports tell the same, 0 to 1: the cosine of their terms."""
    if not one.length or not two.length:
        return 0.0
    mine, theirs = one.terms, two.terms
    shared = [mine[term] * theirs[term] for term in mine.keys() & theirs.keys()]
    return min(1.0, sum(sorted(shared)) / (one.length * two.length))


def compare_story(one: Traits, two: Traits, _: Frequencies) -> tuple[str, float]:
    """Compare the two reports as wholes: how far they use the same words."""
    stories = _both(one, two)
    if stories == "aside":
        return _compare_aside(one, two), 0.0
    if isinstance(stories, str):
        return stories, 0.0
    mine, theirs = stories
    alike = likeness(mine, theirs)
    if alike < _RECALLS and not _tell_of_little_else(one, two):
        return "recalled", 0.0
    return next((level for least, level in _LEVELS if alike >= least), "none"), 0.0


def _compare_aside(one: Traits, two: Traits) -> str:
    """Compare the reports of what one of them at least may tell in passing: in favour only."""
    if one.story is None or two.story is None:
        return "unknown"
    if one.core and two.core and not (one.core & two.core or one.kin & two.kin):
        # Reports of one story may each recall another matter: a war of others.
        return "aside"
    alike = likeness(one.story, two.story)
    return next((level for least, level in _ASIDE if alike >= least), "aside")


def compare_names(one: Traits, two: Traits, _: Frequencies) -> tuple[str, float]:
    """Compare the names of persons and streets in the two reports."""
    stories = _both(one, two)
    if isinstance(stories, str):
        return stories, 0.0
    mine, theirs = (story.names for story in stories)
    shared, fewer = len(mine & theirs), min(len(mine), len(theirs))
    if shared:
        if shared >= _MANY and shared >= _RATIO * fewer:
            return "many", 0.0
        return ("some" if shared > 1 else "one"), 0.0
    return ("none" if fewer >= _NAMES and _tell_of_little_else(one, two) else "unknown"), 0.0


def compare_numbers(one: Traits, two: Traits, _: Frequencies) -> tuple[str, float]:
    """Compare the ages and other numbers of two or three figures in the two reports."""
    stories = _both(one, two)
    if isinstance(stories, str):
        return stories, 0.0
    mine, theirs = (story.numbers for story in stories)
    if mine & theirs:
        return "shared", 0.0
    return ("other" if mine and theirs and _tell_of_little_else(one, two) else "unknown"), 0.0


def compare_printed(one: Traits, two: Traits, _: Frequencies) -> tuple[str, float]:
    """Compare when the two reports were printed: news is told within a day of each other."""
    stories = _both(one, two)
    if isinstance(stories, str):
        return stories, 0.0
    if one.published is None or two.published is None:
        return "unknown", 0.0
    gap = abs(one.published - two.published)
    return next((level for most, level in _PRINTED if gap <= most), "later"), 0.0


def _both(one: Traits, two: Traits) -> tuple[Story, Story] | str:
    """Return the stories of two reports, or why they are not compared: a level's name."""
    if one.report == two.report:
        return "here"
    if one.story is None or two.story is None:
        return "unknown"
    if min(len(one.story.terms), len(two.story.terms)) < _TERMS:
        return "unknown"
    local = one.local and two.local
    # Who tells of a conflict recalls its talks and claims from the first line on.
    about = one.main and two.main if local else _is_news(one) and _is_news(two)
    return (one.story, two.story) if about else "aside"


def _is_news(trait: Traits) -> bool:
    """Tell whether a report is about an incident that was fresh when it was printed."""
    if not trait.head or trait.type not in _INCIDENTS:
        return False
    told, printed = trait.last, trait.published
    return told is None or printed is None or printed - told <= _FRESH


def _tell_of_little_else(one: Traits, two: Traits) -> bool:
    """Tell whether what two reports do not share speaks against the two being one."""
    return (one.local and two.local) or (one.head and two.head)


def _is_name(term: str) -> bool:
    return term.isalpha() and len(term) > 2 and rarity(term) >= _NAME


@lru_cache(maxsize=65536)
def _telling(term: str) -> float:
    if not term:
        return 0.0
    if term.isdecimal():
        return _NUMBER if len(term) in (2, 3) else 0.0
    bits = rarity(term)
    return round(bits * bits / RAREST, 2) if bits > _COMMON else 0.0


def without_boilerplate(report: Report) -> str:
    """Return the text without what is not the report."""
    text = report.text
    for part in sorted(report.boilerplate, key=lambda part: -part.start):
        text = text[: part.start] + " " + text[part.end :]
    return text
