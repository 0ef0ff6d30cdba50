"""Cutting a paragraph into words, numbers and signs for the grammar of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LEX = re.compile(r"\d+|[^\W\d_]+|[^\w\s]")
HYPHENS = frozenset("-–—‑‒")
APOSTROPHES = frozenset("'’")


class Lex(NamedTuple):
    """A word in lower case, as it is written, and where it stands in the paragraph."""

    word: str
    raw: str
    start: int
    end: int


NOTHING = Lex("", "", -1, -1)


class Lexes:
    """The words of a text by index; beyond either end stands `NOTHING`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._all = [
            Lex((raw := found.group()).lower(), raw, *found.span()) for found in _LEX.finditer(text)
        ]

    def __iter__(self) -> Iterator[Lex]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def __getitem__(self, at: int) -> Lex:
        return self._all[at] if 0 <= at < len(self._all) else NOTHING

    def word(self, at: int) -> str:
        """Return the word at an index, in lower case."""
        return self._all[at].word if 0 <= at < len(self._all) else ""

    def joined(self, at: int) -> bool:
        """Tell whether nothing stands between this word and the one before it."""
        return 0 < at < len(self._all) and self._all[at].start == self._all[at - 1].end

    def skip(self, at: int, *words: str) -> int:
        """Return the index after `at` if one of the words stands there, else `at`."""
        return at + 1 if self.word(at) in words else at

    def index_at(self, offset: int) -> int:
        """Return the index of the first word that starts at or after an offset."""
        low, high = 0, len(self._all)
        while low < high:
            middle = (low + high) // 2
            if self._all[middle].start < offset:
                low = middle + 1
            else:
                high = middle
        return low
