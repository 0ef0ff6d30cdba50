"""The network: one encoder of words, shared by all decisions, and a small head for each.

Hashed embeddings of what `features` sees and the words' vectors, mixed; three windows
of neighbours; two steps along the tree, each word taking in its head and what hangs on
it.  In: `Features`.  Out: a row of probabilities a word for each decision, and for pairs
of words the slot that one fills of the other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from thinc.api import (
    HashEmbed,
    Linear,
    Maxout,
    Model,
    NumpyOps,
    chain,
    clone,
    concatenate,
    expand_window,
    residual,
    zero_init,
)

from parley.learnt.features import COLUMNS, VECTOR_WIDTH, Features, Rows
from parley.learnt.ways import PATHS

Floats = NDArray[np.float32]
EMBEDDED = 48
_WIDTH = 128
_WINDOWS = 3
# How many rows of the text one row's output depends on, on either side.
PADDING = _WINDOWS
_HIDDEN = 96
# A row that is decided on: what its neighbours make of a word, and the word alone.
SEEN = 2 * _WIDTH


class Network:
    """The encoder and its heads.  `sizes` gives each decision's number of answers.

    The decision "slot" is of pairs; all others are of words.  The weights are drawn by chance, as
    training begins; where they are not `drawn`, they are zeros until `from_arrays`.
    """

    def __init__(self, sizes: dict[str, int], *, dropout: float = 0.0, drawn: bool = True) -> None:
        ops = NumpyOps()
        weights: dict[str, Any] = {} if drawn else {"init_W": zero_init}
        rows_of: dict[str, Any] = {} if drawn else {"initializer": zero_init}
        hashed: Model[Any, Any] = concatenate(
            *[
                HashEmbed(
                    EMBEDDED, rows, column=column, seed=column + 7, dropout=dropout, **rows_of
                )
                for column, (_, rows) in enumerate(COLUMNS)
            ]
        )
        mixed = len(COLUMNS) * EMBEDDED + EMBEDDED * 2
        self.hashed = hashed
        self.static: Model[Any, Any] = Linear(EMBEDDED * 2, VECTOR_WIDTH, **weights)
        self.mix: Model[Any, Any] = Maxout(
            _WIDTH, mixed, nP=3, normalize=True, dropout=dropout, **weights
        )
        window: Model[Any, Any] = chain(
            expand_window(window_size=1),
            Maxout(_WIDTH, _WIDTH * 3, nP=3, normalize=True, dropout=dropout, **weights),
        )
        self.windows: Model[Any, Any] = clone(residual(window), _WINDOWS)
        self.steps: list[Model[Any, Any]] = [
            Maxout(_WIDTH, _WIDTH * 3, nP=2, normalize=True, dropout=dropout, **weights)
            for _ in range(2)
        ]
        self.heads: dict[str, Model[Any, Any]] = {}
        for name, size in sizes.items():
            width = SEEN * 2 + len(PATHS) * EMBEDDED if name == "slot" else SEEN
            self.heads[name] = chain(
                Maxout(_HIDDEN, width, nP=2, normalize=True, dropout=dropout, **weights),
                Linear(size, _HIDDEN, **weights),
            )
        self.paths: Model[Any, Any] = concatenate(
            *[
                HashEmbed(
                    EMBEDDED, rows, column=column, seed=column + 70, dropout=dropout, **rows_of
                )
                for column, (_, rows) in enumerate(PATHS)
            ]
        )
        for layer in self.layers():
            layer._to_ops(ops)
            layer.initialize()

    def layers(self) -> list[Model[Any, Any]]:
        """Return all layers, always in the same order."""
        return [
            self.hashed, self.static, self.mix, self.windows, *self.steps, self.paths,
            *(self.heads[name] for name in sorted(self.heads)),
        ]  # fmt: skip

    def encode(
        self, features: Features, *, training: bool = False
    ) -> tuple[Floats, Callable[[Floats], None]]:
        """Return a row a word, and what carries their gradient back."""
        hashed, back_hashed = self.hashed(features.ids, training)
        static, back_static = self.static(features.vectors, training)
        mixed, back_mix = self.mix(np.hstack([hashed, static]), training)
        near, back_near = self.windows(mixed, training)
        backs = [_step(layer, features.heads) for layer in self.steps]
        at, undo = near, []
        for step in backs:
            at, back = step(at, training)
            undo.append(back)

        def backprop(gradient: Floats) -> None:
            alone = np.ascontiguousarray(gradient[:, _WIDTH:])
            gradient = np.ascontiguousarray(gradient[:, :_WIDTH])
            for back in reversed(undo):
                gradient = back(gradient)
            gradient = back_mix(back_near(gradient) + alone)
            width = hashed.shape[1]
            back_hashed(np.ascontiguousarray(gradient[:, :width]))
            back_static(np.ascontiguousarray(gradient[:, width:]))

        return np.hstack([at, mixed]), backprop

    def decide(
        self, name: str, rows: Floats, *, training: bool = False, temperature: float = 1.0
    ) -> tuple[Floats, Callable[[Floats], Floats]]:
        """Return the probabilities of a decision for rows of its head's input."""
        scores, back = self.heads[name](rows, training)
        return _softmax(scores / temperature), cast("Callable[[Floats], Floats]", back)

    def pair(
        self, encoded: Floats, triggers: Rows, words: Rows, ways: NDArray[np.uint64], *,
        training: bool = False,
    ) -> tuple[Floats, Callable[[Floats], Floats]]:  # fmt: skip
        """Return the slot probabilities of pairs, and what gives `encoded` its gradient."""
        path, back_path = self.paths(ways, training)
        told, back = self.decide(
            "slot", np.hstack([encoded[triggers], encoded[words], path]), training=training
        )

        def backprop(gradient: Floats) -> Floats:
            below = back(gradient)
            back_path(np.ascontiguousarray(below[:, 2 * SEEN :]))
            return cast(
                Floats,
                _added(below[:, :SEEN], triggers, count=len(encoded))
                + _added(below[:, SEEN : 2 * SEEN], words, count=len(encoded)),
            )

        return told, backprop

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """Return the parameters by name."""
        arrays: dict[str, NDArray[Any]] = {}
        for number, layer in enumerate(self.layers()):
            for inner, node in enumerate(layer.walk()):
                for name in node.param_names:
                    if node.has_param(name):
                        arrays[f"{number}.{inner}.{name}"] = cast(
                            NDArray[Any], node.get_param(name)
                        )
        return arrays

    def from_arrays(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take parameters that `to_arrays` gave.  Raises KeyError where one is missing."""
        for number, layer in enumerate(self.layers()):
            for inner, node in enumerate(layer.walk()):
                for name in node.param_names:
                    if node.has_param(name):
                        node.set_param(
                            name, cast(Any, arrays[f"{number}.{inner}.{name}"].astype("float32"))
                        )


def _step(layer: Model[Any, Any], heads: Rows) -> Callable[..., tuple[Floats, Any]]:
    """One step along the tree: each word takes in its head, and the mean of what hangs on it."""
    counts = np.bincount(heads, minlength=len(heads)).astype("float32")
    share = (1.0 / np.maximum(counts, 1.0))[:, None]

    def below(rows: Floats) -> Floats:
        return cast(Floats, _added(rows, heads) * share)

    def forward(rows: Floats, training: bool) -> tuple[Floats, Any]:
        out, back = layer(np.hstack([rows, rows[heads], below(rows)]), training)

        def backprop(gradient: Floats) -> Floats:
            inner = back(gradient)
            width = rows.shape[1]
            own = inner[:, :width] + gradient + _added(inner[:, width : 2 * width], heads)
            own += (inner[:, 2 * width :] * share)[heads]
            return cast(Floats, own)

        return rows + out, backprop

    return forward


def _added(rows: Floats, into: Rows, *, count: int | None = None) -> Floats:
    """Return rows added up by the row that each goes into."""
    total = np.zeros((count or len(rows), rows.shape[1]), dtype="float32")
    if len(into):
        order = np.argsort(into, kind="stable")
        targets, starts = np.unique(into[order], return_index=True)
        total[targets] = np.add.reduceat(rows[order], starts, axis=0)
    return total


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return cast(Floats, raised / raised.sum(axis=1, keepdims=True))
