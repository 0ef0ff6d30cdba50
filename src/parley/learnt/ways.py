"""Pairs of a trigger and a word that may fill one of its slots: the way from one to the other.

In: a trigger and its paragraph's `Layout`.  Out: the words that may fill, and of each its `Way`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from spacy.strings import hash_string  # type: ignore[attr-defined]

from parley.learnt.features import NAMES, Hint, Ids
from parley.parsing.layout import Layout

# What can fill a slot of a trigger, by its part of speech.
_FILLERS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
# Steps in the tree: of a longer way only that it is long is told, and no way up is longer.
_LONGEST_PATH = 7
_LONGEST_CHAIN = 12
# The columns of a way, and how many rows the table of each has.
PATHS: tuple[tuple[str, int], ...] = (
    ("path", 6000),
    ("slot", 1500),
    ("place", 100),
    ("rule", 200),
)
# What each of `PATHS` says of a pair, None where it says nothing.
Way = tuple[str | None, str | None, str | None, str | None]


class Ways:
    """The ways in one paragraph; what a word's way up the tree is, is worked out once."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._up: dict[int, list[int]] = {}
        self._filling: dict[int, list[int]] = {}

    def fillers(self, trigger: int) -> list[int]:
        """Return the words of a trigger's sentence that may fill one of its slots, in order."""
        start = self._layout.begins[trigger]
        if start not in self._filling:
            self._filling[start] = [
                i for i in range(start, self._layout.ends[trigger]) if self._may_fill(i)
            ]
        return [i for i in self._filling[start] if i != trigger]

    def _may_fill(self, word: int) -> bool:
        """Tell whether a word is a noun or a name's last word."""
        layout = self._layout
        if layout.ents[word] not in NAMES:
            return layout.pos[word] in _FILLERS
        return word + 1 == len(layout.inside) or not layout.inside[word + 1]

    def between(self, trigger: int, words: Sequence[int], hint: Hint | None) -> list[Way]:
        """Return of each word its way to the trigger, how it hangs, how far, the rules' role.

        `hint` is what the rules say of the trigger, None where they see none.
        """
        layout = self._layout
        up = self._upwards(trigger)
        depth = {word: at for at, word in enumerate(up)}
        labels = [layout.deps[word] for word in up]
        pos = layout.pos[trigger]
        ways: list[Way] = []
        for word in words:
            role = None if hint is None else hint.slots.get(word, "none")
            mine: list[str] = []
            met = None
            for step in self._upwards(word):
                met = depth.get(step)
                if met is not None:
                    break
                mine.append(_step(layout, step))
            if met is None:
                ways.append((None, None, None, role))
                continue
            long = len(mine) + met > _LONGEST_PATH
            path = "far" if long else "<".join(mine) + "^" + ">".join(labels[:met])
            slot = f"{mine[0] if mine else ''}|{layout.ents[word]}|{met}"
            distance = min(abs(word - trigger), 12)
            side = f"{'left' if word < trigger else 'right'} {distance // 3} {pos}"
            ways.append((path, slot, side, role))
        return ways

    def _upwards(self, word: int) -> list[int]:
        """Return a word and what it hangs on, as far as a way may go."""
        if word not in self._up:
            heads, at, chain = self._layout.heads, word, [word]
            while heads[at] != at and len(chain) < _LONGEST_CHAIN:
                at = heads[at]
                chain.append(at)
            self._up[word] = chain
        return self._up[word]


def _step(layout: Layout, word: int) -> str:
    label = layout.deps[word]
    return f"{label}:{layout.lowers[word]}" if label in ("prep", "agent") else label


def numbers_of(ways: Sequence[Way]) -> Ids:
    """Return a row of numbers for each way, in the order of `PATHS`."""
    rows = [[number_of(told) for told in way] for way in ways]
    return np.array(rows, dtype="uint64").reshape(len(ways), len(PATHS))


def number_of(told: str | None) -> int:
    """Return the number that the network knows what a way says by."""
    return 1 if told is None else hash_string(told)
