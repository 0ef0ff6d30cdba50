"""Names of persons, compared tolerant of transliteration.

In: names as reports write them.  Out: whether two may be one person's.  Alphabets other
than Latin reach English by many roads (Zelensky, Zelenskyy, Zelenskiy), so spellings are
first brought to a rough common sound and then compared by edit distance.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Spellings of one sound, longest first; rough on purpose, the edit distance does the rest.
_SOUNDS = (
    ("tch", "c"),
    ("sch", "s"),
    ("sh", "s"),
    ("ch", "c"),
    ("kh", "h"),
    ("gh", "g"),
    ("dh", "d"),
    ("zh", "z"),
    ("ph", "f"),
    ("ck", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("iy", "i"),
    ("ij", "i"),
    ("y", "i"),
    ("j", "i"),
    ("w", "v"),
    ("q", "k"),
    ("x", "ks"),
)

_FARTHEST = 3  # letters: who is farther from a name bears another one, however far
_WORD = re.compile(r"\w+")
# What is kept of folding is names and words, which come again; a sentence does not, and is long.
_LONGEST = 48  # characters
_APOSTROPHES = {ord("'"): None, ord("’"): None}


def fold(text: str) -> str:
    """Return `text` without case, accents and punctuation, words apart by one space."""
    return _fold_name(text) if len(text) <= _LONGEST else _fold(text)


def _fold(text: str) -> str:
    plain = text.casefold()
    if plain.isascii():  # most text, which has no accents
        return " ".join(_WORD.findall(plain.replace("'", "")))
    plain = unicodedata.normalize("NFKD", plain)
    # A long text has few different letters: they are looked at once.
    left_out = {ord(char): None for char in set(plain) if unicodedata.combining(char)}
    return " ".join(_WORD.findall(plain.translate(left_out | _APOSTROPHES)))


_fold_name = lru_cache(maxsize=8192)(_fold)


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """Return a rough common spelling of one folded word."""
    for spelling, plain in _SOUNDS:
        word = word.replace(spelling, plain)
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=8192)
def surname(name: str) -> str:
    """Return the rough sound of the last word of a name, "" for none."""
    words = fold(name).split()
    return sound(words[-1]) if words else ""


@lru_cache(maxsize=65536)
def same_person(one: str, two: str) -> bool:
    """Tell whether two names may be one person's.

    A single name matches any word of a fuller one; of two full names the surnames must
    be spelt alike, and the first names must not be two different ones.
    """
    ones, twos = fold(one).split(), fold(two).split()
    if not ones or not twos:
        return False
    if ones == twos:
        return True
    if len(ones) == 1 or len(twos) == 1:
        single, words = (ones[0], twos) if len(ones) == 1 else (twos[0], ones)
        return any(_alike(single, word) for word in words)
    return _alike(ones[-1], twos[-1], loose=_given_alike(ones[0], twos[0])) and _given_alike(
        ones[0], twos[0]
    )


def _alike(one: str, two: str, *, loose: bool = False) -> bool:
    """Compare two words of names; `loose` where other words agree already."""
    one, two = sound(one), sound(two)
    if one == two:
        return True
    shorter = min(len(one), len(two))
    if shorter < 4:
        return False
    apart = distance(one, two)
    # Two letters may differ where they are mostly vowels: those wander most between alphabets.
    return apart <= 1 or (
        apart == 2
        and (loose or shorter >= 8)
        and distance(re.sub("[aeiou]", "", one), re.sub("[aeiou]", "", two)) <= 1
    )


def _given_alike(one: str, two: str) -> bool:
    """Compare two first names: an initial stands for any name that begins with it."""
    if len(one) == 1 or len(two) == 1:
        return one[0] == two[0]
    one, two = sound(one), sound(two)
    return one.startswith(two) or two.startswith(one) or distance(one, two) <= 2


@lru_cache(maxsize=65536)
def distance(one: str, two: str) -> int:
    """Return Levenshtein's edit distance (letters added, dropped or changed), 4 for any above 3.

    So the letters of one word are compared with those near the same place in the other alone.
    """
    beyond = _FARTHEST + 1
    if abs(len(one) - len(two)) > _FARTHEST:
        return beyond
    above = {column: column for column in range(min(len(two), _FARTHEST) + 1)}
    for row, char in enumerate(one, 1):
        line: dict[int, int] = {0: row} if row <= _FARTHEST else {}
        for column in range(max(1, row - _FARTHEST), min(len(two), row + _FARTHEST) + 1):
            changed = above.get(column - 1, beyond) + (char != two[column - 1])
            moved = min(above.get(column, beyond), line.get(column - 1, beyond)) + 1
            line[column] = min(changed, moved)
        if min(line.values()) > _FARTHEST:
            return beyond
        above = line
    return min(above[len(two)], beyond)
