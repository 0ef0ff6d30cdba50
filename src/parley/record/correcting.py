"""One correction written: the log, the events that it touches, and the feed, together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, delete, or_, select

from parley.model import Correction, Event, Link, Mention
from parley.record import schema
from parley.record.changes import NOWHERE, forget_links, put_events, write_links
from parley.record.log import log_changes
from parley.record.overlay import machine_events, overlay, write_suggestions
from parley.record.rows import link_key, mention_row
from parley.record.standing import append
from parley.record.stirring import stir_mentions


def write_corrections(
    connection: Connection,
    drafts: Sequence[Correction],
    *,
    about: Collection[str],
    events: Iterable[Event] = (),
    gone: Mapping[str, str | None] = NOWHERE,
    added: Sequence[Mention] = (),
    dropped: Collection[str] = (),
) -> list[Correction]:
    """Add entries to the log, and make of the record what they say; return the entries.

    `about` are the ids of the events that they touch, `events` those that they make anew
    (the machine's word, before any correction), `gone` the ids of those that are then no
    more, with where each went.  `added` and `dropped` are mentions (ids) that a person
    coded, or takes back.
    """
    table = schema.mentions
    if added:
        connection.execute(table.insert(), [mention_row(mention) for mention in added])
    entries = append(connection, drafts)
    log_changes(connection, "correction", added=[str(entry.number) for entry in entries])
    machine = machine_events(connection, [id_ for id_ in about if id_ not in gone])
    anew = list(events)
    machine.update({event.id: event for event in anew})
    # The next merge sees what is then to stand together or apart.
    stir_mentions(connection, [mention.id for event in anew for mention in event.mentions])
    shown = overlay(connection, machine)
    hidden = {id_ for id_ in machine if id_ not in shown.events}
    _lead_links(connection, {**dict.fromkeys(hidden), **gone})
    there = _there(connection, (*gone, *hidden))
    put_events(connection, shown.events, gone=there, successors={**dict.fromkeys(hidden), **gone})
    write_suggestions(connection, (*machine, *gone), shown.suggestions)
    if dropped:
        connection.execute(delete(table).where(table.c.id.in_(list(dropped))))
    return entries


def hand_made(log: Iterable[Correction], report: str | None = None) -> list[Mention]:
    """Return the mentions that persons coded, of all standing entries or of one report."""
    mentions = [
        msgspec.convert(correction.value, Mention)
        for correction in log
        if correction.action == "add"
    ]
    return [mention for mention in mentions if report is None or mention.report == report]


def _there(connection: Connection, ids: Collection[str]) -> list[str]:
    events = schema.events.c
    return [id_ for (id_,) in connection.execute(select(events.id).where(events.id.in_(list(ids))))]


def _lead_links(connection: Connection, gone: Mapping[str, str | None]) -> None:
    """Lead the links of events that go to where they went; those that lead nowhere go too."""
    if not gone:
        return
    links = schema.links
    rows = connection.execute(
        select(links.c.data).where(or_(links.c["from"].in_(list(gone)), links.c.to.in_(list(gone))))
    )
    old = [msgspec.json.decode(data, type=Link) for (data,) in rows]
    if not old:
        return
    keys = connection.execute(select(links.c.relation, links.c["from"], links.c.to))
    kept = {tuple(key) for key in keys} - {link_key(link) for link in old}
    forget_links(connection, kept)
    new = {}
    for link in old:
        from_, to = (gone.get(id_, id_) for id_ in (link.from_, link.to))
        if from_ is not None and to is not None and from_ != to:
            led = msgspec.structs.replace(link, from_=from_, to=to)
            if link_key(led) not in kept:
                new[link_key(led)] = led
    write_links(connection, new)
