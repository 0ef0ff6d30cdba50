"""Who signed a report, from the line in which it names its author."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parley.model import Boilerplate

_NAME = r"(?:al-)?[^\W\d_a-z][\w.'’]*(?:-\w+)*"
_PARTICLE = r"(?:de|da|di|del|della|van|von|der|den|bin|ibn|al|el|la|le|y|du|dos)"
_PERSON = rf"{_NAME}(?:\s+(?:{_PARTICLE}\s+)*{_NAME}){{1,3}}"
_SIGNED = re.compile(rf"(?i:by)\s+({_PERSON}(?:(?:,\s+|,?\s+(?:and|&)\s+){_PERSON})*)")


def find_author(text: str, boilerplate: Iterable[Boilerplate]) -> str | None:
    """Return the names in the first byline among the marked parts of `text`, None without one.

    Names are told apart from bodies by having two words at least: "By staff" signs nothing.
    """
    for part in boilerplate:
        if part.why == "byline" and (match := _SIGNED.match(text[part.start : part.end].strip())):
            return " ".join(match[1].split())
    return None
