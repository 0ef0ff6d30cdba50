"""Places that the model took for persons or bodies, known by the words before their names.

"Russian forces shelled Orikhiv": a name of one word that the model has hardly seen is a
person's to it.  Nobody shells, storms or besieges a person, "the town of Orikhiv" is none, and
what is done "in Ndop" or "at Moreh" is done in a place.  The words are in `data/struck.toml`.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from msgspec import Struct
from spacy.strings import StringStore
from spacy.tokens import Doc

from parley.parsing.tables import BEGINS, DEP, HEAD, INSIDE, IOB, TYPE, Table
from parley.parsing.wordlists import read_words

# How many names a list of places has before the last of them.
_NAMES = 8
# How far before its aim a deed's noun stands: "the raid on Tine".
_BEHIND_DEED = 2


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of `data/struck.toml`, in small letters."""

    to_places: frozenset[str]
    to_either: frozenset[str]
    deeds: dict[str, str]
    to_others: dict[str, str]
    called: frozenset[str]
    beside: frozenset[str]
    within: frozenset[str]
    felt_or_aimed: frozenset[str]
    bodies: frozenset[str]
    landforms: frozenset[str]


@cache
def words() -> Words:
    """Return the words before and of names.  Raises `DataError` where their file is malformed."""
    return read_words("parsing", "struck.toml", Words)


class StruckPlaces:
    """Finds such names by the parts and names of a paragraph, and calls them places."""

    def __init__(self, strings: StringStore) -> None:
        self._person, self._place, self._object, self._governed, self._beside = (
            strings.add(name) for name in ("PERSON", "GPE", "dobj", "pobj", "conj")
        )
        self._suffering, self._building = strings.add("nsubjpass"), strings.add("FAC")
        self._mistaken = {
            strings.add(name) for name in ("PERSON", "ORG", "NORP", "PRODUCT", "WORK_OF_ART")
        }

    def mended(self, doc: Doc, table: Table) -> Table:
        """Return the table of a paragraph, such names told as places."""
        types = table[:, TYPE].tolist()
        found: list[int] = []
        for at in np.flatnonzero(table[:, IOB] == BEGINS).tolist():
            if types[at] not in self._mistaken and types[at] != self._building:
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
        if at == last and self._is_struck(doc, table, at):
            return True
        before = doc[at - 1].lower_ if at else ""
        if at < last and doc[at].lower_ in words().landforms and not doc[at].ent_type_:
            return doc[last].text[:1].isupper()  # "Ras Doumeira"
        if not at or table[at, TYPE] == self._building:
            return False
        if table[at, TYPE] == self._person:
            called = at > 1 and before == "of" and doc[at - 2].lower_ in words().called
            if (called or before in words().beside) and table[last, DEP] == self._governed:
                return True
        if doc[at].ent_type or not _may_be_town(doc, at, last):
            return False  # what is known by its name is what the lists say
        first = self._first_of_several(table, last)
        return (
            table[first, DEP] == self._governed and first > 0 and _is_told_within(doc, table, first)
        )

    def _is_struck(self, doc: Doc, table: Table, at: int) -> bool:
        """Tell whether a name of one word is told as what is taken or shelled, or as a deed's aim.

        What the model takes for a body's may be one, and is struck as one is: "attacked Meridian".
        """
        told, name = words(), doc[at]
        if not name.text[:1].isupper() or name.text.isupper() or name.ent_type_:
            return False
        if name.lower_ in told.bodies:
            return False
        before = doc[at - 1].lower_ if at else ""
        person = table[at, TYPE] == self._person
        behind = doc[at + 1].lower_ if at + 1 < len(doc) else ""
        if table[at, DEP] == self._object and told.to_others.get(before) == behind:
            return True
        if table[at, DEP] == self._object:
            return before in told.to_places or (person and before in told.to_either)
        if table[at, DEP] == self._suffering:
            above = at + int(table[at, HEAD].astype(np.int64))
            return at < above < len(doc) and doc[above].lower_ in told.to_places
        if table[at, DEP] != self._governed or at < _BEHIND_DEED:
            return False
        return told.deeds.get(doc[at - _BEHIND_DEED].lower_) == before

    def _first_of_several(self, table: Table, last: int) -> int:
        """Return the first of the names that a name is joined to by commas and "and"."""
        for _ in range(_NAMES):
            head = last + int(table[last, HEAD].astype(np.int64))
            if table[last, DEP] != self._beside or head >= last or head < 0:
                break
            last = head
        return last


def _may_be_town(doc: Doc, at: int, last: int) -> bool:
    """Tell whether a name is written as a town's: one word, or a person's two, no abbreviation."""
    name = [doc[i].text for i in range(at, last + 1)]
    if any(word.isupper() or not word[:1].isupper() for word in name):
        return False
    return len(name) <= 2 and name[-1].lower() not in words().bodies


def _is_told_within(doc: Doc, table: Table, noun: int) -> bool:
    """Tell whether a noun stands behind "in" or "at" that says where."""
    name = noun
    while name > 0 and table[name, IOB] == INSIDE:
        name -= 1
    before, known = doc[name - 1].lower_, words()
    if before in known.beside:
        return True
    aimed = name > 1 and doc[name - 2].lower_ in known.felt_or_aimed
    return before in known.within and not aimed
