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
    """Return the mentions, with a country for those who take part and have no name."""
    if home is None or home.country is None:
        return tuple(mentions)
    return tuple(_housed(mention, home.country) for mention in mentions)


def _housed(mention: Mention, country: str) -> Mention:
    if not any(_is_nameless(party) for party in mention.participants):
        return mention
    housed = tuple(
        msgspec.structs.replace(party, country=country) if _is_nameless(party) else party
        for party in mention.participants
    )
    return msgspec.structs.replace(mention, participants=housed)


def _is_nameless(party: Participant) -> bool:
    """Tell whether somebody is told by a common noun alone, and nothing says of where."""
    return party.country is None and party.kind in _NAMELESS and party.name.islower()
