"""Accords: an agreement that is named as known, by its town or by nothing at all.

In: a mention.  Out: whether it names an agreement so ("the Dayton agreement", "the deal signed in
Pretoria", "under the truce"), and who is a party to it by its own words: whoever breaks or praises
it beside need be none, nor is the country of the town.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from parley.merging.names import fold
from parley.model import Mention, Participant

_TWO_SIDES = 2
_TOWN = frozenset({"city", "point", "unknown"})
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


def is_named(mention: Mention) -> bool:
    """Tell whether a mention only names an agreement that was made before."""
    return mention.known or is_known_by_town(mention)


def with_own_parties(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Return the mentions of an event, those that only name it with their own parties only.

    Where the others do not tell two sides of it they are left as they are.
    """
    named = [is_named(mention) for mention in mentions]
    if not any(named):
        return mentions
    told = (mention for mention, only in zip(mentions, named, strict=True) if not only)
    if len({party.name for mention in told for party in mention.participants}) < _TWO_SIDES:
        return mentions
    return [
        replace(mention, participants=tuple(parties_told(mention))) if only_named else mention
        for mention, only_named in zip(mentions, named, strict=True)
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
    """Return the participants of an accord that is only named: those its words name."""
    told = f" {fold(mention.text)} "
    return [
        party
        for party in mention.participants
        if f" {fold(party.name)} " in told or (party.side and f" {fold(party.side)} " in told)
    ]
