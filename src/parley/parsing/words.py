"""Vectors of words in their context, as the model's own layers give them, computed faster.

A word's own vector does not depend on its context, and the words of an archive repeat: it
is computed once and kept.  What the words around it add is the model's convolution, here
over the words of all paragraphs at once.  The weights are the model's; the sums are numpy's,
on one thread (`threads.py`) if the caller sees to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model, NumpyOps

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

# What the vector of a word by itself depends on; all else that the model asks of it follows.
_ATTRIBUTES: list[int | str] = ["ORTH", "NORM", "SPACY"]
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
# Words kept, at 384 bytes each and an encoder: what some thousand reports use.
_MOST = 30_000
_TINY = np.float32(1e-8)
_OPS = NumpyOps()


class Layer:
    """The best of some sums of what a word has, normalised."""

    def __init__(self, model: Model[Any, Any]) -> None:
        maxout, norm = layers_of(model, "maxout")[0], layers_of(model, "layernorm")[0]
        self.width, self._pieces = maxout.get_dim("nO"), maxout.get_dim("nP")
        # All first pieces, then all second ones: the best of them is found much faster so.
        weights: Any = maxout.get_param("W")
        planes = weights.transpose(1, 0, 2).reshape(self.width * self._pieces, -1)
        self._weights: Floats = np.ascontiguousarray(planes.T)
        bias: Any = maxout.get_param("b")
        self._bias: Floats = bias.T.reshape(-1)
        self._mean = np.full((self.width, 1), 1 / self.width, dtype=np.float32)
        self._scale: Any = norm.get_param("G")
        self._shift: Any = norm.get_param("b")

    def __call__(self, rows: Floats) -> Floats:
        """Return what the layer makes of rows of vectors."""
        sums = rows @ self._weights
        sums += self._bias
        best: Floats = np.maximum(sums[:, : self.width], sums[:, self.width : 2 * self.width])
        for piece in range(2, self._pieces):
            of_piece = sums[:, piece * self.width : (piece + 1) * self.width]
            np.maximum(best, of_piece, out=best)
        best -= best @ self._mean
        spread = np.einsum("ij,ij->i", best, best) / np.float32(self.width) + _TINY
        best *= (1 / np.sqrt(spread))[:, None]
        best *= self._scale
        best += self._shift
        return best


class Embedding:
    """The vectors of words by themselves: by what they look like, and by the model's table."""

    def __init__(self, model: Model[Any, Any]) -> None:
        self.columns: list[int | str] = layers_of(model, "extract_features")[0].attrs["columns"]
        self._hashed = [
            (layer.get_param("E"), layer.attrs["seed"], layer.get_dim("nV"))
            for layer in layers_of(model, "hashembed")
        ]
        table: Any = layers_of(model, "static_vectors")[0].get_param("W")
        self._table: Floats = np.ascontiguousarray(table.T)
        self._layer = Layer(model)
        self.width = self._layer.width

    def __call__(self, vectors: Floats, told: NDArray[np.uint64]) -> Floats:
        """Return the vectors of words by those of the model's table and what `columns` ask."""
        parts: list[Floats] = [
            _OPS.gather_add(table, _OPS.hash(told[:, i].copy(), seed) % size)
            for i, (table, seed, size) in enumerate(self._hashed)
        ]
        return self._layer(np.concatenate([*parts, vectors @ self._table], axis=1))


class Encoder:
    """The vectors of words, by themselves and in context, by one of the model's stacks."""

    def __init__(self, model: Model[Any, Any]) -> None:
        embed, encode = model.layers
        self.embed = Embedding(embed)
        self._pad = int(encode.attrs["pad"])
        self._layers = [Layer(layer) for layer in encode.layers[0].layers]
        self.width = self.embed.width

    def encode(self, vectors: Floats, lengths: Sequence[int]) -> Floats:
        """Return the vectors in context of the words of paragraphs of so many words.

        As in the model, rows of zeros keep one paragraph apart from the next.
        """
        width = self.width
        before = self._pad * (np.arange(len(lengths)) + 1)
        at = np.arange(len(vectors)) + np.repeat(before, lengths)
        size = len(vectors) + self._pad * (len(lengths) + 1)
        rows = np.zeros((size, width), dtype=np.float32)
        rows[at] = vectors
        # A word and those beside it.
        window = np.zeros((size, 3 * width), dtype=np.float32)
        for layer in self._layers:
            window[1:, :width] = rows[:-1]
            window[:, width : 2 * width] = rows
            window[:-1, 2 * width :] = rows[1:]
            rows += layer(window)
        return rows[at]


class Words:
    """The vectors of words by themselves for some encoders, each word's computed once."""

    def __init__(self, encoders: Sequence[Encoder], vocab: Vocab) -> None:
        self._encoders = encoders
        self._table: Any = vocab.vectors
        self._numbers: dict[int, int] = {}
        self._kept = [np.zeros((1024, encoder.width), dtype=np.float32) for encoder in encoders]

    def vectors(self, docs: Sequence[Doc]) -> list[Floats]:
        """Return, for each encoder, the vectors of all the words of some paragraphs."""
        mixed = [(doc.to_array(_ATTRIBUTES) * _MIX).sum(axis=1, dtype=np.uint64) for doc in docs]
        if len(self._numbers) > _MOST:
            self._numbers.clear()
        known = self._numbers
        new = [i for i, keys in enumerate(mixed) if not known.keys() >= set(keys.tolist())]
        if new:
            self._learn([docs[i] for i in new], np.concatenate([mixed[i] for i in new]))
        numbers = [known[key] for keys in mixed for key in keys.tolist()]
        return [kept[numbers] for kept in self._kept]

    def _learn(self, docs: Sequence[Doc], keys: NDArray[np.uint64]) -> None:
        known = self._numbers
        _, found = np.unique(keys, return_index=True)
        first = [i for i in found.tolist() if int(keys[i]) not in known]
        rows = self._table.find(keys=np.concatenate([doc.to_array("ORTH") for doc in docs])[first])
        vectors = self._table.data[rows]
        vectors[rows < 0] = 0
        begin, end = len(known), len(known) + len(first)
        for i, encoder in enumerate(self._encoders):
            while end > len(self._kept[i]):
                self._kept[i] = np.concatenate([self._kept[i], np.zeros_like(self._kept[i])])
            told = np.concatenate([doc.to_array(encoder.embed.columns) for doc in docs])[first]
            self._kept[i][begin:end] = encoder.embed(vectors, told)
        known.update(zip(keys[first].tolist(), range(begin, end), strict=True))


def layers_of(model: Model[Any, Any], name: str) -> list[Model[Any, Any]]:
    """Return the layers of some name in a model, in its order."""
    return [layer for layer in model.walk() if layer.name == name]
