"""Places that the model took for persons, known by what is done to them or what they are called.

"Russian forces shelled Orikhiv": a name of one word that the model has hardly seen is a
person's to it.  Nobody shells, storms or besieges a person, and "the town of Orikhiv" is none.
"""

from __future__ import annotations

import numpy as np
from spacy.strings import StringStore
from spacy.tokens import Doc

from parley.parsing.tables import BEGINS, DEP, INSIDE, IOB, TYPE, Table

# What is done to places alone, as it is written before their names.
_TO_PLACES = frozenset(
    "shell shelled shelling bombard bombarded bombarding storm stormed storming besiege besieged "
    "besieging encircle encircled encircling raid raided raiding overrun overran overrunning "
    "retake retook retaken retaking recapture recaptured recapturing occupy occupied occupying "
    "enter entered entering evacuate evacuated evacuating".split()
)
# Behind these a name is a place's: nobody fights "near Rossi".
_BESIDE = frozenset({"near", "outside"})
# What a name behind "of" is the name of.
_CALLED = frozenset("town city village district province hamlet suburb municipality".split())
_BEFORE = _TO_PLACES | _BESIDE | {"of"}


class StruckPlaces:
    """Finds such names by the parts and names of a paragraph, and calls them places."""

    def __init__(self, strings: StringStore) -> None:
        self._person, self._place, self._object, self._governed = (
            strings.add(name) for name in ("PERSON", "GPE", "dobj", "pobj")
        )

    def mended(self, doc: Doc, table: Table) -> Table:
        """Return the table of a paragraph, such names told as places."""
        begins = (table[:, IOB] == BEGINS) & (table[:, TYPE] == self._person)
        found: list[int] = []
        for at in np.flatnonzero(begins).tolist():
            if not at or doc[at - 1].lower_ not in _BEFORE:
                continue
            last = at
            while last + 1 < len(table) and table[last + 1, IOB] == INSIDE:
                last += 1
            if self._is_place(doc, table, at, last):
                found += range(at, last + 1)
        if not found:
            return table
        table = table.copy()
        table[found, TYPE] = self._place
        return table

    def _is_place(self, doc: Doc, table: Table, at: int, last: int) -> bool:
        """Tell whether a name is that of what is struck or stood near, or what a town is called."""
        before = doc[at - 1].lower_
        if table[last, DEP] == self._object:
            return at == last and before in _TO_PLACES
        called = at > 1 and before == "of" and doc[at - 2].lower_ in _CALLED
        return bool((called or before in _BESIDE) and table[last, DEP] == self._governed)
