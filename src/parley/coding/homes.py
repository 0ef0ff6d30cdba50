"""People without a name are of the country whose own affairs a report tells of.

In: the mentions of a report, and the state that `grounding.home` found for it, None where it
found none.  Out: the mentions; "demonstrators", "gunmen", "the opposition party" have its code
as their country, who has one of his own or a name keeps what is told.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from parley.model import Mention, Participant, Party

_NAMELESS = frozenset({"population", "military", "armed_group", "organisation", "government_body"})


def with_homes(mentions: Iterable[Mention], home: Party | None) -> tuple[Mention, ...]:
    """Return the mentions, with a country for those who take part and have no name.

    Who takes to the streets is mostly of the country where that is.
    """
    return tuple(_housed(mention, _home_in(mention, home)) for mention in mentions)


def _home_in(mention: Mention, home: Party | None) -> str | None:
    if mention.type == "PROTEST":
        for place in mention.where:
            if place.country is not None:
                return place.country
    return home.country if home is not None else None


def _housed(mention: Mention, country: str | None) -> Mention:
    if country is None or not any(_is_nameless(party) for party in mention.participants):
        return mention
    housed = tuple(
        msgspec.structs.replace(party, country=country) if _is_nameless(party) else party
        for party in mention.participants
    )
    return msgspec.structs.replace(mention, participants=housed)


def _is_nameless(party: Participant) -> bool:
    """Tell whether somebody is told by a common noun alone, and nothing says of where."""
    return party.country is None and party.kind in _NAMELESS and party.name.islower()
