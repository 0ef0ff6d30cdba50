"""Contexts: what an event is about, in PLOVER's terms, from the words of its clause.

The words of each context are in `data/contexts.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from parley.coding.lexicon import read_toml


@cache
def _contexts() -> dict[str, str]:
    table = read_toml(files("parley.coding") / "data" / "contexts.toml")
    return {word: context for context, words in table.items() for word in words}


def find_contexts(lemmas: Iterable[str]) -> tuple[str, ...]:
    """Return the contexts that a clause's lemmas name, sorted."""
    known = _contexts()
    return tuple(sorted({known[lemma] for lemma in lemmas if lemma in known}))
