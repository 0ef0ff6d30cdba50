"""Figures of speech: words that sound like a deed and tell none.

In: a trigger.  Out: whether its company makes a figure of speech of it ("fighting for his life",
"attacked the proposal", "took her side").  The wordings are in `data/figures.toml`, in the
notation of the frames.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
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

# What is done by force; of other kinds the frames decide alone.
_DEEDS: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT"})


class _File(Struct, forbid_unknown_fields=True):
    verbs: list[str]
    nouns: list[str]


@cache
def load_figures() -> Mapping[str, Sequence[Pattern]]:
    """Return the figures by the last of their words.  Raises DataError."""
    path = files("parley.coding") / "data" / "figures.toml"
    try:
        table = msgspec.convert(read_toml(path), _File)
    except msgspec.ValidationError as error:
        raise DataError(f"{path.name}: {error}; its head tells the form") from error
    found: dict[str, list[Pattern]] = defaultdict(list)
    worded: list[tuple[WordPos, list[str]]] = [("verb", table.verbs), ("noun", table.nouns)]
    for pos, texts in worded:
        for text in texts:
            try:
                pattern = parse_pattern(text, pos=pos)
            except ValueError as error:
                raise DataError(f"{path.name}: {text!r}: {error}") from error
            found[pattern.words[-1]].append(pattern)
    return found


def is_figure(trigger: Trigger, *, lexicon: Lexicon, refers: Refers) -> bool:
    """Tell whether a trigger of a deed is a figure of speech."""
    head = trigger.head
    if trigger.frame.type not in _DEEDS:
        return False
    for pattern in load_figures().get(lemma_of(head), ()):
        first = head.i - len(pattern.words) + 1
        if first < 0 or head_of_match(pattern, head.doc[first]) != head:
            continue
        if matches(pattern, head, classes=lexicon.classes, refers=refers):
            return True
    return False
