"""Blocking: which pairs of mentions are worth comparing.

In: the traits of a record's mentions, sorted.  Out: pairs of their indexes, each once,
smaller first.  All of one report meet, all of one wording, and all that tell one day.  A
mention that tells its time more coarsely, or not at all, meets the few others that have
most with it in common of names, places, numbers and rare words.  Every mention so meets a
bounded number of others, and cost grows with the record's length and not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import log2

from parley.merging.comparing import UNDATED_BEFORE
from parley.merging.names import surname
from parley.merging.rules import Rules
from parley.merging.traits import Traits

_NARROW = 10  # days: a window up to this wide is met day by day
_MOST = 60  # mentions of one type that all meet each other; of more, only neighbours do
_REACH = 25  # neighbours on either side, then
_PARTNERS = 40  # that a mention without a day is compared with
_COMMON = 200  # a token that more mentions have tells nothing that a rarer one does not
_RARE_WORDS = 4  # telling words of a mention that others may meet it by

Key = tuple[object, ...]
Pair = tuple[int, int]


def candidates(traits: Sequence[Traits], rules: Rules) -> Iterator[Pair]:
    """Yield the pairs that are worth comparing.  `traits` are sorted by their `order`."""
    partners: dict[str, list[str]] = {name: [name] for name in rules.types}
    for rule in rules.pairs.values():
        partners[rule.types[0]].append(rule.types[1])
        partners[rule.types[1]].append(rule.types[0])
    seen: set[int] = set()
    for source in (_meeting(traits, rules), _sharing(traits, partners)):
        for one, two in source:
            number = one * len(traits) + two
            if number not in seen:
                seen.add(number)
                yield one, two


def _meeting(traits: Sequence[Traits], rules: Rules) -> Iterator[Pair]:
    """Yield the pairs of one report, one wording, one day or one window."""
    buckets: dict[Key, list[int]] = defaultdict(list)
    mixed = [tuple(sorted(rule.types)) for rule in rules.pairs.values()]
    for index, trait in enumerate(traits):
        for key in _keys(trait):
            buckets[key].append(index)
    for bucket in buckets.values():
        by_type: dict[str, list[int]] = {}
        for index in bucket:
            by_type.setdefault(traits[index].type, []).append(index)
        for same in by_type.values():
            yield from _all_pairs(same, traits)
        for one, two in mixed:
            if one in by_type and two in by_type:
                chosen = set(by_type[one])
                for pair in _all_pairs(sorted(by_type[one] + by_type[two]), traits):
                    if (pair[0] in chosen) != (pair[1] in chosen):
                        yield pair


def _keys(trait: Traits) -> list[Key]:
    """Return the keys whose every holder is compared with every other."""
    keys: list[Key] = [("report", trait.report)]
    if trait.wording:
        keys.append(("wording", trait.wording))
    if trait.first is None or trait.last is None:
        return keys
    if trait.width <= _NARROW:
        # The day before as well, so that two reports a day apart meet.
        before = UNDATED_BEFORE if trait.undated else 1
        return [*keys, *(("day", day) for day in range(trait.first - before, trait.last + 1))]
    return [*keys, ("window", trait.first, trait.last)]


def _all_pairs(bucket: Sequence[int], traits: Sequence[Traits]) -> Iterator[Pair]:
    """Yield all pairs of a sorted bucket; of a large one the neighbours in time and place."""
    if len(bucket) <= _MOST:
        for place, one in enumerate(bucket):
            for two in bucket[place + 1 :]:
                yield one, two
        return

    def sorting(index: int) -> tuple[object, ...]:
        trait = traits[index]
        spot = trait.spots[0].name if trait.spots else ""
        number = max((figure.number for figure in trait.figures), default=0)
        return (trait.first or trait.published or 0, spot, number, trait.order)

    ordered = sorted(bucket, key=sorting)
    for place, one in enumerate(ordered):
        for two in ordered[place + 1 : place + 1 + _REACH]:
            yield (one, two) if one < two else (two, one)


def _sharing(traits: Sequence[Traits], partners: dict[str, list[str]]) -> Iterator[Pair]:
    """Yield, for each mention without a day, the pairs with those that share most with it."""
    holders: dict[tuple[str, Key], list[int]] = defaultdict(list)
    tokens = [_tokens(trait) for trait in traits]
    for index, trait in enumerate(traits):
        for token in tokens[index]:
            holders[trait.type, token].append(index)
    for index, trait in enumerate(traits):
        if trait.first is not None and trait.width <= _NARROW:
            continue
        shared: dict[int, float] = defaultdict(float)
        for type_ in partners[trait.type]:
            for token in tokens[index]:
                having: Sequence[int] = holders.get((type_, token), ())
                if len(having) > _COMMON:
                    having = _nearest(index, having)
                bits = log2(1 + len(traits) / max(len(having), 1))
                for other in having:
                    shared[other] += bits
        shared.pop(index, None)
        possible = [other for other in shared if not _apart(trait, traits[other])]
        possible.sort(key=lambda other: (-round(shared[other], 6), other))
        for other in possible[:_PARTNERS]:
            yield (index, other) if index < other else (other, index)


def _nearest(index: int, having: Sequence[int]) -> Sequence[int]:
    """Return the holders of a common token that stand next to a mention in time of printing."""
    place = bisect_left(having, index)
    return having[max(0, place - _REACH) : place + _REACH]


def _apart(one: Traits, two: Traits) -> bool:
    if one.first is None or two.first is None or one.last is None or two.last is None:
        return False
    return one.first > two.last or two.first > one.last


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
