"""UCDP: the columns of its Georeferenced Event Dataset (GED), as CSV.

An event of UCDP's has at least one death; `data/ucdp.toml` tells what stands for what.
Three columns more come last: the event's id, its status, and what the others have no room for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import floor

from msgspec import Struct

from parley.export.delimited import Cell, write_table
from parley.export.format import Format
from parley.export.mapping import load_states, read_mapping
from parley.export.selection import Selection, Told, counted
from parley.export.sides import sides_of
from parley.merging.counted import CIVILIANS
from parley.merging.estimating import Estimate, estimate_by_people, estimate_ucdp
from parley.merging.names import fold
from parley.model import (
    Event,
    EventType,
    Participant,
    PartyKind,
    Place,
    PlacePrecision,
    Status,
)
from parley.model import When as Window
from parley.views import phrase_when

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
    "parley_event", "parley_status", "parley_notes",
)  # fmt: skip


class _Parties(Struct, frozen=True, forbid_unknown_fields=True):
    government: tuple[PartyKind, ...]
    group: tuple[PartyKind, ...]
    civilians: tuple[PartyKind, ...]


class _Ucdp(Struct, frozen=True, forbid_unknown_fields=True):
    statuses: tuple[Status, ...]
    types: tuple[EventType, ...]
    parties: _Parties
    where_prec: Mapping[PlacePrecision, int]


class Dyad(Struct, frozen=True):
    """The two sides as UCDP orders them, and its type of violence (1, 2 or 3; None: unclear)."""

    a: Participant | None
    b: Participant | None
    violence: int | None


@cache
def load_ucdp() -> _Ucdp:
    """Return the mapping.  Raises DataError, naming file and key."""
    return read_mapping("ucdp.toml", _Ucdp)


def write_ucdp(selection: Selection) -> Iterator[bytes]:
    """Yield the events that UCDP would have, as CSV."""
    return write_table(COLUMNS, _rows(selection), bom=selection.bom)


def _rows(selection: Selection) -> Iterator[Sequence[Cell]]:
    mapping, undated = load_ucdp(), 0
    for told in selection.told(types=mapping.types, statuses=mapping.statuses):
        toll = estimate_ucdp(told.event, "killed")
        if toll is None or toll.high < 1:
            continue
        if told.event.when is None:
            undated += 1
            continue
        yield _row(told, toll, told.event.when)
    if undated:
        selection.notice(
            f"ucdp: left out {counted(undated, 'event')} with deaths but without a date"
        )


def _row(told: Told, toll: Estimate, when: Window) -> Sequence[Cell]:
    event = told.event
    dyad = dyad_of(event)
    a, b = _name(dyad.a), "Civilians" if dyad.violence == 3 else _name(dyad.b)
    deaths = _deaths(event, dyad, toll)
    lines = tuple(told.reports.values())
    return (
        number_of(event.id),
        event.id,
        when.start.year,
        None,
        "Parley",
        dyad.violence,
        *("", "", ""),
        *("", "", f"{a} - {b}" if a and b else ""),
        *("", "", a),
        *("", "", b),
        len(told.outlets),
        tuple(
            f'"{line.outlet or line.source}, {line.published.start if line.published else ""}, '
            f'{line.title or ""}"'
            for line in lines
        ),
        told.outlets,
        tuple(str(line.published.start) for line in lines if line.published),
        tuple(line.title for line in lines if line.title),
        _claimants(event),
        *_place(event.where[0] if event.where else None, event.where),
        1 if _date_prec(when) <= 2 else 2,
        _date_prec(when),
        when.start,
        when.end or when.start,
        *deaths,
        toll.best,
        toll.high,
        toll.low,
        _gwno(dyad.a),
        None if dyad.violence == 3 else _gwno(dyad.b),
        event.id,
        event.status,
        _notes(event),
    )


def number_of(id: str) -> int:
    """Return a number for an event's id that a spreadsheet holds exactly (below 2 to the 52)."""
    return int(hashlib.sha256(id.encode()).hexdigest()[:13], 16)


def dyad_of(event: Event) -> Dyad:
    """Return the sides: the government first, the perpetrators first where civilians are the other.

    State-based is violence with a government on a side, non-state that between groups,
    one-sided that against civilians.
    """
    sides, kinds = sides_of(event), load_ucdp().parties
    one = next(iter(sides.one), None)
    others = [party for party in sides.other if party.kind not in kinds.civilians]
    other = next(iter(others or sides.other), None)
    if other is not None and other.kind in kinds.civilians:
        return Dyad(one, other, 3)
    if one is not None and one.kind in kinds.civilians:
        # A crowd or a lone gunman is no party of theirs: the type stays open.
        return Dyad(one, other, None)
    governs = [party is not None and party.kind in kinds.government for party in (one, other)]
    if governs[1] and not governs[0]:
        one, other = other, one
    if any(governs):
        return Dyad(one, other, 1)
    return Dyad(one, other, 2 if one is not None and other is not None else None)


def _name(party: Participant | None) -> str:
    """Return a side as UCDP names it: "Government of X" for a state's forces."""
    if party is None:
        return ""
    if party.kind not in load_ucdp().parties.government:
        return party.name
    state = load_states().get(party.country or "")
    if party.kind == "state" or state is None:
        return f"Government of {party.name}"
    return f"Government of {state.name}"


def _deaths(event: Event, dyad: Dyad, toll: Estimate) -> tuple[int, int, int, int]:
    """Return the deaths on side A, on side B, of civilians, and the others, together `best`."""
    parties, fighting = load_ucdp().parties, (dyad.a, dyad.b if dyad.violence != 3 else None)
    kinds = {fold(party.name): party.kind for party in event.participants}
    sides = [
        {fold(party.name), fold(party.side or party.name)} if party is not None else set()
        for party in fighting
    ]
    dead = [0, 0, 0]
    for (people, side), estimate in estimate_by_people(event).items():
        if people == CIVILIANS or kinds.get(side or "") in parties.civilians:
            dead[2] += estimate.best
        elif side in sides[0]:
            dead[0] += estimate.best
        elif side in sides[1]:
            dead[1] += estimate.best
        elif side is None and (at := _only_one(fighting, people)) is not None:
            dead[at] += estimate.best
    if sum(dead) > toll.best:
        # A total that most give is below the sides' sum: whose they are stays open.
        dead = [0, 0, 0]
    if dyad.violence == 3 and not any(dead):
        dead[2] = toll.best
    return dead[0], dead[1], dead[2], toll.best - sum(dead)


def _only_one(fighting: Sequence[Participant | None], people: str | None) -> int | None:
    """Return which of the two is the only one that soldiers, or rebels, can be of."""
    parties = load_ucdp().parties
    kinds = {"forces": parties.government, "fighters": parties.group}.get(people or "", ())
    of = [at for at, party in enumerate(fighting) if party is not None and party.kind in kinds]
    return of[0] if len(of) == 1 else None


def _claimants(event: Event) -> tuple[str, ...]:
    claimed = [count.claimed_by for count in event.counts if count.claimed_by]
    quoted = [one.name for mention in event.mentions for one in mention.attribution]
    return tuple(dict.fromkeys(claimed + quoted))


def _place(place: Place | None, places: Sequence[Place]) -> Sequence[Cell]:
    """Return the cells from where_prec to region."""
    if place is None:
        return ("",) * 12
    state = load_states().get(place.country or "")
    lat, lon = place.lat, place.lon
    located = lat is not None and lon is not None
    return (
        load_ucdp().where_prec[place.precision],
        place.name,
        tuple(dict.fromkeys(one.name for one in places)),
        place.name if place.precision == "region" else "",
        place.name if place.precision == "area" else "",
        lat,
        lon,
        f"POINT ({lon} {lat})" if located else "",
        cell_of(lat, lon) if lat is not None and lon is not None else None,
        state.name if state else "",
        int(state.gwno) if state and state.gwno else None,
        state.ucdp_region if state else "",
    )


def cell_of(lat: float, lon: float) -> int:
    """Return the cell of PRIO-GRID (half a degree, from the south-west; Tollefsen et al. 2012)."""
    row = min(floor((lat + 90) * 2), 359)
    column = min(floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def _date_prec(when: Window) -> int:
    """Return 1 for a day, 2 for up to 6 days, 3 for a week, 4 for a month, 5 for more."""
    days = 1 if when.end is None else (when.end - when.start).days + 1
    for most, precision in ((1, 1), (6, 2), (8, 3), (31, 4)):
        if days <= most:
            return precision
    return 5


def _gwno(party: Participant | None) -> int | None:
    """Return the number of the state that a side is the government of."""
    if party is None or party.kind not in load_ucdp().parties.government:
        return None
    state = load_states().get(party.country or "")
    return int(state.gwno) if state and state.gwno else None


def _notes(event: Event) -> str:
    """Return what UCDP's columns have no room for."""
    parts = [event.summary.rstrip(".") + ".", f"Date: {phrase_when(event.when)}."]
    if event.disagreements:
        parts.append(f"Reports differ on: {', '.join(one.field for one in event.disagreements)}.")
    return " ".join(parts)


UCDP = Format(
    name="ucdp",
    says="CSV in the columns of UCDP GED: fighting with deaths",
    media_type="text/csv; charset=utf-8",
    suffix=".ucdp.csv",
    pieces=write_ucdp,
)
