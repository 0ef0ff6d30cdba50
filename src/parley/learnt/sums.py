"""Sums that a layer makes of ids: what each id adds does not depend on the others, and is kept.

The first layer of the encoder, and that of pairs, multiply embeddings of ids by weights.  The
product of a sum is the sum of the products, and the ids of an archive repeat: each product is made
once.  What is kept is bounded; once it is full, all of it is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
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
        # Room for all of them, which costs nothing before it is written to: a table that
        # grows is copied again and again.
        self._rows: Floats = np.empty((_MOST, width), dtype="float32")

    def of(self, keys: Sequence[Hashable], work_out: Callable[[list[int]], Floats]) -> Floats:
        """Return a row for each key; `work_out` is given where in `keys` the unknown ones stand."""
        if unknown := set(keys).difference(self._at):
            if len(self._at) > _MOST:
                self._at.clear()
                unknown = set(keys)
            self._learn({key: at for at, key in enumerate(keys) if key in unknown}, work_out)
        return self._rows.take(list(map(self._at.__getitem__, keys)), axis=0)

    def _learn(self, new: Mapping[Hashable, int], work_out: Callable[[list[int]], Floats]) -> None:
        begin, end = len(self._at), len(self._at) + len(new)
        if end > len(self._rows):
            more = np.empty((end - len(self._rows), self._rows.shape[1]), dtype="float32")
            self._rows = np.concatenate([self._rows, more])
        self._rows[begin:end] = work_out(list(new.values()))
        self._at.update(zip(new, range(begin, end), strict=True))


class WordSums:
    """What the first layer of the encoder sums up of each word."""

    def __init__(self, network: Network) -> None:
        weights, bias = weights_of(network.mix)
        width = weights.shape[1]
        self._word, self._place = (Added(network.hashed, weights, of) for of in (_WORD, _PLACE))
        self._columns = {
            column: Added(network.hashed, weights, (column,)) for column in (*_ALONE, *_SELDOM)
        }
        static: Any = network.static
        own = weights[len(COLUMNS) * EMBEDDED :]
        self._static: Floats = np.ascontiguousarray(static.get_param("W").T @ own)
        # What is the same for every word: the seldom columns are empty.
        self._constant: Floats = bias + static.get_param("b") @ own
        for column in _SELDOM:
            self._constant = self._constant + self._columns[column].by(_NOTHING)[0]
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
        sums += self._places.of(place.tolist(), lambda new: self._place.by(ids[new][:, _PLACE]))
        for column in _ALONE:
            sums += self._alone(ids[:, column], column)
        for column in _SELDOM:
            at = np.flatnonzero(ids[:, column])
            if len(at):
                sums[at] += self._alone(ids[at, column], column)
        return sums

    def _of_words(self, ids: Ids, keys: Ids) -> Floats:
        assert self._vocab is not None
        sums = times(vectors_of(keys, self._vocab), self._static)
        sums += self._constant
        sums += self._word.by(ids[:, _WORD])
        return sums

    def _alone(self, ids: Ids, column: int) -> Floats:
        """Return what one column adds; of a seldom one, what it adds to its being empty."""
        added = self._columns[column]
        empty = added.by(_NOTHING)[0] if column in _SELDOM else np.float32(0)
        return self._others[column].of(
            ids.tolist(), lambda new: added.by(ids[new][:, None]) - empty
        )


class PairSums:
    """What the head of pairs sums up of each pair of a trigger and a word."""

    def __init__(self, network: Network) -> None:
        weights, self._bias = weights_of(network.heads["slot"].layers[0])
        self._triggers = np.ascontiguousarray(weights[:SEEN])
        self._words = np.ascontiguousarray(weights[SEEN : 2 * SEEN])
        self._columns = [
            Added(network.paths, weights[2 * SEEN :], (column,)) for column in range(len(PATHS))
        ]
        self._ways = [Kept(weights.shape[1]) for _ in PATHS]

    def of(self, encoded: Floats, triggers: Rows, words: Rows, ways: Sequence[Way]) -> Floats:
        """Return a row of sums a pair, given the rows of `encoded` and the ways of the pairs."""
        asked, of_trigger = np.unique(triggers, return_inverse=True)
        told, of_word = np.unique(words, return_inverse=True)
        sums = (times(encoded[asked], self._triggers) + self._bias)[of_trigger]
        sums += times(encoded[told], self._words)[of_word]
        for column, texts in enumerate(zip(*ways, strict=True)):
            sums += self._of_way(column, texts)
        return cast(Floats, sums)

    def _of_way(self, column: int, texts: Sequence[str | None]) -> Floats:
        added = self._columns[column]
        return self._ways[column].of(texts, lambda new: added.by(_numbers(texts, new)))


class Added:
    """What ids of some columns of an embedding add to the sums of the layer behind it.

    `weights` are those of the layer, a row a number that the whole embedding gives.
    """

    def __init__(self, embedding: Model[Any, Any], weights: Floats, columns: Sequence[int]) -> None:
        tables: list[Floats] = []
        parts: list[Floats] = []
        self._seeds: list[int] = []
        for column in columns:
            table: Any = next(
                layer for layer in embedding.layers[column].walk() if layer.name == "hashembed"
            )
            tables.append(table.get_param("E"))
            parts.append(weights[column * EMBEDDED : (column + 1) * EMBEDDED])
            self._seeds.append(int(table.attrs["seed"]))
        self._sizes = [len(table) for table in tables]
        # One table of all columns, and where in it each of them begins.
        self._begins = np.cumsum([0, *self._sizes[:-1]])[:, None]
        self._rows: Floats = np.concatenate(tables)
        self._weights: Floats = np.concatenate(parts)

    def by(self, ids: Ids) -> Floats:
        """Return a row of what is added for each row of ids, which has a number a column."""
        keys: NDArray[np.int64] = np.stack(
            [
                _OPS.hash(np.ascontiguousarray(column), seed) % size
                for column, seed, size in zip(ids.T, self._seeds, self._sizes, strict=True)
            ],
            axis=1,
        )
        keys = keys + self._begins
        one, *others = (self._rows[keys[:, :, at]] for at in range(keys.shape[2]))
        for other in others:
            one += other
        return times(one.reshape(len(ids), -1), self._weights)


_NOTHING = np.zeros((1, 1), dtype="uint64")


def times(rows: Floats, weights: Floats) -> Floats:
    """Return the product of rows and weights: of each row the same, whatever the others are.

    A row that stands alone is multiplied in another way, with other last digits; it is not left so.
    """
    if len(rows) == 1:
        return cast(Floats, (np.repeat(rows, 2, axis=0) @ weights)[:1])
    return cast(Floats, rows @ weights)


def weights_of(model: Model[Any, Any]) -> tuple[Floats, Floats]:
    """Return the weights (a row an input) and the bias of a layer that takes the best of sums.

    All first pieces stand before all second ones: the best of them is found much faster so.
    """
    maxout: Any = next(layer for layer in model.walk() if layer.name == "maxout")
    weights = maxout.get_param("W").transpose(2, 1, 0)
    bias: Floats = maxout.get_param("b").T.reshape(-1)
    return np.ascontiguousarray(weights.reshape(len(weights), -1)), bias


def _numbers(texts: Sequence[str | None], at: Sequence[int]) -> Ids:
    return np.array([[number_of(texts[i])] for i in at], dtype="uint64")
