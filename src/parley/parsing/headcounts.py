"""Numbers behind a date that count whom the words behind them name.

"On 20 December three soldiers were killed": three soldiers, and no day has two numbers.  The model
takes the second for a part of the date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from msgspec import Struct
from spacy.strings import StringStore
from spacy.tokens import Doc

from parley.parsing.tables import BEGINS, DEP, INSIDE, IOB, TAG, TYPE, Table, tie
from parley.parsing.wordlists import read_words

_BETWEEN = ("JJ", "NN", "VBN")
_DAY = re.compile(r"(0?[1-9]|[12][0-9]|3[01])(st|nd|rd|th)?")
_YEAR = re.compile(r"['’][0-9][0-9]|(1[5-9]|20)[0-9][0-9]")
_WORDY = 3  # words between a number and its noun


class Dates(Struct, frozen=True, forbid_unknown_fields=True):
    """`data/headcounts.toml`: the names of months, and nouns that count time, in small letters."""

    months: frozenset[str]
    spans: frozenset[str]


@cache
def date_words() -> Dates:
    """Return the words of dates.  Raises `DataError` where their file is malformed."""
    return read_words("parsing", "headcounts.toml", Dates)


def names_month(doc: Doc, i: int) -> bool:
    """Tell whether a word is the month of a day that stands beside it: "25 Nov", "Nov 25"."""
    if doc[i].lower_ not in date_words().months:
        return False
    beside = (*doc[max(0, i - 1) : i], *doc[i + 1 : i + 2])
    return any(_DAY.fullmatch(word.lower_) for word in beside)


class Headcounts:
    """Finds such numbers by the words and tags of a paragraph, and ties them to their nouns."""

    def __init__(self, strings: StringStore) -> None:
        def numbers(names: Sequence[str]) -> frozenset[int]:
            return frozenset(strings.add(name) for name in names)

        self._number, self._counts, self._kind = (
            strings.add(name) for name in ("CD", "nummod", "CARDINAL")
        )
        self._plural = numbers(["NNS"])
        self._between = numbers(_BETWEEN)

    def mended(self, doc: Doc, table: Table) -> Table:
        """Return the table of a paragraph, such numbers tied to whom they count."""
        months = date_words().months
        # Few words are numbers within an expression, but each is a word to ask for its month.
        for at in np.flatnonzero(
            (table[:-1, TAG] == self._number) & (table[:-1, IOB] == INSIDE)
        ).tolist():
            if at < 2 or doc[at - 1].lower_ not in months:
                continue
            if not _DAY.fullmatch(doc[at - 2].lower_):
                continue
            noun = self._counted(doc, table, at)
            if noun is None or _YEAR.fullmatch(doc[at].text):
                continue
            table = table.copy()
            tie(table, at, noun)
            table[at, DEP], table[at, IOB], table[at, TYPE] = self._counts, BEGINS, self._kind
        return table

    def _counted(self, doc: Doc, table: Table, at: int) -> int | None:
        """Return the noun in the plural that a number stands before, None where none is."""
        for i in range(at + 1, min(at + 1 + _WORDY, len(doc))):
            if table[i, IOB] == INSIDE and table[i, TAG] == self._number:
                return None
            if table[i, TAG] in self._plural:
                return None if doc[i].lower_ in date_words().spans else i
            if table[i, TAG] not in self._between:
                return None
        return None
