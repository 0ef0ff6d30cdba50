"""What the network sees of a parse: numbers for words, tags and places in the tree.

In: parsed paragraphs.  Out: `Seen`, a row a word.  A name (of a state, a people, a
person, a body, a place) is one row however many words it has, and is seen by its kind
only: who does a thing must not decide what was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from spacy.strings import StringStore, hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc
from spacy.vocab import Vocab

Ids = NDArray[np.uint64]
Rows = NDArray[np.int64]
Vectors = NDArray[np.float32]

# Names of those who act and of places; what they are called is not shown to the network.
NAMES = frozenset({"GPE", "NORP", "PERSON", "ORG", "LOC", "FAC"})
# Figures and dates: their shape is shown, not their words.
_FIGURES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"})
# Words that hang on a verb or noun and turn its meaning: "has", "not", "if", "pulled out".
_MODIFYING = frozenset({"aux", "auxpass", "neg", "mark", "prt", "expl", "det", "preconj"})
_QUOTES = frozenset({'"', "“", "”", "``", "''"})
_QUESTION = "?"
# The columns of `ids`, and how many rows the table of each has.
COLUMNS: tuple[tuple[str, int], ...] = (
    ("norm", 5000),
    ("lemma", 5000),
    ("suffix", 1500),
    ("shape", 500),
    ("tag", 200),
    ("dep", 200),
    ("entity", 100),
    ("modifiers", 2500),
    ("head", 5000),
    ("above", 3000),
    ("setting", 200),
    ("rule", 300),
    ("ruling", 500),
)
_ATTRIBUTES: list[int | str] = [
    "NORM", "LEMMA", "SUFFIX", "SHAPE", "TAG", "DEP", "ENT_TYPE",
    "HEAD", "ENT_IOB", "ORTH", "LOWER", "SENT_START",
]  # fmt: skip
_NORM, _LEMMA, _SUFFIX, _SHAPE, _TAG, _DEP, _ENTITY, _HEAD, _IOB, _ORTH, _LOWER, _START = range(12)
_INSIDE = 1
# Knows, as each vocabulary does, that "GPE" and "aux" have numbers that are no hashes.
_STRINGS = StringStore()
VECTOR_WIDTH = 300


class Hint(Struct, frozen=True):
    """What the rules say of one trigger, as the network is told of it.

    `kind` is their type and how they came to it, `ruling` their status; `slots` the role that
    they give to each argument, by its token's index.
    """

    kind: str
    ruling: str
    slots: Mapping[int, str] = {}


Hints = Mapping[int, Hint]


class Seen(Struct, frozen=True):
    """Some paragraphs as the network sees them.

    `ids` has a row a word and a column for each of `COLUMNS`, `keys` what the word's vector is
    kept by (0 for none), `heads` the row of each word's head (its own for a root).
    `rows` tells for each paragraph the row of each of its tokens: a name's tokens share one.
    """

    ids: Ids
    keys: Ids
    heads: Rows
    rows: tuple[Rows, ...]


class Features(Struct, frozen=True):
    """The same as what a network is fitted to: the `vectors` themselves for their keys."""

    ids: Ids
    vectors: Vectors
    heads: Rows
    rows: tuple[Rows, ...]


def see(docs: Sequence[Doc], hints: Sequence[Hints], *, padding: int) -> Features:
    """Return the features of paragraphs, laid out as by `look`, with the words' vectors."""
    seen = look(docs, hints, padding=padding)
    vectors = np.zeros((len(seen.keys), VECTOR_WIDTH), dtype="float32")
    if docs:
        vectors = vectors_of(seen.keys, docs[0].vocab)
    return Features(ids=seen.ids, vectors=vectors, heads=seen.heads, rows=seen.rows)


def vectors_of(keys: Ids, vocab: Vocab) -> Vectors:
    """Return a row for each key: its vector, zeros for what has none."""
    vectors = np.zeros((len(keys), VECTOR_WIDTH), dtype="float32")
    if vocab.vectors_length == VECTOR_WIDTH:
        found = vocab.vectors.find(keys=keys)
        known = (found >= 0) & (keys != 0)
        vectors[known] = vocab.vectors.data[found[known]]
    return vectors


def look(docs: Sequence[Doc], hints: Sequence[Hints], *, padding: int) -> Seen:
    """Return what is seen of paragraphs, `padding` empty rows before, between and behind them.

    `hints` has for each paragraph the rules' triggers by their token's index.
    """
    lengths = [len(doc) for doc in docs]
    starts = np.cumsum([0, *lengths])
    tokens = int(starts[-1])
    told = np.zeros((tokens, len(_ATTRIBUTES)), dtype="uint64")
    for doc, start, length in zip(docs, starts.tolist(), lengths, strict=False):
        if length:
            told[start : start + length] = doc.to_array(_ATTRIBUTES)
    heads = np.arange(tokens) + told[:, _HEAD].astype(np.int64)
    last = _last_of_names(told, starts)
    kept = np.flatnonzero(last)
    row: Rows = np.cumsum(last) - last
    roots = _roots(heads, row, kept)
    outside: Rows = row[heads[roots]]
    modifiers, setting = _modifiers(told, heads), _setting(told, starts)
    rule, ruling = _rules(hints, starts, kept[row])
    masked, keys = _masked(told)
    norm, lemma, suffix, shape, tag, entity = (column[kept] for column in masked)
    columns = (
        norm, lemma, suffix, shape, tag, told[roots, _DEP], entity, modifiers[kept],
        lemma[outside] * np.uint64(31) + told[kept, _DEP][outside],
        lemma[outside[outside]], setting[kept], rule[kept], ruling[kept],
    )  # fmt: skip
    # Where each row stands once there are empty ones around the paragraphs.
    firsts = np.append(row, len(kept))[starts]
    paragraph = np.repeat(np.arange(len(docs)), np.diff(firsts))
    at = np.arange(len(kept)) + padding * (paragraph + 1)
    size = len(kept) + padding * (len(docs) + 1)
    ids = np.zeros((size, len(COLUMNS)), dtype="uint64")
    ids[at] = np.stack(columns, axis=1)
    all_keys = np.zeros(size, dtype="uint64")
    all_keys[at] = keys[kept]
    all_heads = np.arange(size)
    all_heads[at] = at[outside]
    rows = np.split(at[row], starts[1:-1]) if docs else []
    return Seen(ids=ids, keys=all_keys, heads=all_heads, rows=tuple(rows))


def _numbers(names: Iterable[str]) -> list[int]:
    """Return spaCy's numbers for labels and words: its own small ones for those that it knows."""
    return [_STRINGS.add(name) for name in sorted(names)]


def _last_of_names(told: Ids, starts: Rows) -> NDArray[np.bool_]:
    """Tell of each token whether it is a row: no name, or the last of a name's tokens."""
    entity = told[:, _ENTITY]
    last = np.ones(len(told), dtype=bool)
    named = np.isin(entity[:-1], _numbers(NAMES))
    last[:-1] = ~(named & (told[1:, _IOB] == _INSIDE) & (entity[1:] == entity[:-1]))
    ends = starts[1:]
    last[ends[ends > 0] - 1] = True
    return last


def _masked(told: Ids) -> tuple[list[Ids], Ids]:
    """Return norm, lemma, suffix, shape, tag and kind without what names are called, and keys."""
    norm, lemma, suffix, shape, tag, keys = (
        told[:, column].copy() for column in (_NORM, _LEMMA, _SUFFIX, _SHAPE, _TAG, _ORTH)
    )
    entity = told[:, _ENTITY]
    named, figures = (np.isin(entity, _numbers(kinds)) for kinds in (NAMES, _FIGURES))
    for column in (norm, lemma, suffix):
        column[named], column[figures] = entity[named], shape[figures]
    shape[named], tag[named] = 0, entity[named]
    keys[named | figures] = 0
    return [norm, lemma, suffix, shape, tag, entity], keys


def _roots(heads: Rows, row: Rows, kept: Rows) -> Rows:
    """Return for each row the token that hangs outside of it: the head of a name's words."""
    roots = kept.copy()
    leaving = np.flatnonzero(row[heads] != row)
    roots[row[leaving]] = leaving
    return roots


def _modifiers(told: Ids, heads: Rows) -> Ids:
    """Return a number for the small words that hang on each word, in their order."""
    wanted = np.flatnonzero(np.isin(told[:, _DEP], _numbers(_MODIFYING)))
    bundles: dict[int, int] = {}
    for head, lower in zip(heads[wanted].tolist(), told[wanted, _LOWER].tolist(), strict=True):
        bundles[head] = (bundles.get(head, 0) * 1000003 + lower) % (1 << 64)
    modifiers = np.zeros(len(told), dtype="uint64")
    if bundles:
        modifiers[list(bundles)] = np.array(list(bundles.values()), dtype="uint64")
    return modifiers


def _setting(told: Ids, starts: Rows) -> Ids:
    """Return a number for how each word stands: inside quotation marks, in a question."""
    if not len(told):
        return np.zeros(0, dtype="uint64")
    orth = told[:, _ORTH]
    marks = np.cumsum(np.isin(orth, _numbers(_QUOTES)))
    before = np.append(0, marks)[starts[:-1]]
    quoted = (marks - np.repeat(before, np.diff(starts))) % 2
    begins = told[:, _START] == 1
    begins[starts[starts < len(told)]] = True
    sentences = np.flatnonzero(begins)
    asked = np.logical_or.reduceat(orth == hash_string(_QUESTION), sentences)
    spread = np.repeat(asked, np.diff(np.append(sentences, len(told))))
    setting: Ids = (quoted + 2 * spread + 4).astype("uint64")
    return setting


def _rules(hints: Sequence[Hints], starts: Rows, standing: Rows) -> tuple[Ids, Ids]:
    """Return numbers for what the rules say, at the token that stands for each one's row."""
    rule, ruling = np.zeros((2, len(standing)), dtype="uint64")
    for start, told in zip(starts.tolist(), hints, strict=False):
        for i, hint in told.items():
            at = standing[start + i]
            rule[at], ruling[at] = hash_string(hint.kind), hash_string(hint.ruling)
    return rule, ruling
