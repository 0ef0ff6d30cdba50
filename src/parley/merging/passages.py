"""Passages: the words by which a mention is known again wherever its report is copied.

In: a report's text, and where a mention stands in it.  Out: a name that follows from its sentence,
together with as many of those around it as any report is unlikely to use by chance.  Copies that
have a headline or a last line of their own so have all other mentions in common.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from parley.merging.commonness import rarity
from parley.merging.names import fold
from parley.model import Mention, digest

_TELLING = 4500  # hundredths of a bit of rare words, by which words are known again
_BREAK = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+|\n+")


def are_telling(words: Iterable[str]) -> bool:
    """Tell whether folded words are rare enough together to be known again by them."""
    said = 0  # in hundredths, as rarity has them: no order of adding makes a difference
    for word in dict.fromkeys(words):
        said += 0 if word.isdecimal() else round(100 * rarity(word))
        if said >= _TELLING:
            return True
    return False


class Passages:
    """The passages of one report."""

    def __init__(self, text: str) -> None:
        """Take the report's text."""
        self._text = text
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    def name(self, mention: Mention) -> str:
        """Return the name of a mention: the same in all reports that have its passage.

        Of a report that says too little to be known again it is the mention's id.
        """
        first = bisect_right(self._starts, mention.start) - 1
        last = max(first, bisect_right(self._starts, mention.end - 1) - 1)
        while not are_telling((words := self._words(first, last)).split()):
            if last - first + 1 == len(self._starts):
                return mention.id
            # Copies differ in their first and last lines most: what is told next to those is
            # known by what stands on the other side of it.
            if first + last < len(self._starts) - 1:
                last += 1
            else:
                first -= 1
        before = fold(self._text[self._starts[first] : mention.trigger[0]])
        return digest("p", mention.type, str(len(before.split())), words)

    def _words(self, first: int, last: int) -> str:
        """Return the folded words of some sentences, the first and the last included."""
        end = self._starts[last + 1] if last + 1 < len(self._starts) else None
        return fold(self._text[self._starts[first] : end])
