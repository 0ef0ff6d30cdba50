"""What a word is by its tag, its own form and its part in the sentence: kind, form, lemma.

The model's rules for that ("attribute_ruler", "lemmatizer") look at one word or at two:
what they make of a word, or of words of which they may take each with the next, is asked
once and kept.  Most rules name no word and go by the tag and the part alone, so one word is
asked for all of the same tag and part that no rule names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
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
_POS, _MORPH, _LEMMA = 2, 3, 4
_MOST = 200_000
# Words that no rule names: one is asked for all others, one (its own tag) keeps two apart.
_ANY, _APART = "xx", ","

_Word = tuple[int, int, int]
_Answers = list[list[int]]


class Wording:
    """The rules of a pipeline for words, their answers kept."""

    def __init__(self, nlp: Language) -> None:
        self._vocab = nlp.vocab
        ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
        assert isinstance(ruler, AttributeRuler)
        assert isinstance(lemmatizer, Lemmatizer)
        self._ruler, self._lemmatizer = ruler, lemmatizer
        self._openers = Matcher(nlp.vocab, validate=False)
        patterns = _patterns(ruler)
        assert max(map(len, patterns)) == 2, "what a rule says hangs on the next word at most"
        self._openers.add("opens", [pattern[:1] for pattern in patterns if len(pattern) > 1])
        self._named = _named_by(patterns)
        self._ruled: dict[_Word, tuple[bool, list[int]]] = {}
        self._known: dict[_Word, tuple[bool, list[int]]] = {}
        # By the word, its kind and its form.
        self._lemmas: dict[_Word, int] = {}
        self._runs: dict[tuple[_Word, ...], _Answers] = {}

    def follow(self, given: Sequence[NDArray[np.uint64]]) -> list[NDArray[np.uint64]]:
        """Return `FOLLOWS` for the words of paragraphs, by their `GIVEN`; a row a word."""
        known = self._known
        if len(known) > _MOST:
            known.clear()
            self._runs.clear()
            self._lemmas.clear()
        words: list[list[_Word]] = [list(map(tuple, rows.tolist())) for rows in given]
        new = [word for word in dict.fromkeys(chain.from_iterable(words)) if word not in known]
        if new:
            self._learn(new)
        return [self._answers(rows) for rows in words]

    def _answers(self, rows: Sequence[_Word]) -> NDArray[np.uint64]:
        """Return the answers for the words of a paragraph, which are known."""
        known = self._known
        told = [known[row] for row in rows]
        answers = [answer for _, answer in told]
        for start, end in _runs([opens for opens, _ in told]):
            answers[start:end] = self._in_a_run(tuple(rows[start:end]))
        return np.array(answers, dtype=np.uint64).reshape(-1, len(FOLLOWS))

    def _in_a_run(self, rows: tuple[_Word, ...]) -> _Answers:
        """Return the answers for words of which rules may take each with the next."""
        found = self._runs.get(rows)
        if found is None:
            strings = self._vocab.strings
            doc = Doc(self._vocab, words=[strings[orth] for _, orth, _ in rows])
            _write(doc, ["TAG", "DEP"], [[tag, dep] for tag, _, dep in rows])
            self._ruler(doc)
            self._lemmatizer(doc)
            found = self._runs[rows] = _read(doc)
        return found

    def _learn(self, rows: Sequence[_Word]) -> None:
        """Ask the rules for words by themselves."""
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
        lacking = dict.fromkeys(
            (orth, answer[_POS], answer[_MORPH])
            for (_, orth, _), (_, answer) in zip(rows, ruled, strict=True)
            if not answer[_LEMMA]
        )
        self._ask_lemmatizer([word for word in lacking if word not in self._lemmas])
        for row, (opens, answer) in zip(rows, ruled, strict=True):
            lemma = answer[_LEMMA] or self._lemmas[row[1], answer[_POS], answer[_MORPH]]
            self._known[row] = (opens, [*answer[:_LEMMA], lemma])

    def _ask_lemmatizer(self, words: Sequence[_Word]) -> None:
        """Find the lemmas of words of some kinds and forms."""
        if not words:
            return
        doc = Doc(self._vocab, words=[self._vocab.strings[orth] for orth, _, _ in words])
        _write(doc, ["POS", "MORPH"], [[kind, form] for _, kind, form in words])
        self._lemmatizer(doc)
        self._lemmas.update(zip(words, doc.to_array("LEMMA").tolist(), strict=True))

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


def _runs(opens: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the stretches, of two words at least, in which each word but the last one opens."""
    start = None
    for i, opening in enumerate([*opens, False]):
        if opening and start is None:
            start = i
        elif not opening and start is not None:
            end = min(i + 1, len(opens))
            if end > start + 1:
                yield start, end
            start = None


def _write(doc: Doc, columns: list[int | str], rows: _Answers) -> None:
    told: Any = np.array(rows, dtype=np.uint64)  # the stub lacks uint64
    doc.from_array(columns, told)


def _read(doc: Doc) -> _Answers:
    answers: _Answers = doc.to_array(FOLLOWS).tolist()
    return answers


def _patterns(ruler: AttributeRuler) -> list[list[Any]]:
    rules: Any = ruler.patterns  # the stub lacks the lists in them
    return [pattern for rule in rules for pattern in rule["patterns"]]


def _named_by(patterns: Sequence[Sequence[Any]]) -> re.Pattern[str]:
    """Return what fits the words that rules name, in small letters, and spaces, which they know."""
    forms = {form for pattern in patterns for token in pattern for form in _forms(token)}
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
