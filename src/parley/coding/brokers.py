"""Brokers: who mediates between others is none of them where the report tells of them again.

In: the drafts of a report.  Out: the drafts; "Pastor X, who mediates ..., met both sides" has X as
the mediator of that meeting too.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from parley.coding.drafts import Draft, changed
from parley.coding.participants import joined
from parley.model import Participant

_MEETING = frozenset({"CONSULT", "AGREE"})
_ACTING = frozenset({"actor", "signatory"})
# So many others meet or agree where a third only brings them together.
_TWO = 2


def with_brokers(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts; a person told to mediate somewhere does so between two others."""
    brokers = {
        person.name
        for draft in drafts
        for party in draft.mention.participants
        if party.role == "mediator"
        for person in party.people
    }
    return [_with_brokers(draft, brokers) for draft in drafts] if brokers else list(drafts)


def _with_brokers(draft: Draft, brokers: set[str]) -> Draft:
    sides = [p for p in draft.mention.participants if p.role in _ACTING]
    others = {party.name for party in sides if not _is_broker(party, brokers)}
    if draft.mention.type not in _MEETING or len(others) < _TWO or len(sides) == len(others):
        return draft
    told = [
        replace(party, role="mediator")
        if party.role in _ACTING and _is_broker(party, brokers)
        else party
        for party in draft.mention.participants
    ]
    return changed(draft, participants=joined(told))


def _is_broker(party: Participant, brokers: set[str]) -> bool:
    """Tell whether all that is told of a party are persons who mediate."""
    return bool(party.people) and all(person.name in brokers for person in party.people)
