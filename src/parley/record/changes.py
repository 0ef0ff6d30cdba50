"""From the events that a record has to those that it is to have: only what differs is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, bindparam, delete, select

from parley.model import Event, Link
from parley.record import schema
from parley.record.bulk import add_rows, rows_among
from parley.record.log import log_changes
from parley.record.overlay import told_by_now
from parley.record.rows import event_row, link_key, link_row, part_rows
from parley.record.stirring import stir
from parley.record.tellers import events_told_by, fill_tellers

NOWHERE: Mapping[str, str | None] = MappingProxyType({})
_AT_A_TIME = 500
Row = dict[str, Any]
LinkKey = tuple[str, str, str]


def rewrite_report(connection: Connection, row: Row, mentions: Mapping[str, Row]) -> bool:
    """Change a report and its mentions until they are these; return False where there is none.

    A mention that stays keeps its row, and with it its place in an event.
    """
    told = schema.mentions
    if not rewrite_date(connection, row):
        return False
    query = select(told.c.id).where(told.c.report == row["id"])
    there = {str(id_) for (id_,) in connection.execute(query)}
    stir(connection, "report", [row["id"]])
    stir(connection, "event", told_by_now(connection, there - mentions.keys()).values())
    for id_ in sorted(there):
        if id_ in mentions:
            connection.execute(told.update().where(told.c.id == id_).values(mentions[id_]))
        else:
            connection.execute(delete(told).where(told.c.id == id_))
    new = [mention for id_, mention in mentions.items() if id_ not in there]
    if new:
        connection.execute(told.insert(), new)
    fill_tellers(connection, events_told_by(connection, str(row["id"])))
    return True


def rewrite_date(connection: Connection, row: Row) -> bool:
    """Change what a report's own row says; return False where there is none."""
    reports = schema.reports
    changed = connection.execute(reports.update().where(reports.c.id == row["id"]).values(row))
    return bool(changed.rowcount)


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
        log_changes(connection, "link", removed=[" ".join(key) for key in gone])
    return len(gone)


def write_events(
    connection: Connection,
    wanted: Mapping[str, Event],
    *,
    successors: Mapping[str, str | None] = NOWHERE,
) -> int:
    """Delete, change and add events until they are the wanted ones; return how many it took.

    `successors` has for an event that goes the one that it went into, where that is known.
    """
    events = schema.events
    there: dict[str, str] = {}
    for id_, data in connection.execute(select(events.c.id, events.c.data)):
        there[id_] = data
    gone = [id_ for id_ in there if id_ not in wanted]
    return put_events(connection, wanted, gone=gone, there=there, successors=successors)


def put_events(
    connection: Connection,
    put: Mapping[str, Event],
    *,
    gone: Collection[str] = (),
    there: Mapping[str, str] | None = None,
    successors: Mapping[str, str | None] = NOWHERE,
) -> int:
    """Delete some events, change and add others; return how many it took.

    All others stay.  `there` is the JSON of those to be put that are there, by id; without
    it they are looked up.  Each change is logged; `successors` is as for `write_events`.
    """
    events = schema.events
    rows = {id_: event_row(event) for id_, event in put.items()}
    if there is None:
        there = _look_up(connection, rows)
    changed = [id_ for id_, row in rows.items() if id_ in there and there[id_] != row["data"]]
    new = [id_ for id_ in rows if id_ not in there]
    # Only while their mentions still stand in them can it be told where they went.
    heirs = _heirs(connection, gone, put, successors)
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
        add_rows(connection, events, [rows[id_] for id_ in new])
    parts: dict[Table, list[Row]] = {}
    for id_ in (*changed, *new):
        for part, part_of in part_rows(put[id_]).items():
            parts.setdefault(part, []).extend(part_of)
    for part, part_of in parts.items():
        add_rows(connection, part, part_of)
    fill_tellers(connection, (*changed, *new))
    log_changes(
        connection,
        "event",
        added={id_: put[id_] for id_ in new},
        changed={id_: (msgspec.json.decode(there[id_], type=Event), put[id_]) for id_ in changed},
        removed=heirs,
    )
    return len(gone) + len(changed) + len(new)


def existing_events(connection: Connection, ids: Collection[str]) -> list[str]:
    """Return those of some ids that events have."""
    return sorted(_look_up(connection, set(ids)))


def _look_up(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Return the JSON of those events that are there, by id."""
    events = schema.events.c
    rows = rows_among(connection, select(events.id, events.data), events.id, ids)
    return dict(rows)


def _heirs(
    connection: Connection,
    gone: Collection[str],
    put: Mapping[str, Event],
    successors: Mapping[str, str | None],
) -> dict[str, str | None]:
    """Return for each event that goes the one that gets most of what it had."""
    heirs = {id_: successors.get(id_) for id_ in gone}
    unknown = [id_ for id_ in gone if id_ not in successors]
    if unknown:
        told_by = {mention.id: id_ for id_, event in put.items() for mention in event.mentions}
        told_in = schema.event_mentions.c
        had: dict[str, list[str]] = {}
        for at in range(0, len(unknown), _AT_A_TIME):
            query = (
                select(told_in.event, told_in.mention)
                .where(told_in.event.in_(unknown[at : at + _AT_A_TIME]))
                .order_by(told_in.event, told_in.position)
            )
            for event, mention in connection.execute(query):
                if mention in told_by:
                    had.setdefault(event, []).append(told_by[mention])
        heirs.update({id_: Counter(went).most_common(1)[0][0] for id_, went in had.items()})
    return heirs


def put_links(connection: Connection, put: Mapping[LinkKey, Link], cut: Collection[LinkKey]) -> int:
    """Delete some links, change and add others; return how many it took.  All others stay."""
    links = schema.links
    condition = (
        (links.c.relation == bindparam("a"))
        & (links.c["from"] == bindparam("b"))
        & (links.c.to == bindparam("c"))
    )
    there: dict[LinkKey, str] = {}
    query = select(links.c.data).where(condition)
    for key in (*put, *cut):
        data = connection.execute(query, dict(zip("abc", key, strict=True))).scalar()
        if data is not None:
            there[key] = data
    rows = {key: link_row(link) for key, link in put.items()}
    gone = [key for key in cut if key in there and key not in put]
    changed = [key for key in put if key in there and there[key] != rows[key]["data"]]
    new = [key for key in put if key not in there]
    away = [dict(zip("abc", key, strict=True)) for key in (*gone, *changed)]
    if away:
        connection.execute(delete(links).where(condition), away)
    if changed or new:
        connection.execute(links.insert(), [rows[key] for key in (*changed, *new)])
    log_changes(
        connection,
        "link",
        added=[" ".join(key) for key in new],
        changed=[" ".join(key) for key in changed],
        removed=[" ".join(key) for key in gone],
    )
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
    log_changes(
        connection,
        "link",
        added=[" ".join(link_key(wanted[key])) for key in wanted if key not in there],
        changed=[" ".join(key) for key in changed],
    )
    return len(changed) + len(new)
