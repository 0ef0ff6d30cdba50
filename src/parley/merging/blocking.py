"""Blocking: which pairs of mentions are worth comparing.

In: the traits of a record's mentions, sorted.  Out: pairs of their indexes, each once,
smaller first.  Mentions meet by the day they tell; what is told more coarsely, or not at
all, meets others by a name, place, number or rare word in common; and all of one report
meet.  No bucket is compared whole above a size, so cost grows with the record's length and
not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import product

from parley.merging.names import surname
from parley.merging.rules import Rules
from parley.merging.traits import FAR, Traits

_NARROW = 10  # days: a window up to this wide is met day by day
_WIDE = 366  # days: one up to this wide is met year by year, a wider one everywhere
_MOST = 20_000  # pairs that one bucket may give before only neighbours in time are taken
_REACH = 25  # neighbours on either side, then
_RARE_WORDS = 4  # telling words of a mention that others may meet it by

Key = tuple[object, ...]


def candidates(traits: Sequence[Traits], rules: Rules) -> Iterator[tuple[int, int]]:
    """Yield the pairs that are worth comparing.  `traits` are sorted by their `order`."""
    allowed = {frozenset((name,)) for name in rules.types} | set(rules.pairs)
    seen: set[int] = set()
    for firsts, seconds in _buckets(traits):
        for one, two in _pairs(firsts, seconds, traits, allowed):
            number = one * len(traits) + two
            if number not in seen:
                seen.add(number)
                yield one, two


def _buckets(traits: Sequence[Traits]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield buckets: the ones that meet each other, and those that only they meet."""
    whole: dict[Key, list[int]] = defaultdict(list)
    coarse: dict[Key, list[int]] = defaultdict(list)
    fine: dict[Key, list[int]] = defaultdict(list)
    for index, trait in enumerate(traits):
        for key in _meeting_keys(trait):
            whole[key].append(index)
        tokens = _tokens(trait)
        if trait.first is None or trait.width > _WIDE:
            for token in tokens:
                coarse[token].append(index)
            continue
        yearly = fine if trait.width <= _NARROW else coarse
        for token in tokens:
            fine[token].append(index)
            for year in _years(trait):
                yearly[year, token].append(index)
    for bucket in whole.values():
        yield bucket, []
    for key, bucket in coarse.items():
        yield bucket, fine.get(key, [])


def _meeting_keys(trait: Traits) -> list[Key]:
    """Return the keys whose every holder is compared with every other."""
    keys: list[Key] = [("report", trait.report)]
    if trait.wording:
        keys.append(("wording", trait.wording))
    if trait.first is None or trait.last is None:
        return keys
    if trait.width <= _NARROW:
        # The day before as well, so that two reports a day apart meet.
        return [*keys, *(("day", day) for day in range(trait.first - 1, trait.last + 1))]
    return [*keys, ("window", trait.first, trait.last)]


def _years(trait: Traits) -> range:
    assert trait.first is not None and trait.last is not None
    last = min(trait.last, FAR)
    return range(date.fromordinal(trait.first).year, date.fromordinal(last).year + 1)


def _tokens(trait: Traits) -> list[Key]:
    """Return what a mention can be met by where no day is told."""
    tokens: list[Key] = [("party", *sorted(trait.core))] if trait.core else []
    tokens += [("broker", name) for name in trait.brokers]
    tokens += [("person", surname(name)) for _, names in trait.persons for name in names]
    tokens += [("place", spot.name) for spot in trait.spots if spot.precision != "country"]
    tokens += [("number", f.what, _rounded(f.number)) for f in trait.figures if f.number >= 10]
    if trait.scale == "whole":
        tokens.append(("whole", *sorted(trait.core)))
    rarest = sorted(trait.words, key=lambda word: (-trait.words[word], word))
    tokens += [("word", word) for word in rarest[:_RARE_WORDS]]
    return list(dict.fromkeys(tokens))


def _rounded(number: int) -> int:
    return number - 1 if number > 100 and number % 10 == 1 else number


def _pairs(
    firsts: Sequence[int],
    seconds: Sequence[int],
    traits: Sequence[Traits],
    allowed: Iterable[frozenset[str]],
) -> Iterator[tuple[int, int]]:
    mine, theirs = _by_type(firsts, traits), _by_type(seconds, traits)
    for pair in allowed:
        one, two = (*pair, *pair)[:2]
        if one == two:
            yield from _within(mine.get(one, []), traits)
            yield from _between(mine.get(one, []), theirs.get(one, []), traits)
        else:
            one, two = sorted(pair)
            yield from _between(mine.get(one, []), mine.get(two, []), traits)
            yield from _between(mine.get(one, []), theirs.get(two, []), traits)
            yield from _between(mine.get(two, []), theirs.get(one, []), traits)


def _by_type(indexes: Sequence[int], traits: Sequence[Traits]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index in indexes:
        found.setdefault(traits[index].type, []).append(index)
    return found


def _within(bucket: Sequence[int], traits: Sequence[Traits]) -> Iterator[tuple[int, int]]:
    if len(bucket) * (len(bucket) - 1) // 2 <= _MOST:
        for place, one in enumerate(bucket):
            for two in bucket[place + 1 :]:
                yield one, two
        return
    yield from _neighbours(bucket, traits)


def _between(
    ones: Sequence[int], twos: Sequence[int], traits: Sequence[Traits]
) -> Iterator[tuple[int, int]]:
    if not ones or not twos:
        return
    if len(ones) * len(twos) <= _MOST:
        for one, two in product(ones, twos):
            if one != two:
                yield (one, two) if one < two else (two, one)
        return
    chosen = set(ones)
    for one, two in _neighbours(sorted({*ones, *twos}), traits):
        if one in chosen or two in chosen:
            yield one, two


def _neighbours(bucket: Sequence[int], traits: Sequence[Traits]) -> Iterator[tuple[int, int]]:
    """Yield pairs near each other in time and place (the sorted neighbourhood method)."""

    def sorting(index: int) -> tuple[object, ...]:
        trait = traits[index]
        spot = trait.spots[0].name if trait.spots else ""
        number = max((figure.number for figure in trait.figures), default=0)
        return (trait.first or trait.published or 0, spot, number, trait.order)

    ordered = sorted(bucket, key=sorting)
    for place, one in enumerate(ordered):
        for two in ordered[place + 1 : place + 1 + _REACH]:
            yield (one, two) if one < two else (two, one)
