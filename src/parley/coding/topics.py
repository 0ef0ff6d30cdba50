"""Topics: what a provision is about, by its words, in the manner of PA-X's groups of topics.

In: the lemmas of a provision.  Out: names of topics, in the order of `data/provisions.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from parley.coding.words import provision_words


def find_topics(lemmas: Iterable[str]) -> tuple[str, ...]:
    """Return every topic that one of the words names."""
    named = {topic for lemma in lemmas for topic in _topics_of(lemma.lower())}
    return tuple(topic for topic in provision_words().topics if topic in named)


@cache
def _by_word() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the topics of whole words, and of the beginnings of words."""
    whole: dict[str, set[str]] = {}
    begun: dict[str, set[str]] = {}
    for topic, words in provision_words().topics.items():
        for word in words:
            table = begun if word.endswith("*") else whole
            table.setdefault(word.rstrip("*"), set()).add(topic)
    return whole, begun


def _topics_of(word: str) -> set[str]:
    whole, begun = _by_word()
    found = set(whole.get(word, ()))
    for size in range(3, len(word) + 1):
        found |= begun.get(word[:size], set())
    return found
