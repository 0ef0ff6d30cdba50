"""Chaining: which mentions of a report tell one happening, before other reports are looked at.

In: the traits of one report's mentions, and a scorer.  Out: the same traits; those that tell one
happening name their chain, and the first of them has what all of them tell: the day that one
tells, the place of another, the dead that a third counts.  "Two vehicles were set on fire" is
then found by the town of the sentence before it.  It follows from the report alone, and merging
compares a chain once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby

from msgspec.structs import replace

from parley.merging.describing import traits_of
from parley.merging.frequencies import Frequencies
from parley.merging.linkage import grains_of
from parley.merging.scoring import Scorer
from parley.merging.spots import Spot
from parley.merging.traits import Traits, timed_as
from parley.model import Mention, Report, digest

# Bits by which those of one chain are likelier one than those of one event: what is chained amiss
# is joined amiss in all reports.
_SURER = 0.6
_MOST = 60  # mentions of a type in a report: of more none are chained
_FINE = frozenset({"city", "point"})
_UNIONS = (
    *("actors", "targets", "victims", "core", "brokers", "parties", "offices"),
    *("matter", "ties", "aims", "kin", "kin_of_targets"),
)


def tellings_of(
    mentions: Iterable[Mention],
    frequencies: Frequencies,
    scorer: Scorer,
    *,
    reports: Mapping[str, Report],
) -> list[Traits]:
    """Return the traits of each mention, in their order, those of a report chained."""
    return chain_all(traits_of(mentions, frequencies, reports=reports), scorer)


def chain_all(found: Iterable[Traits], scorer: Scorer) -> list[Traits]:
    """Return the traits of several reports, a report after the other; those of each chained."""
    return [
        trait
        for _, told in groupby(found, key=lambda trait: trait.report)
        for trait in chain(list(told), scorer)
    ]


def chain(told: Sequence[Traits], scorer: Scorer) -> list[Traits]:
    """Return the traits of one report, in their order; those that tell one happening chained.

    What a report is about that tells of one incident is one already (`incidents.py`).
    """
    alike: dict[tuple[str, int], list[Traits]] = {}
    for trait in told:
        if trait.several and not trait.put_off:
            alike.setdefault((trait.type, trait.item), []).append(trait)
    found: dict[str, Traits] = {}
    for possible in alike.values():
        for group in _groups(possible, scorer):
            found.update((trait.id, trait) for trait in _chained(group))
    return [found.get(trait.id, trait) for trait in told]


def _groups(possible: Sequence[Traits], scorer: Scorer) -> list[list[Traits]]:
    """Return the groups of some mentions of one type, by the mean score of their pairs."""
    count = len(possible)
    if not 1 < count <= _MOST:
        return [[trait] for trait in possible]
    settings = scorer.frequencies.rules.settings
    floor = grains_of(settings.floor)
    least = [[0] * count for _ in possible]
    total = [[0] * count for _ in possible]
    for one in range(count):
        for two in range(one):
            grains = grains_of(scorer.score(possible[two], possible[one]))
            least[one][two] = least[two][one] = total[one][two] = total[two][one] = grains
    groups = {index: [index] for index in range(count)}
    threshold = grains_of(settings.threshold + _SURER)
    while True:
        best, pair = threshold, None
        for (one, ones), (two, twos) in combinations(groups.items(), 2):
            mean = total[one][two] // (len(ones) * len(twos))
            if mean > best and least[one][two] >= floor:
                best, pair = mean, (one, two)
        if pair is None:
            return [[possible[index] for index in sorted(group)] for group in groups.values()]
        one, two = pair
        groups[one] += groups.pop(two)
        for other in groups:
            total[one][other] = total[other][one] = total[one][other] + total[two][other]
            lower = min(least[one][other], least[two][other])
            least[one][other] = least[other][one] = lower


def _chained(group: Sequence[Traits]) -> Iterator[Traits]:
    """Yield the members of a chain, the first of them with what all tell."""
    if len(group) == 1:
        yield group[0]
        return
    first = _complete(group)
    printed = first.published if first.first is None else None
    name = digest("c", repr((first.type, first.known_by, first.first, first.last, printed)))
    for trait in (first, *group[1:]):
        yield replace(trait, chain=name)


def _complete(group: Sequence[Traits]) -> Traits:
    """Return the first of a chain with what any of them tells."""
    first = group[0]
    words = {word: bits for trait in group for word, bits in trait.words.items()}
    persons: dict[str, dict[str, None]] = {}
    for trait in group:
        for key, names in trait.persons:
            persons.setdefault(key, {}).update(dict.fromkeys(names))
    unions = {
        name: frozenset(value for trait in group for value in getattr(trait, name))
        for name in _UNIONS
    }
    return replace(
        timed_as(first, _dated(group)),
        stage="done" if any(trait.stage == "done" for trait in group) else first.stage,
        mode=next((trait.mode for trait in group if trait.mode), None),
        scale=next((trait.scale for trait in group if trait.scale), None),
        lasting=next((trait.lasting for trait in group if trait.lasting is not None), None),
        spots=_places(group),
        persons=tuple((key, tuple(names)) for key, names in persons.items()),
        figures=tuple(dict.fromkeys(figure for trait in group for figure in trait.figures)),
        words=words,
        length=sum(bits * bits for bits in sorted(words.values())) ** 0.5,
        main=any(trait.main for trait in group),
        head=any(trait.head for trait in group),
        recalled=all(trait.recalled for trait in group),
        wants_other=first.wants_other,
        accord=all(trait.accord for trait in group),
        known=all(trait.known for trait in group),
        **unions,
    )


def _dated(group: Sequence[Traits]) -> Traits:
    """Return the member whose time stands for all: told before lent, the narrowest, the first."""
    done = [trait for trait in group if trait.stage == "done"] or group

    def rank(trait: Traits) -> tuple[bool, bool, bool, int]:
        return (not trait.width, trait.undated, trait.lent, trait.width)

    return min(done, key=rank)


def _places(group: Sequence[Traits]) -> tuple[Spot, ...]:
    spots = tuple(dict.fromkeys(spot for trait in group for spot in trait.spots))
    return tuple(spot for spot in spots if spot.precision in _FINE) or spots
