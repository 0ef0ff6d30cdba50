"""What a file must be to be opened as a record, and how one is made.

A new record is made under another name beside it and moved into place when it is
whole, so that a failure leaves no half of one behind.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from parley.errors import NotARecord, RecordError, RecordTooNew
from parley.record.failures import told
from parley.record.schema import APPLICATION_ID, HEAD, meta

if TYPE_CHECKING:
    from alembic.config import Config

_MAGIC = b"SQLite format 3\0"
_SECONDS_TO_WAIT = 5.0
# Set on an engine whose transactions write: SQLite takes the lock when they begin, and
# never fails half-way because another program was faster.
WRITES = "parley_writes"
# Set on an engine that migrates: a table of SQLite's that is made anew must not take the
# rows with it that refer to it.
_MIGRATES = "parley_migrates"
_LOCK = 0x50524C59


def open_engine(where: str, *, create: bool, read_only: bool) -> Engine:
    """Return an engine for the record at `where`, a path or a database URL.

    `create` makes the record if there is none, `read_only` never writes to it.  Brings
    a record of an older schema up to date.  Raises `RecordError` and its kinds.
    """
    if "://" in where:
        url = _url_of(where)
        if url.get_backend_name() != "sqlite":
            return _open_server(where, url, create=create, read_only=read_only)
        where = url.database or ""
    path = Path(where)
    with told(where):
        if not _is_there(path, create=create):
            _make(path)
        engine = _sqlite_engine(path, read_only=read_only)
        try:
            _check_header(path, engine)
            _bring_up_to_date(where, engine, read_only=read_only)
        except BaseException:
            engine.dispose()
            raise
        return engine


def _url_of(where: str) -> URL:
    try:
        return make_url(where)
    except ArgumentError as error:
        raise RecordError(
            f"{where}: not a database URL; write postgresql://user@host/name, or a path"
        ) from error


def _is_there(path: Path, *, create: bool) -> bool:
    """Tell whether there is a record to open, or one to make; raise where there is neither."""
    try:
        if path.is_dir():
            raise NotARecord(f"{path}: a folder; name a file in it, such as {path / 'parley.db'}")
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except (FileNotFoundError, NotADirectoryError):
        if not create:
            raise RecordError(f"no record at {path}; parley ingest PATH makes one") from None
        if not path.absolute().parent.is_dir():
            raise RecordError(f"{path}: its folder does not exist; make the folder first") from None
        return False
    except (OSError, ValueError) as error:
        raise RecordError(
            f"{path}: {getattr(error, 'strerror', None) or error}; check the name and its "
            f"permissions"
        ) from error
    if not start and path.is_file():
        if not create:
            raise NotARecord(f"{path}: an empty file; parley ingest PATH makes a record of it")
        return False
    if start != _MAGIC:
        raise NotARecord(f"{path}: it is no record of Parley; name another file with --record")
    return True


def _sqlite_engine(path: Path, *, read_only: bool) -> Engine:
    """Return an engine whose transactions begin when they say so, DDL included."""
    writable = os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)
    name = path.absolute().as_uri()
    if writable or not read_only:
        # Even to read: only so are the files of the write-ahead log tidied away.
        name += "?mode=rw"
    else:
        log = path.with_name(path.name + "-wal")
        name += "?mode=ro" if log.exists() else "?immutable=1"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            name,
            uri=True,
            timeout=_SECONDS_TO_WAIT,
            isolation_level=None,
            check_same_thread=False,
        )

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        if read_only:
            connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        writes = options.get(WRITES, False)
        if options.get(_MIGRATES, False):
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _make(path: Path) -> None:
    """Make a record at `path`, whole or not at all."""
    from parley.record import making  # noqa: PLC0415 - rarely needed

    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with told(str(path)):
            # Opened so, it gets the permissions that a new file gets here.
            half.touch(exist_ok=False)
            making.make_tables(half)
            # Last of all: what a log holds is not in the file until it is closed, and on
            # a full disk not even then.
            with closing(sqlite3.connect(half)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
        _move_into_place(half, path)
    except OSError as error:
        raise RecordError(
            f"{path}: {error.strerror or error}; check that you may write there and that the "
            f"disk has room"
        ) from error
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            half.with_name(half.name + end).unlink(missing_ok=True)


def make_by_migrations(path: Path) -> None:
    """Make the tables of a record in a new file, one migration after the other."""
    path.touch(exist_ok=False)
    engine = _sqlite_engine(path, read_only=False)
    try:
        _migrate(engine)
    finally:
        engine.dispose()


def _move_into_place(half: Path, path: Path) -> None:
    """Give a finished record its name, unless another program has just made one there."""
    if path.exists() and path.stat().st_size == 0:
        half.replace(path)
        return
    try:
        os.link(half, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        half.rename(path)


def _check_header(path: Path, engine: Engine) -> None:
    """Raise `NotARecord` for another program's SQLite database."""
    with engine.connect() as connection:
        marked = connection.exec_driver_sql("PRAGMA application_id").scalar()
    if marked != APPLICATION_ID:
        raise NotARecord(
            f"{path}: a SQLite database, but no record of Parley; name another file with --record"
        )


def _bring_up_to_date(where: str, engine: Engine, *, read_only: bool) -> None:
    """Run the migrations that a record lacks; raise `RecordTooNew` for one of a newer Parley."""
    with engine.connect() as connection:
        at = _revision(connection)
        if at == HEAD:
            return
    if at is not None and at not in _known_revisions():
        raise RecordTooNew(
            f"{where}: a newer version of Parley wrote it (schema {at}, this one knows {HEAD}); "
            f"upgrade Parley, or name another file with --record"
        )
    if read_only:
        raise RecordError(
            f"{where}: an older version of Parley wrote it; `parley check --record {where}` brings "
            f"it up to date"
        )
    _migrate(engine)


def _revision(connection: Connection) -> str | None:
    """Return the schema that a record says it has."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def _known_revisions() -> set[str]:
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - slow to load, rarely needed

    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _migrate(engine: Engine) -> None:
    """Run the missing migrations, all in one transaction."""
    from alembic import command  # noqa: PLC0415 - slow to load, rarely needed

    config = _config()
    with engine.execution_options(**{WRITES: True, _MIGRATES: True}).begin() as connection:
        _take_turn(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if connection.dialect.name == "sqlite":
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise RecordError("rows refer to others that are not there; take a backup")
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        if (
            connection.execute(select(meta.c.key).where(meta.c.key == "application")).first()
            is None
        ):
            connection.execute(meta.insert().values(key="application", value="parley"))
    # The connection that migrated looks after no foreign keys.
    engine.dispose()


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415 - slow to load, rarely needed

    config = Config()
    # Percent signs are Alembic's own in an option.
    here = str(Path(__file__).parent / "migrations").replace("%", "%%")
    config.set_main_option("script_location", here)
    config.set_main_option("path_separator", "os")
    return config


def _open_server(where: str, url: URL, *, create: bool, read_only: bool) -> Engine:
    """Return an engine for a record in a database server."""
    shown = url.render_as_string(hide_password=True)
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise RecordError(
            f"{shown}: records are kept in SQLite and PostgreSQL only; write "
            f"postgresql://user@host/name, or a path"
        )
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    engine = _server_engine(shown, url, read_only=read_only)
    try:
        with told(shown):
            with engine.connect() as connection:
                tables = set(inspect(connection).get_table_names())
                ours = "meta" in tables and "alembic_version" in tables
            if tables and not ours:
                raise NotARecord(
                    f"{shown}: the database is in use for something else; name another"
                )
            if not tables and not create:
                raise RecordError(f"no record at {shown}; parley ingest PATH makes one")
            if tables:
                _bring_up_to_date(shown, engine, read_only=read_only)
            else:
                _migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _server_engine(shown: str, url: URL, *, read_only: bool) -> Engine:
    # What never answers is not waited for, and a connection that has died is not used again.
    options: dict[str, object] = {"connect_timeout": int(2 * _SECONDS_TO_WAIT)}
    if read_only:
        options["options"] = "-c default_transaction_read_only=on"
    try:
        return create_engine(url, connect_args=options, pool_pre_ping=True)
    except (NoSuchModuleError, ImportError) as error:
        raise RecordError(
            f"{shown}: the driver for PostgreSQL is not installed; pip install "
            f"'parley-record[postgresql]', or name a file with --record"
        ) from error
    except SQLAlchemyError as error:
        raise RecordError(f"{shown}: {error}; write postgresql://user@host/name") from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that writes: all of it, or nothing, and one at a time."""
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        _take_turn(connection)
        yield connection


def _take_turn(connection: Connection) -> None:
    """Wait until no one else writes; SQLite did so when the transaction began.

    One writer at a time numbers what it writes without gaps that fill up later.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{int(_SECONDS_TO_WAIT * 1000)}ms'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
