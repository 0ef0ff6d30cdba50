"""Learning: weights that tell the known pairs of a record, near to those it began with.

In: pairs with their levels, some of known truth; the weights to begin with.  Out: weights of
the same levels, and how they were learnt.

Method: logistic regression on the levels, its ridge drawn towards the weights that it began
with instead of towards nothing (le Cessie and van Houwelingen, *Ridge estimators in logistic
regression*, 1992).  The pairs of unknown truth count as half-truths, each as likely one as
the first weights say, so that what persons said of few pairs does not turn the judgement of
all others (power priors: Ibrahim and Chen, 2000).  Levels that few known pairs reach stay as
they were; what has no weight says nothing ever after; vetoes are no weights; and levels with
an order keep it (pooling of adjacent violators: Ayer and others, 1955).  How far to go is
chosen by cross-validation.  The optimum is one, so the order of the pairs changes nothing.

Fellegi and Sunter's m and u by expectation-maximisation, as in Splink, were measured and do
worse: docs/decisions/merging.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from parley.errors import Refused
from parley.merging.levels import LEVELS, ORDERED
from parley.merging.pairing import Pair
from parley.merging.weights import Held, Weights
from parley.model import digest

LEAST = 10  # known pairs of either kind, below which nothing is learnt
_SELDOM = 3  # known pairs: a level that fewer reach keeps its weight
PULLS = (0.25, 0.5, 1.0)  # bits that a weight may easily move by, tried in turn
_OF_A_WORD = 2.0  # pairs that all that was said at once weighs as much as
_ANCHOR = 2000.0  # known pairs that all half-truths together weigh as much as
_FOLDS = 5
_STEPS = 60  # of Newton's method; some eight are enough
_SHARES = tuple(0.5**at for at in range(30))  # of a step, the whole first
_FIXED = 1e9  # pairs: what a level that stays weighs beside those that move
_NEAR = 1e-7  # bits: a smaller step is none

_Floats = NDArray[np.float64]
_FIRST = dict(zip(LEVELS, np.cumsum([0, *map(len, LEVELS.values())]).tolist(), strict=False))
_NAMES = [(comparison, level) for comparison, levels in LEVELS.items() for level in levels]
_BITS = float(np.log(2.0))


@dataclass(frozen=True)
class Lesson:
    """What was learnt: the weights, how many known pairs of either kind, and how they are told.

    `before` and `after` are by cross-validation, `pull` the bits that weights moved by easily.
    """

    weights: Weights
    together: int
    apart: int
    pull: float
    before: Held
    after: Held


def learn(
    pairs: Sequence[Pair],
    weights: Weights,
    *,
    seed: int,
    pulls: Sequence[float] = PULLS,
    of_a_word: float = _OF_A_WORD,
    held: Collection[tuple[str, str]] = (),
) -> Lesson:
    """Return what the known among some pairs teach, beginning with some weights.

    `pulls` are the bits that a weight may easily move by, the best of which is chosen, and what
    was said at once weighs as much as `of_a_word` pairs at most.  The levels `held`, a comparison
    and a name each, stay as they are.

    Raises `Refused` where too few are known, or where the weights that come out tell known
    pairs, of which they know nothing, better than those that it began with by no more than the
    gain's own standard error (Breiman and others, *Classification and Regression Trees*, 1984).
    """
    table = _Table(sorted(pairs, key=lambda pair: (pair.one, pair.two)), weights, of_a_word, held)
    known = table.known
    together, apart = int(table.truth[known].sum()), int((1 - table.truth[known]).sum())
    if min(together, apart) < LEAST:
        raise Refused(
            f"too little is known to learn from: {together} pairs that are one event and {apart} "
            f"that are two, at least {LEAST} of each are needed; merge, split and confirm events "
            f"first"
        )
    truth, stood = table.truth[known], table.scores(table.first)[known]
    before = _held(stood, truth)
    folds = table.folds(seed)
    tried = {pull: _cross_validate(table, folds, pull) for pull in pulls}
    pull = min(tried, key=lambda pull: (_held(tried[pull], truth).loss, pull))
    after = _held(tried[pull], truth)
    gains = _losses(stood, truth) - _losses(tried[pull], truth)
    if gains.mean() <= gains.std() / np.sqrt(len(gains)):
        raise Refused(
            f"nothing is gained that chance would not give: known pairs are told with "
            f"{before.loss:.3f} bits of doubt by the weights as they are, and with "
            f"{after.loss:.3f} by learnt ones; correct more events first"
        )
    learnt = table.fit(known, pull)
    return Lesson(
        weights=_moved(weights, learnt, table.reached(known), held),
        together=together,
        apart=apart,
        pull=pull,
        before=before,
        after=after,
    )


class _Table:
    """Pairs as numbers: a row a pair, a column a level."""

    def __init__(
        self,
        pairs: Sequence[Pair],
        weights: Weights,
        of_a_word: float,
        held: Collection[tuple[str, str]],
    ) -> None:
        firsts = np.array([_FIRST[comparison] for comparison in LEVELS])
        self._at = np.array([pair.levels for pair in pairs], dtype=int).reshape(-1, len(LEVELS))
        self._at += firsts
        self.rows = np.zeros((len(pairs), len(_NAMES)))
        np.put_along_axis(self.rows, self._at, 1.0, axis=1)
        self.given = np.array([pair.more for pair in pairs]) + weights.settings.prior
        self.first = np.array([weights.levels[c][level].weight for c, level in _NAMES])
        self.known = np.array([pair.truth is not None for pair in pairs], dtype=bool)
        self.truth = np.array([1.0 if pair.truth else 0.0 for pair in pairs])
        self._groups = [pair.said for pair in pairs]
        sizes = Counter(self._groups)
        self._counts = np.array([min(1.0, of_a_word / sizes[pair.said]) for pair in pairs])
        # What says nothing has no weight, and is what the others of its comparison stand beside.
        vetoes = np.array([weights.levels[c][level].veto for c, level in _NAMES])
        stay = np.array([name in held for name in _NAMES])
        self._silent = (self.first == 0.0) | vetoes | stay

    def scores(self, weights: _Floats) -> _Floats:
        """Return what each pair scores."""
        return np.asarray(self.given + weights[self._at].sum(axis=1))

    def reached(self, rows: NDArray[np.bool_]) -> _Floats:
        """Return how many of some rows reach each level."""
        return np.asarray(self.rows[rows].sum(axis=0))

    def folds(self, seed: int) -> NDArray[np.int_]:
        """Return the part that each row is in; what was said at once is in one part."""
        said = sorted({group for group in self._groups if group is not None})
        said.sort(key=lambda group: digest("", str(seed), str(group)))
        part = {group: at % _FOLDS for at, group in enumerate(said)}
        return np.array([-1 if group is None else part[group] for group in self._groups])

    def fit(self, learning: NDArray[np.bool_], pull: float) -> _Floats:
        """Return the weights that tell the rows `learning` best, drawn to the first ones."""
        anchored = ~self.known
        used = learning | anchored
        rows, given = self.rows[used], self.given[used]
        target = np.where(learning, self.truth, _likely(self.scores(self.first)))[used]
        share = _ANCHOR / max(1, anchored.sum())
        count = np.where(learning, self._counts, min(1.0, share))[used]
        free = np.flatnonzero((self.reached(learning) >= _SELDOM) & ~self._silent)
        weights = self.first.copy()
        moving, hold = rows[:, free], 1.0 / pull**2

        def cost(tried: _Floats) -> float:
            scores = np.clip(given + rows @ tried, -200, 200) * _BITS
            doubt = np.logaddexp(0.0, scores) - target * scores
            moved = (tried - self.first)[free]
            return float((count * doubt).sum() + hold * (moved * moved).sum() / 2)

        stands = cost(weights)
        for _ in range(_STEPS):
            likely = _likely(given + rows @ weights)
            slope = moving.T @ (count * (likely - target)) * _BITS
            slope += hold * (weights - self.first)[free]
            bend = (moving.T * (count * likely * (1 - likely))) @ moving * _BITS**2
            bend[np.diag_indices_from(bend)] += hold
            step = np.linalg.solve(bend, slope)
            if not step.size or np.abs(step).max() < _NEAR:
                break
            # Far from the optimum a whole step may lead farther away.
            for share in _SHARES:
                tried = weights.copy()
                tried[free] -= share * step
                if (reaches := cost(tried)) < stands:
                    weights, stands = tried, reaches
                    break
            else:
                break
        return _in_order(weights, self.reached(learning) + hold, free)


def _likely(bits: _Floats) -> _Floats:
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(bits, -60, 60))))


def _losses(scores: _Floats, truth: _Floats) -> _Floats:
    """Return the doubt that scores leave of each truth, in bits."""
    wrong = np.where(truth == 1, -scores, scores)
    return np.asarray(np.log2(1.0 + np.exp2(np.clip(wrong, -60, 60))))


def _held(scores: _Floats, truth: _Floats) -> Held:
    """Return how scores tell the truth."""
    one = truth == 1
    return Held(
        loss=round(float(_losses(scores, truth).mean()), 4),
        together=round(float((scores[one] > 0).mean()), 4),
        apart=round(float((scores[~one] <= 0).mean()), 4),
    )


def _cross_validate(table: _Table, folds: NDArray[np.int_], pull: float) -> _Floats:
    """Return the scores of known pairs by weights that were learnt without them."""
    scores = table.scores(table.first)
    for part in range(_FOLDS):
        inside = folds == part
        if inside.any():
            scores[inside] = table.scores(table.fit(table.known & ~inside, pull))[inside]
    return np.asarray(scores[table.known])


def _in_order(weights: _Floats, counts: _Floats, free: NDArray[np.intp]) -> _Floats:
    """Return the weights, those of ordered levels so that none is above the one before it.

    Those that break the order take their mean, by how many pairs each was learnt from.  One
    that is not free stays, and is a bound to the others.
    """
    moves = np.zeros(len(weights), dtype=bool)
    moves[free] = True
    heavy = np.where(moves, counts, _FIXED)
    chains = [
        [_FIRST[comparison] + LEVELS[comparison].index(level) for level in chain]
        for comparison, found in ORDERED.items()
        for chain in found
    ]
    # Some levels are in two chains, so that one may be undone by the next.
    found = weights.copy()
    for _ in range(_STEPS):
        before = found.copy()
        for columns in chains:
            pooled = _pool(found[columns], heavy[columns])
            found[columns] = np.where(moves[columns], pooled, weights[columns])
        if np.abs(found - before).max() < _NEAR:
            break
    return found


def _pool(values: _Floats, counts: _Floats) -> _Floats:
    """Return the nearest values that do not rise, by the means of those that do."""
    runs: list[tuple[float, float, int]] = []
    for value, count in zip(values.tolist(), counts.tolist(), strict=True):
        runs.append((value, count, 1))
        while len(runs) > 1 and runs[-2][0] < runs[-1][0]:
            (high, much, ones), (low, more, others) = runs[-2], runs[-1]
            runs[-2:] = [((high * much + low * more) / (much + more), much + more, ones + others)]
    return np.repeat([value for value, _, _ in runs], [size for _, _, size in runs])


def _moved(
    weights: Weights, learnt: _Floats, reached: _Floats, held: Collection[tuple[str, str]]
) -> Weights:
    """Return weights with what was learnt in the place of the figures of before."""
    levels = {comparison: dict(found) for comparison, found in weights.levels.items()}
    for (comparison, name), bits, seen in zip(_NAMES, learnt, reached, strict=True):
        before = levels[comparison][name]
        if (comparison, name) in held:
            continue
        if seen >= _SELDOM and before.weight and not before.veto:
            levels[comparison][name] = replace(
                before,
                weight=round(float(bits), 2),
                how="learnt",
                seen=int(seen),
                was=before.weight,
            )
    return replace(weights, levels=levels)
