"""Nouns of agreements that the model takes for verbs: "points: ceasefire on 5 July, amnesty".

In: the table of a paragraph.  Out: the same with such words tagged as nouns.  A bare noun behind a
colon or at a line's beginning reads like an order to do something; these words have no verb.
The words are in `data/nouns.toml`.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from msgspec import Struct
from spacy.strings import StringStore
from spacy.tokens import Doc

from parley.parsing.tables import TAG, Table
from parley.parsing.wordlists import read_words

_VERBAL = ("VB", "VBP")


class NounWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that are nouns whatever they are taken for."""

    never_verbs: frozenset[str]


@cache
def load_nouns() -> NounWords:
    """Return the words.  Raises DataError."""
    return read_words("parsing", "nouns.toml", NounWords)


class Nouns:
    """Finds such words by their tags, and gives them that of a noun."""

    def __init__(self, strings: StringStore) -> None:
        self._verbs = [strings.add(tag) for tag in _VERBAL]
        self._noun = strings.add("NN")

    def mended(self, doc: Doc, table: Table) -> Table:
        """Return the table of a paragraph with these words as nouns."""
        verbs = np.flatnonzero(np.isin(table[:, TAG], self._verbs)).tolist()
        wrong = [at for at in verbs if doc[at].lower_ in load_nouns().never_verbs]
        if wrong:
            table = table.copy()
            table[wrong, TAG] = self._noun
        return table
