"""Stories: what a whole report tells, so that two reports of one happening know each other.

In: a report.  Out: its `Story`.  Names of persons and streets, ages, days and rare words are
what two desks have in common when they write of one incident, and what they have not when
they write of two alike.  `likeness.py` compares two of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from math import log, sqrt

from msgspec import Struct

from parley.merging.commonness import RAREST, rarity
from parley.merging.days import days_told
from parley.merging.hours import hours_told
from parley.merging.kinds import kinds_among, kinds_of
from parley.merging.names import fold
from parley.merging.proper import Proper, proper_names, split_dateline
from parley.merging.rules import load_rules
from parley.model import Report

_TERM = re.compile(r"[^\W\d_][\w'’-]*[^\W_]|\d+")
# In small letters: to look for either is several times as slow.
_AGE = re.compile(
    r"\b(\d{1,3})[- ]years?[- ]old\b|\bage[ds]? (\d{1,3})\b"
    r"|(?<=[a-z)]), (\d{1,2})(?=,|[.;)](?!\d)| of\b| and\b)|\((\d{1,2})\)"
    r"|\b(?:boy|girl|man|woman|son|daughter|pupil|student) of (\d{1,2})\b"
)
_BLOCK = re.compile(r"\b(\d{3,5})[- ]block\b")
_NUMBER = re.compile(r"(?<![\w:.,$£€+-])\d{2,3}(?![\w:.,-]?\d|:|[ap]m\b| ?[ap]\.?m\b| ?%|mm\b)")
_CALLED = frozenset({"101", "111", "112", "911", "999"})  # telephone numbers for help
_COMMON = 1.2  # bits: a word of nearly every second report tells nothing
_MOST = 120  # terms that are kept of a report, the most telling first
_NUMBER_TELLS = 4.0  # bits that a number of two digits tells
_LEAD = 300  # characters: a headline and the first sentence or two
# Words whose weights are kept: those that most reports use.  Numbers and names come without end.
_WORDS_AT_HAND = 4096
_STEM = 5  # letters: "shooting" and "shoot", "protest" and "protesters" are one word


class Story(Struct, frozen=True):
    """What a report tells.

    `terms` are its telling words with their weights, and `length` that of all of them; `lead`
    the stems of its first lines with the bits that each tells, `stems` those of all of it;
    `kinds` how far it is of each kind of incident, `scenes` of each kind of place (vectors of
    length 1), `scene` the kinds of places in its first lines; `proper` its proper names; `ages`
    the ages that it tells and the blocks of streets; `numbers` other numbers of two or three
    figures; `hours` the times of day (minutes); `days` the days that it tells, and `printed` its
    own (ordinals); `happened` the days on which its incident is told to have been.
    """

    terms: dict[str, float]
    length: float
    lead: dict[str, float] = {}
    stems: frozenset[str] = frozenset()
    kinds: dict[str, float] = {}
    scenes: dict[str, float] = {}
    scene: frozenset[str] = frozenset()
    proper: Proper = Proper()
    ages: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    hours: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()
    printed: int | None = None
    happened: frozenset[int] = frozenset()

    def rarest(self, most: int) -> list[str]:
        """Return the terms that tell most, at most so many."""
        weights = self.terms
        least = min(sorted(weights.values(), reverse=True)[:most], default=0.0)
        told = [term for term, weight in weights.items() if weight >= least]
        return sorted(told, key=lambda term: (-weights[term], term))[:most]


def story_of(report: Report, known: Collection[str] = (), *, places: Collection[str] = ()) -> Story:
    """Return what a report tells; its boilerplate counts nothing, nor do the words `known`.

    Those are the names of its parties and countries, which are compared for themselves: all
    reports of one conflict have them in common.  The names of `places` (whole, folded) are
    words like others, but no persons: all that happens in a town has its name.
    """
    text = without_boilerplate(report)
    body = split_dateline(text)[0]
    outlet = report.outlet or ""
    left_out = {*known, *fold(outlet).split(), *load_rules().words.calendar}
    small: set[str] = set()
    counts: Counter[str] = Counter()
    for word, times in Counter(_TERM.findall(body)).items():
        term = _folded(word)
        counts[term] += times
        if not word[0].isupper():
            small.add(term)
    told = {term: times for term, times in counts.items() if term not in left_out}
    weights = {term: (1 + log(times)) * _telling(term) for term, times in told.items()}
    kept = sorted(filter(weights.get, weights), key=lambda term: (-weights[term], term))[:_MOST]
    ages = frozenset(_ages_in(body))
    printed = report.published.start if report.published else None
    lead = [_folded(word) for word in _TERM.findall(body[:_LEAD])]
    return Story(
        terms={term: round(weights[term], 2) for term in kept},
        length=_length(weights.values()),
        lead=_stems(lead, left_out),
        stems=frozenset(_stems(told, ())),
        kinds=kinds_of(told, "kinds"),
        scenes=kinds_of(told, "scenes"),
        scene=kinds_among(lead, "scenes"),
        proper=proper_names(text, small=small, places=places, outlet=outlet),
        ages=ages,
        numbers=frozenset(_numbers_in(body)) - ages,
        hours=hours_told(body),
        days=days_told(body, printed) if printed else frozenset(),
        printed=printed.toordinal() if printed else None,
    )


def without_boilerplate(report: Report) -> str:
    """Return the text without what is not the report."""
    text = report.text
    for part in sorted(report.boilerplate, key=lambda part: -part.start):
        text = text[: part.start] + " " + text[part.end :]
    return text


def _stems(terms: Iterable[str], left_out: Collection[str]) -> dict[str, float]:
    """Return the first letters of the words that tell something, with the bits they tell."""
    found: dict[str, float] = {}
    for term in terms:
        bits = 0.0 if term.isdecimal() or term in left_out else rarity(term)
        if bits > _COMMON:
            stem = term[:_STEM]
            found[stem] = max(bits, found.get(stem, 0.0))
    return found


def _ages_in(text: str) -> Iterator[str]:
    """Yield the ages that a text tells and the blocks of streets ("b1200")."""
    for found in _AGE.finditer(text.lower()):
        yield next(filter(None, found.groups()))
    for found in _BLOCK.finditer(text):
        yield "b" + found.group(1)


def _numbers_in(text: str) -> Iterator[str]:
    """Yield numbers of two or three figures that are no times of day, and not round."""
    for number in _NUMBER.findall(text):
        if not number.endswith("0") and number not in _CALLED:
            yield number


@lru_cache(maxsize=_WORDS_AT_HAND)
def _folded(word: str) -> str:
    return fold(word.removesuffix("'s").removesuffix("’s"))


def _length(weights: Iterable[float]) -> float:
    return round(sqrt(sum(weight * weight for weight in sorted(weights))), 3)


@lru_cache(maxsize=_WORDS_AT_HAND)
def _telling(term: str) -> float:
    if not term:
        return 0.0
    if term.isdecimal():
        return _NUMBER_TELLS if len(term) in (2, 3) else 0.0
    bits = rarity(term)
    return round(bits * bits / RAREST, 2) if bits > _COMMON else 0.0
