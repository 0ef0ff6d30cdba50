"""Talks, by who mediated them: whom they brought together, where, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from parley.model import Event
from parley.record import Record
from parley.record.finding import (
    Filters,
    Page,
    Paging,
    Track,
    events_by_id,
    find_events,
    find_tracks,
    links_of,
    narrow,
)
from parley.views.quotes import Quote, Quotes, names_in
from parley.views.timeline import TimelineRow

_AHEAD = ("scheduled", "expected", "proposed")
_MOST_PARTIES = 6
_MOST_AGREEMENTS = 500


class Outcome(Struct, frozen=True, kw_only=True):
    """An event that came of talks, and why we say so: a link, or "same parties, same days"."""

    because: str
    row: TimelineRow


class Round(Struct, frozen=True, kw_only=True):
    """One of the talks of a track."""

    row: TimelineRow
    parties: tuple[str, ...]
    people: tuple[str, ...]
    hosts: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    quote: Quote


class TalksTrack(Struct, frozen=True, kw_only=True):
    """The talks that one party mediated, or was the host of where nobody did.

    `rounds` are the latest, `ahead` those still to come.
    """

    mediator: str
    talks: int
    first: date | None
    last: date | None
    called_off: int
    parties: tuple[str, ...]
    rounds: tuple[Round, ...]
    ahead: tuple[Round, ...]


def show_talks(
    record: Record,
    filters: Filters = Filters(),
    paging: Paging = Paging(limit=10),
    *,
    rounds: int = 5,
) -> Page[TalksTrack]:
    """Return the tracks of talks, the latest first, each with so many of its rounds.

    A party stands in a track where it took part in talks that the mediator held; talks
    with two mediators are in both tracks.  Raises `WrongFilter`.
    """
    filters = narrow(record, filters, kind="talks")
    tracks = find_tracks(record, filters, paging)
    held = {
        track.mediator: find_events(
            record, filters, Paging(limit=rounds), kind="talks", order="latest",
            mediator=track.mediator,
        ).rows
        for track in tracks.rows
    }  # fmt: skip
    told = {event.id: event for events in held.values() for event in events}
    after = _Outcomes(record, list(told.values()))
    quotes = Quotes(record, [*told.values(), *after.events()])
    return Page(
        rows=[_track(track, held[track.mediator], quotes, after) for track in tracks.rows],
        total=tracks.total,
        limit=tracks.limit,
        offset=tracks.offset,
    )


def _track(track: Track, events: Sequence[Event], quotes: Quotes, after: _Outcomes) -> TalksTrack:
    every = [_round(event, quotes, after) for event in events]
    seen = Counter(party for each in every for party in each.parties if party != track.mediator)
    return TalksTrack(
        mediator=track.mediator,
        talks=track.talks,
        first=track.first,
        last=track.last,
        called_off=track.called_off,
        parties=tuple(party for party, _ in seen.most_common(_MOST_PARTIES)),
        rounds=tuple(each for each in every if each.row.status not in _AHEAD),
        ahead=tuple(each for each in every if each.row.status in _AHEAD),
    )


def _round(event: Event, quotes: Quotes, after: _Outcomes) -> Round:
    people = (person.name for party in event.participants for person in party.people)
    return Round(
        row=quotes.row(event),
        parties=names_in(event, "actor", "recipient", "signatory", "victim"),
        people=tuple(dict.fromkeys(people)),
        hosts=names_in(event, "host"),
        outcomes=tuple(
            Outcome(because=because, row=quotes.row(other)) for because, other in after.of(event)
        ),
        quote=quotes.of(event.mentions[0]),
    )


class _Outcomes:
    """What came of some talks: what is linked to them, and agreements then and there."""

    def __init__(self, record: Record, talks: Sequence[Event]) -> None:
        self._links = links_of(record, [event.id for event in talks])
        ends = {end for link in self._links for end in (link.from_, link.to)}
        self._linked = events_by_id(record, ends)
        self._agreed = self._agreements(record, talks)

    def _agreements(self, record: Record, talks: Sequence[Event]) -> dict[str, list[Event]]:
        days = [day for event in talks for day in _days(event)]
        if not days:
            return {}
        window = Filters(since=min(days), until=max(days) + timedelta(days=1))
        near = find_events(
            record, window, Paging(limit=_MOST_AGREEMENTS), kind="agreements", order="latest"
        )
        found: dict[str, list[Event]] = {}
        for event in talks:
            for agreement in near.rows:
                if _go_together(event, agreement):
                    found.setdefault(event.id, []).append(agreement)
        return found

    def events(self) -> list[Event]:
        """Return all events that may be named."""
        return [*self._linked.values(), *(e for some in self._agreed.values() for e in some)]

    def of(self, event: Event) -> list[tuple[str, Event]]:
        """Return what came of talks, each once, with the reason."""
        found: dict[str, tuple[str, Event]] = {}
        for link in self._links:
            other = self._linked.get(link.to if link.from_ == event.id else link.from_)
            if event.id in (link.from_, link.to) and other is not None and other.id != event.id:
                found.setdefault(other.id, (link.relation.replace("_", " "), other))
        for agreement in self._agreed.get(event.id, ()):
            found.setdefault(agreement.id, ("same parties, same days", agreement))
        return list(found.values())


def _go_together(talks: Event, agreement: Event) -> bool:
    """Tell whether an agreement is of the talks' days and of two of their parties."""
    if agreement.id == talks.id or talks.status in (*_AHEAD, "called_off"):
        return False
    mine, theirs = _days(talks), _days(agreement)
    if not mine or not theirs or not mine[0] <= theirs[0] <= mine[1] + timedelta(days=1):
        return False
    shared = {p.name for p in talks.participants} & {p.name for p in agreement.participants}
    return len(shared) > 1


def _days(event: Event) -> tuple[date, ...]:
    """Return the first and the last day, none where they are not known to the week."""
    when = event.when
    if when is None or when.end is None or (when.end - when.start).days > 7:
        return ()
    return (when.start, when.end)
