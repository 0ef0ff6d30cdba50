"""Sums that a layer makes of ids: what each id adds does not depend on the others, and is kept.

The first layer of the encoder, and that of pairs, multiply embeddings of ids by weights.  The
product of a sum is the sum of the products, and the ids of an archive repeat: each product is made
once.  What is kept is bounded; once it is full, all of it is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.vocab import Vocab
from thinc.api import Model, NumpyOps

from parley.learnt.features import COLUMNS, Ids, Rows, Seen, vectors_of
from parley.learnt.network import EMBEDDED, SEEN, Floats, Network
from parley.learnt.ways import PATHS, Way, number_of

_OPS = NumpyOps()
# Rows that a table keeps, at 1.5 kB each in the encoder's and half of that in those of pairs.
_MOST = 12_000
# A word's own columns, of which one row is kept for all; its place in the sentence, likewise;
# and those that are empty for most words, which are added where they are not.
_WORD = (0, 1, 2, 3, 4, 6)
_PLACE = (5, 10)
_ALONE = (8, 9)
_SELDOM = (7, 11, 12)
# Odd numbers, as good as drawn: two words whose numbers mix to the same will not be met.
_MIX = np.array(
    [
        0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93,
        0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53, 0x2545F4914F6CDD1D,
    ],
    dtype=np.uint64,
)  # fmt: skip


class Kept:
    """Rows of numbers by a key; rows that are not known are worked out."""

    def __init__(self, width: int) -> None:
        self._at: dict[Hashable, int] = {}
        self._rows: Floats = np.empty((256, width), dtype="float32")

    def of(self, keys: Sequence[Hashable], work_out: Callable[[list[int]], Floats]) -> Floats:
        """Return a row for each key; `work_out` is given where in `keys` the unknown ones stand."""
        try:
            return self._rows[[self._at[key] for key in keys]]
        except KeyError:
            self._learn(keys, work_out)
        return self._rows[[self._at[key] for key in keys]]

    def _learn(self, keys: Sequence[Hashable], work_out: Callable[[list[int]], Floats]) -> None:
        if len(self._at) > _MOST:
            self._at.clear()
        new: dict[Hashable, int] = {}
        for at, key in enumerate(keys):
            if key not in self._at:
                new.setdefault(key, at)
        begin, end = len(self._at), len(self._at) + len(new)
        while end > len(self._rows):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
        self._rows[begin:end] = work_out(list(new.values()))
        self._at.update(zip(new, range(begin, end), strict=True))


class WordSums:
    """What the first layer of the encoder sums up of each word."""

    def __init__(self, network: Network) -> None:
        weights, bias = weights_of(network.mix)
        width = weights.shape[1]
        self._columns = list(_projections(network.hashed, weights))
        static: Any = network.static
        own = weights[len(COLUMNS) * EMBEDDED :]
        self._static: Floats = np.ascontiguousarray(static.get_param("W").T @ own)
        # What is the same for every word: the seldom columns are empty.
        self._constant: Floats = bias + static.get_param("b") @ own
        for column in _SELDOM:
            self._constant = self._constant + self._columns[column](_NOTHING)[0]
        self._words, self._places = Kept(width), Kept(width)
        self._others = {column: Kept(width) for column in (*_ALONE, *_SELDOM)}
        self._vocab: Vocab | None = None

    def of(self, seen: Seen, vocab: Vocab) -> Floats:
        """Return a row of sums a word; `vocab` has the vectors of words."""
        if vocab is not self._vocab:
            self._vocab, self._words = vocab, Kept(len(self._constant))
        ids = seen.ids
        own = (ids[:, _WORD] * _MIX[:-1]).sum(axis=1, dtype=np.uint64) + seen.keys * _MIX[-1]
        place = (ids[:, _PLACE] * _MIX[:2]).sum(axis=1, dtype=np.uint64)
        sums = self._words.of(own.tolist(), lambda new: self._of_words(ids[new], seen.keys[new]))
        sums += self._places.of(place.tolist(), lambda new: self._added(ids[new], _PLACE))
        for column in _ALONE:
            sums += self._alone(ids[:, column], column)
        for column in _SELDOM:
            at = np.flatnonzero(ids[:, column])
            if len(at):
                sums[at] += self._alone(ids[at, column], column)
        return sums

    def _of_words(self, ids: Ids, keys: Ids) -> Floats:
        assert self._vocab is not None
        vectors = vectors_of(keys, self._vocab) @ self._static
        return cast(Floats, self._constant + vectors + self._added(ids, _WORD))

    def _added(self, ids: Ids, columns: Sequence[int]) -> Floats:
        return cast(Floats, sum(self._columns[column](ids[:, column]) for column in columns))

    def _alone(self, ids: Ids, column: int) -> Floats:
        """Return what one column adds; of a seldom one, what it adds to its being empty."""
        project = self._columns[column]
        empty = project(_NOTHING)[0] if column in _SELDOM else np.float32(0)
        return self._others[column].of(ids.tolist(), lambda new: project(ids[new]) - empty)


class PairSums:
    """What the head of pairs sums up of each pair of a trigger and a word."""

    def __init__(self, network: Network) -> None:
        weights, self._bias = weights_of(network.heads["slot"].layers[0])
        self._triggers = np.ascontiguousarray(weights[:SEEN])
        self._words = np.ascontiguousarray(weights[SEEN : 2 * SEEN])
        self._columns = list(_projections(network.paths, weights[2 * SEEN :]))
        self._ways = [Kept(weights.shape[1]) for _ in PATHS]

    def of(self, encoded: Floats, triggers: Rows, words: Rows, ways: Sequence[Way]) -> Floats:
        """Return a row of sums a pair, given the rows of `encoded` and the ways of the pairs."""
        asked, of_trigger = np.unique(triggers, return_inverse=True)
        told, of_word = np.unique(words, return_inverse=True)
        sums = (encoded[asked] @ self._triggers + self._bias)[of_trigger]
        sums += (encoded[told] @ self._words)[of_word]
        for column, texts in enumerate(zip(*ways, strict=True)):
            sums += self._of_way(column, texts)
        return cast(Floats, sums)

    def _of_way(self, column: int, texts: Sequence[str | None]) -> Floats:
        project = self._columns[column]
        return self._ways[column].of(texts, lambda new: project(_numbers(texts, new)))


_NOTHING = np.zeros(1, dtype="uint64")


def weights_of(model: Model[Any, Any]) -> tuple[Floats, Floats]:
    """Return the weights (a row an input) and the bias of a layer that takes the best of sums.

    All first pieces stand before all second ones: the best of them is found much faster so.
    """
    maxout: Any = next(layer for layer in model.walk() if layer.name == "maxout")
    weights = maxout.get_param("W").transpose(2, 1, 0)
    bias: Floats = maxout.get_param("b").T.reshape(-1)
    return np.ascontiguousarray(weights.reshape(len(weights), -1)), bias


def _projections(embedding: Model[Any, Any], weights: Floats) -> Iterator[Callable[[Ids], Floats]]:
    """Yield for each column of ids what gives the rows that ids of it add."""
    for at, column in enumerate(embedding.layers):
        table: Any = next(layer for layer in column.walk() if layer.name == "hashembed")
        part = np.ascontiguousarray(weights[at * EMBEDDED : (at + 1) * EMBEDDED])
        yield _projection(table.get_param("E"), int(table.attrs["seed"]), part)


def _projection(vectors: Floats, seed: int, weights: Floats) -> Callable[[Ids], Floats]:
    def project(ids: Ids) -> Floats:
        keys: NDArray[np.uint32] = _OPS.hash(np.ascontiguousarray(ids), seed) % len(vectors)
        return cast(Floats, vectors[keys].sum(axis=1) @ weights)

    return project


def _numbers(texts: Sequence[str | None], at: Sequence[int]) -> Ids:
    return np.array([number_of(texts[i]) for i in at], dtype="uint64")
