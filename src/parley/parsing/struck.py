"""Places that the model took for persons, known by what is done to them.

"Russian forces shelled Orikhiv": a name of one word that the model has hardly seen is a
person's to it.  Nobody shells, storms or besieges a person.
"""

from __future__ import annotations

import numpy as np
from spacy.strings import StringStore
from spacy.tokens import Doc

from parley.parsing.tables import BEGINS, DEP, IOB, NOWHERE, OUTSIDE, TYPE, Table

# What is done to places alone, as it is written before their names.
_TO_PLACES = frozenset(
    "shell shelled shelling bombard bombarded bombarding storm stormed storming besiege besieged "
    "besieging encircle encircled encircling raid raided raiding overrun overran overrunning "
    "retake retook retaken retaking recapture recaptured recapturing occupy occupied occupying "
    "enter entered entering evacuate evacuated evacuating".split()
)


class StruckPlaces:
    """Finds such names by the parts and names of a paragraph, and calls them places."""

    def __init__(self, strings: StringStore) -> None:
        self._person, self._place, self._object = (
            strings.add(name) for name in ("PERSON", "GPE", "dobj")
        )

    def mended(self, doc: Doc, table: Table) -> Table:
        """Return the table of a paragraph, such names told as places."""
        ends = np.append(np.isin(table[1:, IOB], (NOWHERE, OUTSIDE, BEGINS)), [True])
        names = (table[:, IOB] == BEGINS) & ends & (table[:, DEP] == self._object)
        persons = names & (table[:, TYPE] == self._person)
        found = [
            at for at in np.flatnonzero(persons).tolist() if at and doc[at - 1].lower_ in _TO_PLACES
        ]
        if not found:
            return table
        table = table.copy()
        table[found, TYPE] = self._place
        return table
