"""Proper names: which persons, streets and other places and things a report names.

In: a report's text.  Out: `Proper`.  Told by form alone, from capitals and a few words of
`data/proper.toml`: a run of capital words that ends in "Street" is a street, one with
"Hospital" a body that many stories of a town have in common, one of two words or more a person,
unless a title makes of him or her one who speaks of many stories.  No list of names is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from parley.merging.commonness import rarity
from parley.merging.names import fold
from parley.merging.rules import load_rules, read_data

_SURNAME = 5.0  # bits: a commoner last word makes no person
_TELLING = 6.0  # bits: a commoner single word is no name that tells
_DATELINE = re.compile(
    r"^[ \t]*([^\W\d_][\w .'’-]{1,30}?)(?:, [^\n—–(-]{2,20})?[ ]?(?:\([^()\n]{2,30}\)[ ]?)?"
    r"(?:[—–]+|[ ]-{1,2}[ ])[ ]?",
    re.MULTILINE,
)
_INITIALS = re.compile(r"\([A-Z][A-Z0-9&]{1,7}\)")  # "(AFP)": an outlet or the short form of a body


class Proper(Struct, frozen=True):
    """The proper names of a report, folded.

    `persons` are surnames of those that have no title, `streets` their last two words, `others`
    all else that few reports name: quarters, towns, firms, and those that have a title.
    `words` are the rare words of all these and of bodies.
    """

    persons: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    @property
    def specific(self) -> frozenset[str]:
        """The names of persons and streets."""
        return self.persons | self.streets


class _Words(Struct, frozen=True, forbid_unknown_fields=True):
    streets: frozenset[str]
    law: frozenset[str]
    bodies: frozenset[str]
    titles: frozenset[str]
    particles: frozenset[str]


@cache
def _words() -> _Words:
    return read_data("proper.toml", _Words)


@cache
def _runs() -> re.Pattern[str]:
    """Return what finds a run of capital words; a full stop belongs to titles and initials only."""
    titles = "|".join(sorted(word.capitalize() for word in _words().titles))
    word = rf"(?:[^\W\d_a-z]\.|(?:{titles})\.|[^\W\d_a-z][\w'’-]*\w)"
    between = rf" (?:(?:{'|'.join(sorted(_words().particles))}) )?"
    return re.compile(rf"(?<![\w'’.-]){word}(?:{between}{word})*")


@lru_cache(maxsize=1)  # what a report tells is asked by its words and by its names
def split_dateline(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without its datelines ("TOWN, State (Agency) -"), and their towns, folded."""
    towns = tuple(fold(found.group(1)) for found in _DATELINE.finditer(text))
    return _INITIALS.sub(" ", _DATELINE.sub("", text)), towns


def proper_names(
    text: str, *, small: Collection[str], places: Collection[str] = (), outlet: str = ""
) -> Proper:
    """Return the proper names of a text.

    `small` are the folded words that it has without a capital as well, `places` the folded names
    of places in it, whole, `outlet` the name of whoever printed it.
    """
    text, towns = split_dateline(text)
    printed = set(fold(outlet).split())
    persons: set[str] = set()
    streets: set[str] = set()
    others = {told for name in (*places, *towns) for told in _telling(name)}
    said = {word for name in (*places, *towns) for word in name.split()}
    for titled, words in _named(text, small):
        if not printed.isdisjoint(words):
            continue
        last = words[-1]
        said.update(words)
        if _is_street(words):
            streets.add(" ".join(words[-2:]))
        elif not _words().bodies.isdisjoint(words):
            continue
        elif " ".join(words) in places or len(words) == 1 or titled:
            others.update([last] if rarity(last) >= _TELLING else [])
        elif rarity(last) >= _SURNAME:
            persons.add(last)
    return Proper(
        persons=frozenset(persons),
        streets=frozenset(streets),
        others=frozenset(others - persons),
        words=frozenset(word for word in said if rarity(word) >= _TELLING),
    )


def _named(text: str, small: Collection[str]) -> Iterator[tuple[bool, list[str]]]:
    """Yield the folded words of each name, and whether a title stands before them."""
    calendar = load_rules().words.calendar
    for run in _runs().finditer(text):
        words = [fold(_bare(word)) for word in run.group().split()]
        titled = _titled_before(text, run.start())
        if _begins_sentence(text, run.start()) and len(words) == 1:
            continue
        part: list[str] = []
        for word in [*words, ""]:
            if word in _words().titles and not part:
                titled = True
            elif not word or word in calendar or (word in small and word not in _words().streets):
                if part:
                    yield titled, part
                part, titled = [], False
            else:
                part.append(word)


def _is_street(words: Sequence[str]) -> bool:
    """Tell whether a name is a street's: "Airport Way", and no "Superior Court"."""
    if len(words) == 1 or words[-1] not in _words().streets:
        return False
    return words[-1] != "court" or words[-2] not in _words().law


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s").rstrip(".")


def _telling(name: str) -> list[str]:
    """Return the rare words of a place's name; all of it where only together they are one's."""
    rare = [word for word in name.split() if rarity(word) >= _TELLING]
    return rare or ([name] if " " in name else [])


def _titled_before(text: str, at: int) -> bool:
    """Tell whether the word before a name says what office its bearer has."""
    found = re.search(r"(\w+),? $", text[max(0, at - 20) : at])
    return found is not None and found.group(1).lower() in _words().titles


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip(" \"“”'‘’")
    return not before or before[-1] in ".!?\n:"
