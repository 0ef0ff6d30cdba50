"""The network as it is asked: the answers that `Network` gives, without what training needs.

What the first layers sum up of ids is kept (`sums.py`), a head is asked only for the rows that
somebody wants to know, and numpy multiplies on one thread (`parsing/threads.py`), half as fast
again as the library with which the network is trained.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any, cast

import numpy as np
from spacy.vocab import Vocab
from thinc.api import Model

from parley.learnt.features import Rows, Seen
from parley.learnt.network import Floats, Network
from parley.learnt.sums import PairSums, WordSums, times, weights_of
from parley.learnt.ways import Way
from parley.parsing.threads import one_thread

_TINY = np.float32(1e-8)
# With fewer columns the library multiplies in a way that hangs on how many rows there are.
_LEAST_COLUMNS = 16


class Inference:
    """A network's answers; it may be asked from several threads."""

    def __init__(self, network: Network) -> None:
        self._words, self._pairs = WordSums(network), PairSums(network)
        self._mix = _Best(network.mix)
        self._windows = [_Best(layer) for layer in network.windows.layers]
        self._steps = [_Best(layer) for layer in network.steps]
        self._heads = {name: _Head(layer) for name, layer in network.heads.items()}
        self._lock = Lock()

    def encode(self, seen: Seen, vocab: Vocab) -> Floats:
        """Return a row a word; `vocab` has the words' vectors, which must not change."""
        with self._lock, one_thread():
            alone = self._mix.of(self._words.of(seen, vocab))
            rows = alone
            for layer in self._windows:
                rows = rows + layer(_windows(rows))
            above = _Tree(seen.heads)
            for layer in self._steps:
                rows = rows + layer(np.hstack([rows, rows[seen.heads], above.below(rows)]))
            return np.hstack([rows, alone])

    def decide(self, name: str, encoded: Floats, *, temperature: float = 1.0) -> Floats:
        """Return the probabilities of a decision for some rows of what `encode` gave."""
        with one_thread():
            head = self._heads[name]
            return head.answers(head.best(encoded), temperature)

    def pair(self, encoded: Floats, triggers: Rows, words: Rows, ways: Sequence[Way]) -> Floats:
        """Return the slot probabilities of pairs, one at least: rows of `encoded`, their ways."""
        with self._lock, one_thread():
            head = self._heads["slot"]
            sums = self._pairs.of(encoded, triggers, words, ways)
            return head.answers(head.best.of(sums), 1.0)


class _Best:
    """A layer that takes the best of some sums of its input, and normalises it."""

    def __init__(self, model: Model[Any, Any]) -> None:
        norm: Any = next(layer for layer in model.walk() if layer.name == "layernorm")
        self._weights, self._bias = weights_of(model)
        self._scale: Floats = norm.get_param("G")
        self._shift: Floats = norm.get_param("b")
        self._width = len(self._scale)

    def __call__(self, rows: Floats) -> Floats:
        sums = times(rows, self._weights)
        sums += self._bias
        return self.of(sums)

    def of(self, sums: Floats) -> Floats:
        """Return what the layer makes of sums that were made elsewhere."""
        width = self._width
        best = np.maximum(sums[:, :width], sums[:, width : 2 * width])
        for start in range(2 * width, sums.shape[1], width):
            np.maximum(best, sums[:, start : start + width], out=best)
        best -= best.sum(axis=1, keepdims=True) / np.float32(width)
        spread = np.einsum("ij,ij->i", best, best) / np.float32(width) + _TINY
        best *= (1 / np.sqrt(spread))[:, None]
        best *= self._scale
        best += self._shift
        return cast(Floats, best)


class _Head:
    """A decision: a layer, and a score for each answer."""

    def __init__(self, model: Model[Any, Any]) -> None:
        linear: Any = model.layers[-1]
        self.best = _Best(model)
        weights: Floats = linear.get_param("W").T
        self._bias: Floats = linear.get_param("b")
        spare = max(0, _LEAST_COLUMNS - len(self._bias))
        self._weights: Floats = np.ascontiguousarray(np.pad(weights, ((0, 0), (0, spare))))

    def answers(self, rows: Floats, temperature: float) -> Floats:
        """Return a row of probabilities a row of what the layer made."""
        scores = times(rows, self._weights)[:, : len(self._bias)] + self._bias
        scores /= np.float32(temperature)
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        return cast(Floats, raised / raised.sum(axis=1, keepdims=True))


class _Tree:
    """What hangs on what, for as long as some rows are encoded."""

    def __init__(self, heads: Rows) -> None:
        order = np.argsort(heads, kind="stable")
        above, starts = np.unique(heads[order], return_index=True)
        counts = np.diff(np.append(starts, len(heads)))
        # Those with most below them first: what hangs there as first, second, third ... is added
        # for all who have so much, which is faster than one sum after the other.
        most = np.argsort(-counts, kind="stable")
        self._above, starts, counts = above[most], starts[most], counts[most]
        self._share = (1.0 / counts).astype("float32")[:, None]
        self._ranks = [
            order[starts[: np.searchsorted(-counts, -rank)] + rank]
            for rank in range(int(counts.max(initial=0)))
        ]

    def below(self, rows: Floats) -> Floats:
        """Return for each row the mean of what hangs on it, nought where nothing does."""
        means = np.zeros_like(rows)
        first, *others = self._ranks
        sums = rows[first]
        for words in others:
            sums[: len(words)] += rows[words]
        sums *= self._share
        means[self._above] = sums
        return means


def _windows(rows: Floats) -> Floats:
    """Return each row with those before and behind it, all in one."""
    count, width = rows.shape
    window = np.empty((count, 3 * width), dtype="float32")
    window[:1, :width] = window[-1:, 2 * width :] = 0
    window[1:, :width] = rows[:-1]
    window[:, width : 2 * width] = rows
    window[:-1, 2 * width :] = rows[1:]
    return window
