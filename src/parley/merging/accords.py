"""Accords: an agreement that is known by the town in which it was signed.

In: a mention.  Out: whether it names an agreement so ("the Dayton agreement", "the deal signed in
Pretoria"), and who is a party to it by its own words: whoever breaks or praises it beside need
be none, nor is the country of the town.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from parley.merging.names import fold
from parley.model import Mention, Participant

_TOWN = frozenset({"city", "point"})
_SORT = r"(?!(?:the|an?|this|that|its|their|of|for|and)\b)[a-z-]+"
_BETWEEN = re.compile(rf"\W*(?:{_SORT}\W+){{0,2}}")  # "the Pretoria peace agreement"
_IN = re.compile(r"\s+(?:in|at)\s+")


def is_known_by_town(mention: Mention) -> bool:
    """Tell whether a mention names an agreement, done, by the town in which it was signed."""
    if mention.type != "AGREE" or mention.status != "happened":
        return False
    first, last = (at - mention.start for at in mention.trigger)
    towns = [place.name for place in mention.where if place.precision in _TOWN]
    before, after = mention.text[:first], mention.text[last:]
    return any(
        _stands_before(town, before) or (first == 0 and _stands_after(town, after))
        for town in towns
    )


def with_own_parties(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Return the mentions of an event, those that know it by its town with their own parties only.

    Where none tells of the signing itself they are left as they are.
    """
    known = [is_known_by_town(mention) for mention in mentions]
    if all(known) or not any(known):
        return mentions
    return [
        replace(mention, participants=tuple(parties_told(mention))) if by_town else mention
        for mention, by_town in zip(mentions, known, strict=True)
    ]


def _stands_before(town: str, text: str) -> bool:
    """Tell whether a town is what an accord's noun is told by: at most two words between."""
    at = text.rfind(town)
    return at >= 0 and _BETWEEN.fullmatch(text, at + len(town)) is not None


def _stands_after(town: str, text: str) -> bool:
    """Tell whether a town follows straight: "signed in Pretoria", of a deal told before."""
    found = _IN.match(text)
    return found is not None and text.startswith(town, found.end())


def parties_told(mention: Mention) -> Sequence[Participant]:
    """Return the participants of an accord that is known by its town: those its words name."""
    told = f" {fold(mention.text)} "
    return [
        party
        for party in mention.participants
        if f" {fold(party.name)} " in told or (party.side and f" {fold(party.side)} " in told)
    ]
