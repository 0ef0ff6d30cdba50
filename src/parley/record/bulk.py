"""Bulk: rows asked for, added and deleted by thousands, as the databases are quickest at.

In: a connection, and what is wanted.  Out: rows, or the tables so.  What is asked for goes as
one value, an array, and what is added as plain rows: SQLAlchemy's own ways work out
each value of each row anew, which took longer than the database did.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Select,
    Table,
    any_,
    bindparam,
    func,
    select,
)

Row = Mapping[str, Any]

_AT_A_TIME = 10_000


def rows_among(
    connection: Connection, query: Select[Any], column: Column[Any], wanted: Iterable[Any]
) -> Iterator[Any]:
    """Yield the rows of a query of which `column` has one of the values `wanted`."""
    ordered = sorted(set(wanted))
    if not ordered:
        return
    sqlite = connection.dialect.name == "sqlite"
    asked = query.where(_is_among(column, sqlite=sqlite))
    for at in range(0, len(ordered), _AT_A_TIME):
        part = ordered[at : at + _AT_A_TIME]
        told = json.dumps(part) if sqlite else part
        yield from connection.execute(asked, {"wanted": told})


@cache
def _is_among(column: Column[Any], *, sqlite: bool) -> ColumnElement[bool]:
    if sqlite:
        return column.in_(select(func.json_each(bindparam("wanted")).table_valued("value").c.value))
    return column == any_(bindparam("wanted", type_=ARRAY(column.type)))


def add_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add rows, column -> value, all of the same columns in the same order."""
    if rows:
        add_values(connection, table, list(rows[0]), [tuple(row.values()) for row in rows])


def add_values(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Add rows that have the values of some columns, in their order.

    Many that come in the order of the table's key are added in half the time.
    """
    if rows:
        quote = connection.dialect.identifier_preparer.quote
        names, signs = ", ".join(map(quote, columns)), ", ".join([_sign(connection)] * len(columns))
        connection.exec_driver_sql(
            f"INSERT INTO {quote(table.name)} ({names}) VALUES ({signs})",
            _plain(connection, table, columns, rows),
        )


def delete_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Delete what has the values of any of some rows, column -> value, as `add_rows` has them."""
    if rows:
        quote, columns = connection.dialect.identifier_preparer.quote, list(rows[0])
        having = " AND ".join(f"{quote(column)} = {_sign(connection)}" for column in columns)
        connection.exec_driver_sql(
            f"DELETE FROM {quote(table.name)} WHERE {having}",
            _plain(connection, table, columns, [tuple(row.values()) for row in rows]),
        )


def _plain(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    """Return the values of rows as the database's own module takes them."""
    asked = {
        at: process
        for at, column in enumerate(columns)
        if (process := _processor(connection.dialect, table.c[column])) is not None
    }
    if not asked:
        return list(rows)
    return [
        tuple(asked[at](value) if at in asked else value for at, value in enumerate(row))
        for row in rows
    ]


def _processor(dialect: Dialect, column: Column[Any]) -> Callable[[Any], Any] | None:
    """Return what makes a value of a column one that the database's module takes."""
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _sign(connection: Connection) -> str:
    return "?" if connection.dialect.paramstyle == "qmark" else "%s"
