"""Quoting: a report's own words, short, and names as a line shows them.

In: an event, or one of its parties.  Out: a phrase in quotation marks, or a name without what
is no part of it ("so-called", an article, a headline's capitals).
"""

from __future__ import annotations

import re

from parley.merging.names import fold
from parley.merging.rules import load_rules
from parley.model import Event, EventMention, Participant

_LEAST_WORDS, _MOST_WORDS, _MOST_LETTERS = 3, 16, 100
_MOST_OPENING = 10
_QUOTES = re.compile('["“”„«»]')
_SHORTEST_SHOUT = 4


def quote(event: Event) -> str | None:
    """Return some words of the mention that tells the event best, None if none has enough.

    That is the first which is no background and has three words, else the first that has.
    """
    long = [m for m in event.mentions if len(m.text.split()) >= _LEAST_WORDS]
    best = min(long, key=lambda mention: mention.background, default=None)
    return None if best is None else f"“{_cut(best)}”"


def _cut(mention: EventMention) -> str:
    """Return what fits a line: without an opening clause, then the first words."""
    words = _QUOTES.sub("’", mention.text).split()
    before = ""
    if _is_long(words):
        comma = next((at for at, word in enumerate(words) if word.endswith(",")), len(words))
        opens = words[0].casefold() in load_rules().words.openings
        if opens and comma < _MOST_OPENING and len(words) - comma > _MOST_WORDS // 2:
            before, words = "…", words[comma + 1 :]
    after = ""
    while _is_long(words):
        after, words = "…", words[:-1]
    return before + " ".join(words).rstrip(" .,;:–-") + after


def _is_long(words: list[str]) -> bool:
    return len(words) > _MOST_WORDS or len(" ".join(words)) > _MOST_LETTERS


def shown(event: Event, party: Participant) -> str:
    """Return the name of a party as a line shows it."""
    name = party.name
    words = name.split()
    while len(words) > 1 and words[0] in load_rules().words.before_names:
        words = words[1:]
    if len(words) < len(name.split()):
        name = " ".join(words)
    return name.title() if _is_shouted(event, party, name) else name


def _is_shouted(event: Event, party: Participant, name: str) -> bool:
    """Tell whether a name stands in a headline's capitals, and is no abbreviation."""
    if not name.isupper() or len(name) < _SHORTEST_SHOUT:
        return False
    places = {fold(place.name) for place in event.where}
    return " " in name or party.kind == "population" or fold(name) in places
