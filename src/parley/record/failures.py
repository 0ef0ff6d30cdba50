"""What the database complains of, in words, with the way out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from parley.errors import NotARecord, RecordError

# The first words that fit decide.  SQLite's own messages: https://sqlite.org/rescode.html
_SAID: tuple[tuple[str, type[RecordError], str], ...] = (
    ("fatal:  database", RecordError, "the server has no such database; make it (createdb), or "
     "name another"),
    ("nul (0x00)", RecordError, "the text has a NUL character, which PostgreSQL cannot keep; keep "
     "the record in a file, or take the character out"),
    ("lock timeout", RecordError, "another program is writing to it; wait until it is done and run "
     "the same command again"),
    ("deadlock", RecordError, "another program is writing to it; wait until it is done and run the "
     "same command again"),
    ("no space left", RecordError, "the server's disk is full; make room and run the same command "
     "again"),
    ("connection refused", RecordError, "no server answers there; start it, or check host and "
     "port"),
    ("no such file or directory", RecordError, "no server answers there; start it, or check host "
     "and port"),
    ("connection failed", RecordError, "the server cannot be reached or refuses you; check host, "
     "port, user and password"),
    ("relation \"", NotARecord, "its tables are not those of a record; name another with "
     "--record"),
    ("connection timeout", RecordError, "no server answers there; check host and port"),
    ("terminating connection", RecordError, "the server went away; nothing was written by halves: "
     "run the same command again when it is back"),
    ("server closed the connection", RecordError, "the server went away; nothing was written by "
     "halves: run the same command again when it is back"),
    ("connection is lost", RecordError, "the server went away; nothing was written by halves: run "
     "the same command again when it is back"),
    ("consuming input failed", RecordError, "the server went away; nothing was written by halves: "
     "run the same command again when it is back"),
    ("shutting down", RecordError, "the server is going away; run the same command again when it "
     "is back"),
    ("starting up", RecordError, "the server is starting; run the same command again in a while"),
    ("is full", RecordError, "the disk is full; make room and run the same command again"),
    ("disk i/o error", RecordError, "the disk could not be read or written (full, or a limit on "
     "file size?); make room and run the same command again"),
    ("locked", RecordError, "another program is writing to it; wait until it is done and run the "
     "same command again"),
    ("readonly", RecordError, "it is read-only; change its permissions or name another with "
     "--record"),
    ("read-only", RecordError, "it is read-only; change its permissions or name another with "
     "--record"),
    ("unable to open", RecordError, "it cannot be opened; check that its folder exists and that "
     "you may write there"),
    ("malformed", RecordError, "it is damaged; take a backup, or remove it and ingest the reports "
     "again"),
    ("not a database", NotARecord, "it is no record of Parley; name another file with --record"),
    ("no such table", NotARecord, "its tables are not those of a record; name another file with "
     "--record"),
)  # fmt: skip


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what SQLAlchemy and SQLite raise inside into a `RecordError` that names `where`."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise failure(where, error) from error


def failure(where: str, error: Exception) -> RecordError:
    """Return the `RecordError` that tells what went wrong with the record at `where`."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    said = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
    for words, kind, way_out in _SAID:
        if words in said.lower():
            return kind(f"{where}: {way_out}")
    return RecordError(f"{where}: the database refused ({said}); nothing was written")
