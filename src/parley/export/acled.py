"""ACLED: the columns of the Armed Conflict Location & Event Data project, as CSV.

What is filed under what is told by `data/acled.toml`, what has no place in `NOTES` and,
row by row, in the column `notes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Literal

from msgspec import Struct

from parley.export.delimited import Cell, write_table
from parley.export.format import Format
from parley.export.mapping import State, load_states, read_mapping
from parley.export.selection import Selection, Told, counted
from parley.export.sides import Sides, sides_of
from parley.merging.estimating import estimate_acled
from parley.model import Event, EventType, Participant, PartyKind, PlacePrecision, Status, When
from parley.views import phrase_when

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip
_LONGEST = 31  # days: what is not known to the month is no event of ACLED's


class Kind(Struct, frozen=True, forbid_unknown_fields=True):
    """What ACLED files an event under."""

    type: EventType
    disorder: str
    event: str
    sub_event: str
    modes: tuple[str, ...] = ()
    against: Literal["civilians"] | None = None


class _Inter(Struct, frozen=True, forbid_unknown_fields=True):
    order: tuple[str, ...]
    abroad: str
    kinds: Mapping[PartyKind, str]


class _Acled(Struct, frozen=True, forbid_unknown_fields=True):
    statuses: tuple[Status, ...]
    kinds: tuple[Kind, ...]
    inter: _Inter
    time_precision: Mapping[str, int]
    geo_precision: Mapping[PlacePrecision, int]


@cache
def load_acled() -> _Acled:
    """Return the mapping.  Raises DataError, naming file and key."""
    return read_mapping("acled.toml", _Acled)


def kind_of(event: Event) -> Kind | None:
    """Return what ACLED files an event under, None where it is none of theirs."""
    against = "civilians" if sides_of(event).against_civilians else None
    for kind in load_acled().kinds:
        if kind.type == event.type and (not kind.modes or event.mode in kind.modes):
            if kind.against is None or kind.against == against:
                return kind
    return None


def write_acled(selection: Selection) -> Iterator[bytes]:
    """Yield the events that ACLED would have, as CSV."""
    return write_table(COLUMNS, _rows(selection), bom=selection.bom)


def _rows(selection: Selection) -> Iterator[Sequence[Cell]]:
    mapping = load_acled()
    types = tuple(dict.fromkeys(kind.type for kind in mapping.kinds))
    coarse = 0
    for told in selection.told(types=types, statuses=mapping.statuses):
        kind, when = kind_of(told.event), told.event.when
        if kind is None or when is None or _length(when) > _LONGEST:
            coarse += 1
            continue
        yield _row(told, kind, when)
    if coarse:
        selection.notice(
            f"acled: left out {counted(coarse, 'event')}, whose date is not known to the month"
        )


def _row(told: Told, kind: Kind, when: When) -> Sequence[Cell]:
    event, mapping = told.event, load_acled()
    sides = sides_of(event)
    place = event.where[0] if event.where else None
    state = load_states().get((place.country if place else None) or "")
    one, other = _inter(sides.one, kind, state), _inter(sides.other, kind, state)
    day = _day(when)
    located = place is not None and place.lat is not None
    return (
        (state.code if state else "XXX") + event.id.removeprefix("e").removeprefix("_"),
        day,
        day.year,
        mapping.time_precision.get(_precision(when)),
        kind.disorder,
        kind.event,
        kind.sub_event,
        *_actors(sides.one),
        one,
        *_actors(sides.other),
        other,
        _interaction(one, other),
        "Civilian targeting" if _targets_civilians(sides, kind) else "",
        int(state.number) if state and state.number else None,
        state.acled_region if state else "",
        state.name if state else "",
        place.name if place and place.precision == "region" else "",
        "",
        "",
        place.name if place else "",
        place.lat if located and place else None,
        place.lon if located and place else None,
        mapping.geo_precision[place.precision] if place else None,
        told.outlets,
        "",
        _notes(event),
        estimate_acled(event) or 0,
        "",
        "",
    )


def _actors(parties: tuple[Participant, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the first party and those beside it."""
    return (parties[0].name if parties else "", tuple(party.name for party in parties[1:]))


def _inter(parties: tuple[Participant, ...], kind: Kind, state: State | None) -> str:
    """Return the kind of the first party in ACLED's words."""
    if not parties:
        return ""
    first, mapping = parties[0], load_acled().inter
    if kind.type == "PROTEST" and first.role == "actor":
        return "Rioters" if kind.event == "Riots" else "Protesters"
    found = mapping.kinds.get(first.kind, "")
    home = state is None or first.country is None or first.country == state.code
    return found if home or found != mapping.kinds["state"] else mapping.abroad


def _interaction(one: str, other: str) -> str:
    order = load_acled().inter.order
    told = sorted((inter for inter in (one, other) if inter), key=order.index)
    return f"{told[0]} only" if len(told) == 1 else "-".join(told)


def _targets_civilians(sides: Sides, kind: Kind) -> bool:
    return kind.disorder.startswith("Political violence") and sides.against_civilians


def _length(when: When) -> int:
    """Return how many days a window has; what lasts is known by its beginning."""
    return 1 if when.end is None else (when.end - when.start).days + 1


def _precision(when: When) -> str:
    """Return "day", "week" or "month"; what went on from day to day begins on a day."""
    if when.precision == "span" or _length(when) == 1:
        return "day"
    return "week" if _length(when) <= 8 else "month"


def _day(when: When) -> date:
    """Return the day, or the one in the middle of the week or month that it is some day of."""
    if _precision(when) == "day" or when.end is None:
        return when.start
    return when.start + timedelta(days=(_length(when) - 1) // 2)


def _notes(event: Event) -> str:
    """Return the summary, and what has no column: status, the date as told, disputes."""
    parts = [event.summary.rstrip(".") + "."]
    if event.status != "happened":
        parts.append(f"Status: {event.status}.")
    if event.when is not None and (event.when.precision != "day" or event.when.end is None):
        parts.append(f"Date: {phrase_when(event.when)}.")
    if len(event.where) > 1:
        parts.append(f"Also at: {', '.join(place.name for place in event.where[1:])}.")
    if event.disagreements:
        parts.append(f"Reports differ on: {', '.join(one.field for one in event.disagreements)}.")
    parts.append(f"Parley {event.id}.")
    return " ".join(parts)


ACLED = Format(
    name="acled",
    says="CSV in ACLED's columns: violence, protests, strategic developments",
    media_type="text/csv; charset=utf-8",
    suffix=".acled.csv",
    pieces=write_acled,
)
