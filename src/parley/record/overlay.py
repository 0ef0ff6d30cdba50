"""What the record shows: the machine's events with what persons said of them.

In: the machine's events that are to be written, all or some.  Out: the same with each
field on which a person had the last word in his or her words, without those that a
person deleted; and, apart, the machine's own of every event that was touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, delete, select

from parley.model import Anchor, Corrected, Correction, Event
from parley.record import schema
from parley.record.leaving import leave_out
from parley.record.standing import (
    Anchorage,
    holder,
    mentions_of,
    read_log,
    standing,
)

# What a summary is made of.
_SUMMED_UP = frozenset({"type", "mode", "status", "when", "where", "participants", "counts"})
_TYPES = {field.name: field.type for field in msgspec.structs.fields(Event)}


class Shown(Struct, frozen=True):
    """What is shown of some of the machine's events.

    `events` are as a person sees them, by id, `suggestions` the machine's own of those on
    which a person had a word, with whether the event is shown at all.
    """

    events: Mapping[str, Event]
    suggestions: Mapping[str, tuple[Event, bool]]


def overlay(connection: Connection, events: Mapping[str, Event]) -> Shown:
    """Return what the record shows of the machine's `events`, by id.

    They may be all of the record's or those that are to be written; what stands in the
    others is read from the record.
    """
    log = standing(read_log(connection))
    if not log:
        return Shown(events, {})
    anchorage = Anchorage(connection, log)
    told_by = _told_by(connection, log, anchorage, events)
    words: dict[str, list[Correction]] = {}
    for correction in log:
        for id_ in _about(correction, anchorage, told_by):
            if id_ in events:
                words.setdefault(id_, []).append(correction)
    shown = dict(events)
    suggestions: dict[str, tuple[Event, bool]] = {}
    for id_, said in words.items():
        machine = events[id_]
        deleted = any(_deletes(correction, machine, anchorage) for correction in said)
        suggestions[id_] = (machine, not deleted)
        if deleted:
            del shown[id_]
        else:
            shown[id_] = correct(machine, said, anchorage)
    _leave_out_deleted(log, anchorage, events, shown, suggestions)
    return Shown(shown, suggestions)


def _leave_out_deleted(
    log: Sequence[Correction],
    anchorage: Anchorage,
    machine: Mapping[str, Event],
    shown: dict[str, Event],
    suggestions: dict[str, tuple[Event, bool]],
) -> None:
    """Take the tellings of deleted events out of the events that merging put them to."""
    deleted = {
        mention
        for correction in log
        if correction.action == "delete"
        for mention in anchorage.mentions(correction.anchors)
    }
    if not deleted:
        return
    for id_, event in list(shown.items()):
        inside = sum(mention.id in deleted for mention in event.mentions)
        if inside == len(event.mentions):
            del shown[id_]
            suggestions[id_] = (machine[id_], False)
        elif inside:
            shown[id_] = leave_out(event, deleted)
            suggestions.setdefault(id_, (machine[id_], True))


def _deletes(correction: Correction, machine: Event, anchorage: Anchorage) -> bool:
    """Tell whether a correction takes an event away.

    Where merging put the tellings of a deleted event to another, the other stays, without
    them.
    """
    if correction.action != "delete":
        return False
    held = set(anchorage.mentions(correction.anchors))
    inside = sum(mention.id in held for mention in machine.mentions)
    return machine.id == correction.event or 2 * inside > len(machine.mentions)


def correct(machine: Event, said: Sequence[Correction], anchorage: Anchorage) -> Event:
    """Return the machine's event with what was said of it, the last word on a field prevailing."""
    values: dict[str, Any] = {}
    entries: dict[object, Corrected] = {}
    for correction in said:
        field = correction.field
        machine_says = None
        if field is not None:
            values[field] = field_value(field, _again(correction, machine, anchorage))
            machine_says = msgspec.to_builtins(getattr(machine, field), str_keys=True)
            entries.pop(field, None)
        entries[field or correction.number] = Corrected(
            number=correction.number,
            action=correction.action,
            field=field,
            machine=machine_says,
            by=correction.by,
            at=correction.at,
            why=correction.why,
        )
    event = replace(machine, **values, corrections=tuple(entries.values()))
    if "summary" not in values and _SUMMED_UP & values.keys():
        from parley.merging import summarise  # noqa: PLC0415 - slow to load, rarely needed

        event = replace(event, summary=summarise(event))
    return event


def field_value(field: str, value: Any) -> Any:  # noqa: ANN401 - whatever the field holds
    """Return a field's value from its JSON; raises msgspec.ValidationError for another kind."""
    return msgspec.convert(value, _TYPES[field])


def write_suggestions(
    connection: Connection,
    touched: Iterable[str] | None,
    suggestions: Mapping[str, tuple[Event, bool]],
) -> None:
    """Keep the machine's own of the events that were corrected.

    Of the events `touched` (None: all) no other is kept.
    """
    table = schema.suggestions
    there: dict[str, tuple[bool, str]] = {
        event: (shown, data)
        for event, shown, data in connection.execute(
            select(table.c.event, table.c.shown, table.c.data)
        )
    }
    wanted = {
        id_: (shown, msgspec.json.encode(event).decode())
        for id_, (event, shown) in suggestions.items()
    }
    ours = there if touched is None else touched
    stale = [id_ for id_ in ours if id_ in there and there[id_] != wanted.get(id_)]
    for id_ in stale:
        connection.execute(delete(table).where(table.c.event == id_))
    new = [
        {"event": id_, "shown": shown, "data": data}
        for id_, (shown, data) in wanted.items()
        if there.get(id_) != (shown, data)
    ]
    if new:
        connection.execute(table.insert(), new)


def machine_events(connection: Connection, ids: Iterable[str]) -> dict[str, Event]:
    """Return what the machine alone says of some events, deleted ones included."""
    found: dict[str, Event] = {}
    for id_ in ids:
        for table, column in (
            (schema.suggestions, schema.suggestions.c.event),
            (schema.events, schema.events.c.id),
        ):
            data = connection.execute(select(table.c.data).where(column == id_)).scalar()
            if data is not None:
                found[id_] = msgspec.json.decode(data, type=Event)
                break
    return found


def hidden_events(connection: Connection) -> list[Event]:
    """Return the machine's own of the events that a person deleted."""
    table = schema.suggestions.c
    rows = connection.execute(select(table.data).where(table.shown.is_(False)))
    return [msgspec.json.decode(data, type=Event) for (data,) in rows]


def suggested_events(connection: Connection) -> list[Event]:
    """Return the machine's own of the events that were corrected, the deleted ones too."""
    rows = connection.execute(select(schema.suggestions.c.data))
    return [msgspec.json.decode(data, type=Event) for (data,) in rows]


def told_by_now(connection: Connection, mentions: Iterable[str]) -> dict[str, str]:
    """Return mention id -> event id of some mentions, those of deleted events included."""
    told_in = schema.event_mentions.c
    wanted = sorted(set(mentions))
    found: dict[str, str] = {}
    for at in range(0, len(wanted), 500):
        query = select(told_in.mention, told_in.event).where(
            told_in.mention.in_(wanted[at : at + 500])
        )
        found.update({row[0]: row[1] for row in connection.execute(query)})
    if left := set(wanted) - found.keys():
        hidden = mentions_of(suggested_events(connection))
        found.update({mention: hidden[mention] for mention in left if mention in hidden})
    return found


def _told_by(
    connection: Connection,
    log: Sequence[Correction],
    anchorage: Anchorage,
    events: Mapping[str, Event],
) -> dict[str, str]:
    """Return for the mentions that corrections hold on to the events that they will be in."""
    anchored = [
        mention
        for correction in log
        for anchors in _anchor_groups(correction)
        for mention in anchorage.mentions(anchors)
    ]
    now = told_by_now(connection, anchored)
    # What is written anew holds what it is handed, and nothing that it held before.
    kept = {mention: event for mention, event in now.items() if event not in events}
    return {**kept, **mentions_of(events.values())}


def _anchor_groups(correction: Correction) -> list[tuple[Anchor, ...]]:
    return [correction.anchors, *(group.anchors for group in correction.groups)]


def _about(correction: Correction, anchorage: Anchorage, told_by: Mapping[str, str]) -> list[str]:
    """Return the events that a correction is about: one, or after a split each of its parts."""
    groups = [(correction.event, correction.anchors)]
    if correction.action == "split":
        groups += [(group.event, group.anchors) for group in correction.groups]
    found = (holder(id_, anchorage.mentions(anchors), told_by) for id_, anchors in groups)
    return list(dict.fromkeys(id_ for id_ in found if id_ is not None))


def _again(correction: Correction, machine: Event, anchorage: Anchorage) -> Any:  # noqa: ANN401
    """Return the value of a correction, its indexes of mentions as they are in the event now."""
    if correction.field not in ("counts", "provisions") or not isinstance(correction.value, list):
        return correction.value
    at = {mention.id: index for index, mention in enumerate(machine.mentions)}
    found = []
    for entry in correction.value:
        index = entry.get("mention", 0)
        anchors = correction.anchors
        mention = anchorage.mention(anchors[index]) if index < len(anchors) else None
        told = {key: value for key, value in entry.items() if key != "mentions"}
        found.append({**told, "mention": at.get(mention or "", 0)})
    return found
