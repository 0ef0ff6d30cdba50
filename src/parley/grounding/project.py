"""The project file, `parley.toml`: names and verbs of an analyst's own.

In: a TOML file.  Out: a `Project`, which `Knowledge.load()` and the coder's lexicon read
once a program has adopted it.  The library looks for no file by itself: what a report
means must not turn on the folder in which a program happens to run.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from parley.errors import DataError
from parley.grounding.officeholders import TermRow
from parley.model import PartyKind, PlacePrecision, digest

FILE_NAME = "parley.toml"
HELP = "docs/project-file.md tells the form"

Name = Annotated[str, Meta(pattern=r"\S", max_length=120)]
Code = Annotated[str, Meta(pattern=r"^[A-Z]{3}$")]
# No file of names is larger; what is, was given by mistake.
_LARGEST = 20_000_000
_WHERE = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<path>.*?)`)?$", re.DOTALL)
_WEIGHTS = re.compile(r"^weights\s*=.*\n?", re.MULTILINE)  # a key of no table: no coder reads it
_TABLE = re.compile(r"^(?P<table>\w+)\[(?P<number>\d+|\.\.\.)\]\.?(?P<key>.*)$")


class ProjectParty(Struct, frozen=True, forbid_unknown_fields=True):
    """A party: `country` is ISO 3166-1 alpha-3 of its home, `adjectives` its demonyms."""

    name: Name
    kind: PartyKind
    country: Code | None = None
    aliases: tuple[Name, ...] = ()
    adjectives: tuple[Name, ...] = ()


class ProjectPerson(Struct, frozen=True, forbid_unknown_fields=True):
    """A person in an office; `party` is an alpha-3 code or the name of a party.

    `since` and `until` are YYYY or YYYY-MM, both included, empty where not bounded; `alone`
    is what means the person without the rest of the name.
    """

    name: Name
    party: Name
    office: str = ""
    aliases: tuple[Name, ...] = ()
    since: Annotated[str, Meta(pattern=r"^(\d{4}(-(0[1-9]|1[0-2]))?)?$")] = ""
    until: Annotated[str, Meta(pattern=r"^(\d{4}(-(0[1-9]|1[0-2]))?)?$")] = ""
    alone: str = ""

    def term(self) -> TermRow:
        """Return the person's term of office, as the tables have it."""
        return TermRow(
            name=self.name,
            aliases=self.aliases,
            party=self.party,
            office=self.office,
            since=self.since,
            until=self.until,
            alone=self.alone,
        )


class ProjectPlace(Struct, frozen=True, forbid_unknown_fields=True):
    """A place; `lat` and `lon` are degrees (WGS 84), both or neither."""

    name: Name
    country: Code | None = None
    lat: Annotated[float, Meta(ge=-90, le=90)] | None = None
    lon: Annotated[float, Meta(ge=-180, le=180)] | None = None
    precision: PlacePrecision = "city"
    aliases: tuple[Name, ...] = ()


class _File(Struct, forbid_unknown_fields=True):
    weights: Name | None = None
    party: list[ProjectParty] = []
    person: list[ProjectPerson] = []
    place: list[ProjectPlace] = []
    frame: list[dict[str, Any]] = []


class Project(Struct, frozen=True, eq=False):
    """What a project file adds.

    `path` is where it was read, `fingerprint` changes when its names and verbs do.  `frames`
    are kinds of happenings as they stand in the file: the coder's lexicon checks and reads
    them.  `weights` is the path of the weights that merging is to go by.
    """

    path: str
    fingerprint: str
    parties: tuple[ProjectParty, ...] = ()
    persons: tuple[ProjectPerson, ...] = ()
    places: tuple[ProjectPlace, ...] = ()
    frames: tuple[dict[str, Any], ...] = ()
    weights: str | None = None


def read_project(path: Path) -> Project:
    """Read and check a project file.  Raises DataError naming the file and the key."""
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise DataError(f"{path}: {size:,} bytes are no project file; {HELP}")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as problem:
        raise DataError(
            f"{path}: there is no such file; name a project file with --project or PARLEY_PROJECT"
        ) from problem
    except OSError as problem:
        why = (problem.strerror or str(problem)).lower()
        raise DataError(f"{path}: cannot be read ({why}); name another file") from problem
    except UnicodeDecodeError as problem:
        raise DataError(f"{path}: is not UTF-8; save it as UTF-8 text") from problem
    try:
        table = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise DataError(f"{path}: is not TOML ({problem}); {HELP}") from problem
    try:
        file = msgspec.convert(table, _File)
    except msgspec.ValidationError as problem:
        raise DataError(f"{path}: {told(problem, table)}; {HELP}") from problem
    project = Project(
        path=str(path),
        fingerprint=digest("project-", _WEIGHTS.sub("", text, count=1)),
        parties=tuple(file.party),
        persons=tuple(file.person),
        places=tuple(file.place),
        frames=tuple(file.frame),
        weights=str(path.parent / file.weights) if file.weights else None,
    )
    _check(project)
    return project


def told(problem: msgspec.ValidationError, table: dict[str, Any]) -> str:
    """Return in words what is wrong in a file of tables, and at which key."""
    found = _WHERE.match(str(problem))
    if found is None or not found["path"]:
        return str(problem)
    what, path = found["what"].replace("Object", "the table"), found["path"]
    row = _TABLE.match(path)
    if row is None or row["number"] == "...":
        return f"key '{path}': {what}"
    number, key = int(row["number"]), row["key"]
    rows = table.get(row["table"])
    name = rows[number].get("name") if isinstance(rows, list) and _is_table(rows, number) else None
    called = f" ({name})" if isinstance(name, str) else ""
    at = f", key '{key}'" if key else ""
    return f"[[{row['table']}]] number {number + 1}{called}{at}: {what}"


def _is_table(rows: list[Any], number: int) -> bool:
    return number < len(rows) and isinstance(rows[number], dict)


def _check(project: Project) -> None:
    """Refuse what no schema can tell: half a position, a term that ends before it begins."""
    for number, place in enumerate(project.places, 1):
        if (place.lat is None) != (place.lon is None):
            missing = "lat" if place.lat is None else "lon"
            raise DataError(
                f"{project.path}: [[place]] number {number} ({place.name}), key '{missing}': "
                f"is missing; give both lat and lon, or neither"
            )
    for number, person in enumerate(project.persons, 1):
        since, until = person.since, person.until
        if since and until and until < since[: len(until)]:
            raise DataError(
                f"{project.path}: [[person]] number {number} ({person.name}), key 'until': "
                f"{until} is before {since}; mend the years"
            )


_adopted: Project | Path | None = None


def adopt(project: Project | Path | None) -> None:
    """Make a project's names and verbs those of this process; None for Parley's alone.

    A path is read when they are first needed.  What was loaded before stays as it is:
    adopt before `Knowledge.load()`.
    """
    global _adopted  # noqa: PLW0603 - one process works for one project
    _adopted = project


def adopted() -> Project | None:
    """Return the project that this process has adopted, None where there is none.

    Raises DataError where it was adopted by its path and is malformed.
    """
    global _adopted  # noqa: PLW0603 - read once
    if isinstance(_adopted, Path):
        _adopted = read_project(_adopted)
    return _adopted
