"""Who takes part: parties, persons, and the roles they play in an event."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from parley.model.trace import Trace

PartyKind = Literal[
    "state",
    "person",
    "armed_group",
    "igo",
    "organisation",
    "population",
    "government_body",
    "military",
    "unknown",
]
Role = Literal[
    "actor", "recipient", "mediator", "host", "signatory", "victim", "observer", "spokesperson"
]


class Party(Struct, frozen=True, kw_only=True):
    """A party as the knowledge base knows it: a state, an armed group, an organisation ...

    `country` is ISO 3166-1 alpha-3, None for bodies of several states.  Two parties
    are the same when `name` is.
    """

    name: str
    kind: PartyKind
    country: str | None = None


class Person(Struct, frozen=True, kw_only=True):
    """A person as the report names him or her; `title` in the report's words."""

    name: str
    title: str | None = None


class Participant(Struct, frozen=True, kw_only=True):
    """A party in its role in one event, and the persons who act for it there.

    `side` is the party on whose side a participant stands that is no such party
    itself (soldiers, a population); None where it is the party.
    """

    name: str
    kind: PartyKind
    country: str | None
    role: Role
    side: str | None = None
    people: tuple[Person, ...] = ()
    evidence: tuple[Trace, ...] = ()
