"""A record as it is at one moment, whatever others write meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Dialect, Engine

from parley.errors import RecordError


class Held:
    """What stands in the place of an engine where all is read in one transaction."""

    def __init__(self, connection: Connection, where: str) -> None:
        self._connection = connection
        self._where = where

    @property
    def dialect(self) -> Dialect:
        """The kind of database."""
        return self._connection.dialect

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Lend the one connection."""
        yield self._connection

    def execution_options(self, **_: Any) -> Engine:  # noqa: ANN401 - as an engine takes them
        """Refuse: it is what a transaction that writes begins with."""
        raise RecordError(f"{self._where}: a snapshot is only read; write to the record itself")

    def dispose(self) -> None:
        """Leave the connection to whoever opened it."""


@contextmanager
def hold(engine: Engine, where: str) -> Iterator[Held]:
    """Open a transaction that sees the record as it is at its first question."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield Held(connection, where)
