"""Reports that come into a record: some at a time, each with what it tells.

In: reports with their mentions.  Out: their rows, and the tables with those that are new.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Connection, select

from parley.model import Mention, Report
from parley.record import log, meta, schema, searching
from parley.record.rows import Row, mention_row, report_row
from parley.record.stirring import stir

_AT_A_TIME = 500


class Arrival(Struct, frozen=True):
    """A report that is to be kept, and its mentions; not `coded` where no coder reads it."""

    report: Report
    mentions: tuple[Mention, ...] = ()
    coded: bool = True


class ArrivalRows(Struct, frozen=True):
    """The row of a report, and those of its mentions."""

    report: Row
    mentions: Sequence[Row]


def arrival_rows(arrival: Arrival) -> ArrivalRows:
    """Return the rows of a report and its mentions.

    Raises `RecordError` for a text that cannot be kept.
    """
    return ArrivalRows(
        report_row(arrival.report, coded=arrival.coded),
        [mention_row(mention) for mention in arrival.mentions],
    )


def put_reports(connection: Connection, arrivals: Sequence[ArrivalRows]) -> frozenset[str]:
    """Keep those reports that are not there yet; return their ids.

    Of two with one id the first is kept.  They are noted in the log and for the next merge.
    """
    there = _known(connection, [arrival.report["id"] for arrival in arrivals])
    new: dict[str, ArrivalRows] = {}
    for arrival in arrivals:
        if arrival.report["id"] not in there:
            new.setdefault(arrival.report["id"], arrival)
    if not new:
        return frozenset()
    connection.execute(schema.reports.insert(), [arrival.report for arrival in new.values()])
    for id_, arrival in new.items():
        searching.index_report(connection, id_, arrival.report["title"], arrival.report["text"])
    mentions = [row for arrival in new.values() for row in arrival.mentions]
    if mentions:
        connection.execute(schema.mentions.insert(), mentions)
    log.log_changes(connection, "report", added=list(new))
    stir(connection, "report", [id_ for id_, row in new.items() if row.report["coded"]])
    meta.put(connection, "revision", str(meta.number(connection, "revision") + len(new)))
    return frozenset(new)


def _known(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Return those of some ids that reports of the record have."""
    table, found = schema.reports.c, set[str]()
    for at in range(0, len(ids), _AT_A_TIME):
        query = select(table.id).where(table.id.in_(ids[at : at + _AT_A_TIME]))
        found.update(connection.execute(query).scalars())
    return found
