"""The index of names: what the tables say that each name can mean."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from parley.grounding.folding import fold
from parley.grounding.project import Project, ProjectParty
from parley.grounding.tables import (
    Label,
    MetonymRow,
    PartyRow,
    PolityRow,
    RegionRow,
    data_folder,
    read_names,
    read_table,
)
from parley.model import Party, Place

Via = Literal["name", "demonym", "capital", "metonym", "alias", "member"]

# How namesakes are weighed against each other, in people: a name of the tables is there
# for being told of in the press.
STATE_WEIGHT = 100_000_000
CAPITAL_WEIGHT = 5_000_000
REGION_WEIGHT = 3_000_000
TOWN_WEIGHT = 300_000
# What an analyst names is meant, whoever else is called so.
PROJECT_WEIGHT = 100_000_000_000
# Abbreviations up to this length, and those that are words, are read in capitals only.
SHORT_NAME = 3

_LABELS: dict[str, Label] = {"state": "GPE", "population": "NORP"}


class Sense(Struct, frozen=True):
    """What a name can mean: a party, a place, or both.

    `via` tells how the name leads to the party: by its "name" or another one ("alias");
    as its "demonym", an adjective or noun of nationality; as its "capital" or another
    seat of government ("metonym"), where `place` is that town; or as the name of a body
    of a state that does not tell the state ("member": the Knesset), where `party` is the
    body and its country the state's.  A place that is no party has via "name".
    """

    party: Party | None
    via: Via
    place: Place | None


class Entry(Struct, frozen=True):
    """One name as its table writes it, with one of its senses; `weight` ranks namesakes."""

    name: str
    label: Label
    sense: Sense
    weight: int
    capitals: bool  # an abbreviation: the text must have it in capitals ("US" but not "us")


class Names:
    """All names of the tables: `entries` by folded name, the likelier sense first.

    `states` are the states by their code, `codes` the codes of all countries and
    territories, `demonyms` the nationalities by the party's name; `words`, `personal` and
    `unmarked` the folded names that are also ordinary words or persons' names, or are not
    to be marked unseen.  A `project` adds its own, which go first.
    """

    def __init__(self, project: Project | None = None) -> None:
        folder = data_folder()
        self.words = read_names(folder / "words.txt")
        self.personal = read_names(folder / "personal.txt")
        self.unmarked = read_names(folder / "unmarked.txt")
        self.entries: dict[str, list[Entry]] = {}
        self.states: dict[str, Party] = {}
        self.codes: set[str] = set()
        self.demonyms: dict[str, tuple[str, ...]] = {}
        self._load_tables()
        if project is not None:
            self._add_project(project)

    def _load_tables(self) -> None:
        folder = data_folder()
        polities = read_table(folder / "polities.tsv", PolityRow)
        for polity in polities:
            self._add_polity(polity)
        for metonym in read_table(folder / "metonyms.tsv", MetonymRow):
            self._add_metonym(metonym, {row.name: row.capital for row in polities})
        for polity in polities:
            self._add_capital(polity)
        for body in read_table(folder / "bodies.tsv", PartyRow):
            self._add_party(body, "ORG", name="member", alias="member")
        for table in ("organisations.tsv", "groups.tsv"):
            for row in read_table(folder / table, PartyRow):
                self._add_party(row, "ORG", name="name", alias="alias")
        for region in read_table(folder / "regions.tsv", RegionRow):
            self._add_region(region)
        for people in read_table(folder / "peoples.tsv", PartyRow):
            self._add_party(people, "NORP", name="name", alias="demonym")

    def _add(self, name: str, label: Label, sense: Sense, *, weight: int = 0) -> None:
        key = fold(name)
        letters = [char for char in name if char.isalpha()]
        short = len(letters) <= SHORT_NAME or key in self.words
        capitals = short and all(char.isupper() for char in letters)
        entries = self.entries.setdefault(key, [])
        entries.append(Entry(name, label, sense, weight, capitals))

    def _add_polity(self, row: PolityRow) -> None:
        party = Party(name=row.name, kind=row.kind, country=row.code)
        is_state = row.kind == "state"
        self.codes.add(row.code)
        if is_state:
            self.states.setdefault(row.code, party)
        place = Place(
            name=row.name,
            country=row.code,
            lat=row.lat,
            lon=row.lon,
            precision="country" if is_state else "region",
        )
        weight = STATE_WEIGHT if is_state else CAPITAL_WEIGHT
        self._add(row.name, "GPE", Sense(party, "name", place), weight=weight)
        for alias in row.aliases:
            self._add(alias, "GPE", Sense(party, "alias", place), weight=weight)
        plurals = [f"{word}s" for word in row.adjectives if _takes_s(word)]
        demonyms = tuple(dict.fromkeys([*row.adjectives, *row.people, *plurals]))
        self.demonyms[row.name] = demonyms
        for demonym in demonyms:
            self._add(demonym, "NORP", Sense(party, "demonym", None))

    def _add_capital(self, row: PolityRow) -> None:
        if not row.capital:
            return
        party = Party(name=row.name, kind=row.kind, country=row.code)
        place = Place(
            name=row.capital,
            country=row.code,
            lat=row.capital_lat,
            lon=row.capital_lon,
            precision="city",
        )
        self._add(row.capital, "GPE", Sense(party, "capital", place), weight=CAPITAL_WEIGHT)

    def _add_metonym(self, row: MetonymRow, capitals: dict[str, str]) -> None:
        party = self._named(row.party)
        place = None
        if row.place:
            place = Place(
                name=row.place, country=row.country, lat=row.lat, lon=row.lon, precision="city"
            )
        is_capital = row.label == "GPE" and capitals.get(row.party) == row.place != ""
        via: Via = "capital" if is_capital else "metonym"
        for name in (row.name, *row.aliases):
            self._add(name, row.label, Sense(party, via, place), weight=CAPITAL_WEIGHT)

    def _add_party(self, row: PartyRow, label: Label, *, name: Via, alias: Via) -> None:
        party = Party(name=row.name, kind=row.kind, country=row.country)
        self._add(row.name, label, Sense(party, name, None))
        for other in row.aliases:
            self._add(other, label, Sense(party, alias, None))

    def _add_region(self, row: RegionRow) -> None:
        place = Place(
            name=row.name, country=row.country, lat=row.lat, lon=row.lon, precision=row.precision
        )
        is_gpe = row.country is not None and row.precision != "area"
        weight = TOWN_WEIGHT if row.precision == "city" else REGION_WEIGHT
        for name in (row.name, *row.aliases):
            sense = Sense(None, "name", place)
            self._add(name, "GPE" if is_gpe else "LOC", sense, weight=weight)

    def _add_project(self, project: Project) -> None:
        """Add what a project file names, before all else that is called so."""
        before, self.entries = self.entries, {}
        for party in project.parties:
            self._add_own_party(party)
        for own in project.places:
            place = Place(
                name=own.name,
                country=own.country,
                lat=own.lat,
                lon=own.lon,
                precision=own.precision,
            )
            label: Label = "LOC" if own.country is None or own.precision == "area" else "GPE"
            for name in (own.name, *own.aliases):
                self._add(name, label, Sense(None, "name", place), weight=PROJECT_WEIGHT)
        for key, entries in before.items():
            self.entries[key] = [*self.entries.get(key, ()), *entries]

    def _add_own_party(self, row: ProjectParty) -> None:
        party = Party(name=row.name, kind=row.kind, country=row.country)
        label = _LABELS.get(row.kind, "ORG")
        for name in dict.fromkeys((row.name, *row.aliases)):
            via: Via = "name" if name == row.name else "alias"
            self._add(name, label, Sense(party, via, None), weight=PROJECT_WEIGHT)
        for adjective in row.adjectives:
            for name in dict.fromkeys((adjective, f"{adjective}s" * _takes_s(adjective))):
                if name:
                    sense = Sense(party, "demonym", None)
                    self._add(name, "NORP", sense, weight=PROJECT_WEIGHT)

    def _named(self, name: str) -> Party:
        for entry in self.entries.get(fold(name), ()):
            if entry.sense.party is not None:
                return entry.sense.party
        return Party(name=name, kind="igo")


def _takes_s(adjective: str) -> bool:
    return not adjective.endswith(("s", "x", "z", "sh", "ch", "ese", "asy", "è", "ench"))
