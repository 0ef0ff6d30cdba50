"""What names mean: parties, peoples, seats of government, bodies, groups and places."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator
from functools import cache, cached_property

from parley.errors import DataError
from parley.grounding.folding import fold, without_marks, without_possessive
from parley.grounding.gazetteer import Found, Gazetteer, open_gazetteer
from parley.grounding.names import (
    CAPITAL_WEIGHT,
    PROJECT_WEIGHT,
    SHORT_NAME,
    Entry,
    Names,
    Sense,
    Via,
)
from parley.grounding.officeholders import FILE, Holder, Officeholders, TermRow
from parley.grounding.project import HELP, Project, adopted
from parley.grounding.tables import data_folder, read_table
from parley.model import Party, Place, PlacePrecision

__all__ = ["Holder", "Knowledge", "Sense", "Via"]

# A capital weighs ten times its people; a place in a country that the report tells of
# has NEARER times the weight of the same place elsewhere.
CAPITAL_FACTOR = 10
NEARER = 50
# From the gazetteer, without a country that the report tells of: no ordinary word, no
# personal name but of a city of a million, no name of three letters but of a large town.
PERSONAL_POPULATION = 1_000_000
SHORT_POPULATION = 200_000
# ... nor a village of a country that a report of others says nothing of.
FOREIGN_POPULATION = 15_000
# "northern X" is taken apart where X is a place of our tables or as large as this.
PARTED_POPULATION = 50_000
# Cities that are marked unseen, by `patterns`.
MARKED_POPULATION = 100_000
# Where nothing is known of a province but its country: so much larger than the next.
CLEARLY = 10
# A town of a province lies within so many degrees of where the tables have the province.
FARTHEST = 12.0
# No name is longer; what is, is not looked at.
LONGEST_NAME = 120
# Names of states are marked in capitals too ("YEREVAN, May 11"), those longer than this.
SHOUTED = 3

_KINDS_OF_PLACE: dict[str, PlacePrecision] = {
    **dict.fromkeys(("province", "region", "oblast", "state", "governorate"), "region"),
    **dict.fromkeys(("prefecture", "department", "voivodeship", "canton", "krai"), "region"),
    **dict.fromkeys(("district", "county", "municipality", "raion", "area"), "area"),
    **dict.fromkeys(("valley", "peninsula", "front", "subdistrict", "enclave"), "area"),
    **dict.fromkeys(("city", "town", "village", "port"), "city"),
}
_KIND = "|".join(_KINDS_OF_PLACE)
_KIND_AFTER = re.compile(rf"^(?P<base>.+?)\s+(?P<kind>{_KIND})$", re.IGNORECASE)
_KIND_BEFORE = re.compile(rf"^(?:the\s+)?(?P<kind>{_KIND})\s+of\s+(?P<base>.+)$", re.IGNORECASE)
_PART = re.compile(
    r"^(?:the\s+)?(?P<part>(?:north|south)?[\s-]?(?:north|south|east|west)(?:ern)?"
    r"|central|upper|lower|rural|greater|inner)\s+(?P<base>.+)$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_TYPOGRAPHY = str.maketrans({"'": "’"})


class Knowledge:
    """The names that Parley knows: its tables, and behind them the gazetteer.

    Get it by `Knowledge.load()`.  It may be shared by threads, and a process that is
    sent one gets its own.
    """

    def __init__(
        self,
        *,
        gazetteer: Callable[[], Gazetteer] = open_gazetteer,
        project: Project | None = None,
    ) -> None:
        self._open_gazetteer = gazetteer
        self._names = Names(project)
        self._project = project
        if project is not None:
            self._check(project)

    @classmethod
    def load(cls) -> Knowledge:
        """Return the knowledge of this process, read the first time (some 50 ms).

        The gazetteer is opened at the first name that is in no table, and compiled
        then if it was not yet (some ten seconds, once on a machine).  The project that
        was adopted (`project.adopt`) is part of it.  Raises DataError when a table or
        the project file is malformed.
        """
        return _load(adopted())

    def __reduce__(self) -> tuple[Callable[[Project | None], Knowledge], tuple[Project | None]]:
        return (_load, (self._project,))

    def _check(self, project: Project) -> None:
        """Refuse countries and parties that nobody knows.  Raises DataError."""
        homes = [("party", n, row.name, row.country) for n, row in enumerate(project.parties, 1)]
        homes += [("place", n, row.name, row.country) for n, row in enumerate(project.places, 1)]
        for table, number, name, code in homes:
            if code is not None and code not in self._names.codes:
                raise DataError(
                    f"{project.path}: [[{table}]] number {number} ({name}), key 'country': "
                    f"no country has the code {code}; write ISO 3166-1 alpha-3"
                )
        for number, person in enumerate(project.persons, 1):
            if self._named(person.party) is None:
                raise DataError(
                    f"{project.path}: [[person]] number {number} ({person.name}), key 'party': "
                    f"no party is called {person.party!r}; add it as a [[party]] ({HELP})"
                )

    def _named(self, name: str) -> Party | None:
        return self.state(name) or self.party(name)

    def sense(self, name: str) -> Sense | None:
        """Return what the name, as it stands in a text, can mean; None when unknown.

        The article, a possessive 's, diacritics, apostrophes, dots and dashes do not
        matter; capitals do, for "turkey" is no state.
        """
        for entry in self._fitting(name):
            return entry.sense
        place = self.place(name)
        return Sense(None, "name", place) if place else None

    def party(self, name: str) -> Party | None:
        """Return the party that the name stands for, None when there is none."""
        for entry in self._fitting(name):
            return entry.sense.party
        return None

    def state(self, code: str) -> Party | None:
        """Return the state (or territory with a code of its own) of an ISO 3166 alpha-3 code."""
        return self._names.states.get(code)

    def demonyms(self, party: str) -> tuple[str, ...]:
        """Return the adjectives and nouns of nationality of a party, by its `name`."""
        return self._names.demonyms.get(party, ())

    def place(self, name: str, *, near: Collection[str] = ()) -> Place | None:
        """Return the place of that name, None when there is none or nothing decides.

        `near` are ISO 3166 alpha-3 codes of the countries that the report tells of: they
        choose among namesakes, and a name that is also an ordinary word ("Split") or a
        person's is taken for a place of the gazetteer only with their help.  A place of
        the tables has its press name there, one of the gazetteer the name as asked.
        """
        if len(name) > LONGEST_NAME:
            return None
        return (
            self._place(name, near)
            or self._place_of_kind(name, near)
            or self._part_of_place(name, near)
        )

    def place_in(self, name: str, whole: str, *, near: Collection[str] = ()) -> Place | None:
        """Return the town that "NAME, WHOLE" is, as in "Camden, New Jersey"; None for none.

        `whole` is the name of a state, province or country, or the two capitals that stand
        for a state of the United States; of its towns the one of that name, of namesakes
        in the country the nearest to the province.  `near` is as for `place`.
        """
        if max(len(name), len(whole)) > LONGEST_NAME:
            return None
        rows = [row for row in self._in_gazetteer(name) if row.precision == "city"]
        if not rows:
            return None
        best: tuple[float, Place] | None = None
        for container in self._wholes(without_possessive(whole)):
            row = _within(container, rows)
            if row is None:
                continue
            known = self._known_as(name, container.country)
            weight = row.weight * (NEARER if container.country in near else 1.0)
            if best is None or weight > best[0]:
                best = (weight, known or _as_asked(name, row))
        return best[1] if best else None

    def _wholes(self, name: str) -> Iterator[Found]:
        """Yield the countries and provinces of a name; "Zamboanga Sibugay" is about Zamboanga."""
        for entry in self._fitting(name):
            place = entry.sense.place
            if place is not None and place.country and place.precision in ("country", "region"):
                yield Found(
                    name=place.name,
                    country=place.country,
                    lat=place.lat,
                    lon=place.lon,
                    population=0,
                    precision=place.precision,
                    weight=0,
                )
        abbreviated = len(name) == len("NJ") and name.isupper()
        rows = self._in_gazetteer(name) or self._in_gazetteer(name.rpartition(" ")[0])
        for row in rows:
            if row.precision == "region":
                yield row
        if abbreviated:
            yield Found(name, "USA", None, None, 0, "region", 0, name)

    def _known_as(self, name: str, country: str) -> Place | None:
        """Return the town of the tables of that name in a country."""
        for entry in self._fitting(name):
            place = entry.sense.place
            if place is not None and place.precision == "city" and place.country == country:
                return place
        return None

    def holders(self, name: str) -> tuple[Holder, ...]:
        """Return the terms of office of whoever bears a name, none where nobody known does.

        The name is a full one, in any usual transliteration, or a part of one that is rare
        enough to mean its bearers alone ("Erdogan"); namesakes come together.  The table
        is read at the first name asked; raises DataError when it is malformed.
        """
        return self._officeholders.find(name)

    def namesakes(self, word: str) -> tuple[Holder, ...]:
        """Return the terms of office of all whose name begins or ends with a word."""
        return self._officeholders.partly(word)

    def is_common(self, name: str) -> bool:
        """Tell whether others than the known holders of office are likely called so."""
        return self._officeholders.is_common(name)

    def patterns(self) -> list[dict[str, str]]:
        """Return patterns for `parley.parsing.Parser` of the names to mark in a text.

        Labels are GPE (states, towns, provinces), LOC, NORP, ORG and FAC.  Left out is
        what is also an ordinary word or a common personal name, unless only its capital
        letter tells them apart and it is mostly the state ("Turkey").
        """
        marked: dict[str, dict[str, str]] = {}
        for key, entries in self._names.entries.items():
            for entry in entries:
                pattern = self._pattern(key, entry)
                if pattern is not None:
                    for written in _written(entry.name):
                        marked.setdefault(written, pattern)
                    shouted = entry.name.upper()
                    if "id" in pattern and len(shouted) > SHOUTED and "." not in shouted:
                        marked.setdefault(shouted, pattern)
        for name, _, _ in self._gazetteer.large(MARKED_POPULATION):
            key = fold(name)
            if len(key) > SHORT_NAME and not self._is_ambiguous(key):
                for written in _written(name):
                    marked.setdefault(written, {"label": "GPE"})
        return [{"pattern": name, **pattern} for name, pattern in marked.items()]

    def _pattern(self, key: str, entry: Entry) -> dict[str, str] | None:
        """Return how a name is to be marked, but for its spelling; None where it is not."""
        kind = self._stand_in(entry)
        pattern: dict[str, str] = {"label": entry.label}
        if kind is not None and entry.sense.party is not None:
            pattern["id"] = f"{kind}:{entry.sense.party.name}"
        if self._is_safe(key, entry):
            return pattern
        return {**pattern, "when": "told"} if "id" in pattern and len(key) > SHORT_NAME else None

    def _stand_in(self, entry: Entry) -> str | None:
        """Return as what a name is parsed: see `parley.parsing.standins`."""
        party, via = entry.sense.party, entry.sense.via
        if party is None or party.name not in self._names.demonyms:
            return None
        if entry.name.isupper():
            return None  # "US" is name and adjective in one, and models know it
        if via in ("name", "alias"):
            return "state"
        if via == "demonym":
            return "people" if entry.name.endswith(("s", "men")) else "adjective"
        return "seat" if via == "capital" else None

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return self._open_gazetteer()

    @cached_property
    def _officeholders(self) -> Officeholders:
        rows = read_table(data_folder() / FILE, TermRow)
        own = [person.term() for person in self._project.persons] if self._project else []
        return Officeholders([*own, *rows], named=self._named)

    # Looking up

    def _fitting(self, name: str) -> Iterator[Entry]:
        """Yield what the tables have under the name, the name without its 's coming second."""
        if len(name) > LONGEST_NAME:
            return
        bare = without_possessive(name)
        for form in (name,) if bare == name else (name, bare):
            for entry in self._names.entries.get(fold(form), ()):
                if _fits(form, entry):
                    yield entry

    def _place(self, name: str, near: Collection[str]) -> Place | None:
        bare = without_possessive(name)
        best: tuple[float, Place] | None = None
        rows = self._in_gazetteer(bare)
        fitting = list(self._fitting(name))
        for entry in fitting:
            place = entry.sense.place
            if place is None:
                continue
            weight = entry.weight
            if entry.sense.via == "capital":
                people = next((row.weight for row in rows if row.country == place.country), 0)
                weight = max(weight, CAPITAL_FACTOR * people)
            score = weight * (NEARER if place.country in near else 1.0)
            if best is None or score > best[0]:
                best = (score, place)
        in_tables = {entry.sense.place.country for entry in fitting if entry.sense.place}
        for row in rows:
            # In the same country it is the same place, and the tables know it better.
            if row.country in in_tables:
                continue
            if not in_tables and not self._is_likely(bare, row, near):
                continue
            score = row.weight * (NEARER if row.country in near else 1.0)
            if best is None or score > best[0]:
                best = (score, _as_asked(bare, row))
        return best[1] if best else None

    def _place_of_kind(self, name: str, near: Collection[str]) -> Place | None:
        """Find "Kharkiv region", "the town of Goris"."""
        bare = without_possessive(name)
        found = _KIND_AFTER.match(bare) or _KIND_BEFORE.match(bare)
        if not found:
            return None
        base, kind = found["base"], found["kind"].lower()
        precision = _KINDS_OF_PLACE[kind]
        for entry in self._fitting(base):
            place = entry.sense.place
            if place is not None and place.precision == precision:
                return place
        place = self._place(base, near)
        if place is None or place.precision in (precision, "country"):
            return place
        if precision == "city":
            return place
        whole = f"{_ARTICLE.sub('', place.name)} {kind.capitalize()}"
        return Place(
            name=whole, country=place.country, lat=place.lat, lon=place.lon, precision=precision
        )

    def _part_of_place(self, name: str, near: Collection[str]) -> Place | None:
        """Find "northern Mali": where Mali is, but no more precise than a region."""
        bare = without_possessive(name)
        found = _PART.match(bare)
        if not found:
            return None
        base = found["base"]
        place = self._place(base, near) or self._place_of_kind(base, near)
        if place is None or not (self._is_in_tables(base) or self._is_large(base)):
            return None
        part = found["part"]
        return Place(
            name=f"{part[:1].upper()}{part[1:].lower()} {place.name}",
            country=place.country,
            lat=place.lat,
            lon=place.lon,
            precision="region" if place.precision == "country" else "area",
        )

    def _in_gazetteer(self, name: str) -> tuple[Found, ...]:
        first = _first_letter(name)
        if not first or first.islower():
            return ()
        return self._gazetteer.find(fold(name))

    def _is_in_tables(self, name: str) -> bool:
        return any(entry.sense.place for entry in self._fitting(name))

    def _is_large(self, name: str) -> bool:
        return any(row.population >= PARTED_POPULATION for row in self._in_gazetteer(name))

    def _is_likely(self, name: str, row: Found, near: Collection[str]) -> bool:
        if row.country in near:
            return True
        if near and row.population < FOREIGN_POPULATION:
            return False
        key = fold(name)
        if key in self._names.words:
            return False
        if len(key) <= SHORT_NAME and row.population < SHORT_POPULATION:
            return False
        return key not in self._names.personal or row.weight >= PERSONAL_POPULATION

    # Marking

    def _is_ambiguous(self, key: str) -> bool:
        return (
            key in self._names.words or key in self._names.personal or key in self._names.unmarked
        )

    def _is_safe(self, key: str, entry: Entry) -> bool:
        if entry.weight == PROJECT_WEIGHT:
            return True
        if key in self._names.unmarked:
            return False
        trusted = entry.capitals or entry.label == "NORP" or entry.weight >= CAPITAL_WEIGHT
        return trusted or not self._is_ambiguous(key)


@cache
def _load(project: Project | None) -> Knowledge:
    return Knowledge(project=project)


def _first_letter(name: str) -> str:
    return next((char for char in _ARTICLE.sub("", name) if char.isalpha()), "")


def _fits(name: str, entry: Entry) -> bool:
    """Tell whether the capitals of a name as written allow it to be the entry."""
    if entry.capitals:
        return all(not char.islower() for char in _ARTICLE.sub("", name))
    return entry.name[:1].islower() or not _first_letter(name).islower()


def _within(whole: Found, rows: list[Found]) -> Found | None:
    """Return the weightiest town in a country, or in a province that is known by its code.

    Of another province the nearest, and not far.
    """
    there = [row for row in rows if row.country == whole.country]
    if whole.part:
        there = [row for row in there if row.part == whole.part]
    elif whole.precision == "region":
        if whole.lat is None or whole.lon is None:
            alone = len(there) == 1 or (there and there[0].weight > CLEARLY * there[1].weight)
            return there[0] if alone else None
        lat, lon = whole.lat, whole.lon

        def away(row: Found) -> float:
            flat = math.cos(math.radians(lat))
            return math.hypot((row.lat or 0) - lat, ((row.lon or 0) - lon) * flat)

        there = sorted((row for row in there if away(row) < FARTHEST), key=away)
    return there[0] if there else None


def _as_asked(name: str, row: Found) -> Place:
    asked = " ".join(_ARTICLE.sub("", name).split())
    return Place(
        name=row.name if asked.isupper() and len(asked) > SHORT_NAME else asked,
        country=row.country,
        lat=row.lat,
        lon=row.lon,
        precision=row.precision,
    )


def _written(name: str) -> Iterator[str]:
    """Yield the ways in which the press writes a name."""
    plain = without_marks(name)
    for form in dict.fromkeys((name, plain)):
        yield form
        if "'" in form:
            yield form.translate(_TYPOGRAPHY)
        if form.startswith("al-"):
            yield "Al-" + form[3:]
            yield "al " + form[3:]
            yield "Al " + form[3:]
