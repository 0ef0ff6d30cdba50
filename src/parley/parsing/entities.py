"""The names that the model's entity recogniser finds, found all at once.

The recogniser goes from word to word: outside of a name, a word opens one, is one, or is
none; inside, it goes on with it or ends it.  What it thinks outside of a name depends on
the word's vector alone, so that is computed for all words of all paragraphs at once;
only the few words inside of names are gone through one after the other, for all names
side by side.  The rules of what may follow what are spaCy's (`BiluoPushDown`): names that
were marked before stand, and no name reaches over the end of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from spacy.pipeline import EntityRecognizer

from parley.parsing.tables import BEGINS, INSIDE, NOWHERE, OUTSIDE
from parley.parsing.words import Floats, Numbers

# What a word does where no name is open: it is none, is one by itself, or opens one.
_IS_NONE, _IS_ONE, _OPENS = range(3)

_NEVER = np.float32(-1e30)


class Marked(Struct, frozen=True):
    """What is known of the words of some paragraphs, one after the other, before names are sought.

    `iob` and `type` are of the names that were marked (`NOWHERE` and 0 elsewhere), `opens`
    says which words open a sentence, `space` which are none; `left` counts the words of the
    paragraph from this one on.
    """

    iob: NDArray[np.uint8]
    type: NDArray[np.uint64]
    opens: NDArray[np.bool_]
    space: NDArray[np.bool_]
    left: Numbers


class _Ahead(Struct, frozen=True):
    """The marks of the word behind each word; those of no word at a paragraph's end."""

    iob: NDArray[np.uint8]
    opens: NDArray[np.bool_]


class Entities:
    """The recogniser of a pipeline."""

    def __init__(self, recogniser: EntityRecognizer) -> None:
        model: Any = recogniser.model
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        linear = model.get_ref("tok2vec").layers[-1]
        self._linear, self._linear_bias = _turned(linear.get_param("W")), linear.get_param("b")
        self._features, self._pieces = lower.get_dim("nF"), lower.get_dim("nP")
        # Per feature, all first pieces, then all second ones.
        self._lower = _turned(_planar(lower.get_param("W")))
        self._pad = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(self._features, -1)
        self._bias = lower.get_param("b").T.reshape(-1)
        self._width = lower.get_dim("nO")
        self._upper, self._upper_bias = _turned(upper.get_param("W")), upper.get_param("b")
        moves = [recogniser.moves.get_class_name(i) for i in range(recogniser.moves.n_moves)]
        kinds = sorted({name[2:] for name in moves if name[1:2] == "-" and name[2:]})
        strings = recogniser.vocab.strings
        self._types = np.array([strings[kind] for kind in kinds], dtype=np.uint64)
        self._none = moves.index("O")
        self._begin, self._go_on, self._end, self._one = (
            np.array([moves.index(f"{move}-{kind}") for kind in kinds]) for move in "BILU"
        )

    def find(self, vectors: Floats, marked: Marked) -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
        """Return how each word stands to a name (spaCy's IOB), and the names' types.

        `vectors` are those of the recogniser's own encoder, one a word.
        """
        iob = np.full(len(vectors), OUTSIDE, dtype=np.uint8)
        types = np.zeros(len(vectors), dtype=np.uint64)
        if len(vectors):
            narrow = vectors @ self._linear + self._linear_bias
            for first, last, label in self._spans(narrow, marked):
                iob[first], iob[first + 1 : last + 1] = BEGINS, INSIDE
                types[first : last + 1] = label
        # What was marked stands, of whatever type.
        known = marked.iob != NOWHERE
        iob[known], types[known] = marked.iob[known], marked.type[known]
        return iob, types

    def _spans(self, vectors: Floats, marked: Marked) -> Iterator[tuple[int, int, np.uint64]]:
        """Yield the first and last word of each name, and its type, in the order of the text."""
        sums = (vectors @ self._lower).reshape(len(vectors), self._features, -1)
        ahead = _Ahead(_behind(marked.iob, marked.left), _behind(marked.opens, marked.left))
        does, kinds = self._outside_names(sums, marked, ahead)
        opened = np.flatnonzero(does == _OPENS)
        ends = self._inside_names(sums, marked, ahead, opened, kinds[opened])
        last_of = dict(zip(opened.tolist(), ends.tolist(), strict=True))
        behind = 0
        for first in np.flatnonzero(does != _IS_NONE).tolist():
            if first >= behind:
                last = last_of.get(first, first)
                behind = last + 1
                yield first, last, self._types[kinds[first]]

    def _scores(self, sums: Floats) -> Floats:
        hidden = sums[:, : self._width]
        for piece in range(1, self._pieces):
            hidden = np.maximum(hidden, sums[:, piece * self._width : (piece + 1) * self._width])
        scores: Floats = hidden @ self._upper
        scores += self._upper_bias
        return scores

    def _outside_names(
        self, sums: Floats, marked: Marked, ahead: _Ahead
    ) -> tuple[Numbers, Numbers]:
        """Return what each word does where no name is open, and the number of its name's type."""
        scores = self._scores(sums[:, 0] + (self._pad[1] + self._pad[2] + self._bias))
        # A word that begins a marked name can only be of its type.
        given = marked.iob == BEGINS
        fits = ~given[:, None] | (marked.type[:, None] == self._types)
        opens = (marked.left >= 2) & np.where(
            given, ahead.iob == INSIDE, (ahead.iob != BEGINS) & ~ahead.opens & ~marked.space
        )
        alone = (ahead.iob != INSIDE) & (given | ~marked.space)
        best = np.full((3, len(scores)), _NEVER, dtype=np.float32)
        kinds = np.zeros((3, len(scores)), dtype=np.int64)
        free = ~given & (marked.iob != INSIDE)
        best[_IS_NONE, free] = scores[free, self._none]
        for does, moves, allowed in ((_IS_ONE, self._one, alone), (_OPENS, self._begin, opens)):
            of_move = np.where(allowed[:, None] & fits, scores[:, moves], _NEVER)
            kinds[does] = of_move.argmax(axis=1)
            best[does] = of_move.max(axis=1)
        chosen = best.argmax(axis=0)
        return chosen, kinds[chosen, np.arange(len(scores))]

    def _inside_names(
        self, sums: Floats, marked: Marked, ahead: _Ahead, opened: Numbers, kinds: Numbers
    ) -> Numbers:
        """Return the last words of the names that open at some words, of types of some numbers."""
        ends = opened + 1
        going = np.arange(len(opened))
        while len(going):
            at, kind = ends[going], kinds[going]
            rows = np.arange(len(at))
            scores = self._scores(
                sums[at, 0] + sums[opened[going], 1] + sums[at - 1, 2] + self._bias
            )
            iob, then = marked.iob[at], ahead.iob[at]
            may_go_on = (
                (marked.left[at] >= 2)
                & (then != BEGINS)
                & np.where(iob == INSIDE, then == INSIDE, ~ahead.opens[at])
            )
            better = scores[rows, self._go_on[kind]] > scores[rows, self._end[kind]]
            # A marked name is gone through to its end.
            goes_on = may_go_on & (better | (then == INSIDE))
            going = going[goes_on]
            ends[going] += 1
        return ends


def _behind(values: NDArray[Any], left: Numbers) -> NDArray[Any]:
    """Return the value of the word behind each, 0 at the end of a paragraph."""
    behind = np.zeros_like(values)
    behind[:-1] = values[1:]
    behind[left == 1] = 0
    return behind


def _planar(weights: Floats) -> Floats:
    """Return the weights of features (feature, sum, piece, input) as rows, piece by piece."""
    features, width, pieces, size = weights.shape
    planes: Floats = weights.transpose(0, 2, 1, 3).reshape(features * pieces * width, size)
    return planes


def _turned(weights: Floats) -> Floats:
    return np.ascontiguousarray(weights.T)
