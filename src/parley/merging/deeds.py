"""Deeds: how a report names what it tells, by which word, and as known or as new.

In: a mention, and its report.  Out: its `Deed`.  "The attack" was told before, or is known to all;
"an attack" is told for the first time; of a verb it is those who do or suffer it that are known
or new.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

from msgspec import Struct

from parley.merging.names import fold
from parley.model import Mention, Report

Article = Literal["known", "new", ""]

_BEFORE = 40  # characters: an article and two words stand within so many
_PAUSE = re.compile(r"[.,;:!?\n]")
_KNOWN = re.compile(
    r"\b(?:the|this|that|these|those|its|their|his|her|both|such)\s+(?:[\w'-]+\s+){0,2}$", re.I
)
_NEW = re.compile(
    r"\b(?:an?|another|other|some|new|several|two|three|more|further)\s+(?:[\w'-]+\s+){0,2}$", re.I
)
_NOUN = re.compile(r"(?:ion|ment|ing)s?$")
_ENDINGS = ("ings", "ing", "ers", "er", "ed", "es", "s", "e")
_STEM = 3  # letters that a word keeps at least


class Deed(Struct, frozen=True, gc=False):
    """How a report names it: the stem of its word, whether that is a noun, and its article."""

    stem: str
    noun: bool
    article: Article


NO_DEED = Deed("", False, "")


def name_deed(mention: Mention, report: Report | None, nouns: Collection[str]) -> Deed:
    """Return how a report names what a mention tells; `nouns` are those that name deeds."""
    first, last = (at - mention.start for at in mention.trigger)
    word = fold(mention.text[first:last]).partition(" ")[0]
    text = report.text if report is not None else mention.text
    at = mention.trigger[0] if report is not None else first
    before = _PAUSE.split(text[max(0, at - _BEFORE) : at])[-1]
    article: Article = "known" if _KNOWN.search(before) else "new" if _NEW.search(before) else ""
    return Deed(_stem(word), word in nouns or _NOUN.search(word) is not None, article)


def _stem(word: str) -> str:
    """Return what a noun and a verb of one deed share: "shell" of "shelling" and "shelled"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word
