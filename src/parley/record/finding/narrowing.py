"""Filters asked once, for a view that asks several times."""

from __future__ import annotations

from msgspec.structs import asdict
from sqlalchemy import select

from parley.record.finding.conditions import conditions
from parley.record.finding.filters import Filters, Narrowed
from parley.record.finding.pages import Kind, of_kind
from parley.record.schema import events
from parley.record.store import Record

# What the columns of an event answer, and an index or a look at each row is quick enough.
_QUICK = (
    "type", "mode", "status", "since", "until", "min_sources", "min_confidence", "disputed",
    "thin",
)  # fmt: skip


def narrow(record: Record, filters: Filters, *, kind: Kind = "any") -> Filters:
    """Return filters that what passes, and is of a kind, passes quickly.

    Those that are quick already come back as they are.  Raises `WrongFilter`.
    """
    quick = {name: getattr(filters, name) for name in _QUICK}
    if isinstance(filters, Narrowed) or filters == Filters(**quick):
        return filters
    where = conditions(filters, dialect=record.dialect) & of_kind(kind)
    rows = record.rows(select(events.c.number).where(where).order_by(events.c.number))
    return Narrowed(**asdict(filters), numbers=tuple(row[0] for row in rows))
