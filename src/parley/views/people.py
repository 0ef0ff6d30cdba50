"""Parties and persons: who takes part, who met whom, and who held which office when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec
from msgspec import Struct

from parley.errors import NotFound
from parley.merging.names import same_person, surname
from parley.model import Event, EventMention
from parley.record import Record
from parley.record.finding import (
    Filters,
    Page,
    Paging,
    Presence,
    count_met,
    count_parties,
    count_people,
    find_events,
    narrow,
)
from parley.record.finding.naming import meaning
from parley.record.names import folded
from parley.views.quotes import Quote, Quotes
from parley.views.timeline import TimelineRow

_READ = 400  # of the latest events, for what is told of one party or person
_MOST_MET = 20


class PersonRow(Struct, frozen=True, kw_only=True):
    """A person as the reports name him or her, and for whom he or she acts."""

    name: str
    parties: tuple[str, ...]
    events: int
    first: date | None
    last: date | None


class Office(Struct, frozen=True, kw_only=True):
    """A title under which a person acts for a party, from the first to the last telling."""

    person: str
    title: str | None
    party: str
    events: int
    first: date | None
    last: date | None
    quote: Quote


class Profile(Struct, frozen=True, kw_only=True):
    """A party or a person.

    `offices` are its people's (or the person's own), in the order of time; `met` with
    whom it held talks, and how often; `latest` the latest of its `events`; `by_type` and
    `offices` are read in the latest 400.
    """

    name: str
    events: int
    by_type: Mapping[str, int]
    met: Mapping[str, int]
    offices: Sequence[Office]
    latest: Sequence[TimelineRow]


def show_parties(
    record: Record,
    filters: Filters = Filters(),
    paging: Paging = Paging(),
    *,
    populations: bool = True,
) -> Page[Presence]:
    """Return the parties, the most frequent first; populations ("villagers") if wanted."""
    return count_parties(record, filters, paging, populations=populations)


def show_persons(
    record: Record, filters: Filters = Filters(), paging: Paging = Paging()
) -> Page[PersonRow]:
    """Return the persons, the most frequent first.

    A person who stands in two rows of one event is counted in each.
    """
    paging.check()
    filters = narrow(record, filters)
    parties: dict[str, Counter[str]] = {}
    days: dict[str, list[date]] = {}
    for people, party, _, told, first, last in count_people(record, filters):
        for name in people.split("; "):
            parties.setdefault(name, Counter())[party] += told
            days.setdefault(name, []).extend(day for day in (first, last) if day is not None)
    alone = count_parties(record, filters, Paging(limit=10_000), persons=True)
    for each in alone.rows:
        parties.setdefault(each.name, Counter())[""] += each.events
        days.setdefault(each.name, []).extend(d for d in (each.first, each.last) if d is not None)
    _join_spellings(parties, days)
    rows = [
        PersonRow(
            name=name,
            parties=tuple(party for party, _ in acts.most_common() if party),
            events=acts.total(),
            first=min(days[name], default=None),
            last=max(days[name], default=None),
        )
        for name, acts in parties.items()
    ]
    rows.sort(key=lambda row: (-row.events, row.name))
    return Page(
        rows=rows[paging.offset : paging.offset + paging.limit],
        total=len(rows),
        limit=paging.limit,
        offset=paging.offset,
    )


def _join_spellings(parties: dict[str, Counter[str]], days: dict[str, list[date]]) -> None:
    """Let spellings of one name be one person, under the commonest, where the party is one.

    A surname alone stays by itself: it may be another's.
    """
    alike: dict[str, list[str]] = {}
    for name in sorted(parties, key=lambda name: (-parties[name].total(), name)):
        if len(name.split()) < 2:
            continue
        kept = alike.setdefault(surname(name), [])
        main = next((k for k in kept if same_person(k, name) and parties[k] & parties[name]), None)
        if main is None:
            kept.append(name)
            continue
        parties[main].update(parties.pop(name))
        days[main].extend(days.pop(name))


def show_party(
    record: Record, name: str, filters: Filters = Filters(), paging: Paging = Paging(limit=20)
) -> Profile:
    """Return what is told of a party: its people and their offices, and whom it met.

    Offices are read in the latest 400 of its events.  Raises `NotFound` where nobody of
    that name takes part in any event that passes.
    """
    found = _events(record, name, filters)
    meant = meaning(name)
    theirs = [
        (event, party.name, person.name, person.title)
        for event in found.rows
        for party in event.participants
        if folded(party.name) in (meant.name, meant.words) or folded(party.side or "") == meant.name
        for person in party.people
    ]
    quotes = Quotes(record, found.rows)
    return Profile(
        name=_called(found.rows, name),
        events=found.total,
        by_type=_types(found.rows),
        met=count_met(record, filters, name, most=_MOST_MET),
        offices=_offices(theirs, quotes),
        latest=_page(found.rows, quotes, paging),
    )


def show_person(
    record: Record, name: str, filters: Filters = Filters(), paging: Paging = Paging(limit=20)
) -> Profile:
    """Return what is told of a person: offices over time, and who else was at the talks.

    `name` are words of the name.  Read are the latest 400 events.  Raises `NotFound`.
    """
    found = _events(record, name, filters)
    words = f" {folded(name)} "
    mine = [
        (event, party.name, person.name, person.title)
        for event in found.rows
        for party in event.participants
        for person in party.people
        if words in f" {folded(person.name)} "
    ]
    names = {person for _, _, person, _ in mine}
    alone = {
        party.name
        for event in found.rows
        for party in event.participants
        if party.kind == "person" and words in f" {folded(party.name)} "
    }
    if not names | alone:
        raise NotFound(f"{name}: no such person takes part in an event; see parley persons")
    talks = [event for event in found.rows if event.type == "CONSULT"]
    met = Counter(
        other for event in talks for other in _persons(event, names | alone) - names - alone
    )
    quotes = Quotes(record, found.rows)
    return Profile(
        name=max(names | alone, key=len),
        events=found.total,
        by_type=_types(found.rows),
        met=dict(met.most_common(_MOST_MET)),
        offices=_offices(mine, quotes),
        latest=_page(found.rows, quotes, paging),
    )


def _events(record: Record, name: str, filters: Filters) -> Page[Event]:
    asked = msgspec.structs.replace(filters, party=(*filters.party, name))
    found = find_events(record, asked, Paging(limit=_READ), order="latest")
    if not found.rows:
        raise NotFound(f"{name}: nobody of that name takes part in an event; see parley parties")
    return found


def _persons(event: Event, those: set[str]) -> set[str]:
    """Return all persons at an event where one of those is, else none."""
    every = {person.name for party in event.participants for person in party.people}
    every |= {party.name for party in event.participants if party.kind == "person"}
    return every if every & those else set()


def _called(events: Iterable[Event], typed: str) -> str:
    """Return how the record writes the name of a party."""
    meant = meaning(typed)
    for event in events:
        for party in event.participants:
            if folded(party.name) in (meant.name, meant.words):
                return party.name
    return typed


def _types(events: Iterable[Event]) -> dict[str, int]:
    return dict(Counter(event.type for event in events).most_common())


def _page(events: Sequence[Event], quotes: Quotes, paging: Paging) -> list[TimelineRow]:
    paging.check()
    shown = events[paging.offset : paging.offset + paging.limit]
    return [quotes.row(event) for event in shown]


def _offices(found: Iterable[tuple[Event, str, str, str | None]], quotes: Quotes) -> list[Office]:
    groups: dict[tuple[str, str | None, str], list[Event]] = {}
    known: list[tuple[str, str | None, str]] = []
    for event, party, person, title in found:
        key = next((k for k in known if _same_office(k, (person, title, party))), None)
        if key is None:
            known.append(key := (person, title, party))
        groups.setdefault(key, []).append(event)
    offices = []
    for (person, title, party), events in groups.items():
        days = [event.when.start for event in events if event.when is not None]
        offices.append(
            Office(
                person=person,
                title=title,
                party=party,
                events=len({event.id for event in events}),
                first=min(days, default=None),
                last=max(days, default=None),
                quote=quotes.of(_naming(events[0], person)),
            )
        )
    return sorted(offices, key=lambda office: (office.first or date.max, office.person))


def _same_office(one: tuple[str, str | None, str], two: tuple[str, str | None, str]) -> bool:
    titles = [(title or "").casefold() for title in (one[1], two[1])]
    return titles[0] == titles[1] and one[2] == two[2] and same_person(one[0], two[0])


def _naming(event: Event, person: str) -> EventMention:
    return next((m for m in event.mentions if person in m.text), event.mentions[0])
