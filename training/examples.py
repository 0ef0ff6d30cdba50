"""Paragraphs with their labels as the arrays that the network is fitted to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from spacy.tokens import Doc

from parley.learnt.decisions import SLOTS, STATUSES, TYPES
from parley.learnt.features import Features, see
from parley.learnt.network import PADDING
from parley.learnt.ways import PATHS, Ways, numbers_of
from parley.parsing.layout import lay_out
from training.gold import Gold


class Example(Struct, frozen=True):
    """One paragraph: of each row whether it is a trigger; of each trigger (by its row) the rest.

    `pairs` are rows of trigger and filler, `ways` what `paths` says of them, `slots` answers.
    """

    doc: Doc
    events: NDArray[np.int64]
    triggers: NDArray[np.int64]
    types: NDArray[np.int64]
    statuses: NDArray[np.int64]
    backgrounds: NDArray[np.int64]
    pairs: NDArray[np.int64]
    ways: NDArray[np.uint64]
    slots: NDArray[np.int64]
    features: Features


def example_of(gold: Gold) -> Example:
    """Return a paragraph's example; its rows count from nought, without padding."""
    doc = gold.doc
    features = see([doc], [gold.hints], padding=0)
    row = features.rows[0]
    events = np.zeros(len(features.heads), dtype=int)
    triggers, types, statuses, backgrounds = [], [], [], []
    pairs: list[tuple[int, int]] = []
    slots: list[int] = []
    ways, between = [np.zeros((0, len(PATHS)), dtype="uint64")], Ways(lay_out(doc))
    for event in gold.events:
        at = int(row[event.trigger.i])
        events[at] = 1
        triggers.append(at)
        types.append(TYPES.index(event.label.type))
        statuses.append(STATUSES.index(event.label.status))
        backgrounds.append(int(event.label.background))
        told = {int(row[token.i]): kind for kind, token in event.slots}
        words = between.fillers(event.trigger.i)
        for word in words:
            pairs.append((at, int(row[word])))
            slots.append(SLOTS.index(told.get(int(row[word]), "")))
        hint = gold.hints.get(event.trigger.i)
        ways.append(numbers_of(between.between(event.trigger.i, words, hint)))
    return Example(
        doc=doc,
        events=events,
        triggers=np.array(triggers, dtype=int),
        types=np.array(types, dtype=int),
        statuses=np.array(statuses, dtype=int),
        backgrounds=np.array(backgrounds, dtype=int),
        pairs=np.array(pairs, dtype=int).reshape(-1, 2),
        ways=np.concatenate(ways),
        slots=np.array(slots, dtype=int),
        features=features,
    )


class Batch(Struct, frozen=True):
    """Some examples laid end to end, padded; rows count over the whole."""

    features: Features
    words: NDArray[np.int64]
    events: NDArray[np.int64]
    triggers: NDArray[np.int64]
    types: NDArray[np.int64]
    statuses: NDArray[np.int64]
    backgrounds: NDArray[np.int64]
    pairs: NDArray[np.int64]
    ways: NDArray[np.uint64]
    slots: NDArray[np.int64]


def batch_of(examples: Sequence[Example]) -> Batch:
    """Return examples as one batch."""
    pad = PADDING
    ids, vectors, heads, starts = [], [], [], []
    at = 0
    width = examples[0].features.ids.shape[1]
    empty = np.zeros((pad, width), dtype="uint64")
    none = np.zeros((pad, examples[0].features.vectors.shape[1]), dtype="float32")
    for example in examples:
        count = len(example.events)
        ids += [empty, example.features.ids]
        vectors += [none, example.features.vectors]
        heads += [np.arange(pad) + at, example.features.heads + at + pad]
        starts.append(at + pad)
        at += pad + count
    ids.append(empty)
    vectors.append(none)
    heads.append(np.arange(pad) + at)
    return Batch(
        features=Features(
            ids=np.concatenate(ids),
            vectors=np.concatenate(vectors),
            heads=np.concatenate(heads),
            rows=(),
        ),
        words=np.concatenate(
            [np.arange(len(e.events)) + s for e, s in zip(examples, starts, strict=True)]
        ),
        events=np.concatenate([e.events for e in examples]),
        types=np.concatenate([e.types for e in examples]),
        triggers=np.concatenate([e.triggers + s for e, s in zip(examples, starts, strict=True)]),
        statuses=np.concatenate([e.statuses for e in examples]),
        backgrounds=np.concatenate([e.backgrounds for e in examples]),
        pairs=np.concatenate([e.pairs + s for e, s in zip(examples, starts, strict=True)]),
        ways=np.concatenate([e.ways for e in examples]),
        slots=np.concatenate([e.slots for e in examples]),
    )
