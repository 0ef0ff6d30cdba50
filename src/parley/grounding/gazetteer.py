"""The gazetteer: where on Earth the places of a name lie."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
import weakref
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from msgspec import Struct

from parley.errors import DataError
from parley.grounding.compilation import (
    SMALLEST_LARGE,
    cache_folder,
    compile_gazetteer,
    compiled_name,
    connect,
    is_whole,
    write_gazetteer,
)
from parley.model import PlacePrecision

_FIND = (
    "SELECT name, country, lat, lon, population, precision, -weight, part"
    " FROM names JOIN places ON place = id WHERE key = ? ORDER BY weight LIMIT 200"
)
_LARGE = (
    "SELECT name, country, population FROM places WHERE population >= ? ORDER BY population DESC"
)


class Found(Struct, frozen=True):
    """A place that bears a name; `weight` ranks namesakes, from its people and the name.

    `part` is the code of the province that it lies in, or is, as GeoNames has it; that of
    provinces is known for the United States alone.
    """

    name: str
    country: str
    lat: float | None
    lon: float | None
    population: int
    precision: PlacePrecision
    weight: int
    part: str = ""


class Gazetteer:
    """Finds places by folded name in a compiled file; see `open_gazetteer`."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._process = -1
        self._connection: sqlite3.Connection | None = None
        self._find = lru_cache(maxsize=20_000)(self._read)

    def find(self, key: str) -> tuple[Found, ...]:
        """Return the places of a folded name, the weightiest first."""
        return self._find(key)

    def large(self, population: int) -> Iterator[tuple[str, str, int]]:
        """Yield name, country and people of places of at least so many, the largest first."""
        if population < SMALLEST_LARGE:
            raise ValueError(f"population: {population} is below {SMALLEST_LARGE}")
        yield from cast(list[tuple[str, str, int]], self._rows(_LARGE, population))

    def close(self) -> None:
        """Close the file; a later lookup opens it again."""
        with self._lock:
            if self._connection is not None and self._path is not None:
                self._connection.close()
                self._connection = None

    def _read(self, key: str) -> tuple[Found, ...]:
        return tuple(Found(*row) for row in self._rows(_FIND, key))

    def _rows(self, query: str, value: str | int) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._opened().execute(query, (value,)).fetchall()
            except sqlite3.DatabaseError:
                self._mend()
            try:
                return self._opened().execute(query, (value,)).fetchall()
            except sqlite3.DatabaseError as problem:
                raise DataError(
                    f"{self._path}: the compiled gazetteer cannot be read ({problem}); "
                    "set PARLEY_CACHE to a folder on a sound disk"
                ) from problem

    def _opened(self) -> sqlite3.Connection:
        # A connection must not cross a fork: the child opens its own.
        if self._connection is None or (self._path and self._process != os.getpid()):
            self._process = os.getpid()
            if self._path is None:
                self._connection = sqlite3.connect(":memory:", check_same_thread=False)
                write_gazetteer(self._connection)
            else:
                self._connection = connect(self._path)
            # Closed with the gazetteer at the latest: Python 3.13 tells of what is left open.
            weakref.finalize(self, self._connection.close)
        return self._connection

    def _mend(self) -> None:
        """Compile the file anew: it was damaged, or taken away under our feet."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._path is not None:
            try:
                compile_gazetteer(self._path)
            except (OSError, sqlite3.Error):
                self._path = None


def is_compiled() -> bool:
    """Tell whether the gazetteer is ready; if not, opening it takes some ten seconds."""
    return is_whole(cache_folder() / compiled_name())


def open_gazetteer() -> Gazetteer:
    """Open the compiled gazetteer, compiling it first where there is none or a damaged one.

    Where the cache cannot be written it is kept in the folder for temporary files,
    and in memory where that cannot be written either.
    """
    name = compiled_name()
    for choose in (cache_folder, _temporary_folder):
        try:
            path = choose() / name
            if not is_whole(path):
                compile_gazetteer(path)
        except (OSError, sqlite3.Error):
            continue
        return Gazetteer(path)
    return Gazetteer(None)


def _temporary_folder() -> Path:
    """Return a folder of this user's own: another's could hold a forged gazetteer."""
    user = os.getuid()
    folder = Path(tempfile.gettempdir()) / f"parley-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != user:
        return Path(tempfile.mkdtemp(prefix="parley-"))
    return folder
