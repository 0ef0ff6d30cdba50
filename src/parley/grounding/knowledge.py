"""What names mean: parties, peoples, seats of government, bodies, groups and places."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Literal

from msgspec import Struct

from parley.grounding.folding import fold, without_possessive
from parley.grounding.tables import PolityRow, data_folder, read_table
from parley.model import Party, Place

Via = Literal["name", "demonym", "capital", "metonym", "alias", "member"]


class Sense(Struct, frozen=True):
    """What a name can mean: a party, a place, or one by way of the other."""

    party: Party | None
    via: Via
    place: Place | None


class Knowledge:
    """The names that Parley knows."""

    def __init__(self) -> None:
        self._senses: dict[str, list[tuple[str, str, Sense]]] = {}
        self._states: dict[str, Party] = {}
        for row in read_table(data_folder() / "polities.tsv", PolityRow):
            self._add_polity(row)

    @classmethod
    def load(cls) -> Knowledge:
        """Return the knowledge of this process, loading it the first time."""
        return _load()

    def sense(self, name: str) -> Sense | None:
        """Return what the name means, None when it is not known."""
        for _, _, sense in self._senses.get(fold(without_possessive(name)), ()):
            return sense
        return None

    def party(self, name: str) -> Party | None:
        """Return the party that the name stands for."""
        sense = self.sense(name)
        return sense.party if sense else None

    def state(self, code: str) -> Party | None:
        """Return the state of an ISO 3166-1 alpha-3 code."""
        return self._states.get(code)

    def place(self, name: str, *, near: Collection[str] = ()) -> Place | None:
        """Return the place of that name; `near` are countries to choose among namesakes."""
        sense = self.sense(name)
        return sense.place if sense else None

    def patterns(self) -> list[dict[str, str]]:
        """Return `EntityRuler` patterns of the names that are safe to mark unseen."""
        return [
            {"label": label, "pattern": name}
            for found in self._senses.values()
            for name, label, _ in found
        ]

    def _add(self, name: str, label: str, sense: Sense) -> None:
        if name:
            self._senses.setdefault(fold(name), []).append((name, label, sense))

    def _add_polity(self, row: PolityRow) -> None:
        party = Party(name=row.name, kind=row.kind, country=row.code)
        if row.kind == "state":
            self._states.setdefault(row.code, party)
        place = Place(
            name=row.name,
            country=row.code,
            lat=row.lat,
            lon=row.lon,
            precision="country" if row.kind == "state" else "region",
        )
        self._add(row.name, "GPE", Sense(party, "name", place))
        for alias in row.aliases:
            self._add(alias, "GPE", Sense(party, "alias", place))
        for adjective in row.adjectives:
            self._add(adjective, "NORP", Sense(party, "demonym", None))
            self._add(adjective + "s", "NORP", Sense(party, "demonym", None))
        for people in row.people:
            self._add(people, "NORP", Sense(party, "demonym", None))
        capital = Place(name=row.capital, country=row.code, precision="city")
        self._add(row.capital, "GPE", Sense(party, "capital", capital))


@cache
def _load() -> Knowledge:
    return Knowledge()
