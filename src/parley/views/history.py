"""The story of one event: tellings that joined it, fields that moved, what persons said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec
from msgspec import Struct

from parley.errors import NotFound
from parley.model import Correction, When
from parley.record import Record, Step
from parley.views.phrases import phrase_when


class HistoryRow(Struct, frozen=True, kw_only=True):
    """A step of the story.

    `revision` is the record's at the time, `at` the moment (ISO 8601, UTC).  What the press told
    ("reported") is of no revision: `at` is the day on which it was printed ("" where nothing
    tells), and `mention` the id of who told it first.  `event` is the
    event that it is about: the one asked for, or one that went into it.  `says` is the
    step in words.  For what a person said, `correction` is the number in the log, `by` and
    `why` are his or hers, and `stands` is false where it was taken back.
    """

    revision: int | None
    at: str
    event: str
    what: Literal["reported", "told", "moved", "gone", "corrected"]
    says: str
    mention: str | None = None
    correction: int | None = None
    by: str | None = None
    why: str | None = None
    stands: bool = True


def list_history(record: Record, name: str) -> tuple[HistoryRow, ...]:
    """Return the story of an event: its status as the press told it, then what the record did.

    Each has its oldest step first; the first follows from when reports were printed, the second
    from when they came in.  An event that went into another has that one's story, one that a
    person deleted its own.  Raises `NotFound` for one that never was.
    """
    id_ = _id_of(record, name)
    ids = {id_, *record.went_into(id_)}
    log = {entry.number: entry for entry in record.corrections()}
    standing = {entry.number for entry in record.corrections(standing_only=True)}
    subjects = record.subjects(list(log.values()))
    mentions = record.mentions_by_id(_mentioned(record, ids))
    sources = {report: _source(record, report) for report in {m.report for m in mentions.values()}}
    rows = _reported(record, id_)
    for step in record.trail(ids):
        if step.kind == "correction":
            entry = log[int(step.id)]
            if _is_about(entry, ids, subjects, log):
                rows.append(_said(step, entry, stands=_stands(entry, standing, log)))
            continue
        for what, says in _told(step, {id_: sources[m.report] for id_, m in mentions.items()}):
            rows.append(
                HistoryRow(revision=step.revision, at=step.at, event=step.id, what=what, says=says)
            )
    return tuple(rows)


def _id_of(record: Record, name: str) -> str:
    try:
        return record.event(name).id
    except NotFound:
        if record.suggestion(name) is not None or (
            record.trail([name]) and any(step.kind == "event" for step in record.trail([name]))
        ):
            return name
        raise


def _reported(record: Record, id_: str) -> list[HistoryRow]:
    """Return the statuses that the press gave an event, one after the other."""
    try:
        event = record.event(id_)
    except NotFound:  # a person deleted it
        return []
    mentions = [event.mentions[step.mention] for step in event.course]
    return [
        HistoryRow(
            revision=None,
            at=step.published.isoformat() if step.published else "",
            event=event.id,
            what="reported",
            says=f"status: {step.status}, as told by {_source(record, told.report)}",
            mention=told.id,
        )
        for step, told in zip(event.course, mentions, strict=True)
    ]


def _mentioned(record: Record, ids: set[str]) -> set[str]:
    return {
        mention for step in record.trail(ids) for mention in (*step.delta.joined, *step.delta.left)
    }


def _source(record: Record, report: str) -> str:
    try:
        found = record.report(report)
    except NotFound:
        return report
    return found.outlet or found.source.rpartition("/")[2]


def _is_about(
    entry: Correction,
    ids: set[str],
    subjects: Any,  # noqa: ANN401 - number -> event
    log: dict[int, Correction],
) -> bool:
    if entry.undoes is not None and entry.undoes in log:
        return _is_about(log[entry.undoes], ids, subjects, log)
    parts = {group.event for group in entry.groups}
    return bool({subjects.get(entry.number), entry.event, *parts} & ids)


def _stands(entry: Correction, standing: set[int], log: dict[int, Correction]) -> bool:
    """Tell whether an entry stands; one that undoes does while nothing undoes it."""
    if entry.undoes is None:
        return entry.number in standing
    dead: set[int] = set()
    for other in sorted(log.values(), key=lambda other: -other.number):
        if other.number not in dead and other.undoes is not None:
            dead.add(other.undoes)
    return entry.number not in dead


def _told(
    step: Step, sources: dict[str, str]
) -> Iterator[tuple[Literal["told", "moved", "gone"], str]]:
    if step.action == "removed":
        into = f": it went into {step.successor}" if step.successor else ""
        yield "gone", f"is no more{into}"
        return
    by = [sources.get(mention, "a report that is gone") for mention in step.delta.joined]
    if by:
        verb = "first told" if step.action == "added" else "told further"
        yield "told", f"{verb} by {', '.join(dict.fromkeys(by))}"
    if step.delta.left:
        number = len(step.delta.left)
        yield "moved", f"{number} telling{'' if number == 1 else 's'} left it"
    for field, (old, new) in step.delta.fields.items():
        if step.action == "added":
            if field in ("status", "when"):
                yield "moved", f"{field}: {phrase_field(field, new)}"
        else:
            before, after = phrase_field(field, old), phrase_field(field, new)
            # A time may stay and only its precision, or what it rests on, be another.
            told = f"{before} → {after}" if before != after else f"{after}, told otherwise"
            yield "moved", f"{field}: {told}"
    if step.delta.also:
        yield "moved", f"{', '.join(step.delta.also)} changed"


def _said(step: Step, entry: Correction, *, stands: bool) -> HistoryRow:
    return HistoryRow(
        revision=step.revision,
        at=step.at,
        event=entry.event,
        what="corrected",
        says=phrase_correction(entry),
        correction=entry.number,
        by=entry.by,
        why=entry.why,
        stands=stands,
    )


def phrase_correction(entry: Correction) -> str:
    """Return what a correction did, in words."""
    if entry.undoes is not None:
        return f"took back correction {entry.undoes}"
    if entry.field is not None:
        verb = "confirmed" if entry.action == "confirm" else "set"
        return f"{verb} the {entry.field}: {phrase_field(entry.field, entry.value)}"
    others = ", ".join(group.event for group in entry.groups)
    return {
        "confirm": "confirmed it",
        "note": "noted",
        "delete": "deleted it",
        "add": "added it",
        "merge": f"merged {others} into it",
        "split": f"set {others} apart from it",
    }.get(entry.action, entry.action)


def phrase_field(field: str, value: Any) -> str:  # noqa: ANN401 - any field's value
    """Return a field's plain JSON value in words."""
    if value is None:
        return "unknown"
    if field == "when":
        return phrase_when(msgspec.convert(value, When))
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)):
        return "; ".join(_part(part) for part in value) or "none"
    return msgspec.json.encode(value).decode()


def _part(part: Any) -> str:  # noqa: ANN401 - an entry of a list
    if not isinstance(part, dict):
        return str(part)
    if "what" in part:
        low, high = part.get("low"), part.get("high")
        return f"{part['what']} {low if low == high else f'{low} to {high}'}"
    name = part.get("name") or part.get("text") or msgspec.json.encode(part).decode()
    return f"{part['role']} {name}" if "role" in part else str(name)
