"""Strays: sentences whose words sound like a happening and tell history or a mishap.

In: the word that would name the happening.  Out: whether its sentence tells of another age,
or of nature and accident.  The words are in `data/factuality.toml`.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from parley.coding.syntax import near, subjects
from parley.coding.words import factuality_words

# No press report tells what happened before; 1900 leaves room for what is recalled.
_HISTORIC = re.compile(r"^1[0-8]\d\d$")
_OF_YEARS = frozenset({"in", "of", "since", "from", "until", "by", "year", "early", "late"})


def is_history(token: Token) -> bool:
    """Tell whether the sentence of a word dates what it tells before 1900."""
    for word in near(token):
        if word.i == 0 or not _HISTORIC.match(word.text):
            continue
        counts = word.dep_ == "nummod" and word.head.i > word.i
        if word.nbor(-1).lower_ in _OF_YEARS and not counts:
            return True
    return False


def is_accident(token: Token) -> bool:
    """Tell whether a sentence speaks of nature or accident, which assault nobody."""
    words = factuality_words()
    for word in near(token):
        lemma = word.lemma_.lower()
        if lemma in words.accident_words:
            return True
        if word.i and f"{word.nbor(-1).lower_} {lemma}" in words.accident_phrases:
            return True
        if lemma in words.mishap_verbs and any(
            noun.lemma_.lower() in words.vehicles for noun in subjects(word)
        ):
            return True
    return False
