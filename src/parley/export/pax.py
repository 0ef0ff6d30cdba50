"""PA-X: agreements in the columns of the Peace Agreements Database, as CSV.

The columns that describe an agreement come first, in PA-X's names and order; those for
each of its topics need the agreement's own text, which reports do not have: what they tell
of it stands in `parley_provisions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct

from parley.export.delimited import Cell, write_table
from parley.export.format import Format
from parley.export.mapping import load_states, read_mapping
from parley.export.selection import Selection, Told
from parley.model import Event, Participant, Role, Status
from parley.views import phrase_when

COLUMNS = (
    "Con", "Contp", "PP", "PPName", "Reg", "AgtId", "Ver", "Agt", "Dat", "Status", "Lgt",
    "N_characters", "Agtp", "Stage", "StageSub", "Part", "ThrdPart", "OthAgr", "Loc1ISO", "Loc2ISO",
    "Loc1GWNO", "Loc2GWNO", "UcdpCon", "UcdpAgr", "PamAgr", "CowWar",
    "parley_event", "parley_status", "parley_date", "parley_mode", "parley_provisions",
    "parley_place", "parley_outlets",
)  # fmt: skip
_SIGNING: tuple[Role, ...] = ("actor", "recipient", "signatory")
_THIRD: tuple[Role, ...] = ("mediator", "host", "observer")
_STATE = ("state", "government_body", "military")


class _Signed(Struct, frozen=True, forbid_unknown_fields=True):
    several: str
    one: str
    none: str


class _Pax(Struct, frozen=True, forbid_unknown_fields=True):
    statuses: tuple[Status, ...]
    stages: Mapping[str, str]
    signed: _Signed


@cache
def load_pax() -> _Pax:
    """Return the mapping.  Raises DataError, naming file and key."""
    return read_mapping("pax.toml", _Pax)


def write_pax(selection: Selection) -> Iterator[bytes]:
    """Yield the agreements as CSV."""
    found = selection.told(types=("AGREE",), statuses=load_pax().statuses)
    return write_table(COLUMNS, (_row(told) for told in found), bom=selection.bom)


def _row(told: Told) -> Sequence[Cell]:
    event, mapping = told.event, load_pax()
    parties = _in_roles(event, _SIGNING)
    codes = tuple(dict.fromkeys(party.country for party in parties if party.country))
    states = [load_states()[code] for code in codes if code in load_states()]
    regions = tuple(dict.fromkeys(state.pax_region for state in states))
    located = [state.code for state in states[:2]] + ["", ""]
    numbers = [state.gwno for state in states[:2]] + ["", ""]
    kind = _kind(parties, codes)
    signed = mapping.signed
    return (
        "/".join(state.name for state in states),
        "",
        "",
        "",
        regions[0] if len(regions) == 1 else "Cross-regional" if regions else "",
        event.id,
        "",
        event.summary,
        (event.when.end or event.when.start) if event.when else None,
        signed.several if len(parties) > 1 else signed.one if parties else signed.none,
        "",
        None,
        kind,
        mapping.stages.get(event.mode or "", ""),
        "",
        _phrases(parties),
        _phrases(_in_roles(event, _THIRD)),
        "",
        located[0],
        located[1],
        int(numbers[0]) if numbers[0] else None,
        int(numbers[1]) if numbers[1] else None,
        "",
        "",
        "",
        "",
        event.id,
        event.status,
        phrase_when(event.when),
        event.mode,
        tuple(dict.fromkeys(one.text for one in event.provisions)),
        tuple(dict.fromkeys(place.name for place in event.where)),
        told.outlets,
    )


def _in_roles(event: Event, roles: Sequence[Role]) -> list[Participant]:
    return list({one.name: one for one in event.participants if one.role in roles}.values())


def _kind(parties: Sequence[Participant], codes: Sequence[str]) -> str:
    """Return PA-X's type of agreement: Inter between states, Intra within one, else InterIntra."""
    if len(parties) < 2:
        return ""
    states = {party.country for party in parties if party.kind in _STATE}
    groups = any(party.kind not in _STATE for party in parties)
    if not groups:
        return "Inter" if len(states) > 1 else ""
    return "Intra" if len(codes) <= 1 else "InterIntra"


def _phrases(parties: Sequence[Participant]) -> tuple[str, ...]:
    """Return the parties with those who act for them."""
    return tuple(
        party.name + (f" ({', '.join(person.name for person in party.people)})" if party.people
                      else "")
        for party in parties
    )  # fmt: skip


PAX = Format(
    name="pax",
    says="CSV in the columns of PA-X: agreements",
    media_type="text/csv; charset=utf-8",
    suffix=".pax.csv",
    pieces=write_pax,
)
