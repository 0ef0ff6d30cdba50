"""Who held which office when: heads of state, ministers, envoys, leaders of armed groups.

Facts of `data/officeholders.tsv`, one term of office a row.  They only help where a
report itself does not say for whom a person acts.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Annotated

from msgspec import Meta, Struct

from parley.errors import DataError
from parley.grounding.folding import fold
from parley.model import Party

FILE = "officeholders.tsv"
# Nobody else bears a name of so many words.
MANY_WORDS = 3

Month = Annotated[str, Meta(pattern=r"^(\d{4}(-(0[1-9]|1[0-2]))?)?$")]


class TermRow(Struct, frozen=True, forbid_unknown_fields=True):
    """One term of office; `since` and `until` are YYYY or YYYY-MM, `until` empty while it lasts.

    `party` is an ISO 3166-1 alpha-3 code or a name of the other tables; `alone` a part of
    the name that is rare enough to mean this person without the rest.
    """

    name: str
    aliases: tuple[str, ...]
    party: str
    office: str
    since: Month
    until: Month = ""
    alone: str = ""


class Holder(Struct, frozen=True):
    """One term of office: both days are included, None where a term is not bounded."""

    name: str
    party: Party
    office: str
    start: date | None
    end: date | None


class Officeholders:
    """The terms of office, by all spellings of their holders' names.

    `named` takes party names to parties.  Raises DataError, naming the row, where a party
    is unknown or a term ends before it begins.
    """

    def __init__(self, rows: Iterable[TermRow], *, named: Callable[[str], Party | None]) -> None:
        self._whole: dict[tuple[str, ...], list[Holder]] = defaultdict(list)
        self._ends: dict[tuple[str, str], list[Holder]] = defaultdict(list)
        self._part: dict[str, list[Holder]] = defaultdict(list)
        self._alone: dict[str, list[Holder]] = defaultdict(list)
        self._distinct: set[str] = set()
        parties: dict[str, Party] = {}
        for row in rows:
            party = parties.get(row.party) or named(row.party)
            if party is None:
                raise DataError(f"{FILE}, {row.name}: no party {row.party}; name one of the tables")
            parties[row.party] = party
            self._add(row, party)

    def find(self, name: str) -> tuple[Holder, ...]:
        """Return the terms of whoever bears that full name, or is known by that word alone."""
        words = spelling(name)
        if len(words) < 2:
            return tuple(self._alone.get(" ".join(words), ()))
        found = self._whole.get(words) or self._alone.get(" ".join(words))
        if not found:
            found = self._ends.get((words[0], words[-1]), [])
            found = found if len({term.name for term in found}) == 1 else []
        return tuple(found)

    def partly(self, word: str) -> tuple[Holder, ...]:
        """Return the terms of all whose name begins or ends with a word."""
        words = spelling(word)
        return tuple(self._part.get(words[-1], ())) if words else ()

    def is_common(self, name: str) -> bool:
        """Tell whether a name of two words has none that is rare: others may be called so."""
        found = self.find(name)
        rare = any(term.name in self._distinct for term in found)
        return not rare and len(spelling(name)) < MANY_WORDS

    def _add(self, row: TermRow, party: Party) -> None:
        start, end = _first_day(row.since), _last_day(row.until)
        if start is not None and end is not None and end < start:
            raise DataError(f"{FILE}, {row.name}: {row.until} is before {row.since}; mend the row")
        term = Holder(row.name, party, row.office, start, end)
        for words in dict.fromkeys(spelling(name) for name in (row.name, *row.aliases)):
            if len(words) == 1:
                self._alone[words[0]].append(term)
            if not words:
                continue
            self._whole[words].append(term)
            if len(words) > 1:
                self._ends[words[0], words[-1]].append(term)
            for word in {words[0], words[-1]}:
                if term not in self._part[word]:
                    self._part[word].append(term)
        alone = " ".join(spelling(row.alone))
        if alone:
            self._distinct.add(row.name)
        if alone and term not in self._alone[alone]:
            self._alone[alone].append(term)


# Transliterations differ in these; what is left is alike ("Sergey", "Sergei").
_ARTICLES = frozenset({"al", "el", "ul", "ur", "jr", "mr", "sheikh"})
_MUHAMMAD = re.compile(r"m[ou]h?a[mn]?m+[aeo]d")
_REPLACED = (
    *(("dzh", "j"), ("dj", "j"), ("zh", "j"), ("tch", "ch"), ("tsch", "ch"), ("sch", "sh")),
    *(("kh", "h"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("w", "v"), ("oe", "o"), ("ue", "u")),
    *(("ae", "a"), ("ou", "u"), ("oo", "u"), ("y", "i"), ("ee", "i"), ("ie", "i"), ("ei", "e")),
)
_DOUBLED = re.compile(r"(.)\1+")


def spelling(name: str) -> tuple[str, ...]:
    """Return the words of a name in the one spelling under which its variants are alike."""
    words = [_spell(word) for word in fold(name).split() if word not in _ARTICLES]
    return tuple(words)


@lru_cache(maxsize=20_000)
def _spell(word: str) -> str:
    if _MUHAMMAD.fullmatch(word):
        return "mohamad"
    if word.startswith(("ye", "ie")):
        word = word[1:]
    for letters, one in _REPLACED:
        if letters in word:
            word = word.replace(letters, one)
    word = _DOUBLED.sub(r"\1", word)
    return word[:-1] if word.endswith("h") and len(word) > 3 else word


def during(terms: Iterable[Holder], window: tuple[date, date] | None) -> list[Holder]:
    """Return the terms that overlap a window of days, else those before it, else all."""
    every = list(terms)
    if window is None:
        return every
    first, last = window
    begun = [term for term in every if term.start is None or term.start <= last]
    overlapping = [term for term in begun if term.end is None or term.end >= first]
    return overlapping or begun or every


def parties_of(terms: Iterable[Holder]) -> Iterator[Party]:
    """Yield the distinct parties of terms."""
    yield from dict.fromkeys(term.party for term in terms)


def _first_day(told: str) -> date | None:
    if not told:
        return None
    year, _, month = told.partition("-")
    return date(int(year), int(month or 1), 1)


def _last_day(told: str) -> date | None:
    if not told:
        return None
    year, _, month = told.partition("-")
    number = int(month or 12)
    return date(int(year), number, monthrange(int(year), number)[1])
