"""Naming: where tellings of one event differ in their words, not in what they tell.

In: the mentions of one event, sorted, and the reports.  Out: the names that they give one
place, and the words in which they take sides, each with the mentions that use it.  Which
words those are is `data/framing.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations

from msgspec import Struct

from parley.errors import DataError
from parley.merging.names import fold
from parley.merging.rules import read_data, starred
from parley.model import EventType, Mention, Place, Report

Words = dict[str, list[int]]


class Family(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing and the words for it; `framing.toml` tells each key's meaning."""

    about: str
    loaded: tuple[tuple[str, ...], ...]
    neutral: tuple[str, ...]
    types: frozenset[EventType] = frozenset()


class _Families(Struct, frozen=True, forbid_unknown_fields=True):
    families: tuple[Family, ...]


@cache
def load_families() -> tuple[Family, ...]:
    """Return the families of framing words.  Raises DataError, naming file and key."""
    families = read_data("framing.toml", _Families).families
    for family in families:
        words = [word for ways in (*family.loaded, family.neutral) for word in ways]
        if not family.loaded or any(word != word.lower() or not word.strip("*") for word in words):
            raise DataError(
                f"parley/merging/data/framing.toml: families: {family.about}: wants loaded words, "
                "all in lower case and none empty; mend it"
            )
    return families


def find_framing(mentions: Sequence[Mention]) -> list[Words]:
    """Return for each family that divides the tellings: the word used -> who uses it.

    A family divides them where a telling uses a word of one list and not of another's, and a
    telling of another report or speaker does the opposite.
    """
    found: list[Words] = []
    # Of most events no telling uses a word that takes a side, and of others few do.
    siding = [mention for mention in mentions if _takes_side(mention.text)]
    if len(mentions) < 2 or not siding:
        return found
    for family in load_families():
        if not any(_uses_loaded(family, mention) for mention in siding):
            continue
        ways: dict[int, list[tuple[int, str]]] = {}
        for index, mention in enumerate(mentions):
            if family.types and mention.type not in family.types:
                continue
            for way, pattern in enumerate(_patterns(family)):
                if word := _used(pattern, mention.text):
                    ways.setdefault(way, []).append((index, word))
        if _divide(ways, len(family.loaded), mentions):
            words: Words = {}
            for used in ways.values():
                words.setdefault(used[0][1], []).extend(index for index, _ in used)
            found.append(words)
    return found


def _uses_loaded(family: Family, mention: Mention) -> bool:
    """Tell whether a telling uses a loaded word of a family: without one it divides nobody."""
    if family.types and mention.type not in family.types:
        return False
    return any(_used(pattern, mention.text) for pattern in _patterns(family)[:-1])


@cache
def _patterns(family: Family) -> tuple[re.Pattern[str], ...]:
    return tuple(starred(words) for words in (*family.loaded, family.neutral))


@cache
def _loaded_words() -> re.Pattern[str]:
    told = starred(word for f in load_families() for words in f.loaded for word in words)
    return re.compile(told.pattern)  # all are in lower case, and to heed the case is far quicker


@lru_cache(1024)
def _takes_side(text: str) -> bool:
    """Tell whether a text has a loaded word of any family."""
    return _loaded_words().search(text.casefold()) is not None


@lru_cache(1024)  # what one desk wrote, thousands print
def _used(pattern: re.Pattern[str], text: str) -> str | None:
    """Return the first word found that is part of no name, in lower case."""
    for match in pattern.finditer(text):
        if match.group()[0].islower() or match.start() == 0:
            return " ".join(match.group().lower().split())
    return None


def _divide(
    ways: Mapping[int, Sequence[tuple[int, str]]], loaded: int, mentions: Sequence[Mention]
) -> bool:
    """Tell whether two tellings of different mouths use different lists, one of them loaded."""
    using: dict[int, set[int]] = {}
    for way, used in ways.items():
        for index, _ in used:
            using.setdefault(index, set()).add(way)
    # Thousands of mentions use few lists: those are compared, and of mentions only who uses them.
    users: dict[frozenset[int], list[Mention]] = {}
    for index, used_ in using.items():
        users.setdefault(frozenset(used_), []).append(mentions[index])
    return any(
        _any_mouths_differ(ones, twos)
        for (one, ones), (two, twos) in combinations(users.items(), 2)
        if not one & two and min(one | two) < loaded
    )


def _any_mouths_differ(ones: Sequence[Mention], twos: Sequence[Mention]) -> bool:
    if len({mention.report for mention in (*ones, *twos)}) > 1:
        return True
    return any(_mouths_differ(one, two) for one in ones for two in twos)


def _mouths_differ(one: Mention, two: Mention) -> bool:
    if one.report != two.report:
        return True
    speakers = [{said.name for said in mention.attribution} for mention in (one, two)]
    return bool(speakers[0] or speakers[1]) and not speakers[0] & speakers[1]


def find_place_names(mentions: Sequence[Mention], reports: Mapping[str, Report]) -> list[Words]:
    """Return for each place that reports name differently: the name used -> who uses it.

    Two names are of one place where the gazetteer has both under one, or at one spot.
    """
    used: dict[object, Words] = {}
    for index, mention in enumerate(mentions):
        report = reports.get(mention.report)
        for place in mention.where if report else ():
            for name in _written(place, report):
                used.setdefault(_spot(place), {}).setdefault(name, []).append(index)
    found = []
    for names in used.values():
        kept = _without_short(names)
        if len(kept) > 1:
            found.append(kept)
    return found


def _spot(place: Place) -> object:
    if place.lat is None or place.lon is None:
        return fold(place.name)
    return place.lat, place.lon


def _written(place: Place, report: Report | None) -> list[str]:
    """Return how a report writes a place's name: only where it is a name of its own."""
    if report is None or place.precision in ("country", "unknown"):
        return []
    texts = (report.text[t.start : t.end] for t in place.evidence if t.report == report.id)
    names = (re.sub(r"(?i)^the\s+|['’]s$", "", " ".join(text.split())) for text in texts)
    return [name for name in names if name[:1].isupper()]


def _without_short(names: Words) -> Words:
    """Leave out spellings that differ in accents only, and names that are a part of another."""
    kept: dict[str, tuple[str, list[int]]] = {}
    for name in sorted(names, key=lambda name: (-len(fold(name)), min(names[name]))):
        folded = fold(name)
        home = next((key for key in kept if f" {folded} " in f" {key} "), None)
        if home is None:
            kept[folded] = (name, list(names[name]))
        else:
            kept[home][1].extend(names[name])
    return dict(kept.values())
