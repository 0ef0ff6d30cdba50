"""PLOVER: a JSON array of records with the fields of PLOVER's manual.

PLOVER has no status: `data/plover.toml` tells what becomes of what is ahead (a scheduled
meeting is an AGREE, a planned attack a THREATEN) and what is left out.  `comment` says,
record by record, what the fields have no room for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from parley.export.format import Format
from parley.export.mapping import read_mapping
from parley.export.selection import Selection, Told, counted
from parley.export.sides import sides_of
from parley.merging.estimating import estimate_ucdp
from parley.model import EventType, Participant, PartyKind, Place, Status
from parley.views import phrase_when

VERSION = "PLOVER 2023"
_AHEAD = ("scheduled", "expected")
_ALL: tuple[Status, ...] = (
    "happened", "ongoing", "scheduled", "expected", "proposed", "called_off", "alleged", "denied",
)  # fmt: skip


class _Plover(Struct, frozen=True, forbid_unknown_fields=True):
    omitted: tuple[Status, ...]
    ahead: Mapping[EventType, EventType]
    quad: Mapping[EventType, int]
    sectors: Mapping[PartyKind, str]


@cache
def load_plover() -> _Plover:
    """Return the mapping.  Raises DataError, naming file and key."""
    return read_mapping("plover.toml", _Plover)


def write_plover(selection: Selection) -> Iterator[bytes]:
    """Yield the events as PLOVER's records, one a line."""
    mapping = load_plover()
    statuses = [status for status in _ALL if status not in mapping.omitted]
    encoder, before, undated = msgspec.json.Encoder(), b"\n", 0
    yield b"["
    for told in selection.told(statuses=statuses):
        undated += told.event.when is None
        yield before + encoder.encode(_record(told))
        before = b",\n"
    yield b"\n]\n"
    if undated:
        selection.notice(f"plover: {counted(undated, 'record')} without a date, which PLOVER wants")


def _record(told: Told) -> dict[str, Any]:
    """Return an event as a record; fields that have nothing are left out, as PLOVER allows."""
    event, mapping = told.event, load_plover()
    ahead = event.status in _AHEAD
    type_ = mapping.ahead[event.type] if ahead else event.type
    first = event.mentions[0] if event.mentions else None
    line = told.reports.get(first.report) if first else None
    killed, wounded = estimate_ucdp(event, "killed"), estimate_ucdp(event, "wounded")
    sides = sides_of(event)
    together = event.type in ("AGREE", "CONSULT", "COOPERATE") and all(
        party.role == "actor" for party in sides.other
    )
    # Who agrees or talks with whom is both source and target: PLOVER's compound source.
    source, target = (sides.one + sides.other, ()) if together else (sides.one, sides.other)
    fields: dict[str, Any] = {
        "id": event.id,
        "date": event.when.start.isoformat() if event.when else None,
        "source": [_actor(party) for party in source],
        "target": [_actor(party) for party in target],
        "event": type_,
        "quadCode": mapping.quad[type_],
        "mode": None if type_ != event.type else event.mode,
        "context": list(event.contexts),
        "eventLoc": _location(event.where[0]) if event.where else None,
        "eventText": event.summary,
        "dead": killed.best if killed else None,
        "injured": wounded.best if wounded else None,
        "text": first.text if first else None,
        "textInfo": {"start": first.start, "end": first.end} if first else None,
        "citation": line.id if line else None,
        "url": _url(line.source) if line else None,
        "language": line.language if line else None,
        "publication": line.outlet if line else None,
        "coder": "Parley",
        "codebook": VERSION,
        "comment": _comment(told, type_),
    }
    return {key: value for key, value in fields.items() if value not in (None, [], "")}


def _actor(party: Participant) -> dict[str, Any]:
    """Return PLOVER's object for an actor."""
    sector = load_plover().sectors[party.kind]
    code = "IGO" if party.kind == "igo" else party.country
    people = [f"{person.title or ''} {person.name}".strip() for person in party.people]
    fields = {
        "actorText": party.name,
        "code": code,
        "sector": sector,
        "office": "; ".join(people),
    }
    return {key: value for key, value in fields.items() if value}


def _location(place: Place) -> dict[str, Any]:
    """Return PLOVER's object for a location, whose fields are those of GeoNames."""
    fields = {
        "name": place.name,
        "latitude": place.lat,
        "longitude": place.lon,
        "cc3": place.country,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _url(source: str) -> str | None:
    return source if source.startswith(("http://", "https://")) else None


def _comment(told: Told, type_: EventType) -> str:
    event, parts = told.event, []
    if type_ != event.type:
        parts.append(f"{event.type} that is {event.status}")
    elif event.status != "happened":
        parts.append(event.status)
    if event.when is not None and (event.when.precision != "day" or event.when.end is None):
        parts.append(f"date: {phrase_when(event.when)}")
    others = [
        f"{party.name} ({party.role})"
        for party in event.participants
        if party.role not in ("actor", "recipient", "victim")
    ]
    if others:
        parts.append(f"also: {', '.join(dict.fromkeys(others))}")
    if event.disagreements:
        parts.append(f"reports differ on: {', '.join(one.field for one in event.disagreements)}")
    return "; ".join(parts)


PLOVER = Format(
    name="plover",
    says="JSON: records as PLOVER's manual has them",
    media_type="application/json",
    suffix=".plover.json",
    pieces=write_plover,
)
