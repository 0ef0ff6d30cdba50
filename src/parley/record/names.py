"""How names and words are compared: without case, accents or punctuation, by whole words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_PLAIN = re.compile("[a-z0-9]+")


def folded(text: str) -> str:
    """Return the words of a text in lower case and without accents, a space between two.

    "Nagorno-Karabakh" becomes "nagorno karabakh", "Erdoğan" "erdogan".
    """
    apart = text.casefold()
    if apart.isascii():  # most text, which has no accents
        return " ".join(_PLAIN.findall(apart))
    apart = unicodedata.normalize("NFKD", apart)
    # A long text has few different letters: they are looked at once.
    odd = (char for char in set(apart) if not char.isalnum())
    plain = {ord(char): None if unicodedata.combining(char) else " " for char in odd}
    return " ".join(apart.translate(plain).split())


def word_column(texts: Iterable[str | None]) -> str:
    """Return what a column of words holds: each text folded, set apart by bars.

    A search for whole words is then a search for ` words `, one for the beginning of a
    word a search for ` word`.
    """
    found = dict.fromkeys(folded(text) for text in texts if text)
    return "".join(f"| {text} " for text in found if text) + "|"
