"""A copy of a record, as it is at one moment, while others use it.

In: the engine of a record and a path.  Out: a record in a file there, whole or not at all;
of one in PostgreSQL too, so that a laptop can open what a server keeps.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from sqlalchemy import Engine, delete, select

from parley.errors import RecordError
from parley.record import schema
from parley.record.failures import told
from parley.record.opening import open_engine, writing

_AT_A_TIME = 500


def copy_record(engine: Engine, path: Path, *, replace: bool) -> None:
    """Write the record that `engine` opens to a file; raise `RecordError` where that fails.

    A file that is there is kept unless `replace`, and kept until the copy is whole.
    """
    if path.exists() and not replace:
        raise RecordError(f"{path}: there is something already; name another file, or --force")
    if not path.absolute().parent.is_dir():
        raise RecordError(f"{path}: its folder does not exist; make the folder first")
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        _copy(engine, half)
        with half.open("rb") as stream:
            os.fsync(stream.fileno())
        half.replace(path)
    except RecordError as error:
        # The user has named the copy, not what it is called until it is whole.
        raise RecordError(str(error).replace(str(half), str(path))) from error
    except OSError as error:
        raise RecordError(
            f"{path}: {error.strerror or error}; check that you may write there and that the disk "
            f"has room"
        ) from error
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            half.with_name(half.name + end).unlink(missing_ok=True)


def _copy(engine: Engine, half: Path) -> None:
    """Copy all rows, from one reading transaction to one that writes."""
    copy = open_engine(str(half), create=True, read_only=False)
    try:
        with told(str(half)), engine.connect() as source, writing(copy) as target:
            if source.dialect.name == "postgresql":
                source.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            target.execute(delete(schema.meta))
            for table in schema.metadata.sorted_tables:
                order = list(table.primary_key.columns)
                query = select(table).order_by(*order)
                rows = source.execution_options(yield_per=_AT_A_TIME).execute(query)
                for part in rows.mappings().partitions():
                    target.execute(table.insert(), [dict(row) for row in part])
    finally:
        copy.dispose()
