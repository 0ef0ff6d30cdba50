"""Which events are made anew when a person merges, splits, adds, or takes that back.

In: a `Record` and the events.  Out: a `Plan`, which `Record.correct` carries out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from parley.errors import NotFound, Refused
from parley.model import Correction, Event, Mention, Report
from parley.record import Record


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Events made anew, those that are then no more, and mentions that come and go.

    `about` are the ids of the events that are touched without being made anew.
    """

    about: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    gone: Mapping[str, str | None] = field(default_factory=dict)
    added: tuple[Mention, ...] = ()
    dropped: tuple[str, ...] = ()


def join(record: Record, ids: Sequence[str]) -> Plan:
    """Return the plan that makes one event of several, with the id of the first."""
    mentions = [mention for id_ in ids for mention in _told_in(record, id_)]
    return Plan(events=_made(record, {ids[0]: mentions}), gone=dict.fromkeys(ids[1:], ids[0]))


def part(
    record: Record, id_: str, apart: Collection[str], *, named: str | None = None
) -> tuple[Plan, str]:
    """Return the plan that sets mentions of an event apart, and the id of what they then are.

    `named` is the id that it is to have, where no event has that yet.
    """
    told = _told_in(record, id_)
    staying = [mention for mention in told if mention.id not in apart]
    going = [mention for mention in told if mention.id in apart]
    new = named if named and not _is_taken(record, named) else _new_id(record, going)
    return Plan(events=_made(record, {id_: staying, new: going})), new


def again(record: Record, mention: Mention) -> tuple[Plan, Event]:
    """Return the plan that makes an event of a mention that is not in the record, and the event."""
    (event,) = _made(record, {_new_id(record, [mention]): [mention]})
    return Plan(events=(event,), added=(mention,)), event


def revert(record: Record, entry: Correction, log: Mapping[int, Correction]) -> Plan:
    """Return the plan that takes an entry of the log back."""
    if entry.action == "undo":
        return _repeat(record, log[entry.undoes or 0], log)
    if entry.action == "merge":
        return _unmerge(record, entry)
    if entry.action == "split":
        return _unsplit(record, entry)
    if entry.action == "add":
        return _unadd(record, msgspec.convert(entry.value, Mention))
    return _touch(record, entry)


def _repeat(record: Record, entry: Correction, log: Mapping[int, Correction]) -> Plan:
    """Return the plan that makes an entry stand again."""
    if entry.action == "undo":
        return revert(record, log[entry.undoes or 0], log)
    if entry.action == "merge":
        return _unsplit(record, entry)
    if entry.action == "split":
        first, second = record.held(entry)[:2]
        held = _holder(record, entry.event, first)
        if held is None:
            return Plan()
        inside = {mention.id for mention in _told_in(record, held)}
        going = [mention for mention in second if mention in inside]
        if not going or len(going) == len(inside):
            return Plan(about=(held,))
        return part(record, held, going, named=entry.groups[0].event)[0]
    if entry.action == "add":
        return again(record, msgspec.convert(entry.value, Mention))[0]
    return _touch(record, entry)


def _touch(record: Record, entry: Correction) -> Plan:
    subject = record.subjects([entry])[entry.number]
    about = {subject} if subject else set()
    if entry.action == "delete":
        # Merging may have put its tellings to several events since.
        about.update(record.told_by(record.held(entry)[0]).values())
    return Plan(about=tuple(sorted(about)))


def _unmerge(record: Record, entry: Correction) -> Plan:
    """Set apart again what was merged, under the ids that the events had."""
    first, *rest = record.held(entry)
    held = _holder(record, entry.event, (*first, *(m for group in rest for m in group)))
    if held is None:
        return Plan()
    left = {mention.id: mention for mention in _told_in(record, held)}
    groups: dict[str, list[Mention]] = {}
    for group, mentions in zip(entry.groups, rest, strict=True):
        going = [left.pop(id_) for id_ in mentions if id_ in left]
        if going and left:
            free = group.event not in groups and not _is_taken(record, group.event)
            groups[group.event if free else _new_id(record, going)] = going
        else:
            left.update({mention.id: mention for mention in going})
    return Plan(events=_made(record, {held: list(left.values()), **groups}))


def _unsplit(record: Record, entry: Correction) -> Plan:
    """Join again what was split, or what is to be merged again."""
    held = [
        _holder(record, id_, mentions)
        for id_, mentions in zip(
            (entry.event, *(group.event for group in entry.groups)), record.held(entry), strict=True
        )
    ]
    ids = list(dict.fromkeys(id_ for id_ in held if id_ is not None))
    return join(record, ids) if len(ids) > 1 else Plan(about=tuple(ids))


def _unadd(record: Record, mention: Mention) -> Plan:
    held = record.told_by([mention.id]).get(mention.id)
    if held is None:
        return Plan(dropped=(mention.id,))
    rest = [other for other in _told_in(record, held) if other.id != mention.id]
    if rest:
        return Plan(events=_made(record, {held: rest}), dropped=(mention.id,))
    return Plan(gone={held: None}, dropped=(mention.id,))


def _holder(record: Record, event: str, mentions: Collection[str]) -> str | None:
    """Return the event that most of some mentions are in, of equals `event`."""
    tally = Counter(record.told_by(mentions).values())
    return max(tally, key=lambda id_: (tally[id_], id_ == event, id_), default=None)


def _told_in(record: Record, id_: str) -> list[Mention]:
    """Return the mentions of an event, in its order."""
    event = record.suggestion(id_)
    if event is None:
        raise NotFound(f"{id_}: no such event; see parley timeline")
    found = record.mentions_by_id([mention.id for mention in event.mentions])
    if len(found) != len(event.mentions):
        raise Refused(
            f"{id_}: its reports were coded again and are not merged yet; run parley ingest first"
        )
    return [found[mention.id] for mention in event.mentions]


def _made(record: Record, groups: Mapping[str, Sequence[Mention]]) -> tuple[Event, ...]:
    from parley.merging import regroup  # noqa: PLC0415 - slow to load

    return regroup(groups, reports=_Reports(record))


def _new_id(record: Record, mentions: Collection[Mention]) -> str:
    from parley.merging import name_event  # noqa: PLC0415 - slow to load

    return name_event(mentions, lambda id_: _is_taken(record, id_), reports=_Reports(record))


def _is_taken(record: Record, id_: str) -> bool:
    return record.suggestion(id_) is not None


class _Reports(Mapping[str, Report]):
    """The reports of a record by id, each fetched when it is first asked for."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._found: dict[str, Report] = {}

    def __getitem__(self, id_: str) -> Report:
        if id_ not in self._found:
            try:
                self._found[id_] = self._record.report(id_)
            except NotFound:
                raise KeyError(id_) from None
        return self._found[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._record.coded())

    def __len__(self) -> int:
        return len(self._record.coded())
