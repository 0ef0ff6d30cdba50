"""Pairing: pairs of mentions to learn weights from, each with the levels that it reaches.

In: a memory of merged mentions, and what persons said of some.  Out: pairs, the same whatever
the order in which the mentions came.  A pair that a level forbids teaches nothing: it never
meets, whatever else is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import TypeVar

from parley.merging.blocking import lookups_of
from parley.merging.comparing import COMPARISONS
from parley.merging.frequencies import Frequencies
from parley.merging.levels import LEVELS
from parley.merging.memory import Memory
from parley.merging.rules import Rules
from parley.merging.traits import Traits
from parley.model import Constraints, digest

_AT_ONCE = 500  # nodes whose partners are looked up together
_Drawn = TypeVar("_Drawn", str, tuple[str, str])
_OF_A_GROUP = 40  # pairs that are taken of what one person said at once: no event outweighs all


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions: `levels` has for each comparison the number of the level that they reach.

    Levels are numbered as `LEVELS` has them; `more` is the bits that rareness adds.  `truth`
    is what persons said: one happening, or two; None where they said nothing.  What they said
    at once has the same number `said`.
    """

    one: str
    two: str
    levels: tuple[int, ...]
    more: float
    truth: bool | None = None
    said: int | None = None


class Pairing:
    """Compares nodes, by rules."""

    def __init__(self, rules: Rules) -> None:
        """Take the rules; of the weights the vetoes count."""
        self._rules = rules
        self._frequencies = Frequencies((), rules=rules)
        self._steps = [
            (
                COMPARISONS[name],
                {level: number for number, level in enumerate(levels)},
                {level for level in levels if rules.levels[name][level].veto},
            )
            for name, levels in LEVELS.items()
        ]

    def pair(
        self, one: Traits, two: Traits, *, truth: bool | None = None, said: int | None = None
    ) -> Pair | None:
        """Return two mentions as a pair, None where something forbids that they are one."""
        reached, more = [], 0.0
        for comparison, numbers, vetoes in self._steps:
            level, bits = comparison(one, two, self._frequencies)
            if level in vetoes:
                return None
            reached.append(numbers[level])
            more += bits
        return Pair(one.id, two.id, tuple(reached), more, truth, said)

    def draw(
        self,
        memory: Memory,
        nodes: Iterable[str],
        judged: Constraints,
        *,
        most: int,
        seed: int,
    ) -> list[Pair]:
        """Return pairs that merging would compare, about so many at most.

        They are of nodes drawn by lot, those of which persons spoke first.  Two events that
        persons confirmed or put together are two: nobody joined them.
        """
        groups = {mention: at for at, group in enumerate(judged.together) for mention in group}
        spoken = memory.nodes_of(groups)
        said = {node: groups[mention] for mention, node in sorted(spoken.items())}
        drawn = sorted(nodes, key=lambda node: (node not in said, digest("", str(seed), node)))
        found: list[Pair] = []
        done: set[str] = set()
        for at in range(0, len(drawn), _AT_ONCE):
            if len(found) >= most:
                break
            batch = drawn[at : at + _AT_ONCE]
            traits = memory.nodes(batch)
            partners = self._partners(memory, traits)
            others = memory.nodes({other for near in partners.values() for other in near})
            for node in batch:
                done.add(node)
                for two in sorted(partners.get(node, set()) - done):
                    if traits[node].is_among_several(others[two]):
                        continue  # chained by weights of its own (`among.toml`)
                    apart = node in said and two in said and said[node] != said[two]
                    pair = self.pair(
                        *_ordered(traits[node], others[two]),
                        truth=False if apart else None,
                        said=said[node] if apart else None,
                    )
                    found += [pair] if pair is not None else []
        return found[:most]

    def _partners(self, memory: Memory, traits: Mapping[str, Traits]) -> dict[str, set[str]]:
        """Return node -> the nodes that share a key with it which few enough have."""
        lookups = {node: lookups_of(trait, self._rules) for node, trait in traits.items()}
        keys = {key for found in lookups.values() for own, all_ in found.items() for key in all_}
        keys |= {own for found in lookups.values() for own in found}
        holders = memory.holders(keys - memory.crowds(keys).keys())
        return {
            node: {
                other
                for own, keys in found.items()
                if own in holders
                for key in keys
                for other in holders.get(key, ())
            }
            - {node}
            for node, found in lookups.items()
        }

    def know(self, memory: Memory, judged: Constraints, *, seed: int) -> list[Pair]:
        """Return the pairs of which persons said what they are.

        Of what they said at once some forty pairs are taken.
        """
        told: dict[tuple[str, str], tuple[bool, int]] = {}
        for number, group in enumerate(judged.together):
            pairs = combinations(sorted(_some(group, seed)), 2)
            told.update(dict.fromkeys(_some(pairs, seed), (True, number)))
        for number, (ones, twos) in enumerate(judged.apart, len(judged.together)):
            crossed = product(_some(ones, seed), _some(twos, seed))
            told.update(dict.fromkeys(_some(map(_sorted, crossed), seed), (False, number)))
        nodes = memory.nodes_of({mention for pair in told for mention in pair})
        traits = memory.nodes(set(nodes.values()))
        known: dict[tuple[str, str], tuple[bool, int]] = {}
        for (one, two), said in told.items():
            if one in nodes and two in nodes and nodes[one] != nodes[two]:
                if traits[nodes[one]].is_among_several(traits[nodes[two]]):
                    continue
                known[_sorted((nodes[one], nodes[two]))] = said
        found = (
            self.pair(*_ordered(traits[one], traits[two]), truth=truth, said=said)
            for (one, two), (truth, said) in sorted(known.items())
        )
        return [pair for pair in found if pair is not None]


def _ordered(one: Traits, two: Traits) -> tuple[Traits, Traits]:
    return (one, two) if one.order < two.order else (two, one)


def _sorted(pair: tuple[str, str]) -> tuple[str, str]:
    one, two = pair
    return (one, two) if one < two else (two, one)


def _some(all_: Iterable[_Drawn], seed: int) -> list[_Drawn]:
    """Return some of many, drawn by lot."""
    return sorted(all_, key=lambda one: digest("", str(seed), *one))[:_OF_A_GROUP]
