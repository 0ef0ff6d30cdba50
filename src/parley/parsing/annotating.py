"""Tags, heads and names of paragraphs: what the pinned model says, without its detours.

The same model, the same answers (a test compares them): its layers are run over all
paragraphs at once (words.py), names are sought all at once (entities.py), and a paragraph
that was seen before, word for word, is not looked at again.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import DependencyParser
from spacy.tokens import Doc
from thinc.api import NumpyOps

from parley.parsing.entities import Entities, Marked
from parley.parsing.kept import Kept
from parley.parsing.tables import Table
from parley.parsing.threads import one_thread
from parley.parsing.words import Encoder, Floats, Words

# Words that are looked at in one go: more gain nothing, and cost memory.
_WORDS_AT_ONCE = 3000
_TABLES_AT_HAND = 4000
# What multiplies matrices for the model's parser: numpy, on one thread, as for the other layers.
_OPS = NumpyOps(use_blis=False)


class Annotator:
    """The statistical parts of a pipeline; `kept` is the folder of what it said before."""

    def __init__(self, nlp: Language, *, kept: Path | None = None) -> None:
        tok2vec: Any = nlp.get_pipe("tok2vec")
        tagger: Any = nlp.get_pipe("tagger")
        parser: Any = nlp.get_pipe("parser")
        self._parser: DependencyParser = parser
        for layer in parser.model.walk():
            layer.ops = _OPS
        recogniser: Any = nlp.get_pipe("ner")
        self._entities = Entities(recogniser)
        self._encoders = (
            Encoder(tok2vec.model),
            Encoder(recogniser.model.get_ref("tok2vec").layers[0]),
        )
        self._words = Words(self._encoders, nlp.vocab)
        last = tagger.model.layers[-1].layers[0]
        self._tagger = np.ascontiguousarray(last.get_param("W").T), last.get_param("b")
        strings = nlp.vocab.strings
        self._tags = np.array([strings[tag] for tag in tagger.labels], dtype=np.uint64)
        self._tables: OrderedDict[bytes, Table] = OrderedDict()
        names = [*self._tags.tolist(), *(strings[name] for name in _names_of(parser, recogniser))]
        self._kept = Kept(kept, names) if kept is not None else None

    def close(self) -> None:
        """Write what waits to be kept."""
        if self._kept is not None:
            self._kept.flush()

    def annotate(self, docs: Sequence[Doc]) -> list[Table]:
        """Return the table of each paragraph; its known names are marked, and stand."""
        keys = [_key(doc) for doc in docs]
        found: dict[bytes, Table] = {}
        new: dict[bytes, Doc] = {}
        for key, doc in zip(keys, docs, strict=True):
            if key in self._tables:
                self._tables.move_to_end(key)
                found[key] = self._tables[key]
            else:
                new.setdefault(key, doc)
        if self._kept is not None and new:
            for key, table in self._kept.find(list(new)).items():
                if len(table) == len(new[key]):
                    found[key] = self._tables[key] = table
                    del new[key]
        for some in _batches(list(new.items())):
            with one_thread():
                tables = self._look_at([doc for _, doc in some])
            for (key, _), table in zip(some, tables, strict=True):
                found[key] = self._tables[key] = table
                if self._kept is not None:
                    self._kept.keep(key, table)
        while len(self._tables) > _TABLES_AT_HAND:
            self._tables.popitem(last=False)
        return [found[key] for key in keys]

    def _look_at(self, docs: Sequence[Doc]) -> list[Table]:
        """Return the tables of paragraphs that are no one's but this class's to change."""
        lengths = [len(doc) for doc in docs]
        cuts = np.cumsum(lengths)[:-1]
        plain, of_names = self._words.vectors(docs)
        vectors = self._encoders[0].encode(plain, lengths)
        scores: Floats = vectors @ self._tagger[0] + self._tagger[1]
        for doc, tensor in zip(docs, np.split(vectors, cuts), strict=True):
            doc.tensor = tensor  # type: ignore[assignment] # where the model's parser looks
        self._parser.set_annotations(docs, self._parser.predict(docs))
        for doc in docs:
            doc.tensor = np.zeros(0)
        columns: list[int | str] = ["HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "SENT_START", "IS_SPACE"]
        parsed = np.concatenate([doc.to_array(columns) for doc in docs])
        marked = Marked(
            iob=parsed[:, 2].astype(np.uint8),
            type=parsed[:, 3],
            opens=parsed[:, 4] == 1,
            space=parsed[:, 5] == 1,
            left=np.concatenate([np.arange(length, 0, -1) for length in lengths]),
        )
        iob, types = self._entities.find(self._encoders[1].encode(of_names, lengths), marked)
        tags = self._tags[scores.argmax(axis=1)]
        table = np.column_stack([tags, parsed[:, 0], parsed[:, 1], iob, types]).astype(np.uint64)
        # Copies: a part would hold the whole of a batch in memory.
        parts = [part.copy() for part in np.split(table, cuts)]
        for part in parts:
            part.flags.writeable = False
        return parts


def _names_of(parser: DependencyParser, recogniser: Any) -> set[str]:  # noqa: ANN401
    """Return all the parts of a sentence and types of names that there are."""
    return {*parser.labels, *recogniser.labels, "ROOT", "dep"}


def _key(doc: Doc) -> bytes:
    """Return what stands for a paragraph's words and its marked names."""
    told = doc.to_array(["ORTH", "NORM", "SPACY", "ENT_IOB", "ENT_TYPE"])
    return hashlib.blake2b(told.tobytes(), digest_size=16).digest()


def _batches(docs: Sequence[tuple[bytes, Doc]]) -> Iterator[list[tuple[bytes, Doc]]]:
    batch: list[tuple[bytes, Doc]] = []
    words = 0
    for item in docs:
        if batch and words + len(item[1]) > _WORDS_AT_ONCE:
            yield batch
            batch, words = [], 0
        batch.append(item)
        words += len(item[1])
    if batch:
        yield batch
