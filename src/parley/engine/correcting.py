"""What an analyst says of the record: confirm, edit, merge, split, delete, add, note, undo.

In: a `Record`, the events' ids, and who says so (`by`) and why.  Out: `Done`.  Each is
one entry or more in the log of corrections and takes effect at once; it holds whatever
the coder and the merging say later, until it is undone.

Where another person has said something else of the same, `Conflict` is raised, and
nothing written.  `seen` is the number of the last correction that the analyst has looked
at: others' words up to it are no conflict.  With `force` the later word is taken; both
stay in the log.  Raises `NotFound` for an event that is not there (the id of one that
went into another gives the other), `Refused` for what makes no sense.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from parley.engine.regrouping import Plan, again, join, part, revert
from parley.engine.values import check_value
from parley.errors import Conflict, NotFound, Refused
from parley.model import (
    Anchor,
    CorrectedField,
    Correction,
    Event,
    Group,
    Mention,
    Report,
    Trace,
    digest,
)
from parley.record import Record, Stale, now
from parley.record.texts import mentions_in

FIELDS: tuple[CorrectedField, ...] = get_args(CorrectedField)
_TRIES = 5
_Result = TypeVar("_Result")


class Done(Struct, frozen=True):
    """What was written: the entries of the log, and the ids of the events that it is about."""

    corrections: tuple[Correction, ...]
    events: tuple[str, ...]


def edit_event(
    record: Record,
    name: str,
    values: Mapping[str, Any],
    *,
    by: str,
    why: str | None = None,
    seen: int | None = None,
    force: bool = False,
) -> Done:
    """Give fields of an event other values, each as it stands in the JSON export.

    A field that has the value already is left alone.
    """
    event = _event(record, name)
    anchors = record.anchors(event.mentions)
    machine = record.suggestion(event.id) or event
    drafts = []
    for field, value in values.items():
        known = check_value(field, value, mentions=len(event.mentions))
        if known != _plain(getattr(event, field)):
            said = _plain(getattr(machine, field))
            drafts.append(_draft("edit", event, anchors, by=by, why=why, word=(field, known, said)))
    return _write_words(record, event, drafts, by=by, seen=seen, force=force)


def confirm_event(
    record: Record,
    name: str,
    *,
    fields: Collection[str] = (),
    by: str,
    why: str | None = None,
    seen: int | None = None,
    force: bool = False,
) -> Done:
    """Say that an event is right as it is: as a whole, or some fields, which then stay so."""
    event = _event(record, name)
    anchors = record.anchors(event.mentions)
    machine = record.suggestion(event.id) or event
    drafts = [
        _draft(
            "confirm",
            event,
            anchors,
            by=by,
            why=why,
            word=(field, check_field(event, field), _plain(getattr(machine, field))),
        )
        for field in fields
    ]
    if not fields:
        drafts = [_draft("confirm", event, anchors, by=by, why=why)]
    return _write_words(record, event, drafts, by=by, seen=seen, force=force)


def note_event(record: Record, name: str, text: str, *, by: str) -> Done:
    """Write a note beside an event."""
    if not text.strip():
        raise Refused("the note is empty; write what is to be remembered")
    event = _event(record, name)
    draft = _draft("note", event, record.anchors(event.mentions), by=by, why=text.strip())
    return Done(tuple(record.correct([draft], about=[event.id])), (event.id,))


def delete_event(
    record: Record,
    name: str,
    *,
    by: str,
    why: str | None = None,
    seen: int | None = None,
    force: bool = False,
) -> Done:
    """Take an event out of what the record shows; its reports and mentions stay."""
    event = _event(record, name)
    draft = _draft("delete", event, record.anchors(event.mentions), by=by, why=why)

    def check(entries: Sequence[Correction]) -> None:
        for other in _of_others(record, entries, event.id, by=by, seen=seen):
            if other.action != "note":
                _complain(other, event.id, _did(other))

    done = record.correct([draft], about=[event.id], checked=None if force else check)
    return Done(tuple(done), (event.id,))


def merge_events(
    record: Record,
    names: Sequence[str],
    *,
    by: str,
    why: str | None = None,
    seen: int | None = None,
    force: bool = False,
) -> Done:
    """Make one event of several; it keeps the id of the first that is named."""

    def write() -> Done:
        latest = record.latest
        events = list({event.id: event for event in (_event(record, n) for n in names)}.values())
        if len(events) < 2:
            raise Refused(
                f"{', '.join(names)}: one event, not several; name two events that are to be one"
            )
        first, *rest = events
        draft = replace(
            _draft("merge", first, record.anchors(first.mentions), by=by, why=why),
            groups=tuple(
                Group(event=event.id, anchors=record.anchors(event.mentions)) for event in rest
            ),
        )
        check = _against(record, draft, "split", by=by, seen=seen)
        plan = join(record, [event.id for event in events])
        return _write_plan(record, draft, plan, latest, None if force else check)

    return _until_fresh(write)


def split_event(
    record: Record,
    name: str,
    mentions: Sequence[str],
    *,
    by: str,
    why: str | None = None,
    seen: int | None = None,
    force: bool = False,
) -> Done:
    """Set some of an event's mentions apart, as an event of its own.

    They are named by id, by the first characters of it, or by their number in the event
    (from 1).
    """

    def write() -> Done:
        latest = record.latest
        event = _event(record, name)
        apart = [_mention_in(event, wanted) for wanted in mentions]
        staying = [mention for mention in event.mentions if mention.id not in apart]
        if not apart or not staying:
            raise Refused(
                f"{event.id}: name some of its {len(event.mentions)} mentions, not "
                f"{'all' if apart else 'none'} of them; parley show {event.id} numbers them"
            )
        plan, new = part(record, event.id, apart)
        draft = replace(
            _draft("split", event, record.anchors(staying), by=by, why=why),
            groups=(
                Group(
                    event=new,
                    anchors=record.anchors(
                        mention for mention in event.mentions if mention.id in apart
                    ),
                ),
            ),
        )
        check = _against(record, draft, "merge", by=by, seen=seen)
        done = _write_plan(record, draft, plan, latest, None if force else check)
        return Done(done.corrections, (event.id, new))

    return _until_fresh(write)


def add_event(
    record: Record,
    report: str,
    *,
    start: int,
    end: int,
    values: Mapping[str, Any],
    by: str,
    why: str | None = None,
) -> Done:
    """Code what a report tells at [start, end) and no coder found, as an event.

    `values` has `type`, and of the other fields what is known; `status` is `happened`
    where it is not given.  What other reports tell joins it, or it joins that, as with any
    other telling; what its own report tells besides does not, as it is said to be another.
    """
    found = record.report(report)
    if not 0 <= start < end <= len(found.text) or not found.text[start:end].strip():
        raise Refused(
            f"{found.source}: {start} to {end} are no characters of it that say something; it "
            f"has {len(found.text)}"
        )
    if "type" not in values:
        raise Refused("the type of what is added is not given; say --type CONSULT, for one")
    checked = {field: check_value(field, value, mentions=1) for field, value in values.items()}
    summary = checked.pop("summary", None)
    trace = Trace(report=found.id, start=start, end=end)
    mention = msgspec.convert(
        {
            "id": digest("m", found.id, str(start), str(end), checked["type"], "by hand"),
            "report": found.id,
            "start": start,
            "end": end,
            "text": found.text[start:end],
            "trigger": (start, end),
            "status": "happened",
            **{field: _traced(value, trace) for field, value in checked.items()},
        },
        Mention,
    )
    if record.mentions_by_id([mention.id]):
        raise Refused(f"{found.source}: the same was added before; edit the event that tells it")
    plan, event = again(record, mention)
    sha = hashlib.sha256(found.text.encode()).hexdigest()
    anchor = Anchor(
        mention=mention.id,
        report=found.id,
        text_sha256=sha,
        start=start,
        end=end,
        type=mention.type,
    )
    drafts = [
        replace(
            _draft("add", event, (anchor,), by=by, why=why),
            value=_plain(mention),
            groups=_told_besides(record, found.id),
        ),
    ]
    if summary is not None:
        drafts.append(
            _draft(
                "edit", event, (anchor,), by=by, why=why, word=("summary", summary, event.summary)
            )
        )
    done = record.correct(drafts, about=[event.id], events=plan.events, added=plan.added)
    return Done(tuple(done), (event.id,))


def _told_besides(record: Record, report: str) -> tuple[Group, ...]:
    """Return the events that a report tells already, deleted ones too, and their tellings."""
    told = record.told_by(mention.id for mention, _ in mentions_in(record, report))
    events = ((id_, record.suggestion(id_)) for id_ in dict.fromkeys(told.values()))
    return tuple(
        Group(event=id_, anchors=record.anchors(event.mentions)) for id_, event in events if event
    )


def find_words(report: Report, words: str) -> tuple[int, int]:
    """Return where words stand that a report has once; raise `Refused` where it has not."""
    times = report.text.count(words) if words else 0
    if times != 1:
        problem = f"{times} times in the report" if times else "not in the report"
        raise Refused(
            f"{words!r} is {problem}; give words that are there once, or where they stand"
        )
    at = report.text.index(words)
    return at, at + len(words)


def undo_correction(record: Record, number: int, *, by: str, why: str | None = None) -> Done:
    """Take back an entry of the log, an undoing one too; the entry stays in the log."""

    def write() -> Done:
        latest = record.latest
        log = {entry.number: entry for entry in record.corrections()}
        entry = log.get(number)
        if entry is None:
            raise NotFound(f"{number}: no such correction; see parley history")
        _check_stands(number, log, record.corrections(standing_only=True))
        plan = revert(record, entry, log)
        draft = Correction(
            action="undo", event=entry.event, by=_name(by), at=now(), why=why, undoes=number
        )
        return _write_plan(record, draft, plan, latest, None)

    return _until_fresh(write)


def check_field(event: Event, field: str) -> Any:  # noqa: ANN401 - any field's value
    """Return a field of an event as plain JSON values; raise `Refused` where it has no such."""
    if field not in FIELDS:
        raise Refused(f"{field}: no field that can be corrected; there is {', '.join(FIELDS)}")
    return _plain(getattr(event, field))


def _event(record: Record, name: str) -> Event:
    """Return an event, by id or its beginning; tell of one that was deleted who did it."""
    try:
        return record.event(name)
    except NotFound:
        deletions = [
            entry for entry in record.corrections(standing_only=True) if entry.action == "delete"
        ]
        subjects = record.subjects(deletions)
        for entry in deletions:
            if name and (subjects[entry.number] or "").startswith(name):
                raise Refused(
                    f"{name}: deleted by {entry.by} ({entry.at[:10]}); `parley undo "
                    f"{entry.number}` brings it back"
                ) from None
        raise


def _mention_in(event: Event, wanted: str) -> str:
    ids = [mention.id for mention in event.mentions]
    if wanted.isdecimal() and 1 <= int(wanted) <= len(ids):
        return ids[int(wanted) - 1]
    found = [id_ for id_ in ids if wanted and id_.startswith(wanted)]
    if len(found) != 1:
        problem = "several mentions begin so" if found else "it has no such mention"
        raise NotFound(
            f"{wanted}: {problem}; {event.id} has {len(ids)}, which parley show {event.id} numbers"
        )
    return found[0]


def _draft(
    action: str,
    event: Event,
    anchors: Sequence[Anchor],
    *,
    by: str,
    why: str | None,
    word: tuple[str, Any, Any] | None = None,
) -> Correction:
    field, value, machine = word or (None, None, None)
    fields = {"action": action, "event": event.id, "field": field, "by": _name(by), "at": now()}
    draft = msgspec.convert(fields, Correction)
    return replace(
        draft, anchors=tuple(anchors), value=value, machine=machine, why=(why or "").strip() or None
    )


def _name(by: str) -> str:
    name = " ".join(by.split())
    if not name:
        raise Refused("nobody says so; give a name with --by or PARLEY_ANALYST")
    return name


def _write_words(
    record: Record,
    event: Event,
    drafts: Sequence[Correction],
    *,
    by: str,
    seen: int | None,
    force: bool,
) -> Done:
    if not drafts:
        return Done((), (event.id,))
    wanted = {draft.field: draft for draft in drafts}

    def check(entries: Sequence[Correction]) -> None:
        for other in _of_others(record, entries, event.id, by=by, seen=seen):
            mine = wanted.get(other.field)
            if other.field is not None and mine is not None and mine.value != other.value:
                _complain(other, event.id, _did(other))

    done = record.correct(drafts, about=[event.id], checked=None if force else check)
    return Done(tuple(done), (event.id,))


def _of_others(
    record: Record, entries: Sequence[Correction], event: str, *, by: str, seen: int | None
) -> list[Correction]:
    """Return what other persons said of an event that the analyst has not seen, the last first.

    Of several words on one field only the last counts.
    """
    found: dict[object, Correction] = {}
    subjects = record.subjects(entries)
    for entry in entries:
        if subjects[entry.number] == event:
            found[entry.field or entry.number] = entry
    return [
        entry
        for entry in reversed(found.values())
        if entry.by != _name(by) and (seen is None or entry.number > seen)
    ]


def _against(
    record: Record, draft: Correction, action: str, *, by: str, seen: int | None
) -> Callable[[Sequence[Correction]], None]:
    """Return the check that no other person has said the contrary of a merge or a split."""
    ones = {anchor.mention for anchor in draft.anchors}
    others = {anchor.mention for group in draft.groups for anchor in group.anchors}

    def check(entries: Sequence[Correction]) -> None:
        for entry in entries:
            if entry.action != action or entry.by == _name(by):
                continue
            if seen is not None and entry.number <= seen:
                continue
            first, *rest = record.held(entry)
            second = {mention for group in rest for mention in group}
            if action == "merge":
                whole = set(first) | second
                clash = whole & ones and whole & others
            else:
                whole = ones | others
                clash = whole & set(first) and whole & second
            if clash:
                _complain(entry, draft.event, _did(entry))

    return check


def _did(entry: Correction) -> str:
    """Return what somebody did, in words."""
    if entry.field is not None:
        told = msgspec.json.encode(entry.value).decode()
        verb = "confirmed" if entry.action == "confirm" else "set"
        return f"{verb} the {entry.field} as {told}"
    verbs = {"merge": "merged", "add": "added", "confirm": "confirmed", "delete": "deleted"}
    return f"{verbs.get(entry.action, entry.action)} it"


def _complain(entry: Correction, event: str, did: str) -> None:
    why = f", because “{entry.why}”" if entry.why else ""
    raise Conflict(
        f"{event}: {entry.by} {did} ({entry.at[:10]}, correction {entry.number}{why}); look at it "
        f"with parley history {event}, and give --force to put your word in its place"
    )


def _check_stands(
    number: int, log: Mapping[int, Correction], standing: Sequence[Correction]
) -> None:
    """Raise `Refused` for an entry that was taken back already."""
    if log[number].action != "undo" and number in {entry.number for entry in standing}:
        return
    dead: dict[int, int] = {}
    for entry in sorted(log.values(), key=lambda entry: -entry.number):
        if entry.number not in dead and entry.undoes is not None:
            dead[entry.undoes] = entry.number
    if number in dead:
        raise Refused(
            f"{number}: undone already by {log[dead[number]].by} (correction {dead[number]}); "
            f"`parley undo {dead[number]}` makes it stand again"
        )


def _write_plan(
    record: Record,
    draft: Correction,
    plan: Plan,
    latest: int,
    check: Callable[[Sequence[Correction]], None] | None,
) -> Done:
    done = record.correct(
        [draft],
        about=plan.about,
        events=plan.events,
        gone=plan.gone,
        added=plan.added,
        dropped=plan.dropped,
        checked=check,
        latest=latest,
    )
    return Done(tuple(done), tuple(dict.fromkeys((*(e.id for e in plan.events), *plan.about))))


def _until_fresh(write: Callable[[], _Result]) -> _Result:
    """Do what rests on the record as it was read, again where another program changed it."""
    for _ in range(_TRIES - 1):
        try:
            return write()
        except Stale:
            continue
    return write()


def _traced(value: Any, trace: Trace) -> Any:  # noqa: ANN401 - plain JSON values
    """Return a field's value with the span as what says it."""
    evidence = [_plain(trace)]
    if isinstance(value, dict):
        return {**value, "evidence": evidence}
    if isinstance(value, list):
        return [
            {**part, "evidence": evidence} if isinstance(part, dict) else part for part in value
        ]
    return value


def _plain(value: Any) -> Any:  # noqa: ANN401 - any struct
    return msgspec.json.decode(msgspec.json.encode(value))
