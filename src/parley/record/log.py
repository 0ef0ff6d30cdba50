"""The log of what changed: written with every change, read as a feed.

Each change has a revision, one more than the last; a revision is never given twice and
never filled in later, since one program writes at a time.  When it was written stands
beside it; nothing else depends on the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Select, bindparam, delete, func, select, tuple_

from parley.model import Event
from parley.record import schema

ChangedKind = Literal["report", "event", "link", "correction"]
_AT_A_TIME = 500
# The fields whose old and new values are kept, for an event's history.
_TOLD = ("type", "mode", "status", "summary", "when")
_OTHERS = ("contexts", "where", "participants", "counts", "provisions", "disagreements")


class Delta(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became different of an event.

    `joined` and `left` are mentions, `fields` old and new values by field, `also` the
    names of other fields that differ.
    """

    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    fields: dict[str, tuple[Any, Any]] = {}
    also: tuple[str, ...] = ()


class Change(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing of the record that is new, other than it was, or gone.

    `revision` is that of its last change.  `action` is "put" with the thing as it is now
    as `value` (its line of the JSON Lines export, of a correction that of the log), or
    "gone"; of an event that went into another, `successor` is that event's id.
    """

    revision: int
    at: str
    kind: ChangedKind
    id: str
    action: Literal["put", "gone"]
    successor: str | None = None
    value: msgspec.Raw | None = None


class Step(Struct, frozen=True, kw_only=True):
    """A step in the story of an event, or of a correction (`id` is its number)."""

    revision: int
    at: str
    kind: ChangedKind
    id: str
    action: Literal["added", "changed", "removed"]
    successor: str | None
    delta: Delta


def now() -> str:
    """Return the time, as the logs have it: ISO 8601, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def latest_revision(connection: Connection) -> int:
    """Return the revision of the last change, 0 where there was none."""
    return int(connection.execute(select(func.max(schema.changes.c.revision))).scalar() or 0)


def kinds_changed(connection: Connection, *, since: int) -> frozenset[ChangedKind]:
    """Return of which kinds something changed after a revision."""
    changes = schema.changes.c
    query = select(changes.kind).where(changes.revision > since).distinct()
    return frozenset(row[0] for row in connection.execute(query))


def revision_at(connection: Connection, day: date) -> int:
    """Return the last revision that was written before a day (UTC) began."""
    changes = schema.changes.c
    query = select(func.max(changes.revision)).where(changes.at < day.isoformat())
    return int(connection.execute(query).scalar() or 0)


def log_changes(
    connection: Connection,
    kind: ChangedKind,
    *,
    added: Iterable[str] | Mapping[str, Event] = (),
    changed: Iterable[str] | Mapping[str, tuple[Event, Event]] = (),
    removed: Iterable[str] | Mapping[str, str | None] = (),
) -> None:
    """Note what is new, different and gone, in the transaction that makes it so.

    Events come by id, with what they were and are, and those that go with the id of the
    event that they went into (None where there is none), which makes their tombstones.
    """
    entries: list[dict[str, Any]] = []
    for id_ in removed:
        successor = removed[id_] if isinstance(removed, Mapping) else None
        entries.append({"id": id_, "action": "removed", "successor": successor})
    for id_ in added:
        event = added[id_] if isinstance(added, Mapping) else None
        entries.append({"id": id_, "action": "added", "delta": _encoded(None, event)})
    for id_ in changed:
        pair = changed[id_] if isinstance(changed, Mapping) else (None, None)
        delta = _encoded(*pair)
        if isinstance(changed, Mapping) and delta is None:
            continue
        entries.append({"id": id_, "action": "changed", "delta": delta})
    if not entries:
        return
    if kind == "event":
        _bury(connection, added, removed)
    at, last = now(), latest_revision(connection)
    for number, entry in enumerate(entries, last + 1):
        entry.update(revision=number, at=at, kind=kind)
        entry.setdefault("successor", None)
        entry.setdefault("delta", None)
    connection.execute(schema.changes.insert(), entries)


def delta_of(old: Event | None, new: Event) -> Delta:
    """Return what is different of an event; `old` is None for one that is new."""
    had = [mention.id for mention in old.mentions] if old else []
    has = [mention.id for mention in new.mentions]
    if old is None:
        return Delta(
            joined=tuple(has),
            fields={name: (None, _plain(getattr(new, name))) for name in _TOLD},
        )
    before, after = set(had), set(has)
    return Delta(
        joined=tuple(id_ for id_ in has if id_ not in before),
        left=tuple(id_ for id_ in had if id_ not in after),
        fields={
            name: (_plain(getattr(old, name)), _plain(getattr(new, name)))
            for name in _TOLD
            if getattr(old, name) != getattr(new, name)
        },
        also=tuple(name for name in _OTHERS if getattr(old, name) != getattr(new, name)),
    )


def forward(connection: Connection, id_: str) -> str | None:
    """Return the event that one which is no more went into, None where it went into none.

    Follows several such steps; an id that never was, or that still is, gives None.
    """
    tombstones = schema.tombstones.c
    seen: set[str] = set()
    at: str | None = id_
    while at is not None and at not in seen:
        seen.add(at)
        row = connection.execute(
            select(tombstones.successor).where(tombstones.id == at)
        ).one_or_none()
        if row is None:
            return at if at != id_ else None
        at = row[0]
    return None


def read_changes(connection: Connection, *, since: int) -> Iterator[Change]:
    """Yield what changed after a revision, each thing once, as it is now."""
    changes = schema.changes.c
    last = (
        select(func.max(changes.revision).label("revision"))
        .where(changes.revision > since)
        .group_by(changes.kind, changes.id)
        .subquery()
    )
    query = (
        select(schema.changes)
        .join(last, changes.revision == last.c.revision)
        .order_by(changes.revision)
    )
    result = connection.execution_options(yield_per=_AT_A_TIME).execute(query)
    for rows in result.partitions():
        values = _values(connection, rows)
        for row in rows:
            gone = row.action == "removed"
            yield Change(
                revision=row.revision,
                at=row.at,
                kind=row.kind,
                id=row.id,
                action="gone" if gone else "put",
                successor=row.successor,
                value=None if gone else values.get((row.kind, row.id)),
            )


def read_trail(connection: Connection, ids: Iterable[str]) -> list[Step]:
    """Return every change to some events, and all corrections, in the order of revisions."""
    changes = schema.changes.c
    ours = (changes.kind == "event") & changes.id.in_(list(ids))
    query = (
        select(schema.changes)
        .where(ours | (changes.kind == "correction"))
        .order_by(changes.revision)
    )
    return [
        Step(
            revision=row.revision,
            at=row.at,
            kind=row.kind,
            id=row.id,
            action=row.action,
            successor=row.successor,
            delta=msgspec.json.decode(row.delta, type=Delta) if row.delta else Delta(),
        )
        for row in connection.execute(query)
    ]


def predecessors(connection: Connection, id_: str) -> list[str]:
    """Return the events that are no more and went into one, directly or by steps."""
    tombstones = schema.tombstones.c
    found: list[str] = []
    fresh = [id_]
    while fresh:
        query = select(tombstones.id).where(tombstones.successor.in_(fresh)).order_by(tombstones.id)
        fresh = [gone for gone in connection.execute(query).scalars() if gone not in found]
        found.extend(fresh)
    return found


def _values(connection: Connection, rows: Iterable[Any]) -> dict[tuple[str, str], msgspec.Raw]:
    """Return what the things that changed are now, by kind and id."""
    ids: dict[str, list[str]] = {}
    for row in rows:
        if row.action != "removed":
            ids.setdefault(row.kind, []).append(row.id)
    found: dict[tuple[str, str], msgspec.Raw] = {}
    for kind, wanted in ids.items():
        for id_, data in connection.execute(_select_values(kind, wanted)):
            found[kind, str(id_)] = msgspec.Raw(data.encode())
    return found


def _select_values(kind: str, ids: list[str]) -> Select[Any]:
    if kind == "link":
        links = schema.links.c
        keys = [tuple(id_.split(" ")) for id_ in ids]
        name = links.relation + " " + links["from"] + " " + links.to
        return select(name, links.data).where(
            tuple_(links.relation, links["from"], links.to).in_(keys)
        )
    if kind == "correction":
        corrections = schema.corrections.c
        return select(corrections.number, corrections.data).where(
            corrections.number.in_([int(id_) for id_ in ids])
        )
    table = schema.events if kind == "event" else schema.reports
    return select(table.c.id, table.c.data).where(table.c.id.in_(ids))


def _bury(
    connection: Connection,
    added: Iterable[str],
    removed: Iterable[str] | Mapping[str, str | None],
) -> None:
    """Make the tombstones of events that go, and take away those of events that come back."""
    tombstones = schema.tombstones
    ids = [{"event": id_} for id_ in (*removed, *added)]
    if ids:
        connection.execute(delete(tombstones).where(tombstones.c.id == bindparam("event")), ids)
    graves = [
        {"id": id_, "successor": removed[id_] if isinstance(removed, Mapping) else None}
        for id_ in removed
    ]
    if graves:
        connection.execute(tombstones.insert(), graves)


def _encoded(old: Event | None, new: Event | None) -> str | None:
    if new is None:
        return None
    if old is not None and old == new:
        return None
    return msgspec.json.encode(delta_of(old, new)).decode()


def _plain(value: Any) -> Any:  # noqa: ANN401 - any field of an event
    return msgspec.to_builtins(value, str_keys=True)
