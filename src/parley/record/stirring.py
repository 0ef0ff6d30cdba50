"""Stirring: what the next merge must look at, noted as it is written.

In: the ids of reports that came or changed, and of events that lost what they told.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, bindparam, delete, func, select

from parley.record import schema

_AT_A_TIME = 900


def stir(connection: Connection, kind: str, ids: Iterable[str]) -> None:
    """Note that the next merge must look at some reports, or events."""
    wanted, table = sorted(set(ids)), schema.stirred
    there: set[str] = set()
    for at in range(0, len(wanted), _AT_A_TIME):
        part = table.c.id.in_(wanted[at : at + _AT_A_TIME])
        query = select(table.c.id).where((table.c.kind == kind) & part)
        there.update(connection.execute(query).scalars())
    new = [{"kind": kind, "id": id_} for id_ in wanted if id_ not in there]
    if new:
        connection.execute(table.insert(), new)


def calm(connection: Connection, kind: str, ids: Iterable[str]) -> None:
    """Note that a merge has looked at some reports, or events."""
    table = schema.stirred
    rows = [{"a": kind, "b": id_} for id_ in ids]
    if rows:
        condition = (table.c.kind == bindparam("a")) & (table.c.id == bindparam("b"))
        connection.execute(delete(table).where(condition), rows)


def stirred_reports(connection: Connection) -> list[str]:
    """Return the reports that the next merge must look at, in the order of their dates."""
    stirred, reports = schema.stirred, schema.reports
    query = (
        select(stirred.c.id)
        .select_from(stirred.outerjoin(reports, reports.c.id == stirred.c.id))
        .where(stirred.c.kind == "report")
        .order_by(func.coalesce(reports.c.published_start, date.max), stirred.c.id)
    )
    return list(connection.execute(query).scalars())


def stirred_events(connection: Connection) -> list[str]:
    """Return the events that the next merge must look at."""
    stirred = schema.stirred.c
    query = select(stirred.id).where(stirred.kind == "event").order_by(stirred.id)
    return list(connection.execute(query).scalars())


def stir_mentions(connection: Connection, mentions: Iterable[str]) -> None:
    """Note that the next merge must look at the reports of some mentions."""
    table = schema.mentions.c
    wanted = sorted(set(mentions))
    for at in range(0, len(wanted), _AT_A_TIME):
        query = select(table.report).where(table.id.in_(wanted[at : at + _AT_A_TIME]))
        stir(connection, "report", connection.execute(query).scalars().all())
