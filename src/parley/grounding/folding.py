"""Folding: the one form under which all spellings of a name are kept and looked up."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose, as the press transliterates them.
_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ə": "a",
        "ǝ": "a",
        "ħ": "h",
        "ŋ": "n",
        "ŧ": "t",
        "&": " and ",
    }
)
_DROPPED = frozenset("'’‘‛ʼʻʹʿʾˈ`´′.·")
_DROP = str.maketrans(dict.fromkeys(_DROPPED, ""))
# What most names are made of: folding them is lowering them.
_PLAIN = re.compile(r"(?!(?i:the) )[A-Za-z]{2,}(?: [A-Za-z]{2,})*")
_NO_WORD = re.compile(r"[\W_]+")
_INITIALS = re.compile(r"\b\w(?: \w\b)+")
_ARTICLES = re.compile(r"^(?:the )+(?=.)")
_POSSESSIVE = re.compile(r"['’ʼ]s?$|(?<=[sS])['’ʼ]$")


def fold(name: str) -> str:
    """Return the folded name: no case, diacritics, apostrophes, dots, hyphens or article.

    "The U.S.", "US" and "us" fold alike, so do "Nagorno–Karabakh" and
    "Nagorno Karabakh".  Folding a folded name changes nothing.  A name without a
    letter or digit folds to "".
    """
    if _PLAIN.fullmatch(name):
        return name.lower()
    folded = _fold_once(name)
    if folded.isascii():  # nothing is left that a second time could change
        return folded
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


def without_possessive(name: str) -> str:
    """Return the name without a closing 's or apostrophe."""
    return _POSSESSIVE.sub("", name.rstrip())


def without_marks(name: str) -> str:
    """Return the name without its diacritics, otherwise as it was written."""
    if name.isascii():
        return name
    parts = unicodedata.normalize("NFKD", name)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


def is_latin(name: str) -> bool:
    """Tell whether every letter of the name is of the Latin script."""
    return name.isascii() or all(
        not char.isalpha() or ord(char) < 0x2B0 or "LATIN" in unicodedata.name(char, "")
        for char in name
    )


def _fold_once(name: str) -> str:
    text = name.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold()
        text = "".join(char for char in text if not unicodedata.combining(char))
    text = text.translate(_LETTERS).translate(_DROP)
    text = _NO_WORD.sub(" ", text).strip()
    text = _INITIALS.sub(lambda found: found[0].replace(" ", ""), text)
    return _ARTICLES.sub("", text)
