"""Names parsed under another name: a parse must not turn on who a sentence tells of.

A statistical parser knows some names better than others: it hangs the soldiers of one
state here, those of another there, and calls a capital that it never saw a person.  So
the names of states, of their people and of their seats of government are parsed as
names that it knows, always the same, a name of several words as one word, and what it finds is
carried back to the words that are written.  Two parties whose names are swapped are
thus parsed alike.  Ranks cut short before a name are parsed as the one that the parser
knows, or their full stop would end a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

import numpy as np
from spacy.strings import get_string_id
from spacy.tokens import Doc, Span

from parley.parsing.tables import DEP, HEAD, INSIDE, IOB, OUTSIDE, TAG, TYPE, Table

StandIn = Literal["state", "adjective", "people", "seat"]

# What others are parsed as: of some twenty that were tried those with which the gold sets
# lose least (docs/decisions/grounding.md).
STAND_INS: dict[str, str] = {
    "state": "Syria",
    "adjective": "Israeli",
    "people": "Israelis",
    "seat": "Damascus",
}

# Ranks and offices that spaCy does not know when they are cut short, and the one of their
# like that it does.
SHORT_TITLES = frozenset(
    "Lt. Lieut. Col. Maj. Capt. Brig. Sgt. Cpl. Pvt. Pfc. Spc. Cmdr. Cdr. Insp. Supt. Det. "
    "Const. Fr. Engr. Amb. Atty.".split()
)
_KNOWN_TITLE = "Gen."


@cache
def _title_numbers() -> frozenset[int]:
    """Return what stands for these words: spaCy's number for one is the same everywhere."""
    return frozenset(map(get_string_id, SHORT_TITLES))


class Disguise:
    """A paragraph in which names stand under other names, `doc`, and the way back.

    In: a paragraph whose known names are marked; the `id_` of those that have a
    stand-in is its kind, a colon, and whose name it is.
    """

    def __init__(self, doc: Doc) -> None:
        self._own = doc
        self._named = [ent for ent in doc.ents if kind_of_name(ent) is not None]
        titled = not _title_numbers().isdisjoint(doc.to_array("ORTH").tolist())
        self.doc = _disguised(doc, self._named) if self._named or titled else doc

    def undo(self, told: Table) -> Table:
        """Return the table of the paragraph in its own words, by what is told of `doc`."""
        if not self._named:
            return told
        own = self._own
        numbers = np.arange(len(own))
        hidden = [range(_first(name), name.end - 1) for name in self._named]
        # The last word of a name stands for the whole; the others hang on it.
        last = np.delete(numbers, [i for words in hidden for i in words])
        of = np.searchsorted(last, numbers)
        table, heads = told[of], last[of]
        heads[last] = last[np.arange(len(last)) + told[:, HEAD].astype(np.int64)]
        table[:, HEAD] = (heads - numbers).astype(np.uint64)
        strings = own.vocab.strings
        for name in self._named:
            if _first(name) < name.start:
                table[name.start - 1, TAG] = strings.add("DT")
                table[name.start - 1, DEP] = strings.add("det")
                table[name.start - 1, IOB] = OUTSIDE
                table[name.start - 1, TYPE] = 0
            if name.start < name.end - 1:
                table[name.start : name.end - 1, TAG] = strings.add("NNP")
                table[name.start : name.end - 1, DEP] = strings.add("compound")
                table[name.start + 1 : name.end, IOB] = INSIDE
        return table


def kind_of_name(name: Span) -> str | None:
    """Return as what kind of name a marked one is parsed, None for as itself."""
    kind = str(name.id_).partition(":")[0]
    return kind if kind in STAND_INS else None


def owner_of_name(name: Span) -> str:
    """Return whose name a marked one is."""
    return str(name.id_).partition(":")[2]


def _first(name: Span) -> int:
    """Return the first token of what a stand-in stands for: the article of a state goes too."""
    article = name.start > 0 and kind_of_name(name) == "state"
    return name.start - (article and name.doc[name.start - 1].lower_ == "the")


def _disguised(doc: Doc, named: Sequence[Span]) -> Doc:
    """Return a paragraph with a stand-in for each name, and its known names marked."""
    words = [_KNOWN_TITLE if token.text in SHORT_TITLES else token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    shown = list(range(len(doc)))
    for name in reversed(named):
        last, kind = name.end - 1, kind_of_name(name)
        words[last] = STAND_INS[kind or "state"]
        before = name.start - 1
        if before >= 0 and words[before] in ("an", "An"):
            words[before] = words[before][0]
        del shown[_first(name) : last]
    other = Doc(doc.vocab, words=[words[i] for i in shown], spaces=[spaces[i] for i in shown])
    at = {i: number for number, i in enumerate(shown)}
    marks = [(at[ent.end - 1], ent) for ent in doc.ents]
    hidden = {(ent.start, ent.end) for ent in named}
    other.set_ents(
        [
            Span(
                other,
                last if (ent.start, ent.end) in hidden else last - len(ent) + 1,
                last + 1,
                ent.label_,
            )
            for last, ent in marks
        ],
        default="missing",
    )
    return other
