"""Dated happenings of the world, and gatherings of every year, that reports name undated.

In: a sentence.  Out: the landmarks and gatherings that it names.  Both are read from
`data/landmarks.tsv` and `data/gatherings.tsv`; `data/resolutions.toml` tells when the
Security Council had come to which number.  A pattern has alternatives of terms that must all
stand in the sentence; an index by the beginning of a word keeps the search cheap.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from importlib import resources
from typing import NamedTuple, TypeVar

from msgspec import Struct

from parley.errors import DataError
from parley.parsing.wordlists import read_words

T = TypeVar("T")

_KEY = 4
_WORD = re.compile(r"[^\W_]+")
_BEGUN = re.compile(r"([^\W_]+)\*")
_RESOLUTION = re.compile(r"\bresolutions? (?:no\. ?)?(\d{3,4})\b", re.IGNORECASE)
_COUNCIL = re.compile(r"security council|united nations|\bu\.?n\.?\b", re.IGNORECASE)
# The number alone tells the day within a year to within so many days.
_RESOLUTION_SLACK = 30


class Landmark(Struct, frozen=True):
    """A happening: its first day, its last (None while it lasts), and what it is called.

    `exact` is False where the day is only known to be no later.
    """

    since: date
    until: date | None
    name: str
    exact: bool = True


class Gathering(Struct, frozen=True):
    """What comes every year, between two days of the year: (month, day), both included."""

    first: tuple[int, int]
    last: tuple[int, int]
    name: str


class Named(NamedTuple):
    """What a sentence names, and where the words that do so stand in it."""

    what: Landmark | Gathering
    start: int
    end: int


class _Pattern(NamedTuple):
    """One alternative: expressions that must all be found; the key is a beginning of a word.

    `keys` are the beginnings of all words that are long enough, `whole` the words that stand in
    whatever the expressions are found in, `needles` beginnings of words: to look for them is much
    faster.  The `terms` are laid out where the words stand: of a thousand expressions a report
    needs a few.
    """

    what: Landmark | Gathering
    key: str
    keys: frozenset[str]
    whole: frozenset[str]
    needles: tuple[str, ...]
    terms: tuple[str, ...]


def find_named(sentence: str) -> list[Named]:
    """Return the landmarks and gatherings that a sentence names, each once."""
    lower = sentence.lower().replace("’", "'")
    found: dict[str, Named] = {}
    index, told = _index(), _WORD.findall(lower)
    words, ordered = set(told), dict.fromkeys([word[:_KEY] for word in told])
    keys = set(ordered)
    for key in [key for key in ordered if key in index]:
        for pattern in index[key]:
            if not pattern.keys <= keys or not pattern.whole <= words:
                continue
            if pattern.what.name in found:
                continue
            if not all(word in lower for word in pattern.needles):
                continue
            hits = [_compile(term).search(lower) for term in pattern.terms]
            if hits and all(hits):
                start, end = max(
                    (hit.span() for hit in hits if hit), key=lambda span: span[1] - span[0]
                )
                found[pattern.what.name] = Named(pattern.what, start, end)
    if "resolution" in lower:
        for named in _resolutions(sentence):
            found.setdefault(named.what.name, named)
    return list(found.values())


def _resolutions(sentence: str) -> Iterator[Named]:
    for found in _RESOLUTION.finditer(sentence):
        number = int(found[1])
        if number < 1000 and not _COUNCIL.search(sentence):
            continue
        day = resolution_day(number)
        if day:
            name = f"the numbering of the Security Council's Resolution {number}"
            yield Named(Landmark(day, day, name, exact=False), *found.span())


@functools.cache
def _numbering() -> tuple[tuple[int, int], ...]:
    return tuple(sorted((int(year), last) for year, last in _read_numbering().last.items()))


class Resolutions(Struct, frozen=True, forbid_unknown_fields=True):
    """The last number of the Security Council's resolutions by the year."""

    last: dict[str, int]


def _read_numbering() -> Resolutions:
    return read_words("dating", "resolutions.toml", Resolutions)


def resolution_day(number: int) -> date | None:
    """Return a day no later than that of a resolution, None for a number unknown."""
    before = [(year, last) for year, last in _numbering() if last < number]
    after = [(year, last) for year, last in _numbering() if last >= number]
    if not before or not after:
        return None
    (year, low), (until, high) = before[-1], after[0]
    share = (number - low) / (high - low)
    first = date(year + 1, 1, 1)
    whole = (date(until, 12, 31) - first).days
    return max(first, first + timedelta(days=int(share * whole) - _RESOLUTION_SLACK))


@functools.cache
def landmarks() -> tuple[Landmark, ...]:
    """Return the landmarks; raises DataError where the table is malformed."""
    return tuple(landmark for landmark, _ in _landmark_rows())


@functools.cache
def _index() -> dict[str, tuple[_Pattern, ...]]:
    """Return the patterns by the beginning of their longest word."""
    index: dict[str, list[_Pattern]] = {}
    rows: list[tuple[Landmark | Gathering, str]] = [*_landmark_rows(), *_gathering_rows()]
    for what, text in rows:
        for alternative in text.split("|"):
            terms = alternative.split("+")
            words = [word for term in terms for word in _WORD.findall(term)]
            begun = {word for term in terms for word in _BEGUN.findall(term)}
            pattern = _Pattern(
                what,
                key=max(words, key=len)[:_KEY],
                keys=frozenset(w[:_KEY] for w in words if len(w) >= _KEY or w not in begun),
                whole=frozenset(words) - begun,
                needles=tuple(begun),
                terms=tuple(terms),
            )
            index.setdefault(pattern.key, []).append(pattern)
    return {key: tuple(patterns) for key, patterns in index.items()}


@functools.cache
def _compile(term: str) -> re.Pattern[str]:
    escaped = r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in term.split())
    return re.compile(rf"(?<!\w){escaped}(?!\w)")


@functools.cache
def _landmark_rows() -> tuple[tuple[Landmark, str], ...]:
    return tuple(_read_rows("landmarks.tsv", _landmark))


@functools.cache
def _gathering_rows() -> tuple[tuple[Gathering, str], ...]:
    return tuple(_read_rows("gatherings.tsv", _gathering))


def _landmark(fields: Sequence[str]) -> Landmark:
    since = date.fromisoformat(fields[0])
    until = None if fields[1] == "-" else date.fromisoformat(fields[1] or fields[0])
    if until is not None and until < since:
        raise ValueError("ends before it begins")
    return Landmark(since, until, fields[2])


def _gathering(fields: Sequence[str]) -> Gathering:
    first, last = (date.fromisoformat(f"2000-{field}") for field in fields[:2])
    return Gathering((first.month, first.day), (last.month, last.day), fields[2])


def _read_rows(name: str, make: Callable[[Sequence[str]], T]) -> Iterator[tuple[T, str]]:
    """Yield the rows of a table; raises DataError naming the file and the line."""
    text = resources.files("parley.dating").joinpath("data", name).read_text(encoding="utf-8")
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if not line.startswith("#")]
    for number, line in lines[1:]:
        fields = line.split("\t")
        try:
            if len(fields) != 4 or not all(fields[2:]):
                raise ValueError(f"{len(fields)} fields where 4 are wanted, name and pattern too")
            if any(not _WORD.search(term) for term in re.split(r"[|+]", fields[3])):
                raise ValueError("an empty term in the pattern")
            yield make(fields), fields[3]
        except ValueError as problem:
            raise DataError(
                f"parley/dating/data/{name}, line {number}: {problem}; mend or reinstall it"
            ) from problem
