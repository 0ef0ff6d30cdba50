"""What a deed came to, which the model hung on who tells of it.

"Mali accused the rebels of shelling Kidal, killing five": the shelling killed five, not the
accusation.
"""

from __future__ import annotations

import numpy as np
from spacy.strings import StringStore
from spacy.tokens import Doc

from parley.parsing.tables import DEP, HEAD, TAG, Table, tie

_ACCUSING = frozenset(
    "accuse accuses accused accusing blame blames blamed blaming suspect suspects suspected "
    "denounce denounces denounced denouncing condemn condemns condemned condemning "
    "charge charges charged charging".split()
)
_OUTCOMES = frozenset(
    "killing wounding injuring leaving destroying damaging displacing forcing setting".split()
)


class Outcomes:
    """Finds such participles by the tags, heads and parts of a paragraph, and ties them anew."""

    def __init__(self, strings: StringStore) -> None:
        self._participle, self._adverbial, self._of_preposition = (
            strings.add(name) for name in ("VBG", "advcl", "pcomp")
        )

    def mended(self, doc: Doc, table: Table) -> Table:
        """Return the table of a paragraph, what deeds came to tied to the deeds."""
        behind = (table[:, TAG] == self._participle) & (table[:, DEP] == self._adverbial)
        if not behind.any():
            return table
        heads = np.arange(len(table)) + table[:, HEAD].astype(np.int64)
        for at in np.flatnonzero(behind).tolist():
            teller = int(heads[at])
            if doc[at].lower_ not in _OUTCOMES or doc[teller].lower_ not in _ACCUSING:
                continue
            deeds = np.flatnonzero(table[teller:at, DEP] == self._of_preposition)
            if len(deeds):
                table = table.copy()
                tie(table, at, teller + int(deeds[-1]))
        return table
