"""FollowTheMoney: entities for Aleph and its kin, one a line, through their own library.

An event is an Event that involves its parties and persons and is proved by the reports
(Articles); a place is an Address.  FollowTheMoney has no field for a status or for figures:
they stand in `notes` and `description`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from parley.export.format import Format
from parley.export.mapping import load_states
from parley.export.selection import Selection, Told
from parley.model import Participant, PartyKind, Place, ReportLine, When, digest
from parley.views import phrase_count, phrase_when

if TYPE_CHECKING:
    from followthemoney.proxy import EntityProxy

_SCHEMATA: dict[PartyKind, str] = {
    "state": "PublicBody",
    "government_body": "PublicBody",
    "military": "PublicBody",
    "igo": "Organization",
    "organisation": "Organization",
    "armed_group": "Organization",
    "person": "Person",
    "population": "LegalEntity",
    "unknown": "LegalEntity",
}


def write_ftm(selection: Selection) -> Iterator[bytes]:
    """Yield the entities, each once, those that another points to before it."""
    seen: set[str] = set()
    for told in selection.told():
        for entity in _entities(told):
            if entity.id is not None and entity.id not in seen:
                seen.add(entity.id)
                yield json.dumps(entity.to_dict(), ensure_ascii=False).encode() + b"\n"


def _entities(told: Told) -> Iterator[EntityProxy]:
    event = told.event
    made = _make("Event", event.id)
    for line in told.reports.values():
        article = _article(line)
        made.add("proof", article)
        yield article
    for party in event.participants:
        entity = _party(party)
        made.add("organizer" if party.role == "host" else "involved", entity)
        yield entity
        for person in party.people:
            human = _make("Person", digest("p_", person.name))
            human.add("name", person.name)
            human.add("position", person.title)
            human.add("country", _country(party.country), cleaned=True)
            made.add("involved", human)
            yield human
    for place in event.where:
        address = _address(place)
        made.add("addressEntity", address)
        made.add("location", place.name)
        made.add("country", _country(place.country), cleaned=True)
        yield address
    made.add("name", event.summary)
    made.add("keywords", [event.type, event.mode, event.status, *event.contexts])
    made.add("startDate", _dates(event.when)[0])
    made.add("endDate", _dates(event.when)[1])
    made.add("summary", event.summary)
    made.add("description", [mention.text for mention in event.mentions])
    made.add("recordId", event.id)
    made.add("notes", _notes(told))
    yield made


def _make(schema: str, id: str) -> EntityProxy:
    from followthemoney import model  # noqa: PLC0415 - an extra

    entity: EntityProxy = model.make_entity(schema)
    # Its ids have letters, digits, dots and dashes only.
    entity.id = id.replace("_", "-")
    return entity


def _article(line: ReportLine) -> EntityProxy:
    article = _make("Article", line.id)
    article.add("title", line.title or line.source)
    article.add("publisher", line.outlet)
    article.add("language", line.language)
    if line.source.startswith(("http://", "https://")):
        article.add("sourceUrl", line.source)
    else:
        article.add("fileName", line.source)
    if line.published is not None:
        window = line.published
        article.add("publishedAt", _common(window.start.isoformat(), window.end.isoformat()))
    return article


def _party(party: Participant) -> EntityProxy:
    made = _make(_SCHEMATA[party.kind], digest("p_", party.name))
    made.add("name", party.name)
    made.add("country", _country(party.country), cleaned=True)
    return made


def _address(place: Place) -> EntityProxy:
    key = f"{place.name} {place.country or ''} {place.lat} {place.lon}"
    made = _make("Address", digest("a_", key))
    made.add("full", place.name)
    made.add("country", _country(place.country), cleaned=True)
    if place.lat is not None and place.lon is not None:
        made.add("latitude", f"{place.lat:g}")
        made.add("longitude", f"{place.lon:g}")
    return made


def _country(code: str | None) -> str | None:
    """Return a country's code as FollowTheMoney has it: alpha-2, in lower case."""
    state = load_states().get(code or "")
    return state.short.lower() if state else None


def _dates(when: When | None) -> tuple[str | None, str | None]:
    """Return begin and end as FollowTheMoney's partial dates: "2023-05" is some day of May."""
    if when is None:
        return None, None
    start, end = when.start.isoformat(), when.end.isoformat() if when.end else None
    if when.precision in ("year", "month") and end is not None:
        shared = _common(start, end)
        if shared is not None:
            return shared, shared
    return start, end


def _common(start: str, end: str) -> str | None:
    """Return the year, month or day that two ISO dates share, None where they share none."""
    for length in (10, 7, 4):
        if start[:length] == end[:length]:
            return start[:length]
    return None


def _notes(told: Told) -> list[str]:
    event = told.event
    notes = [f"{event.status}, {phrase_when(event.when)}"]
    notes += [
        f"{count.what}: {phrase_count(count)}"
        + (f", of {count.side}" if count.side else "")
        + (f", according to {count.claimed_by}" if count.claimed_by and not count.corrected else "")
        for count in event.counts
    ]
    notes += [f"agreed: {one.text}" for one in event.provisions]
    notes += [f"the reports differ on {one.field}" for one in event.disagreements]
    roles: dict[str, Any] = {}
    for party in event.participants:
        roles.setdefault(party.role, []).append(party.name)
    notes += [f"{role}: {', '.join(names)}" for role, names in roles.items()]
    return notes


FTM = Format(
    name="ftm",
    says="FollowTheMoney: events, parties, places and reports as entities",
    media_type="application/json+ftm",
    suffix=".ftm.json",
    pieces=write_ftm,
    extra="formats",
    needs=("followthemoney",),
)
