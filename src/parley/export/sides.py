"""Sides: who faces whom in an event, for forms that know two sides and no more."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from parley.model import Event, Participant, PartyKind

CIVILIANS: tuple[PartyKind, ...] = ("population", "person")


class Sides(Struct, frozen=True):
    """Those who act and those whom it is done to, in the order in which they are told."""

    one: tuple[Participant, ...]
    other: tuple[Participant, ...]

    @property
    def against_civilians(self) -> bool:
        """Whether all of the other side are civilians."""
        return bool(self.other) and all(party.kind in CIVILIANS for party in self.other)


def sides_of(event: Event) -> Sides:
    """Return the two sides of an event.

    Where nobody is told to suffer it and several act, as in a clash, the first of them is
    one side and those of other sides are the other.
    """
    acting = _each(party for party in event.participants if party.role == "actor")
    facing = _each(party for party in event.participants if party.role in ("recipient", "victim"))
    if facing or len(acting) < 2:
        return Sides(acting, facing)
    first = _side(acting[0])
    one = tuple(party for party in acting if _side(party) == first)
    return Sides(one, tuple(party for party in acting if _side(party) != first))


def _side(party: Participant) -> str:
    return party.side or party.name


def _each(parties: Iterable[Participant]) -> tuple[Participant, ...]:
    return tuple({party.name: party for party in parties}.values())
