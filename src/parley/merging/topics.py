"""Topics: what a claim, a demand, a threat or a protest is over, in neutral nouns.

In: the words of mentions.  Out: names such as "prisoners and captives".  Which words tell
which topic is `data/topics.toml`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import get_args

from msgspec import Struct

from parley.errors import DataError
from parley.merging.rules import read_data, starred
from parley.model import EventType

_WORD = re.compile(r"\w+")


class Topic(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that words are said over; `topics.toml` tells each key's meaning."""

    name: str
    words: tuple[str, ...]
    family: str | None = None
    not_for: frozenset[str] = frozenset()


class _Topics(Struct, frozen=True, forbid_unknown_fields=True):
    topics: tuple[Topic, ...]


@cache
def load_topics() -> tuple[tuple[Topic, re.Pattern[str]], ...]:
    """Return what may be spoken of, with how to find it.  Raises DataError, naming file and key."""
    topics = read_data("topics.toml", _Topics).topics
    known = set(get_args(EventType))
    for topic in topics:
        if not topic.words or topic.not_for - known:
            raise DataError(
                f"parley/merging/data/topics.toml: topics: {topic.name}: wants words, and in "
                "not_for types of event; mend it"
            )
    return tuple((topic, starred(topic.words)) for topic in topics)


def topics_in(texts: Sequence[str], type_: EventType) -> tuple[str, ...]:
    """Return what `texts` about an event of a type speak of, what most of them tell first."""
    topics, times = load_topics(), Counter(place for text in texts for place in _told_in(text))
    told = [place for place in times if type_ not in topics[place][0].not_for]
    return tuple(topics[at][0].name for at in sorted(told, key=lambda at: (-times[at], at)))


@lru_cache(maxsize=1024)
def _told_in(text: str) -> tuple[int, ...]:
    """Return the places of the topics that a text speaks of: several mentions stand in one."""
    # Words are looked up much faster than expressions are sought, and most open no topic's.
    opened = set().union(*map(_opened_by, set(_WORD.findall(text.lower()))))
    topics = load_topics()
    return tuple(at for at in sorted(opened) if topics[at][1].search(text))


@lru_cache(maxsize=4096)
def _opened_by(word: str) -> frozenset[int]:
    """Return the places of the topics of whose words one begins with a word (in small letters)."""
    whole, begun = _openings()
    found = set(whole.get(word, ()))
    for length, beginnings in begun.items():
        found |= beginnings.get(word[:length], frozenset())
    return frozenset(found)


_Places = dict[str, set[int]]


@cache
def _openings() -> tuple[_Places, dict[int, _Places]]:
    """Return the topics by the first words of theirs, whole ones and beginnings, by length."""
    whole: _Places = {}
    begun: dict[int, _Places] = {}
    for at, (topic, _) in enumerate(load_topics()):
        for word in topic.words:
            opening = _WORD.match(word)
            if opening is None:
                raise DataError(
                    f"parley/merging/data/topics.toml: topics: {topic.name}: {word!r} begins with "
                    "no letter; mend it"
                )
            is_begun = word.startswith("*", opening.end())
            known = begun.setdefault(opening.end(), {}) if is_begun else whole
            known.setdefault(opening[0], set()).add(at)
    return whole, begun


def families_in(text: str, type_: EventType) -> frozenset[str]:
    """Return the families of the topics that a text of a type speaks of."""
    names = set(topics_in([text], type_))
    return frozenset(
        topic.family or topic.name for topic, _ in load_topics() if topic.name in names
    )
