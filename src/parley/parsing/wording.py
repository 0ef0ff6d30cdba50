"""What a word is by its tag, its own form and its part in the sentence: kind, form, lemma.

The model's rules for that ("attribute_ruler", "lemmatizer") look at one word nearly always:
what they make of it is asked once and kept.  Where a rule looks at two words, the rules
themselves go over the paragraph.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

# What decides, and what follows.
GIVEN: list[int | str] = ["TAG", "ORTH", "DEP"]
FOLLOWS: list[int | str] = ["TAG", "DEP", "POS", "MORPH", "LEMMA"]
_RULES = ("attribute_ruler", "lemmatizer")
_MOST = 200_000


class Wording:
    """The rules of a pipeline for single words, each word's answer kept."""

    def __init__(self, nlp: Language) -> None:
        self._vocab = nlp.vocab
        self._rules = [nlp.get_pipe(name) for name in _RULES]
        ruler = self._rules[0]
        assert isinstance(ruler, AttributeRuler)
        self._openers = Matcher(nlp.vocab, validate=False)
        for number, rule in enumerate(ruler.patterns):
            patterns: Any = rule["patterns"]
            firsts = [pattern[:1] for pattern in patterns if len(pattern) > 1]
            if firsts:
                self._openers.add(str(number), firsts)
        self._known: dict[tuple[int, int, int], tuple[bool, list[int]]] = {}

    def follow(self, given: NDArray[np.uint64]) -> NDArray[np.uint64] | None:
        """Return `FOLLOWS` for the words of a paragraph, by their `GIVEN`; a row a word.

        None where a rule may look at two words: `apply` is for that paragraph then.
        """
        known = self._known
        rows = []
        for row in map(tuple, given.tolist()):
            found = known.get(row)
            if found is None:
                found = self._learn(row)
            if found[0]:
                return None
            rows.append(found[1])
        return np.array(rows, dtype=np.uint64).reshape(len(rows), len(FOLLOWS))

    def apply(self, doc: Doc) -> None:
        """Let the rules themselves go over a paragraph that has its tags and its parse."""
        for rule in self._rules:
            rule(doc)

    def _learn(self, row: tuple[int, int, int]) -> tuple[bool, list[int]]:
        tag, orth, dep = row
        strings = self._vocab.strings
        word = Doc(self._vocab, words=[strings[orth]], spaces=[False])
        told: Any = np.array([[tag, 0, dep]], dtype=np.uint64)  # the stub lacks uint64
        word.from_array(["TAG", "HEAD", "DEP"], told)
        opens = bool(self._openers(word))
        self.apply(word)
        if len(self._known) > _MOST:
            self._known.clear()
        found = self._known[row] = (opens, word.to_array(FOLLOWS)[0].tolist())
        return found
