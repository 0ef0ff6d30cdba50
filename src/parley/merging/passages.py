"""Passages: the words by which a mention is known again wherever its report is copied.

In: a report's text, and where a mention stands in it.  Out: a name that follows from its sentence,
together with as many of those around it as any report is unlikely to use by chance.  Copies that
have a headline or a last line of their own so have all other mentions in common.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate, chain

from parley.merging.commonness import rarity
from parley.merging.names import fold
from parley.model import Mention, digest

_TELLING = 4500  # hundredths of a bit of rare words, by which words are known again
_BREAK = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+|\n+")


def are_telling(words: Iterable[str]) -> bool:
    """Tell whether folded words are rare enough together to be known again by them."""
    return _Said().add(words)


class _Said:
    """What words tell together, each counted once."""

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._bits = 0  # in hundredths, as rarity has them: no order of adding makes a difference

    def add(self, words: Iterable[str]) -> bool:
        """Count folded words in; tell whether all are rare enough together to be known again."""
        for word in words:
            if word not in self._words:
                self._words.add(word)
                self._bits += 0 if word.isdecimal() else round(100 * rarity(word))
                if self._bits >= _TELLING:
                    return True
        return False


class Passages:
    """The passages of one report; each is folded once, however many mentions have it in their name.

    White space stands between two, so that they fold apart as they would together.
    """

    def __init__(self, text: str) -> None:
        """Take the report's text."""
        self._text = text
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]
        ends = [*self._starts[1:], len(text)]
        self._words = [
            fold(text[start:end]).split() for start, end in zip(self._starts, ends, strict=True)
        ]
        self._before = [0, *accumulate(map(len, self._words))]
        self._tells = are_telling(chain.from_iterable(self._words))

    def name(self, mention: Mention) -> str:
        """Return the name of a mention: the same in all reports that have its passage.

        Of a report that says too little to be known again it is the mention's id.
        """
        if not self._tells:
            return mention.id
        first = self.sentence_at(mention.start)
        last = max(first, self.sentence_at(mention.end - 1))
        said = _Said()
        tells = said.add(chain.from_iterable(self._words[first : last + 1]))
        while not tells:
            # Copies differ in their first and last lines most: what is told next to those is
            # known by what stands on the other side of it.
            if first + last < len(self._starts) - 1:
                last += 1
                tells = said.add(self._words[last])
            else:
                first -= 1
                tells = said.add(self._words[first])
        words = " ".join(chain.from_iterable(self._words[first : last + 1]))
        return digest("p", mention.type, str(self._count(first, mention.trigger[0])), words)

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence, from 0, in which an offset lies."""
        return bisect_right(self._starts, offset) - 1

    def _count(self, first: int, offset: int) -> int:
        """Return how many words stand between the start of a passage and an offset behind it."""
        last = max(first, self.sentence_at(offset))
        begun = fold(self._text[self._starts[last] : offset]).split()
        return self._before[last] - self._before[first] + len(begun)
