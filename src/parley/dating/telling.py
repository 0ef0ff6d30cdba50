"""How far two reports tell the same: the words, names, numbers and dates that they share.

In: reports.  Out: their `Telling`s, and for each the ones nearest to it.  No parse is
needed, so that a whole record can be looked through for the few reports that need it.
Method: cosine of term frequencies weighted by rarity, as Sparck Jones (1972) weighs them; a
term's frequency over the reports is not in how many it stands but how much they use it, one
that says it often counting for more.  A day of the calendar ("May 11", however written) is a
term of its own.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from spacy.lang.en.stop_words import STOP_WORDS

from parley.dating.words import words
from parley.model import Report

_TERM = re.compile(r"[^\W\d_]{3,}|\d[\d,.]*\d|\d")
_MONTH_FIRST = re.compile(r"\b([A-Z][a-z]{2,8})\.? (\d{1,2})(?!\d|:)")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)? (?:of )?([A-Z][a-z]{2,8})\b")
# A day shared says more than a word shared.
_OF_A_DAY = 4.0
_ALIKE = 0.045
_STEM = 6
# A record of few reports says little of how rare a word is: so many more are imagined, of other
# things, of which this share have the word.
_IMAGINED, _HAVE = 8, 0.05


class Telling(Struct, frozen=True):
    """What a report tells, as terms with how often it uses them and where first."""

    report: str
    terms: Mapping[str, float]
    places: Mapping[str, tuple[int, int]]


class Near(Struct, frozen=True):
    """Another report that tells much the same: how far (0 to 1), and what they share most."""

    report: str
    likeness: float
    shared: str


class Counted(Struct, frozen=True):
    """How many reports there are, and how much they use each of some terms, summed up."""

    reports: int
    terms: Mapping[str, float]


def telling(report: Report) -> Telling:
    """Return what a report tells; its boilerplate counts nothing."""
    text = _without_boilerplate(report)
    counts: Counter[str] = Counter()
    places: dict[str, tuple[int, int]] = {}
    for found in _TERM.finditer(text):
        word = found.group().lower()
        if word in STOP_WORDS or word in words().months or word in words().weekdays:
            continue
        if word.isdecimal() and len(word) == 4:
            continue
        term = word[:_STEM] if word[0].isalpha() else word.strip(",.")
        if len(term) > 1:
            counts[term] += 1
            places.setdefault(term, found.span())
    for pattern, month, day in ((_MONTH_FIRST, 1, 2), (_DAY_FIRST, 2, 1)):
        for found in pattern.finditer(text):
            number = words().months.get(found[month].lower())
            if number and 1 <= int(found[day]) <= 31:
                term = f"{number:02}-{int(found[day]):02}"
                counts[term] = 1
                places.setdefault(term, found.span())
    return Telling(
        report.id,
        {term: 1 + math.log(count) for term, count in counts.items()},
        places,
    )


def _without_boilerplate(report: Report) -> str:
    """Return the text with spaces for what is not the report: offsets stay."""
    text = report.text
    for part in report.boilerplate:
        if "caption" not in part.why:
            text = text[: part.start] + " " * (part.end - part.start) + text[part.end :]
    return text


class Nearest:
    """Finds for some reports those that tell the same among many, seen one after another.

    `wanted` are the reports to find neighbours for.  Of the others only the terms that
    these use are kept: memory grows with what is wanted, hardly with what is looked through.
    """

    def __init__(self, wanted: Sequence[Telling], *, counted: Counted | None = None) -> None:
        """Take the reports to find neighbours for.

        Who sees only a part of the others, as one of many tasks, gives in `counted` what
        all of them are: a neighbour's likeness is then the same whoever finds it.
        """
        self._counted = counted
        self._wanted = {told.report: told for told in wanted}
        self._vocabulary = {term for told in wanted for term in told.terms}
        self._others: dict[str, dict[str, float]] = {}
        self._lengths: dict[str, int] = {}
        self._count: Counter[str] = Counter()
        # Of what was seen so far, as long as nothing more is.
        self._sizes: dict[str, float] = {}
        self._order: list[str] = []
        self._uses: dict[str, tuple[list[int], list[float]]] = {}  # term -> who uses it, how much
        for told in wanted:
            self.see(told)

    def see(self, told: Telling) -> None:
        """Look at one more report; one that was seen before counts once."""
        if told.report in self._others:
            return
        known = {t: n for t, n in told.terms.items() if t in self._vocabulary}
        self._others[told.report] = known
        self._lengths[told.report] = len(told.terms)
        self._count.update(known)
        self._sizes.clear()
        self._uses.clear()

    @property
    def counted(self) -> Counted:
        """How many reports were seen, and how much they use each term of the wanted ones."""
        return self._counted or Counted(len(self._others), dict(self._count))

    def of(self, report: str, *, most: int, least: float) -> list[Near]:
        """Return the nearest reports to a wanted one, at most so many, at least so like it."""
        total = self._counted.reports if self._counted else len(self._others)
        count = self._counts()
        rarity = {term: _rarity(count.get(term, 0.0), total) for term in self._wanted[report].terms}
        own = {t: n * rarity[t] for t, n in self._wanted[report].terms.items()}
        size = math.sqrt(sum(n * n for n in own.values())) or 1.0
        said, days = self._shared(own, rarity)
        found = []
        for at in np.flatnonzero(said):
            other = self._order[at]
            if other == report:
                continue
            scale = size * self._size(other, total)
            # Two wars have a May 11 each: a day counts where the words agree as well.
            likeness = float(said[at]) / scale
            if likeness >= _ALIKE:
                likeness += _OF_A_DAY * float(days[at]) / scale
            if likeness >= least:
                found.append((likeness, other))
        nearest = sorted(found, key=lambda pair: (-pair[0], pair[1]))[:most]
        return [
            Near(other, likeness, self._best(own, other, rarity)) for likeness, other in nearest
        ]

    def _shared(
        self, own: Mapping[str, float], rarity: Mapping[str, float]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return how much each other report shares of some terms: of the words, and of the days."""
        if not self._uses:
            self._order = list(self._others)
            for at, terms in enumerate(self._others.values()):
                for term, n in terms.items():
                    self._uses.setdefault(term, ([], []))
                    self._uses[term][0].append(at)
                    self._uses[term][1].append(n)
        said, days = np.zeros(len(self._order)), np.zeros(len(self._order))
        for term, n in own.items():
            users, uses = self._uses.get(term, ((), ()))
            if users:
                shared = days if _is_day(term) else said
                shared[np.array(users)] += n * np.array(uses) * rarity[term]
        return said, days

    def _best(self, own: Mapping[str, float], other: str, rarity: Mapping[str, float]) -> str:
        """Return what two reports share most: a day, else a word."""
        terms = self._others[other]
        shared = {t: own[t] * terms[t] * rarity[t] for t in own if t in terms}
        days = {t: n for t, n in shared.items() if _is_day(t)}
        return max(days or shared, key=lambda t: (shared[t], t))

    def _counts(self) -> Mapping[str, float]:
        return self._counted.terms if self._counted else self._count

    def _size(self, other: str, total: int) -> float:
        """Return the length of a report's vector; words of its own are as rare as can be."""
        if other in self._sizes:
            return self._sizes[other]
        terms, count = self._others[other], self._counts()
        kept = sum((n * _rarity(count.get(term, 0.0), total)) ** 2 for term, n in terms.items())
        apart = (self._lengths[other] - len(terms)) * _rarity(1.0, total) ** 2
        self._sizes[other] = math.sqrt(kept + apart) or 1.0
        return self._sizes[other]


def _rarity(used: float, total: int) -> float:
    """Return the weight of a term that `total` reports use so much: the logarithm of its rarity."""
    return max(0.0, math.log((total + _IMAGINED + 1) / (used + _IMAGINED * _HAVE + 0.5)))


def _is_day(term: str) -> bool:
    return len(term) == 5 and term[2] == "-"
