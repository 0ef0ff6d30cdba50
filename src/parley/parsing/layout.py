"""A paragraph's words laid out once as plain lists, for who asks of them again and again.

A spaCy token looks each thing up anew when it is asked, and makes its head, its dependents
and its sentence anew as well.  In: a parsed paragraph.  Out: its `Layout`, kept with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, cast

from spacy.strings import StringStore
from spacy.tokens import Doc

_KEPT = "parley.layout"
_COLUMNS: list[int | str] = [
    "HEAD", "SENT_START", "ENT_IOB", "IDX",
    "DEP", "TAG", "POS", "ENT_TYPE", "LOWER", "LEMMA", "ORTH",
]  # fmt: skip
_INSIDE = 1
_WRAP = 1 << 64


class Layout:
    """The words of a paragraph: lists with an item a word, by the word's index.

    `offsets` is where each word begins in the paragraph; `heads` is the index of each word's head
    (its own for a root); `deps`, `tags`, `pos`, `ents` (the kind of the name that it belongs to,
    "" for none), `lowers`, `lemmas` and `texts` are what the token has by that name; `inside`
    says whether it goes on with a name that began before it.
    `below` has the label and the index of each dependent, in order, `labels` the labels of all of
    them, None where there are none; `begins` and `ends` the bounds of the word's sentence (token
    indexes, the end exclusive), `sentences` those of all.  `found` is for what others find of the
    words, under a name of theirs, so that it is found once; where that are tokens, they hold their
    paragraph until somebody lets go of it (`let_go`).
    `of` tells the paragraph that it is of from one that carries along what another one had.
    """

    __slots__ = (
        "begins", "below", "deps", "ends", "ents", "found", "heads", "inside", "labels", "lemmas",
        "lowers", "of", "offsets", "pos", "sentences", "tags", "texts",
    )  # fmt: skip

    def __init__(self, doc: Doc) -> None:
        self.of = id(doc)
        size = len(doc)
        told = doc.to_array(_COLUMNS).reshape(size, len(_COLUMNS)).T.tolist()
        heads, opens, inside, self.offsets, *named = cast("list[list[int]]", told)
        # Heads are told as so many words away, those behind as very large numbers.
        self.heads: list[int] = [
            i + away if away <= size else i + away - _WRAP for i, away in enumerate(heads)
        ]
        self.inside: list[bool] = [how == _INSIDE for how in inside]
        self.deps, self.tags, self.pos, self.ents, self.lowers, self.lemmas, self.texts = (
            _told(column, doc.vocab.strings) for column in named
        )
        starts = [i for i, opened in enumerate(opens) if opened == 1 and i]
        self.sentences: list[tuple[int, int]] = list(pairwise([0, *starts, size])) if size else []
        self.begins: list[int] = []
        self.ends: list[int] = []
        for start, end in self.sentences:
            self.begins += [start] * (end - start)
            self.ends += [end] * (end - start)
        self.found: dict[str, Any] = {}
        self.below: Sequence[list[tuple[str, int]]] = [[] for _ in range(size)]
        self.labels: list[set[str] | None] = [None] * size
        for i, (head, label) in enumerate(zip(self.heads, self.deps, strict=True)):
            if head != i:
                self.below[head].append((label, i))
                labels = self.labels[head]
                if labels is None:
                    self.labels[head] = {label}
                else:
                    labels.add(label)


def lay_out(doc: Doc) -> Layout:
    """Return the layout of a parsed paragraph; it is made once, so the parse must not change."""
    global _last  # noqa: PLW0603 - one word is asked after the other, mostly of one paragraph
    last, layout = _last
    if last is doc and layout is not None:
        return layout
    known: Layout | None = doc.user_data.get(_KEPT)
    if known is None or known.of != id(doc):
        doc.user_data[_KEPT] = known = Layout(doc)
    _last = doc, known
    return known


def let_go(docs: Iterable[Doc]) -> None:
    """Forget the layouts of paragraphs that nobody asks of any more.

    A layout leads back to its paragraph, so that otherwise only Python's search for garbage
    would free the two.
    """
    for doc in docs:
        doc.user_data.pop(_KEPT, None)


_last: tuple[Doc | None, Layout | None] = None, None


# What numbers stand for: spaCy's number for a word is the same in every vocabulary.
_NAMES: dict[int, str] = {0: ""}
_MOST_NAMES = 100_000


def _told(numbers: list[int], strings: StringStore) -> list[str]:
    """Return what numbers stand for."""
    try:
        return list(map(_NAMES.__getitem__, numbers))
    except KeyError:
        if len(_NAMES) > _MOST_NAMES:
            _NAMES.clear()
            _NAMES[0] = ""
        # The new ones alone, which a set finds faster than a loop over all words does.
        _NAMES.update((number, strings[number]) for number in {*numbers}.difference(_NAMES))
        return list(map(_NAMES.__getitem__, numbers))
