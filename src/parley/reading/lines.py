"""The lines of a page, with what their shape tells."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from parley.reading.language import little_words

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_TOKEN = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*|[©|»«›>/&]|\([cC]\)")
_SIGNS = frozenset("©|»«›>/&")
# What closes a sentence, in the scripts of the news; quotes and brackets may follow.
_CLOSED = re.compile(r"[.!?…:;。！？؟։।۔][\"'”’»)\]]*$")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.){2,}$")
# The end of a sentence within a line: four small letters before it are no abbreviation.
_INNER_END = re.compile(r"[^\W\d_A-Z]{4}[.!?][\"'”’»)]*\s+[\"'“‘«(]?[^\W\d_a-z]")
_BULLET = re.compile(r"(?:[•‣▪◦●·*–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")
_CONTENT = re.compile(r"[^\W\d_]{4,}")
_LOOKED_AT = 4_000


class Line:
    """A line of `text` without the white space around it: `text[start:end]`."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.text = text[start:end]

    @cached_property
    def _tokens(self) -> list[str]:
        return _TOKEN.findall(self.text[:_LOOKED_AT])

    @cached_property
    def key(self) -> str:
        """Its words in lower case with a space on either side, for looking phrases up."""
        return f" {' '.join(self._tokens)} ".lower().replace("’", "'")

    @cached_property
    def words(self) -> int:
        """How many words it has, up to some hundreds."""
        return len(self._tokens) - sum(map(_SIGNS.__contains__, self._tokens))

    @cached_property
    def content(self) -> frozenset[str]:
        """Its longer words in lower case, cut to five letters: what it is about."""
        words = set(_CONTENT.findall(self.text[:_LOOKED_AT].lower()))
        return frozenset(word[:5] for word in words - little_words())

    @cached_property
    def closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_CLOSED.search(self.text[-12:])) and not _ABBREVIATED.search(self.text[-12:])

    @cached_property
    def has_sentence(self) -> bool:
        """Whether a sentence ends in it, at its end or before."""
        return self.closed or bool(_INNER_END.search(self.text[:_LOOKED_AT]))

    @cached_property
    def bulleted(self) -> bool:
        """Whether it is an item of a list."""
        return bool(_BULLET.match(self.text))

    @cached_property
    def is_paragraph(self) -> bool:
        """Whether it has the shape of a paragraph of running text."""
        if self.closed or (self.words >= 20 and self.has_sentence):
            return self.words >= 12 or len(self.text) >= 90
        return self.words >= 35 or len(self.text) >= 250

    @cached_property
    def is_headline(self) -> bool:
        """Whether it has the shape of a headline: some words, no end of a sentence."""
        asks = self.text.rstrip("\"'”’»").endswith(("?", "!", "…"))
        return (
            2 <= self.words <= 32
            and 8 <= len(self.text) <= 200
            and (asks or not self.closed)
            and not self.bulleted
        )


@lru_cache(maxsize=2)
def split_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a text that are not blank, stripped, in order.

    Headline, outlet and what is not the report are looked for one after the other in the same
    text: what is known of its lines is worked out once.
    """
    lines = []
    for match in _LINE.finditer(text):
        part = match[0]
        start = match.start() + len(part) - len(part.lstrip())
        end = match.start() + len(part.rstrip())
        if start < end:
            lines.append(Line(text, start, end))
    return tuple(lines)


def overlap(words: frozenset[str], others: frozenset[str] | set[str]) -> float:
    """Return the share of `words` that are among the `others`, 0 for no words."""
    return len(words & others) / len(words) if words else 0.0
