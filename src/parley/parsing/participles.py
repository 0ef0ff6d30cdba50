"""Participles that the model took for the verb of their clause.

"Talks planned for Friday have been put off": read from the left, the talks planned.  Nothing
is left then to be put off, and that is how such a sentence is known: a second verb in a tense
of its own, no "and" before it, and no subject but what the first took.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.strings import StringStore
from spacy.tokens import Doc

from parley.parsing.tables import DEP, HEAD, TAG, Table, tie

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_HELPING = ("aux", "auxpass")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
# What a verb with a clause of its own has before it.
_OPENING = (*_SUBJECTS, "mark", "cc")
# What the first verb of a sentence, or of what is said, is to the word above it.
_MAIN = ("ROOT", "ccomp", "advcl", "conj", "pcomp")
_BELOW = ("ccomp", "advcl", "conj", "xcomp", "dep")
# What a participle brings with it: "planned for Friday", "held by the rebels".
_BROUGHT = ("prep", "agent", "npadvmod", "advmod")
# Participles that are like the past and do not end in -ed.
_IRREGULAR = frozenset(
    "set put held made met led brought caught sent built hit shot cut found kept lost sold "
    "taught fought won paid laid dealt hurt read sought struck slated".split()
)


@dataclass(frozen=True)
class _Misread:
    """Word numbers: the subject, its participle, the auxiliary and the verb of the clause."""

    noun: int
    participle: int
    auxiliary: int
    verb: int


class Participles:
    """Finds such participles by the tags, heads and parts of a paragraph, and ties them anew."""

    def __init__(self, strings: StringStore) -> None:
        def numbers(names: Sequence[str]) -> frozenset[int]:
            return frozenset(strings.add(name) for name in names)

        self._past, self._participle, self._relative, self._root, self._active, self._passive = (
            strings.add(name) for name in ("VBD", "VBN", "acl", "ROOT", "nsubj", "nsubjpass")
        )
        self._passive_aux = strings.add("auxpass")
        self._and = numbers(["cc"])
        self._object = numbers(["dobj"])
        self._finite, self._helping = numbers(_FINITE), numbers(_HELPING)
        self._opening, self._main = numbers(_OPENING), numbers(_MAIN)
        self._below, self._brought = numbers(_BELOW), numbers(_BROUGHT)

    def mended(self, doc: Doc, table: Table) -> Table:
        """Return the table of a paragraph, such participles tied to what they tell of."""
        acts = (table[:, TAG] == self._past) & (table[:, DEP] == self._relative)
        tags, deps = table[:, TAG].tolist(), table[:, DEP].tolist()
        helping = [
            at for at, dep in enumerate(deps) if dep in self._helping and tags[at] in self._finite
        ]
        if not helping and not acts.any():
            return table
        heads = (np.arange(len(table)) + table[:, HEAD].astype(np.int64)).tolist()
        found = [
            one for at in helping if (one := self._misread(doc, at, tags, deps, heads)) is not None
        ]
        if not acts.any() and not found:
            return table
        table = table.copy()
        for one in found:
            self._tie(one, table, deps, heads)
        # A clause that hangs on a noun without a pronoun of its own is a participle.
        table[acts, TAG] = self._participle
        return table

    def _misread(
        self, doc: Doc, at: int, tags: list[int], deps: list[int], heads: list[int]
    ) -> _Misread | None:
        """Return what is misread about an auxiliary, None if nothing is."""
        verb = heads[at]
        if verb <= at or deps[verb] not in self._below:
            return None
        own = [i for i, head in enumerate(heads) if head == verb and i < at]
        if any(deps[i] in self._opening for i in own):
            return None
        above = heads[verb]
        for first in range(at - 1, -1, -1):
            if tags[first] != self._past or deps[first] not in self._main:
                continue
            if first != above and heads[first] != above:
                continue
            return self._of_pair(doc, _Misread(-1, first, at, verb), deps, heads)
        return None

    def _of_pair(
        self, doc: Doc, pair: _Misread, deps: list[int], heads: list[int]
    ) -> _Misread | None:
        """Return what is misread of two verbs and their auxiliary, None if nothing is."""
        first, at = pair.participle, pair.auxiliary
        word = doc[first].lower_
        if not (word.endswith("ed") or word in _IRREGULAR):
            return None
        below = [i for i, head in enumerate(heads) if head == first and i != first]
        nouns = [i for i in below if deps[i] == self._active and i < first]
        between = {deps[i] for i in below if first < i < at}
        if not nouns or between & (self._and | self._object) or not between & self._brought:
            return None
        if doc[first + 1].is_punct:
            return None
        # "They marched on Friday, were beaten": a comma is one of two, or it parts two deeds.
        opened = any(doc[i].text == "," for i in range(nouns[-1] + 1, first))
        closed = any(doc[i].text == "," for i in range(first, at))
        if closed and not opened:
            return None
        return _Misread(nouns[-1], first, at, pair.verb)

    def _tie(self, one: _Misread, table: Table, deps: list[int], heads: list[int]) -> None:
        """Hang the participle on its noun, and all else on the verb of the clause."""
        first, verb, noun = one.participle, one.verb, one.noun
        moved = {noun: verb, first: noun, verb: heads[first] if heads[first] != first else verb}
        for i, head in enumerate(heads):
            if head == first and i not in moved and not noun < i < one.auxiliary:
                moved[i] = verb
        passive = any(
            heads[i] == verb and deps[i] == self._passive_aux for i in range(one.auxiliary, verb)
        )
        table[verb, DEP] = deps[first]
        table[noun, DEP] = self._passive if passive else self._active
        table[first, DEP], table[first, TAG] = self._relative, self._participle
        for i, head in moved.items():
            tie(table, i, head)
