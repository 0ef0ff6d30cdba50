"""Scoring: the levels that two mentions reach, added up in bits.

In: the traits of two mentions.  Out: one score, or its parts with the reason of each.
After Fellegi and Sunter (A Theory for Record Linkage, 1969): independent evidence adds up
in logarithms of odds.  The weights are those of the rules: shipped, or learnt (`learning.py`).
"""

from __future__ import annotations

from msgspec import Struct

from parley.merging.comparing import (
    AMONG,
    BARE,
    COMPARISONS,
    NEEDED,
    SETTING_APART,
    SILENT,
    Comparison,
)
from parley.merging.frequencies import Frequencies
from parley.merging.levels import LEVELS
from parley.merging.likeness import Part
from parley.merging.traits import Traits
from parley.merging.weights import How, Levels
from parley.merging.wholes import speaks_whole, weigh_stories

VETO = float("-inf")
FORBIDDEN = -100.0  # what an explanation shows for a veto: finite, as JSON knows no infinity

_Step = tuple[Comparison, dict[str, float]]
_AT_HAND = 50_000  # mentions of which it is known what they tell
_EITHER = sum(1 << at for at, need in enumerate(NEEDED.values()) if need.either)


class Weight(Struct, frozen=True):
    """One piece of evidence: the comparison's name, its bits, and its reason in words.

    `level` is the key of `data/weights.toml`; `veto` is true where it keeps the two apart
    whatever else agrees (its weight is then -100); `how` where the weight is from.  `parts` are
    what decided the level where whole reports are compared: their bits add up to the likeness
    of the two, not to the weight.
    """

    name: str
    weight: float
    words: str
    level: str = ""
    veto: bool = False
    how: How = "hand"
    parts: tuple[Part, ...] = ()


class Scorer:
    """Scores pairs of one record's mentions."""

    def __init__(self, frequencies: Frequencies) -> None:
        """Score by the rules and over the frequencies given."""
        self.frequencies = frequencies
        settings = frequencies.rules.settings
        self._prior = settings.prior
        self._steps = _steps_of(frequencies.rules.levels)
        self._among = _steps_of(frequencies.rules.among)
        self._forbidding = [step for step in self._steps if VETO in step[1].values()]
        self._told: dict[int, tuple[int, Traits]] = {}  # by what a trait is: it is kept
        self._plans: dict[tuple[int, bool, bool], tuple[float, list[_Step]]] = {}

    def score(self, one: Traits, two: Traits) -> float:
        """Return the log-odds in bits that both tell one happening; VETO where forbidden."""
        mine, theirs = self._told_by(one), self._told_by(two)
        told = mine & theirs | (mine | theirs) & _EITHER
        whole, among = speaks_whole(one, two), one.is_among_several(two)
        plan = self._plans.get((told, whole, among))
        if plan is None:
            plan = self._plans[told, whole, among] = self._plan(told, whole=whole, among=among)
        total, steps = plan
        frequencies = self.frequencies
        for comparison, weights in steps:
            level, more = comparison(one, two, frequencies)
            total += weights[level] + more
            if total == VETO:
                return VETO
        return round(total, 3)

    def _told_by(self, trait: Traits) -> int:
        """Return what a mention tells of what comparisons need, a bit for each."""
        found = self._told.get(id(trait))
        if found is None:
            if len(self._told) >= _AT_HAND:
                self._told.clear()
            bits = sum(1 << at for at, need in enumerate(NEEDED.values()) if need.told(trait))
            found = self._told[id(trait)] = bits, trait
        return found[0]

    def _plan(self, told: int, *, whole: bool, among: bool) -> tuple[float, list[_Step]]:
        """Return the comparisons that may say something, and what the others weigh together.

        Where two reports speak as wholes there are fewer.  What may forbid is asked first: most
        pairs that share a key are then done with.
        """
        total, steps = self._prior, []
        silent = SILENT if whole else {}
        spared = {name for at, name in enumerate(NEEDED) if not told >> at & 1}
        spared |= silent.keys() - SETTING_APART.keys()
        by = self._among if among else self._steps
        for name, (comparison, weights) in zip(COMPARISONS, by, strict=True):
            if name in AMONG and not among:
                continue
            if name in spared:
                total += weights[silent[name] if name in silent else NEEDED[name].level]
            else:
                steps.append((comparison if whole else BARE[name], weights))
        return total, sorted(steps, key=lambda step: VETO not in step[1].values())

    def forbids(self, one: Traits, two: Traits) -> bool:
        """Tell whether some level forbids the two to be one."""
        return any(
            weights[comparison(one, two, self.frequencies)[0]] == VETO
            for comparison, weights in self._forbidding
        )

    def weigh(self, one: Traits, two: Traits) -> tuple[Weight, ...]:
        """Return each piece of evidence that says something, the prior first."""
        rules = self.frequencies.rules
        levels = rules.among if one.is_among_several(two) else rules.levels
        found = [Weight("prior", self._prior, "few pairs that look alike are one", "prior")]
        for name in LEVELS:
            level, more = COMPARISONS[name](one, two, self.frequencies)
            rule = levels[name][level]
            if rule.veto:
                found.append(Weight(name, FORBIDDEN, rule.reason, level, veto=True))
            elif rule.weight or more:
                bits = round(rule.weight + more, 3)
                parts = weigh_stories(one, two, level) if name == "story" else ()
                found.append(Weight(name, bits, rule.reason, level, how=rule.how, parts=parts))
        return tuple(found)


def _steps_of(levels: Levels) -> list[_Step]:
    """Return each comparison with what its levels weigh."""
    return [
        (
            comparison,
            {key: VETO if level.veto else level.weight for key, level in levels[name].items()},
        )
        for name, comparison in COMPARISONS.items()
    ]
