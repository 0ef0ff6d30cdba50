"""Sums: whether a mention is told of several happenings at once.

In: its words.  Out: whether they count more than one: "seven people were killed in two clashes".
What sums up a week is none of the happenings in it, and sets none of them beside another.
"""

from __future__ import annotations

import re
from functools import cache

from parley.merging.rules import Words, load_rules


def is_sum(text: str, words: Words) -> bool:
    """Tell whether words count several happenings: "three raids", "a string of attacks"."""
    found = _pattern().search(text.lower())
    if found is None:
        return False
    number = found["number"]
    if number is None:
        return True
    return (int(number) if number.isdigit() else words.numbers[number]) > 1


@cache
def _pattern() -> re.Pattern[str]:
    """Find an amount, at most two words that tell what sort, and a plural of what happens.

    In small letters: to look for either is several times as slow.
    """
    words = load_rules().words
    amount = "|".join(sorted(words.several, key=len, reverse=True))
    number = "|".join(sorted(words.numbers, key=len, reverse=True))
    nouns = "|".join(sorted(words.bouts, key=len, reverse=True))
    sort = r"(?:(?!(?:of|in|on|at|by|to|for|from|after|and|or|between|during)\b)[\w-]+\s+){0,2}"
    return re.compile(rf"\b(?:(?P<number>\d{{1,3}}|{number})|{amount})\s+{sort}(?:{nouns})\b")
