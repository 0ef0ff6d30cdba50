"""Which language a text is in."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from parley.reading.lexicon import load

# Little words make up 30 to 45 % of running text in most of the languages listed; headlines
# and tables have fewer.  Below the floor, or with two languages close by, it is not known.
_FLOOR = 0.12
_LEAD = 1.3
_FEWEST_WORDS = 6
_SAMPLE = 20_000
_SCRIPT_SHARE = 0.4
_WORD = re.compile(r"[^\W\d_]+")


class Languages(Struct, frozen=True, forbid_unknown_fields=True):
    """The data file: character ranges and little words by language."""

    scripts: dict[str, str]
    words: dict[str, str]


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text, None when it is not certain.

    Looks at the first 20,000 characters: scripts of one language first, then the share
    of each language's little words.
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    letters = sum(map(len, words))
    for language, pattern in _scripts():
        if letters and len(pattern.findall(sample)) > _SCRIPT_SHARE * letters:
            return language
    if len(words) < _FEWEST_WORDS:
        return None
    shares = sorted(
        (
            (sum(word in known for word in words) / len(words), language)
            for language, known in _little_words()
        ),
        reverse=True,
    )
    (best, language), (second, _) = shares[:2]
    return language if best >= _FLOOR and best >= _LEAD * second else None


@cache
def little_words() -> frozenset[str]:
    """Return the little words of all languages: what a text says nothing with."""
    return frozenset[str]().union(*(known for _, known in _little_words()))


@cache
def _languages() -> Languages:
    return load("languages.toml", Languages)


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((key, re.compile(f"[{chars}]")) for key, chars in _languages().scripts.items())


@cache
def _little_words() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((key, frozenset(words.split())) for key, words in _languages().words.items())
