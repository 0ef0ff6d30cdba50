"""The known names of a report, marked before a model guesses at names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token

from parley.parsing.standins import owner_of_name

_WORD = re.compile(r"[^\W_]+")
# Words that open a sentence, and are capitals for that only, follow these.
_ENDS = frozenset({".", "?", "!", ":", "“", '"'})


class _Name(NamedTuple):
    text: str
    label: str
    id: str
    when: str


class Marker:
    """Marks names as entities of paragraphs; longer names go before shorter ones.

    `names` are as `Parser` takes them.
    """

    def __init__(self, nlp: Language, names: Iterable[Mapping[str, str]]) -> None:
        self._nlp = nlp
        self._senses: dict[int, tuple[str, str]] = {}
        self._sure = PhraseMatcher(nlp.vocab)
        self._told = PhraseMatcher(nlp.vocab)
        # Names that no text can have told yet, by their longest word, which is mostly the rarest:
        # most never are, and it takes longer to cut them into words than to load the model.
        self._waiting: dict[str, list[_Name]] = {}
        for name in names:
            told = _Name(name["pattern"], name["label"], name.get("id", ""), name.get("when", ""))
            word = told.text if told.text.isalpha() else _longest_word(told.text)
            self._waiting.setdefault(word, []).append(told)
        self._await(self._waiting.pop("", ()))

    def mark(self, docs: Sequence[Doc], text: str) -> None:
        """Mark the names of one report's paragraphs; `text` has the words of all of them."""
        words = set(_WORD.findall(text))
        for word in sorted(words & self._waiting.keys()):
            self._await(self._waiting.pop(word))
        for doc in docs:
            doc.set_ents(self._find(self._sure, doc), default="missing")
        if not len(self._told):
            return
        owners = {owner_of_name(ent) for doc in docs for ent in doc.ents} - {""}
        for doc in docs:
            told = self._find(self._told, doc)
            if told:
                more = list(_told_besides(told, doc, owners))
                doc.set_ents([*doc.ents, *more], default="missing")

    def _await(self, names: Iterable[_Name]) -> None:
        """Look for names from here on."""
        spelt: dict[tuple[str, str, str], list[Doc]] = {}
        for name in names:
            sense = (name.label, name.id, name.when)
            spelt.setdefault(sense, []).append(self._nlp.make_doc(name.text))
        for (label, id_, when), docs in spelt.items():
            key = f"{label} {id_} {when}"
            self._senses[self._nlp.vocab.strings.add(key)] = (label, id_)
            (self._told if when == "told" else self._sure).add(key, docs)

    def _find(self, matcher: PhraseMatcher, doc: Doc) -> list[Span]:
        found: list[Span] = []
        taken: set[int] = set()
        for key, first, last in sorted(
            matcher(doc), key=lambda match: (match[1] - match[2], match)
        ):
            if taken.isdisjoint(range(first, last)):
                taken.update(range(first, last))
                label, id_ = self._senses[key]
                found.append(Span(doc, first, last, label=label, span_id=id_))
        return found


def _longest_word(name: str) -> str:
    return max(_WORD.findall(name), key=len, default="")


def _told_besides(names: Iterable[Span], doc: Doc, owners: Collection[str]) -> Iterator[Span]:
    """Yield those names that others bear too and whose owner the report tells of besides.

    A word of a longer name ("Michael Jordan", "Lima Group") is none.
    """
    taken = {i for name in doc.ents for i in range(name.start, name.end)}
    for name in names:
        if owner_of_name(name) not in owners or not taken.isdisjoint(range(name.start, name.end)):
            continue
        beside = [doc[i] for i in (name.start - 1, name.end) if 0 <= i < len(doc)]
        if not any(token.i not in taken and _is_name(token) for token in beside):
            yield name


def _is_name(token: Token) -> bool:
    opens = token.i == 0 or token.nbor(-1).text in _ENDS
    capital = token.text[:1].isupper() and token.text[:1].isalpha()
    return capital and not (opens and token.is_stop)
