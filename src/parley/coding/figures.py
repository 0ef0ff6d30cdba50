"""Figures of speech: words that sound like a happening and tell none.

In: a trigger.  Out: whether its company makes a figure of speech of it ("fighting for his life",
"attacked the proposal", "took her side"), or another thing ("a press conference").  The wordings
are in `data/figures.toml`, in the notation of the frames.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from parley.coding.lexicon import Lexicon, read_toml
from parley.coding.patterns import (
    Pattern,
    Refers,
    WordPos,
    head_of_match,
    lemma_of,
    matches,
    parse_pattern,
)
from parley.coding.triggers import Trigger
from parley.errors import DataError
from parley.model import EventType

# What is done by force, given, talked, and what is only said; of others the frames decide alone.
_KINDS: Mapping[str, Sequence[EventType]] = {
    "deeds": ("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT", "CONCEDE"),
    "gifts": ("AID", "COOPERATE"),
    "talks": ("CONSULT",),
    "words": ("REQUEST", "REJECT", "THREATEN", "AGREE", "ACCUSE", "SUPPORT"),
}


class _Wordings(Struct, forbid_unknown_fields=True):
    verbs: list[str]
    nouns: list[str]


class _File(Struct, forbid_unknown_fields=True):
    deeds: _Wordings
    gifts: _Wordings
    talks: _Wordings
    words: _Wordings


@cache
def load_figures() -> Mapping[tuple[EventType, str], Sequence[Pattern]]:
    """Return the figures by the type that they are none of and the last of their words.

    Raises DataError.
    """
    path = files("parley.coding") / "data" / "figures.toml"
    try:
        table = msgspec.convert(read_toml(path), _File)
    except msgspec.ValidationError as error:
        raise DataError(f"{path.name}: {error}; its head tells the form") from error
    found: dict[tuple[EventType, str], list[Pattern]] = defaultdict(list)
    for kind, types in _KINDS.items():
        for pattern in _patterns(getattr(table, kind), path.name):
            for type_ in types:
                found[type_, pattern.words[-1]].append(pattern)
    return found


def _patterns(wordings: _Wordings, file: str) -> Iterator[Pattern]:
    worded: list[tuple[WordPos, list[str]]] = [("verb", wordings.verbs), ("noun", wordings.nouns)]
    for pos, texts in worded:
        for text in texts:
            try:
                yield parse_pattern(text, pos=pos)
            except ValueError as error:
                raise DataError(f"{file}: {text!r}: {error}") from error


def is_figure(trigger: Trigger, *, lexicon: Lexicon, refers: Refers) -> bool:
    """Tell whether a trigger is a figure of speech for a happening of its type."""
    head = trigger.head
    for pattern in load_figures().get((trigger.frame.type, lemma_of(head)), ()):
        first = head.i - len(pattern.words) + 1
        if first < 0 or head_of_match(pattern, head.doc[first]) != head:
            continue
        if matches(pattern, head, classes=lexicon.classes, refers=refers):
            return True
    return False
