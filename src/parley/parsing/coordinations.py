"""What an "and" joins, where the model joined something else.

"The army denied that it had shelled Gao and accused the rebels": the army accused them, nobody
denied it.  "Jets had bombed Gao and rockets had landed in Kidal": the rockets landed, nobody
bombed them.  "The army and MFDC fighters clashed": the army is no fighters of its own.  The
verbs of saying are in `data/coordinations.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from msgspec import Struct
from spacy.strings import StringStore
from spacy.tokens import Doc

from parley.parsing.tables import DEP, HEAD, TAG, Table, tie
from parley.parsing.wordlists import read_words

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_NOUNS = ("NN", "NNS", "NNP", "NNPS")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_OBJECTS = ("dobj", "pobj", "conj")
_JOINING = frozenset({",", "and", '"', "”"})
_CHAIN = 6  # nouns that are joined before the last


class Verbs(Struct, frozen=True, forbid_unknown_fields=True):
    """The verbs of `data/coordinations.toml`, in small letters."""

    past: frozenset[str]
    present: frozenset[str]
    opening: frozenset[str]


@cache
def verbs() -> Verbs:
    """Return the verbs of saying.  Raises `DataError` where their file is malformed."""
    return read_words("parsing", "coordinations.toml", Verbs)


@dataclass(frozen=True)
class _Words:
    """The tags, parts and heads of a paragraph's words, and what hangs on each."""

    tags: list[int]
    deps: list[int]
    heads: list[int]
    below: dict[int, list[int]]


class Coordinations:
    """Finds such words by the tags, heads and parts of a paragraph, and ties them anew."""

    def __init__(self, strings: StringStore) -> None:
        def numbers(names: Sequence[str]) -> frozenset[int]:
            return frozenset(strings.add(name) for name in names)

        self._conj, self._clause, self._active, self._passive, self._passive_aux = (
            strings.add(name) for name in ("conj", "ccomp", "nsubj", "nsubjpass", "auxpass")
        )
        self._aside = strings.add("parataxis")
        self._finite, self._nouns = numbers(_FINITE), numbers(_NOUNS)
        self._subjects, self._objects = numbers(_SUBJECTS), numbers(_OBJECTS)
        self._helping, self._past = numbers(["aux", "auxpass"]), numbers(["VBD"])
        self._between = numbers(["aux", "auxpass", "neg", "advmod"])
        self._present = numbers(["VBZ"])
        self._det, self._compound = strings.add("det"), strings.add("compound")
        self._before = numbers(["nmod", "compound", "amod"])
        self._plain, self._named = numbers(["NN", "NNS"]), numbers(["NNP", "NNPS"])

    def mended(self, doc: Doc, table: Table) -> Table:
        """Return the table of a paragraph, what "and" joins tied to what it is joined with."""
        joined = np.flatnonzero(table[:, DEP] == self._conj).tolist()
        if not joined:
            return table
        words = _words(table)
        table = table.copy()
        for verb in joined:
            own = words.below.get(verb, [])
            if any(words.deps[i] in self._subjects for i in own):
                continue
            if self._parts_two(verb, words, table):
                continue
            teller = self._teller(doc, verb, words)
            if teller is not None:
                tie(table, verb, teller)
                continue
            noun = self._subject(verb, words)
            if noun is not None:
                passive = any(words.deps[i] == self._passive_aux for i in own)
                tie(table, noun, verb)
                table[noun, DEP] = self._passive if passive else self._active
        return table

    def _parts_two(self, name: int, words: _Words, table: Table) -> bool:
        """Part "the army" from "MFDC fighters", and tell whether that was done.

        The name is joined to a noun with its article, both tied to the noun behind them.
        """
        tags, deps, heads = words.tags, words.deps, words.heads
        first, last = heads[name], name + 1
        if (
            tags[name] not in self._named
            or tags[first] not in self._plain
            or deps[first] not in self._before
            or heads[first] != last
        ):
            return False
        articles = [i for i in words.below.get(last, ()) if deps[i] == self._det and i < first]
        if articles != [first - 1]:
            return False
        table[first, DEP], table[last, DEP] = table[last, DEP], self._conj
        tie(table, first, heads[last] if heads[last] != last else first)
        tie(table, last, first)
        table[name, DEP] = self._compound
        tie(table, name, last)
        tie(table, articles[0], first)
        # What hung on both stays with the first, as it does where the model reads it so.
        for i in words.below.get(last, ()):
            if i < articles[0] and i != first:
                tie(table, i, first)
        return True

    def _teller(self, doc: Doc, verb: int, words: _Words) -> int | None:
        """Return the verb of saying that another, joined to what is said, goes on from."""
        tags, deps, heads, below = words.tags, words.deps, words.heads, words.below
        told = verbs()
        said = frozenset[str]()
        if tags[verb] in self._past:
            said = told.past
        elif tags[verb] in self._present:
            said = told.present
        if doc[verb].lower_ not in said - told.opening:
            return None
        if any(deps[i] in self._helping for i in below.get(verb, ())):
            return None
        clause = heads[verb]
        aside = next(
            (i for i in below.get(clause, ()) if deps[i] == self._aside and i > clause), None
        )
        if aside is not None and aside < verb and doc[aside].lower_ in said:
            # "Rebels shot four men, the army said, and called on the group to stop."
            between = {word.lower_ for word in doc[aside + 1 : verb]}
            return aside if between <= _JOINING else None
        # What is said stands in a tense of its own, with a subject of its own.
        parts = {deps[i] for i in below.get(clause, ()) if i < clause}
        if deps[clause] != self._clause or not parts & self._helping or not parts & self._subjects:
            return None
        teller = heads[clause]
        return teller if teller < clause and doc[teller].lower_ in said else None

    def _subject(self, verb: int, words: _Words) -> int | None:
        """Return the noun right before a verb that is joined to an object of the verb before."""
        tags, deps, heads = words.tags, words.deps, words.heads
        first, own = verb, words.below.get(verb, [])
        while first - 1 in own and deps[first - 1] in self._between:
            first -= 1
        finite = any(tags[i] in self._finite for i in range(first, verb + 1))
        noun = first - 1
        if not finite or noun < 0 or deps[noun] != self._conj or tags[noun] not in self._nouns:
            return None
        at = noun
        for _ in range(_CHAIN):
            if deps[at] != self._conj or tags[at] not in self._nouns:
                break
            at = heads[at]
        listed = at < noun and heads[noun] == at and deps[at] in self._objects
        return noun if listed and heads[verb] < at else None


def _words(table: Table) -> _Words:
    """Return a paragraph's words as plain lists."""
    heads = (np.arange(len(table)) + table[:, HEAD].astype(np.int64)).tolist()
    below: dict[int, list[int]] = {}
    for i, head in enumerate(heads):
        if i != head:
            below.setdefault(head, []).append(i)
    return _Words(table[:, TAG].tolist(), table[:, DEP].tolist(), heads, below)
