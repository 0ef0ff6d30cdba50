"""What the network sees of a parse: numbers for words, tags and places in the tree.

In: parsed paragraphs.  Out: `Features`, a row a word.  A name (of a state, a people, a
person, a body, a place) is one row however many words it has, and is seen by its kind
only: who does a thing must not decide what was done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc, Token

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
    "NORM", "LEMMA", "SUFFIX", "SHAPE", "TAG", "DEP", "ENT_TYPE", "HEAD", "ENT_IOB",
]  # fmt: skip
VECTOR_WIDTH = 300


class Features(Struct, frozen=True):
    """Some paragraphs as the network sees them.

    `ids` has a row a word and a column for each of `COLUMNS`, `vectors` the words' vectors,
    `heads` the row of each word's head (its own for a root).  `rows` tells for each
    paragraph the row of each of its tokens: a name's tokens share one.
    """

    ids: Ids
    vectors: Vectors
    heads: Rows
    rows: tuple[Rows, ...]


class Hint(Struct, frozen=True):
    """What the rules say of one trigger, as the network is told of it.

    `kind` is their type and how they came to it, `ruling` their status; `slots` the role that
    they give to each argument, by its token's index.
    """

    kind: str
    ruling: str
    slots: Mapping[int, str] = {}


Hints = Mapping[int, Hint]


def see(docs: Sequence[Doc], hints: Sequence[Hints], *, padding: int) -> Features:
    """Return the features of paragraphs, `padding` empty rows before, between and behind them.

    `hints` has for each paragraph the rules' triggers by their token's index.
    """
    ids: list[Ids] = [_nothing(padding)]
    words: list[Ids] = [np.zeros(padding, dtype="uint64")]
    heads: list[Rows] = [np.arange(padding)]
    rows: list[Rows] = []
    at = padding
    for doc, told in zip(docs, hints, strict=True):
        table, keys, above, own = _of(doc, told)
        ids += [table, _nothing(padding)]
        words += [keys, np.zeros(padding, dtype="uint64")]
        heads += [above + at, np.arange(padding) + at + len(above)]
        rows.append(own + at)
        at += len(above) + padding
    vocab = docs[0].vocab if docs else None
    keys = np.concatenate(words)
    vectors = np.zeros((len(keys), VECTOR_WIDTH), dtype="float32")
    if vocab is not None and vocab.vectors_length == VECTOR_WIDTH:
        found = vocab.vectors.find(keys=keys)
        known = (found >= 0) & (keys != 0)
        vectors[known] = vocab.vectors.data[found[known]]
    return Features(
        ids=np.concatenate(ids), vectors=vectors, heads=np.concatenate(heads), rows=tuple(rows)
    )


def _nothing(padding: int) -> Ids:
    return np.zeros((padding, len(COLUMNS)), dtype="uint64")


def _of(doc: Doc, hints: Hints) -> tuple[Ids, Ids, Rows, Rows]:
    """Return a paragraph's ids, the words to look vectors up for, heads, and rows of tokens."""
    count = len(doc)
    if not count:
        return _nothing(0), np.zeros(0, dtype="uint64"), np.zeros(0, dtype=int), np.zeros(0, int)
    told = cast(Ids, doc.to_array(_ATTRIBUTES))
    norm, lemma, suffix, shape, tag, dep, entity, head, iob = (told[:, i].copy() for i in range(9))
    heads = np.arange(count) + head.astype(np.int64)
    keys = np.array([token.orth for token in doc], dtype="uint64")
    for kinds, mask_shape in ((NAMES, True), (_FIGURES, False)):
        masked = np.isin(entity, [hash_string(kind) for kind in kinds])
        seen = shape if not mask_shape else entity
        for column in (norm, lemma, suffix):
            column[masked] = seen[masked]
        if mask_shape:
            shape[masked] = 0
            tag[masked] = entity[masked]
        keys[masked] = 0
    named = np.isin(entity, [hash_string(kind) for kind in NAMES])
    last = np.ones(count, dtype=bool)
    last[:-1] = ~(named[:-1] & (iob[1:] == 1) & (entity[1:] == entity[:-1]))
    kept = np.flatnonzero(last)
    row = np.searchsorted(kept, np.arange(count))
    outside = _heads_of_names(heads, row, kept)
    upper = outside[outside]
    modifiers, setting = _modifiers(doc, dep), _setting(doc)
    rule, ruling = np.zeros(count, dtype="uint64"), np.zeros(count, dtype="uint64")
    for i, hint in hints.items():
        at = kept[row[i]]
        rule[at], ruling[at] = hash_string(hint.kind), hash_string(hint.ruling)
    columns = (
        norm[kept], lemma[kept], suffix[kept], shape[kept], tag[kept],
        dep[_roots(heads, row, kept)], entity[kept], modifiers[kept],
        lemma[kept][outside] * np.uint64(31) + dep[kept][outside],
        lemma[kept][upper], setting[kept], rule[kept], ruling[kept],
    )  # fmt: skip
    return np.stack(columns, axis=1), keys[kept], outside, row


def _roots(heads: Rows, row: Rows, kept: Rows) -> Rows:
    """Return for each row the token that hangs outside of it: the head of a name's words."""
    roots = kept.copy()
    leaving = np.flatnonzero(row[heads] != row)
    roots[row[leaving]] = leaving
    return roots


def _heads_of_names(heads: Rows, row: Rows, kept: Rows) -> Rows:
    result: Rows = row[heads[_roots(heads, row, kept)]]
    return result


def _modifiers(doc: Doc, dep: Ids) -> Ids:
    """Return a number for the small words that hang on each word, in their order."""
    bundle = np.zeros(len(doc), dtype="uint64")
    wanted = np.isin(dep, [hash_string(name) for name in _MODIFYING])
    for i in np.flatnonzero(wanted):
        token = doc[int(i)]
        mixed = (int(bundle[token.head.i]) * 1000003 + token.lower) % (1 << 64)
        bundle[token.head.i] = mixed
    return bundle


def _setting(doc: Doc) -> Ids:
    """Return a number for how each word stands: inside quotation marks, in a question."""
    quoted, inside = np.zeros(len(doc), dtype="uint64"), 0
    for token in doc:
        if token.text in _QUOTES:
            inside ^= 1
        quoted[token.i] = inside
    for sentence in doc.sents:
        asked = any(token.text == "?" for token in sentence)
        quoted[sentence.start : sentence.end] += np.uint64(2 * asked + 4)
    return quoted


# What can fill a slot of a trigger, by its part of speech.
_FILLERS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_LONGEST_PATH = 7


def fillers(trigger: Token) -> list[Token]:
    """Return the words of a trigger's sentence that may fill one of its slots."""
    return [
        token
        for token in trigger.sent
        if token.i != trigger.i
        and (token.pos_ in _FILLERS or token.ent_type_ in NAMES)
        and not (
            token.ent_type_ in NAMES
            and token.i + 1 < len(token.doc)
            and token.nbor().ent_iob_ == "I"
        )
    ]


PATHS: tuple[tuple[str, int], ...] = (
    ("path", 6000),
    ("slot", 1500),
    ("place", 100),
    ("rule", 200),
)


def paths(trigger: Token, words: Sequence[Token], hint: Hint | None) -> Ids:
    """Return a row for each word: its way to the trigger, how it hangs, how far, the rules' role.

    `hint` is what the rules say of the trigger, None where they see none.
    """
    ruled = hint.slots if hint is not None else {}
    up = _upwards(trigger)
    depth = {token.i: at for at, token in enumerate(up)}
    rows = []
    for word in words:
        way = _upwards(word)
        met = next((at for at, token in enumerate(way) if token.i in depth), None)
        if met is None:
            rows.append((1, 1, 1, _role(word, hint, ruled)))
            continue
        mine = [_step(token) for token in way[:met]]
        theirs = [token.dep_ for token in up[: depth[way[met].i]]]
        path = (
            "far"
            if len(mine) + len(theirs) > _LONGEST_PATH
            else "<".join(mine) + "^" + ">".join(theirs)
        )
        slot = f"{mine[0] if mine else ''}|{word.ent_type_}|{len(theirs)}"
        distance = min(abs(word.i - trigger.i), 12)
        side = f"{'left' if word.i < trigger.i else 'right'} {distance // 3} {trigger.pos_}"
        rows.append(
            (hash_string(path), hash_string(slot), hash_string(side), _role(word, hint, ruled))
        )
    return np.array(rows, dtype="uint64").reshape(len(words), len(PATHS))


def _role(word: Token, hint: Hint | None, ruled: Mapping[int, str]) -> int:
    return hash_string(ruled.get(word.i, "none")) if hint is not None else 1


def _upwards(token: Token) -> list[Token]:
    way = [token]
    while token.head.i != token.i and len(way) < 12:
        token = token.head
        way.append(token)
    return way


def _step(token: Token) -> str:
    return f"{token.dep_}:{token.lower_}" if token.dep_ in ("prep", "agent") else token.dep_
