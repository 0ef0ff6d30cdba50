"""Joining: what a merge of some reports makes of the record.

In: what merging says is new, different and gone.  Out: the tables so.  Nothing else of the
record is read or written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from sqlalchemy import Connection, func, select

from parley.errors import RecordError
from parley.model import Event, Link
from parley.record import meta, schema
from parley.record.changes import (
    existing_events,
    forget_links,
    put_events,
    put_links,
    write_events,
    write_links,
)
from parley.record.overlay import overlay, write_suggestions
from parley.record.rows import link_key
from parley.record.stirring import calm, stirred_events, stirred_reports

if TYPE_CHECKING:
    from parley.merging import Joined, Weights
    from parley.record.memory import RecordMemory


class Stale(RecordError):
    """The record changed since what was merged was read; read and merge again."""


class Standing(Struct, frozen=True):
    """What a merge started from: it may be written while `number` is still the record's.

    `events` lost mentions otherwise, and must be looked at.
    """

    number: tuple[int, int]
    events: tuple[str, ...]


def read_memory(connection: Connection) -> tuple[RecordMemory, Standing]:
    """Return what merging must know of what stands, and what that is good for."""
    from parley.record.memory import RecordMemory  # noqa: PLC0415 - slow to load

    standing = Standing(number=_number(connection), events=tuple(stirred_events(connection)))
    return RecordMemory(connection), standing


def write_joined(connection: Connection, joined: Joined, standing: Standing, *, where: str) -> bool:
    """Write what a merge changes; return whether it changed anything.

    Raises `Stale` where others merged, corrected or coded anew since `standing` was read.
    """
    from parley.record.memory import keep  # noqa: PLC0415 - slow to load

    if _number(connection) != standing.number:
        raise Stale(f"{where}: another program changed the record; merge again")
    shown = overlay(connection, {event.id: event for event in joined.events})
    hidden = {event.id for event in joined.events} - shown.events.keys()
    gone = existing_events(connection, {*joined.gone, *hidden})
    links = {link_key(link): link for link in joined.links if not {link.from_, link.to} & hidden}
    cut = put_links(connection, {}, [link_key(link) for link in joined.unlinked])
    changed = put_events(connection, shown.events, gone=gone, successors=joined.gone)
    touched = [*(event.id for event in joined.events), *joined.gone]
    write_suggestions(connection, touched, shown.suggestions)
    added = put_links(connection, links, ())
    keep(connection, joined.kept)
    calm(connection, "report", joined.kept.reports)
    calm(connection, "event", standing.events)
    if not stirred_reports(connection):
        meta.put(connection, "merged", str(meta.number(connection, "revision")))
    meta.put(connection, "merges", str(meta.number(connection, "merges") + 1))
    return bool(cut or changed or added)


def write_all(
    connection: Connection,
    events: Iterable[Event],
    links: Iterable[Link],
    *,
    revision: int | None,
    gone: Mapping[str, str | None],
    where: str,
) -> bool:
    """Make these the record's events and links, whatever was there; return if that changed any.

    Raises `Stale` where the record's revision is another than the one given.
    """
    wanted = {event.id: event for event in events}
    now = meta.number(connection, "revision")
    if revision is not None and revision != now:
        raise Stale(f"{where}: another program added reports; merge again")
    shown = overlay(connection, wanted)
    ties = {
        link_key(link): link
        for link in links
        if link.from_ in shown.events and link.to in shown.events
    }
    cut = forget_links(connection, ties)
    changed = write_events(connection, shown.events, successors=gone)
    write_suggestions(connection, None, shown.suggestions)
    added = write_links(connection, ties)
    meta.put(connection, "merged", str(now))
    return bool(cut or changed or added)


def merge_by(connection: Connection, fingerprint: str, weights: Weights | None) -> None:
    """Note by which rules merging goes; where they are others, all is to be merged anew.

    `weights` are kept, so that what is asked of the record later goes by the same.
    """
    from parley.record.memory import forget_merging  # noqa: PLC0415 - slow to load

    before = meta.text(connection, "merged_by")
    if before not in (None, fingerprint):
        forget_merging(connection)
    meta.put(connection, "merged_by", fingerprint)
    if weights is not None:
        from parley.merging import pack_weights  # noqa: PLC0415 - slow to load

        meta.put(connection, "weights", pack_weights(weights))
    elif meta.text(connection, "weights"):
        meta.put(connection, "weights", "")


def own_weights(connection: Connection) -> tuple[Weights | None, bool]:
    """Return the weights that the record has of its own, if any, and whether they are outdated."""
    packed = meta.text(connection, "weights")
    if not packed:
        return None, False
    from parley.merging import unpack_weights  # noqa: PLC0415 - slow to load

    weights = unpack_weights(packed)
    return weights, weights is None


def _number(connection: Connection) -> tuple[int, int]:
    """Return what changes when others merge, correct, or code a report anew."""
    corrections = connection.execute(select(func.max(schema.corrections.c.number))).scalar()
    return meta.number(connection, "merges"), int(corrections or 0)
