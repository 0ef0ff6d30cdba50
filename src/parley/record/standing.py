"""The log of corrections: what is in it, what of it stands, and where it holds on now.

A correction stands unless a later entry that itself stands undoes it.  Its anchors are
found again in the mentions as they are: by id, else in the same text by the mention of
the same type that shares most characters with it, else by any that shares some.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, func, select

from parley.model import Anchor, Constraints, Correction, Event, EventMention
from parley.record import schema

_IN_A_QUERY = 500


def read_log(connection: Connection) -> list[Correction]:
    """Return every entry of the log, the first first."""
    corrections = schema.corrections.c
    rows = connection.execute(select(corrections.data).order_by(corrections.number))
    return [msgspec.json.decode(data, type=Correction) for (data,) in rows]


def standing(log: Sequence[Correction]) -> list[Correction]:
    """Return the entries that no standing entry undoes, the undoing ones left out."""
    undone: set[int] = set()
    kept = []
    for correction in reversed(log):
        if correction.number in undone:
            continue
        if correction.undoes is not None:
            undone.add(correction.undoes)
        else:
            kept.append(correction)
    return kept[::-1]


def append(connection: Connection, drafts: Iterable[Correction]) -> list[Correction]:
    """Add entries to the log; return them with their numbers."""
    last = connection.execute(select(func.max(schema.corrections.c.number))).scalar() or 0
    entries = [replace(draft, number=number) for number, draft in enumerate(drafts, last + 1)]
    if entries:
        connection.execute(schema.corrections.insert(), [_row(entry) for entry in entries])
    return entries


def anchors_of(connection: Connection, mentions: Iterable[EventMention]) -> tuple[Anchor, ...]:
    """Return what holds on to the mentions of an event, in their order."""
    told = list(mentions)
    reports, rows = schema.reports.c, schema.mentions.c
    shas = dict(
        _select_in(
            connection,
            select(reports.id, reports.text_sha256),
            reports.id,
            {mention.report for mention in told},
        )
    )
    types = dict(
        _select_in(
            connection, select(rows.id, rows.type), rows.id, {mention.id for mention in told}
        )
    )
    return tuple(
        Anchor(
            mention=mention.id,
            report=mention.report,
            text_sha256=shas.get(mention.report, ""),
            start=mention.start,
            end=mention.end,
            type=types.get(mention.id, ""),
        )
        for mention in told
    )


class Anchorage:
    """Where the anchors of some corrections hold on to the mentions as they are now."""

    def __init__(self, connection: Connection, corrections: Sequence[Correction]) -> None:
        anchors = {
            anchor.mention: anchor
            for correction in corrections
            for group in (correction.anchors, *(group.anchors for group in correction.groups))
            for anchor in group
        }
        self._found = _resolve(connection, anchors)

    def mention(self, anchor: Anchor) -> str | None:
        """Return the mention that an anchor holds on to, None where there is none any more."""
        return self._found.get(anchor.mention)

    def mentions(self, anchors: Iterable[Anchor]) -> tuple[str, ...]:
        """Return the mentions that some anchors hold on to, each once."""
        found = (self.mention(anchor) for anchor in anchors)
        return tuple(dict.fromkeys(mention for mention in found if mention is not None))


def target(correction: Correction, anchorage: Anchorage, told_by: Mapping[str, str]) -> str | None:
    """Return the event that a correction is about now, None where it holds on to none.

    It is the one that has most of the tellings that it had, of equals the one with its
    id, then the one with the earliest of them.  `told_by` is mention id -> event id.
    """
    return holder(correction.event, anchorage.mentions(correction.anchors), told_by)


def holder(event: str, mentions: Sequence[str], told_by: Mapping[str, str]) -> str | None:
    """Return the event that has most of some mentions, of equals `event`, else the first's."""
    events = [told_by[mention] for mention in mentions if mention in told_by]
    if not events:
        return None
    tally = Counter(events)
    return max(tally, key=lambda id_: (tally[id_], id_ == event, -events.index(id_)))


def constraints_of(
    corrections: Sequence[Correction], anchorage: Anchorage, *, confirmed: bool = False
) -> Constraints:
    """Return what the standing merges, splits and adds say of the mentions as they are now.

    With `confirmed`, events that were found right as a whole say it of their mentions too, also
    where there is but one: such a group of one says what it is apart from, if anything.
    """
    together: list[set[str]] = []
    apart: list[tuple[set[str], set[str]]] = []
    for correction in corrections:
        whole = confirmed and correction.action == "confirm" and correction.field is None
        if correction.action not in ("merge", "split", "add") and not whole:
            continue
        ones = set(anchorage.mentions(correction.anchors))
        for group in correction.groups:
            others = set(anchorage.mentions(group.anchors))
            if correction.action == "merge":
                ones |= others
            elif ones - others and others:
                _set_apart(together, apart, ones - others, others)
        if (correction.action == "merge" and len(ones) > 1) or (whole and ones):
            _put_together(together, apart, ones)
    least = 1 if confirmed else 2
    return Constraints(
        together=tuple(tuple(sorted(group)) for group in together if len(group) >= least),
        apart=tuple(
            (tuple(sorted(ones)), tuple(sorted(others)))
            for ones, others in apart
            if ones and others
        ),
    )


def _put_together(
    together: list[set[str]], apart: list[tuple[set[str], set[str]]], group: set[str]
) -> None:
    """Let a group be one; earlier words that would part it no longer do."""
    joined = [known for known in together if known & group]
    whole = set(group).union(*joined)
    together[:] = [known for known in together if not known & group]
    together.append(whole)
    for ones, others in apart:
        if ones & whole and others & whole:
            others.difference_update(whole)


def _set_apart(
    together: list[set[str]],
    apart: list[tuple[set[str], set[str]]],
    ones: set[str],
    others: set[str],
) -> None:
    """Let two groups be two; earlier words that would join them no longer do."""
    for known in list(together):
        if known & ones and known & others:
            together.remove(known)
            together.extend((known - others, known & others))
    apart.append((ones, others))


def _resolve(connection: Connection, anchors: Mapping[str, Anchor]) -> dict[str, str]:
    """Return anchored mention -> mention that is there now."""
    mentions = schema.mentions.c
    there = {
        id_ for (id_,) in _select_in(connection, select(mentions.id), mentions.id, set(anchors))
    }
    found = {id_: id_ for id_ in there}
    lost = [anchor for id_, anchor in anchors.items() if id_ not in there]
    if lost:
        found.update(_find_again(connection, lost))
    return found


def _find_again(connection: Connection, lost: Sequence[Anchor]) -> dict[str, str]:
    """Return for anchors whose mention is gone the one that stands on most of their characters."""
    reports, mentions = schema.reports.c, schema.mentions.c
    same_text: dict[str, list[str]] = {}
    shas = {anchor.text_sha256 for anchor in lost}
    for id_, sha in _select_in(
        connection, select(reports.id, reports.text_sha256), reports.text_sha256, shas
    ):
        same_text.setdefault(sha, []).append(id_)
    told: dict[str, list[Any]] = {}
    query = select(mentions.id, mentions.report, mentions.start, mentions.end, mentions.type)
    for row in _select_in(
        connection, query, mentions.report, {id_ for ids in same_text.values() for id_ in ids}
    ):
        told.setdefault(row.report, []).append(row)
    found = {}
    for anchor in lost:
        ids = same_text.get(anchor.text_sha256, [])
        candidates = told.get(anchor.report, []) if anchor.report in ids else []
        if not candidates:
            candidates = [row for id_ in sorted(ids) for row in told.get(id_, [])]
        best = max(candidates, key=lambda row: _likeness(anchor, row), default=None)
        if best is not None and _likeness(anchor, best)[0] > 0:
            found[anchor.mention] = best.id
    return found


def _likeness(anchor: Anchor, row: Any) -> tuple[float, bool, int, str]:  # noqa: ANN401
    """Return how well a mention stands where an anchor does: 0 where they share nothing.

    The shared characters count as a part of all that either has; a mention of the same type
    is preferred to one that shares up to twice as much.
    """
    shared = min(anchor.end, row.end) - max(anchor.start, row.start)
    whole = max(anchor.end, row.end) - min(anchor.start, row.start)
    same = row.type == anchor.type
    part = max(0.0, shared / whole) if whole else 0.0
    return (part * (2 if same else 1), same, -row.start, row.id)


def _select_in(connection: Connection, query: Any, column: Any, values: set[str]) -> list[Any]:  # noqa: ANN401
    """Return the rows of a query whose column has one of many values."""
    wanted = sorted(values)
    rows: list[Any] = []
    for at in range(0, len(wanted), _IN_A_QUERY):
        rows.extend(connection.execute(query.where(column.in_(wanted[at : at + _IN_A_QUERY]))))
    return rows


def _row(correction: Correction) -> dict[str, Any]:
    return {
        "number": correction.number,
        "at": correction.at,
        "by": correction.by,
        "action": correction.action,
        "event": correction.event,
        "field": correction.field,
        "why": correction.why,
        "undoes": correction.undoes,
        "data": msgspec.json.encode(correction).decode(),
    }


def mentions_of(events: Iterable[Event]) -> dict[str, str]:
    """Return mention id -> event id."""
    return {mention.id: event.id for event in events for mention in event.mentions}
