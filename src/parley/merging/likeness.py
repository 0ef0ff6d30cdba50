"""Likeness: whether two whole reports tell one story, in bits.

In: the stories of two reports.  Out: the log-odds that they tell of one happening: a logistic
regression over what they have in common and what not, its weights in `data/likeness.toml`
with how they were fitted.  It follows from the two reports and from tables, so that it is the
same whatever else a record holds; `Likenesses` looks at each pair of reports once.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from math import fsum, sqrt
from operator import mul
from typing import NamedTuple, TypeVar

from msgspec import Struct

from parley.errors import DataError
from parley.merging.commonness import rarity
from parley.merging.hours import hours_between
from parley.merging.rules import read_data
from parley.merging.stories import Story

_Told = TypeVar("_Told", str, int)
_WORDS = 2  # words of names that two reports must have for it to tell that they share none
_AT_HAND = 8_000  # stories
_SEVERAL = 2  # persons that are more than one by chance
_OTHER_KIND = 0.2  # two vectors of kinds so far apart have next to nothing in common
_OTHER_HOUR = 2.0  # hours: one incident is not told so far apart


class Fitted(Struct, frozen=True, forbid_unknown_fields=True):
    """The weights in bits and what each feature says, by feature, and how they were fitted."""

    how: str
    says: dict[str, str]
    weights: dict[str, float]


class Part(Struct, frozen=True):
    """What one feature of two reports adds to their likeness, in bits and in words."""

    feature: str
    bits: float
    words: str


class _Read(NamedTuple):
    """A story with what every comparison of it asks anew: it is worked out once a story.

    `lead_bits` is what the stems of its first lines tell together, `names_bits` how rare the words
    of its names are.
    """

    story: Story
    lead_bits: float
    names_bits: float


def _tell(story: Story) -> _Read:
    return _Read(story, fsum(story.lead.values()), _rarities(story.proper.words))


class Likenesses:
    """What is asked of pairs of reports while some are merged: each is worked out once.

    A story is known by what it is, not by what it holds, which would take long: it is kept,
    until so many are that all is let go of.
    """

    def __init__(self) -> None:
        self._bits: dict[tuple[int, int], float] = {}
        self._cosines: dict[tuple[int, int], float] = {}
        self._kept: dict[int, _Read] = {}

    def likeness(self, one: Story, two: Story) -> float:
        """Return what `likeness` does."""
        return self._ask(self._bits, _likeness, one, two)

    def cosine(self, one: Story, two: Story) -> float:
        """Return what `cosine` does."""
        return self._ask(self._cosines, _cosine, one, two)

    def _ask(
        self,
        known: dict[tuple[int, int], float],
        ask: Callable[[_Read, _Read], float],
        one: Story,
        two: Story,
    ) -> float:
        first, second = id(one), id(two)
        pair = (first, second) if first < second else (second, first)
        found = known.get(pair)
        if found is None:
            if len(self._kept) >= _AT_HAND:
                for kept in (self._bits, self._cosines, self._kept):
                    kept.clear()
            found = known[pair] = ask(self._keep(first, one), self._keep(second, two))
        return found

    def _keep(self, number: int, story: Story) -> _Read:
        found = self._kept.get(number)
        if found is None:
            found = self._kept[number] = _tell(story)
        return found


def likeness(one: Story, two: Story) -> float:
    """Return the log-odds in bits that two reports tell of one happening."""
    return _likeness(_tell(one), _tell(two))


def _likeness(one: _Read, two: _Read) -> float:
    weights = _fitted().weights
    told = _features(one, two)
    return round(sum([weights[name] * value for name, value in told.items() if value]), 2)


def weigh(one: Story, two: Story) -> tuple[Part, ...]:
    """Return what `likeness` adds up, what weighs most first; what weighs nothing is left out."""
    fitted = _fitted()
    told = (
        Part(name, round(fitted.weights[name] * value, 2), fitted.says[name])
        for name, value in features(one, two).items()
    )
    return tuple(sorted((part for part in told if part.bits), key=lambda part: -abs(part.bits)))


def features(one: Story, two: Story) -> dict[str, float]:
    """Return what two stories have in common and what not, by name; none depends on the order."""
    return _features(_tell(one), _tell(two))


def _features(mine: _Read, theirs: _Read) -> dict[str, float]:
    one, two = mine.story, theirs.story
    leads = (
        _contained(mine, _shared(one.lead, two.stems)),
        _contained(theirs, _shared(two.lead, one.stems)),
    )
    shared = _shared(one.lead, two.lead)
    return {
        "any": 1.0,
        "words": sqrt(_cosine(mine, theirs)),
        "lead_least": min(leads),
        "leads": (_contained(mine, shared) + _contained(theirs, shared)) / 2,
        **_compare_kinds(one, two),
        **_compare_names(mine, theirs),
        **_compare_figures(one, two),
        **_compare_days(one, two),
        **_compare_incidents(one, two),
    }


def cosine(one: Story, two: Story) -> float:
    """Return how far two reports use the same words, 0 to 1."""
    return _cosine(_tell(one), _tell(two))


def _cosine(one: _Read, two: _Read) -> float:
    mine, theirs = one.story, two.story
    if not mine.length or not theirs.length:
        return 0.0
    terms = _shared(mine.terms, theirs.terms)
    weights = map(mine.terms.__getitem__, terms), map(theirs.terms.__getitem__, terms)
    return min(1.0, fsum(map(mul, *weights)) / (mine.length * theirs.length))


def _shared(words: Iterable[str], others: Container[str]) -> list[str]:
    return list(filter(others.__contains__, words))


def _contained(told: _Read, stems: Iterable[str]) -> float:
    """Return the part of what the first lines of a report tell that some stems of them do."""
    lead = told.story.lead
    return fsum(map(lead.__getitem__, stems)) / told.lead_bits if told.lead_bits else 0.0


def _compare_kinds(one: Story, two: Story) -> dict[str, float]:
    """Compare of which kinds the incidents are, and at which kinds of places they were."""
    kinds = _product(one.kinds, two.kinds)
    return {
        "kinds": kinds,
        "kinds_other": float(bool(one.kinds and two.kinds) and kinds < _OTHER_KIND),
        "scenes": _product(one.scenes, two.scenes),
        "scene": float(bool(one.scene & two.scene)),
        "scene_other": _is_apart(one.scene, two.scene),
    }


def _product(mine: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    if not mine or not theirs:
        return 0.0
    return fsum([value * theirs[kind] for kind, value in mine.items() if kind in theirs])


def _compare_names(one: _Read, two: _Read) -> dict[str, float]:
    mine, theirs = one.story.proper, two.story.proper
    # Who has a title in one report is a person like others in the next.
    persons = (
        (mine.persons & theirs.persons)
        | (mine.persons & theirs.others)
        | (theirs.persons & mine.others)
    )
    shared = mine.words & theirs.words
    few = min(len(mine.words), len(theirs.words))
    least = min(one.names_bits, two.names_bits)
    return {
        "person": float(len(persons) == 1),
        "persons": float(len(persons) >= _SEVERAL),
        "person_other": float(not persons and bool(mine.persons and theirs.persons)),
        "street": float(bool(mine.streets & theirs.streets)),
        "street_other": _is_apart(mine.streets, theirs.streets),
        "names": sqrt(_rarities(shared) / least) if least else 0.0,
        "names_other": float(few >= _WORDS and not shared),
    }


def _rarities(words: AbstractSet[str]) -> float:
    return fsum([rarity(word) for word in words])


def _compare_figures(one: Story, two: Story) -> dict[str, float]:
    both = bool(one.ages and two.ages)
    hours = hours_between(one.hours, two.hours)
    return {
        "age": float(bool(one.ages & two.ages)),
        "ages": float(both and (one.ages <= two.ages or two.ages <= one.ages)),
        "age_other": _is_apart(one.ages, two.ages),
        "number": float(bool(one.numbers & two.numbers)),
        "hour_other": float(hours is not None and hours > _OTHER_HOUR),
    }


def _compare_days(one: Story, two: Story) -> dict[str, float]:
    """Compare the days told, up to the day on which the first of the two was printed."""
    if one.printed is None or two.printed is None:
        return dict.fromkeys(("day", "next", "soon", "week"), 0.0)
    first = min(one.printed, two.printed)
    mine, theirs = ({day for day in story.days if day <= first} for story in (one, two))
    gap = abs(one.printed - two.printed)
    return {
        "day": float(bool(mine & theirs)),
        "next": float(gap <= 1),
        "soon": float(gap <= 3),
        "week": float(gap <= 10),
    }


def _compare_incidents(one: Story, two: Story) -> dict[str, float]:
    """Compare when the incidents of both are told to have been."""
    mine, theirs = one.happened, two.happened
    gap = min((abs(day - other) for day in mine for other in theirs), default=None)
    return {
        "happened_beside": float(gap == 1),
        "happened_other": float(gap is not None and gap > 1),
        "printed_before": float(_is_before(one, two) or _is_before(two, one)),
    }


def _is_before(one: Story, two: Story) -> bool:
    """Tell whether one was printed before what the other tells had happened."""
    return one.printed is not None and bool(two.happened) and one.printed < min(two.happened)


def _is_apart(mine: frozenset[_Told], theirs: frozenset[_Told]) -> float:
    return float(bool(mine) and bool(theirs) and not mine & theirs)


@cache
def _fitted() -> Fitted:
    """Return the weight of each feature.  Raises DataError, naming file and key."""
    fitted = read_data("likeness.toml", Fitted)
    wanted = set(features(Story({}, 0.0), Story({}, 0.0)))
    for table, named in (("weights", set(fitted.weights)), ("says", set(fitted.says))):
        if wanted != named:
            raise DataError(
                f"parley/merging/data/likeness.toml: {table}: missing or unknown: "
                f"{sorted(wanted ^ named)}; fit them anew (benchmarks/likeness.py)"
            )
    return fitted
