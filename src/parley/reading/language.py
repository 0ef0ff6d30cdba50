"""Which language a text is in.

Scripts of one language first, then little words where they leave no doubt (most reports),
else a naive Bayes model over byte n-grams (py3langid), which is loaded when it is first
needed.  The figures behind the bounds are in docs/decisions/reading.md.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct

from parley.reading.lexicon import load

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Little words make up 30 to 45 % of running text in most of the languages listed; headlines
# and tables have fewer.
_SURE_SHARE = 0.2
_SURE_LEAD = 2
_SURE_WORDS = 12
_ENOUGH_WORDS = 500
_SAMPLE = 20_000
_SCRIPT_SHARE = 0.4
_WORD = re.compile(r"[^\W\d_]+")
_BEYOND = re.compile(r"[^\x00-\x7f]")
# For the model.  A name or two tells nothing; what English is taken for by its names still
# has a share of English, which another language has not.
_FEWEST_WORDS = 4
_MODEL_SAMPLE = 2_000
_ENGLISH = 0.5
_NOT_ENGLISH = 0.02
# Dead and made-up languages, and labels that are none: no report is written in them.
_UNWRITTEN = {"la", "vo", "eo", "sa"}


class Languages(Struct, frozen=True, forbid_unknown_fields=True):
    """The data file: character ranges and little words by language."""

    scripts: dict[str, str]
    words: dict[str, str]


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text, None when it is not certain.

    Looks at the first 20,000 characters.  What is surely not English but could be one of
    several languages has the likeliest: that no coder reads it is what counts.
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    letters = sum(map(len, words))
    # No script is sought in a text that has too few of its characters beyond ASCII for any.
    if letters and len(_BEYOND.findall(sample)) > _SCRIPT_SHARE * letters:
        for language, pattern in _scripts():
            if len(pattern.findall(sample)) > _SCRIPT_SHARE * letters:
                return language
    return _by_little_words(words) or _by_model(sample, words)


@cache
def little_words() -> frozenset[str]:
    """Return the little words of all languages: what a text says nothing with."""
    return frozenset[str]().union(*(known for _, known in _little_words()))


def _by_little_words(words: list[str]) -> str | None:
    """Return the language whose little words leave no doubt."""
    if len(words) < _SURE_WORDS:
        return None
    words = words[:_ENOUGH_WORDS]
    known = _languages_of()
    counts = Counter(chain.from_iterable(known[word] for word in words if word in known))
    if not counts:
        return None
    best = max(counts, key=lambda language: (counts[language], language))
    second = max((count for language, count in counts.items() if language != best), default=0)
    sure = counts[best] / len(words) >= _SURE_SHARE and counts[best] >= _SURE_LEAD * second
    return best if sure else None


def _by_model(sample: str, words: list[str]) -> str | None:
    """Return what the model calls a text, None where it wavers between English and others."""
    if len(set(words)) < _FEWEST_WORDS:
        return None
    ranked = _model().rank(sample[:_MODEL_SAMPLE])
    english = dict(ranked).get("en", 0.0)
    if english >= _ENGLISH:
        return "en"
    return str(ranked[0][0]) if english < _NOT_ENGLISH else None


@cache
def _model() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - takes 0.6 s

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(
        [label for label in model.labels if len(label) == 2 and label not in _UNWRITTEN]
    )
    return model


@cache
def _languages() -> Languages:
    return load("languages.toml", Languages)


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((key, re.compile(f"[{chars}]")) for key, chars in _languages().scripts.items())


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """Return for each little word the languages that have it."""
    found: dict[str, list[str]] = {}
    for language, words in _little_words():
        for word in words:
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


@cache
def _little_words() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((key, frozenset(words.split())) for key, words in _languages().words.items())
