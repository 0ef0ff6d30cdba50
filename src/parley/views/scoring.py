"""A record measured against events that a person coded.

In: a record and a file of gold events, JSON Lines or CSV.  Out: `Score`.  The measures are
our own.  An event of the record and one of the file are one where `matching.match` says
so.  Of these: precision, recall and F1 of finding an event; and of those found, how many
have a field right: type and status the same; the time right where the windows begin and
end on the same days, near where they overlap; the place right where a name is the same;
the parties by the F1 of their names; the dead right where the best figure, else the
lowest, is the same.  Only what the file gives is asked for.

A line of JSON has the keys of the export (`type`, `status`, `when`, `where`,
`participants`, `counts`); a row of a table the columns `id`, `type`, `status`, `start`,
`end`, `places`, `parties` (with semicolons between several), `killed`.  Whatever else
stands there is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from parley.errors import InputError
from parley.model import EventType, Status
from parley.record import Record, folded
from parley.views.given import read_rows, read_text
from parley.views.matching import Outline, match, outline

Figure = Annotated[int, Meta(ge=0)]


class Part(Struct, frozen=True, kw_only=True):
    """One measure: `right` of `asked`, and their share (None where nothing was asked)."""

    measure: str
    right: float
    asked: int
    share: float | None


class Score(Struct, frozen=True, kw_only=True):
    """How well a record meets the gold events; `missed` and `extra` are their ids."""

    gold: int
    events: int
    found: int
    precision: float | None
    recall: float | None
    f1: float | None
    fields: tuple[Part, ...]
    missed: tuple[str, ...]
    extra: tuple[str, ...]


def score_record(record: Record, gold: Sequence[Outline], *, days: int = 3) -> Score:
    """Return how well a record meets the gold events; `days` as in `matching.match`."""
    events = [outline(event) for event in record.events()]
    pairs = match(gold, events, days=days)
    found = {pair.one for pair in pairs}
    given = {pair.other for pair in pairs}
    both = [(gold[pair.one], events[pair.other]) for pair in pairs]
    total = len(gold) + len(events)
    return Score(
        gold=len(gold),
        events=len(events),
        found=len(pairs),
        precision=_share(len(pairs), len(events)),
        recall=_share(len(pairs), len(gold)),
        f1=_share(2 * len(pairs), total),
        fields=tuple(_parts(both)),
        missed=tuple(one.id for at, one in enumerate(gold) if at not in found),
        extra=tuple(one.id for at, one in enumerate(events) if at not in given),
    )


def read_gold(path: str) -> list[Outline]:
    """Return the gold events of a file; raise `InputError` naming the line that is none."""
    text = read_text(path)
    read = _read_lines if text.lstrip()[:1] == "{" else _read_rows
    found = list(read(path, text))
    if not found:
        raise InputError(path, "no events in it", way_out="give JSON Lines or a CSV of events")
    return found


class _When(Struct, frozen=True):
    start: date | None = None
    end: date | None = None


class _Named(Struct, frozen=True):
    name: str
    country: str | None = None


class _Toll(Struct, frozen=True):
    what: str
    low: Figure | None = None
    best: Figure | None = None
    high: Figure | None = None


class _Gold(Struct, frozen=True):
    """What is read of a line; whatever else stands there is passed over."""

    kind: str = "event"
    id: str | int | None = None
    summary: str | None = None
    type: EventType | None = None
    status: Status | None = None
    when: _When | None = None
    where: tuple[_Named, ...] | None = None
    participants: tuple[_Named, ...] | None = None
    counts: tuple[_Toll, ...] | None = None


class _Kind(Struct, frozen=True):
    """Enough of a line to tell whether it is an event."""

    kind: str = "event"


def _read_lines(path: str, text: str) -> Iterator[Outline]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            if msgspec.json.decode(line, type=_Kind).kind == "event":
                gold = msgspec.json.decode(line, type=_Gold)
                yield _outline_of(gold, f"line {number}")
        except (msgspec.DecodeError, ValueError) as error:
            raise InputError(
                f"{path}#{number}", f"no event ({error})", way_out="write it as in the export"
            ) from error


def _outline_of(gold: _Gold, name: str) -> Outline:
    when = gold.when or _When()
    if when.start and when.end and when.end < when.start:
        raise ValueError(f"it ends on {when.end}, before it begins")
    places, parties = gold.where or (), gold.participants or ()
    killed = [count for count in gold.counts or () if count.what == "killed"]
    return Outline(
        id=str(gold.id or name),
        summary=gold.summary or "",
        type=gold.type,
        status=gold.status,
        start=when.start,
        end=when.end or (date.max if when.start else None),
        places=tuple(place.name for place in places),
        countries=tuple(place.country for place in places if place.country),
        parties=tuple(party.name for party in parties),
        low=min((c.low for c in killed if c.low is not None), default=None),
        best=max((c.best for c in killed if c.best is not None), default=None),
        high=max((c.high for c in killed if c.high is not None), default=None),
    )


def _read_rows(path: str, text: str) -> Iterator[Outline]:
    names, rows = read_rows(path, text)
    if not {"start", "type"} <= set(names):
        raise InputError(
            path, "no table of events", way_out="its first line must name type and start at least"
        )
    for number, row in rows:
        try:
            yield _row_outline(row, number)
        except (msgspec.ValidationError, ValueError) as error:
            raise InputError(
                f"{path}#{number}",
                str(error),
                way_out="write days as 2023-05-19, numbers plainly, type and status as in the "
                "export",
            ) from error


def _row_outline(row: Mapping[str, str], number: int) -> Outline:
    start = date.fromisoformat(row["start"].strip()) if row["start"].strip() else None
    end = date.fromisoformat(row["end"].strip()) if row.get("end", "").strip() else start
    if start and end and end < start:
        raise ValueError(f"it ends on {end}, before it begins")
    killed = row.get("killed", "").strip()
    dead = msgspec.convert(killed, Figure, strict=False) if killed else None
    return Outline(
        id=row.get("id") or f"row {number}",
        summary=row.get("summary", ""),
        type=msgspec.convert(row["type"].strip() or None, EventType | None),
        status=msgspec.convert(row.get("status", "").strip() or None, Status | None),
        start=start,
        end=end,
        places=_split(row.get("places")),
        parties=_split(row.get("parties")),
        low=dead,
        best=dead,
        high=dead,
    )


def _split(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())


def _parts(both: Sequence[tuple[Outline, Outline]]) -> Iterator[Part]:
    yield _part("type", [float(a.type == b.type) for a, b in both if a.type])
    yield _part("status", [float(a.status == b.status) for a, b in both if a.status])
    dated = [(a, b) for a, b in both if a.start]
    yield _part("when", [float((a.start, a.end) == (b.start, b.end)) for a, b in dated])
    yield _part("when, near", [float(_overlap(a, b)) for a, b in dated])
    yield _part(
        "where",
        [float(bool(_names(a.places) & _names(b.places))) for a, b in both if a.places],
    )
    yield _part(
        "parties", [_f1(_names(a.parties), _names(b.parties)) for a, b in both if a.parties]
    )
    killed = [(a, b) for a, b in both if a.best is not None or a.low is not None]
    yield _part("killed", [float(_figure(a) == _figure(b)) for a, b in killed])


def _part(measure: str, values: Sequence[float]) -> Part:
    right = round(sum(values), 4)
    return Part(measure=measure, right=right, asked=len(values), share=_share(right, len(values)))


def _share(right: float, of: int) -> float | None:
    return round(right / of, 4) if of else None


def _overlap(one: Outline, other: Outline) -> bool:
    if one.start is None or other.start is None:
        return False
    return one.start <= (other.end or other.start) and other.start <= (one.end or one.start)


def _names(names: Sequence[str]) -> set[str]:
    return {folded(name) for name in names}


def _f1(ones: set[str], others: set[str]) -> float:
    return 2 * len(ones & others) / (len(ones) + len(others)) if ones or others else 1.0


def _figure(one: Outline) -> int | None:
    return one.best if one.best is not None else one.low
