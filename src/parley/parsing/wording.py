"""What a word is by its tag, its own form and its part in the sentence: kind, form, lemma.

The model's rules for that ("attribute_ruler", "lemmatizer") look at one word nearly always:
what they make of it is asked once and kept.  Most rules name no word and go by the tag and
the part alone, so one word is asked for all of the same tag and part that no rule names.
Where a rule looks at two words, the rules themselves go over the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

# What decides, and what follows.
GIVEN: list[int | str] = ["TAG", "ORTH", "DEP"]
FOLLOWS: list[int | str] = ["TAG", "DEP", "POS", "MORPH", "LEMMA"]
_MOST = 200_000
# Words that no rule names: one is asked for all others, one (its own tag) keeps two apart.
_ANY, _APART = "xx", ","

_Word = tuple[int, int, int]
_Answers = list[list[int]]


class Wording:
    """The rules of a pipeline for single words, each word's answer kept."""

    def __init__(self, nlp: Language) -> None:
        self._vocab = nlp.vocab
        ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
        assert isinstance(ruler, AttributeRuler)
        assert isinstance(lemmatizer, Lemmatizer)
        self._ruler, self._lemmatizer = ruler, lemmatizer
        self._openers = Matcher(nlp.vocab, validate=False)
        for number, rule in enumerate(ruler.patterns):
            patterns: Any = rule["patterns"]
            firsts = [pattern[:1] for pattern in patterns if len(pattern) > 1]
            if firsts:
                self._openers.add(str(number), firsts)
        self._named = _named_by(ruler)
        self._ruled: dict[_Word, tuple[bool, list[int]]] = {}
        self._known: dict[_Word, tuple[bool, list[int]]] = {}

    def follow(self, given: NDArray[np.uint64]) -> NDArray[np.uint64] | None:
        """Return `FOLLOWS` for the words of a paragraph, by their `GIVEN`; a row a word.

        None where a rule may look at two words: `apply` is for that paragraph then.
        """
        known = self._known
        if len(known) > _MOST:
            known.clear()
        rows: list[_Word] = list(map(tuple, given.tolist()))
        new = [row for row in dict.fromkeys(rows) if row not in known]
        if new:
            self._learn(new)
        found = [known[row] for row in rows]
        if any(opens for opens, _ in found):
            return None
        return np.array([row for _, row in found], dtype=np.uint64).reshape(-1, len(FOLLOWS))

    def apply(self, doc: Doc) -> None:
        """Let the rules themselves go over a paragraph that has its tags and its parse."""
        self._ruler(doc)
        self._lemmatizer(doc)

    def _learn(self, rows: Sequence[_Word]) -> None:
        strings = self._vocab.strings
        any_word = strings.add(_ANY)
        asked = [
            (tag, orth if self._named.fullmatch(strings[orth].lower()) else any_word, dep)
            for tag, orth, dep in rows
        ]
        new = [word for word in dict.fromkeys(asked) if word not in self._ruled]
        if new:
            self._ask_ruler(new)
        ruled = [self._ruled[word] for word in asked]
        doc = Doc(self._vocab, words=[strings[orth] for _, orth, _ in rows])
        _write(doc, FOLLOWS, [answer for _, answer in ruled])
        self._lemmatizer(doc)
        for row, (opens, _), answer in zip(rows, ruled, _read(doc), strict=True):
            self._known[row] = (opens, answer)

    def _ask_ruler(self, rows: Sequence[_Word]) -> None:
        """Let the first rules go over words side by side, each kept apart from the next."""
        strings = self._vocab.strings
        words = [word for _, orth, _ in rows for word in (strings[orth], _APART)]
        doc = Doc(self._vocab, words=words)
        comma = [strings[_APART], 0]
        _write(doc, ["TAG", "DEP"], [told for tag, _, dep in rows for told in ([tag, dep], comma)])
        openers = {start for _, start, _ in self._openers(doc)}
        self._ruler(doc)
        for number, (row, answer) in enumerate(zip(rows, _read(doc)[::2], strict=True)):
            self._ruled[row] = (2 * number in openers, answer)


def _write(doc: Doc, columns: list[int | str], rows: _Answers) -> None:
    told: Any = np.array(rows, dtype=np.uint64)  # the stub lacks uint64
    doc.from_array(columns, told)


def _read(doc: Doc) -> _Answers:
    answers: _Answers = doc.to_array(FOLLOWS).tolist()
    return answers


def _named_by(ruler: AttributeRuler) -> re.Pattern[str]:
    """Return what fits the words that rules name, in small letters, and spaces, which they know."""
    rules: Any = ruler.patterns  # the stub lacks the lists in them
    tokens = [token for rule in rules for pattern in rule["patterns"] for token in pattern]
    forms = {form for token in tokens for form in _forms(token)}
    return re.compile("|".join([r"\s+", *sorted(forms)]))


def _forms(token: Any) -> Iterator[str]:  # noqa: ANN401 - as spaCy keeps its patterns
    """Yield expressions for the words that a token of a pattern names."""
    told = token.get("LOWER", {"IN": []})
    if isinstance(told, str):
        yield re.escape(told)
    else:
        yield from map(re.escape, told.get("IN", ()))
        if "REGEX" in told:
            yield told["REGEX"]
