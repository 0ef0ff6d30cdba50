"""From the events that a record has to those that it is to have: only what differs is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, bindparam, delete, select

from parley.model import Event, Link
from parley.record import schema
from parley.record.rows import event_row, link_row, part_rows

Row = dict[str, object]
LinkKey = tuple[str, str, str]


def rewrite_report(connection: Connection, row: Row, mentions: Mapping[str, Row]) -> bool:
    """Change a report and its mentions until they are these; return False where there is none.

    A mention that stays keeps its row, and with it its place in an event.
    """
    reports, told = schema.reports, schema.mentions
    changed = connection.execute(reports.update().where(reports.c.id == row["id"]).values(row))
    if not changed.rowcount:
        return False
    query = select(told.c.id).where(told.c.report == row["id"])
    there = {str(id_) for (id_,) in connection.execute(query)}
    for id_ in sorted(there):
        if id_ in mentions:
            connection.execute(told.update().where(told.c.id == id_).values(mentions[id_]))
        else:
            connection.execute(delete(told).where(told.c.id == id_))
    new = [mention for id_, mention in mentions.items() if id_ not in there]
    if new:
        connection.execute(told.insert(), new)
    return True


def forget_links(connection: Connection, wanted: Collection[LinkKey]) -> int:
    """Delete the links that are not wanted; return how many they were."""
    links = schema.links
    keys = connection.execute(select(links.c.relation, links.c["from"], links.c.to)).all()
    gone = [tuple(key) for key in keys if tuple(key) not in wanted]
    if gone:
        connection.execute(
            delete(links)
            .where(links.c.relation == bindparam("a"))
            .where(links.c["from"] == bindparam("b"))
            .where(links.c.to == bindparam("c")),
            [dict(zip("abc", key, strict=True)) for key in gone],
        )
    return len(gone)


def write_events(connection: Connection, wanted: Mapping[str, Event]) -> int:
    """Delete, change and add events until they are the wanted ones; return how many it took."""
    events = schema.events
    rows = {id_: event_row(event) for id_, event in wanted.items()}
    there: dict[str, str] = {}
    for id_, data in connection.execute(select(events.c.id, events.c.data)):
        there[id_] = data
    gone = [id_ for id_ in there if id_ not in rows]
    changed = [id_ for id_, row in rows.items() if id_ in there and there[id_] != row["data"]]
    new = [id_ for id_ in rows if id_ not in there]
    # A mention may move from one event to another, and stands in one at a time: all
    # that goes must have gone before anything comes.
    if gone:
        ids = [{"gone": id_} for id_ in gone]
        connection.execute(delete(events).where(events.c.id == bindparam("gone")), ids)
    if changed:
        ids = [{"changed": id_} for id_ in changed]
        for part in schema.PARTS:
            connection.execute(delete(part).where(part.c.event == bindparam("changed")), ids)
        connection.execute(
            events.update().where(events.c.id == bindparam("changed")),
            [{**rows[id_], "changed": id_} for id_ in changed],
        )
    if new:
        connection.execute(events.insert(), [rows[id_] for id_ in new])
    for id_ in (*changed, *new):
        for part, part_of in part_rows(wanted[id_]).items():
            if part_of:
                connection.execute(part.insert(), part_of)
    return len(gone) + len(changed) + len(new)


def write_links(connection: Connection, wanted: Mapping[LinkKey, Link]) -> int:
    """Add and change links until the wanted ones are there; return how many it took."""
    links = schema.links
    there: dict[LinkKey, str] = {}
    for relation, from_, to, data in connection.execute(
        select(links.c.relation, links.c["from"], links.c.to, links.c.data)
    ):
        there[(relation, from_, to)] = data
    rows = {key: link_row(link) for key, link in wanted.items()}
    changed = [key for key, row in rows.items() if there.get(key, row["data"]) != row["data"]]
    for relation, from_, to in changed:
        connection.execute(
            links.update()
            .where(links.c.relation == relation)
            .where(links.c["from"] == from_)
            .where(links.c.to == to)
            .values(data=rows[(relation, from_, to)]["data"])
        )
    new = [row for key, row in rows.items() if key not in there]
    if new:
        connection.execute(links.insert(), new)
    return len(changed) + len(new)
