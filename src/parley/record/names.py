"""How names and words are compared: without case, accents or punctuation, by whole words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def folded(text: str) -> str:
    """Return the words of a text in lower case and without accents, a space between two.

    "Nagorno-Karabakh" becomes "nagorno karabakh", "Erdoğan" "erdogan".
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
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
