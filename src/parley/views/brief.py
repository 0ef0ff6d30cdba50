"""The brief: a week or a month on a page, every sentence with its references.

In: a record and the days.  Out: a `Brief`, sections of items; each piece of an item leads
to numbered references, which are words of the reports.  What is claimed stands apart
from what is told as fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import islice

import msgspec
from msgspec import Struct

from parley.errors import WrongFilter
from parley.model import Event, EventMention, Mention, ReportLine
from parley.record import Record
from parley.record.finding import (
    Filters,
    Paging,
    find_events,
    report_lines_by_id,
    stream_events,
)
from parley.views.phrases import phrase_day
from parley.views.prose import (
    Piece,
    phrase_date,
    phrase_disagreements,
    phrase_event,
    phrase_figures,
    phrase_provisions,
    phrase_voices,
)
from parley.views.quotes import Quote, Quotes

_FACTS = ("happened", "ongoing", "called_off")
_CLAIMS = ("alleged", "denied")
_AT_A_TIME = 200  # events ahead whose reports are looked up together
_MOST_A_SECTION = 60
_DEVELOPMENTS = 8
# What is known no more finely than to a window longer than this is of no month.
_LONGEST_DAYS = 31


class Span(Struct, frozen=True, kw_only=True):
    """Some text, and the numbers of the references that say it.

    `by_hand` tells that a person corrected what it says, whatever the reports say.
    """

    text: str
    references: tuple[int, ...]
    by_hand: bool = False


class Item(Struct, frozen=True, kw_only=True):
    """One event in a section: its id, its date and what is told of it.

    A date without references has those of the first span.
    """

    event: str
    date: Span
    spans: tuple[Span, ...]


class Section(Struct, frozen=True, kw_only=True):
    """A part of a brief; `more` are the events for which it had no room."""

    heading: str
    note: str
    items: tuple[Item, ...]
    more: int


class Reference(Struct, frozen=True, kw_only=True):
    """The words of a report that a number leads to."""

    number: int
    quote: Quote


class Brief(Struct, frozen=True, kw_only=True):
    """A brief of the days from `since` to `until`, both included.

    `left_out` are the events that may have been on these days, but are dated no more
    finely than to a window longer than a month, or to one that begins before; `thin` those of
    these days that the filters leave out as thin.
    """

    title: str
    since: date
    until: date
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    reports: int
    left_out: int
    thin: int = 0


Teller = Callable[[Event, Mapping[str, Mention]], Iterable[Piece]]


def show_brief(record: Record, *, since: date, until: date, filters: Filters = Filters()) -> Brief:
    """Return the brief of some days, of the events that pass the filters.

    Sections without anything to tell are left out.  Raises `WrongFilter`.
    """
    if until < since:
        raise WrongFilter(f"until {until} lies before since {since}; give the earlier day first")
    if until == date.max:
        raise WrongFilter(f"until {until} is the last day there is; give an earlier one")
    days = msgspec.structs.replace(filters, since=since, until=until)
    sorted_out = _Sorted()
    for event in stream_events(record, days):
        sorted_out.take(event, falls_in=_falls_in(event, since, until))
    ahead = _ahead(record, filters, until)
    shown = {event.id: event for kept in (*sorted_out.kept, ahead) for event in kept.events}
    mentions = {m.id: m for event in shown.values() for m in event.mentions}
    writer = _Writer(record.mentions_by_id(mentions))
    sections = tuple(
        section for section in _sections(writer, sorted_out, ahead, until) if section.items
    )
    quotes = Quotes(record, list(shown.values()))
    references = tuple(
        Reference(number=number, quote=quotes.of(mentions[id_]))
        for id_, number in writer.numbers.items()
    )
    return Brief(
        title=f"Brief: {phrase_day(since)} to {phrase_day(until)}",
        since=since,
        until=until,
        sections=sections,
        references=references,
        reports=len({reference.quote.report for reference in references}),
        left_out=sorted_out.left_out,
        thin=_thin(record, days) if filters.thin is False else 0,
    )


def _thin(record: Record, days: Filters) -> int:
    """Return how many events of the days are thin."""
    only = msgspec.structs.replace(days, thin=True)
    return find_events(record, only, Paging(limit=1)).total


class _Kept:
    """The first events of a section, and how many more there are."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.more = 0

    def take(self, event: Event) -> None:
        if len(self.events) < _MOST_A_SECTION:
            self.events.append(event)
        else:
            self.more += 1


class _Sorted:
    """The events of the days by section: no more of them than a brief has room for."""

    def __init__(self) -> None:
        self.talks, self.agreements, self.fighting, self.others = (_Kept() for _ in range(4))
        self.claims, self.unheld, self.disputed = (_Kept() for _ in range(3))
        self.left_out = 0
        self._most: list[tuple[int, int, int, Event]] = []
        self._seen = 0

    @property
    def kept(self) -> tuple[_Kept, ...]:
        """Every section's events."""
        return (self.developments, self.talks, self.agreements, self.fighting, self.others,
                self.claims, self.unheld, self.disputed)  # fmt: skip

    @property
    def developments(self) -> _Kept:
        """What most reports tell, in the order of time."""
        kept = _Kept()
        for _, _, _, event in sorted(self._most, key=lambda each: -each[2]):
            kept.take(event)
        return kept

    def take(self, event: Event, *, falls_in: bool) -> None:
        """Put an event where it belongs; they come in the order of time."""
        if not falls_in:
            self.left_out += 1
            return
        if event.status in _FACTS:
            self._take_fact(event)
        if event.status in _CLAIMS or event.type == "ACCUSE":
            self.claims.take(event)
        if event.status in ("scheduled", "expected", "proposed"):
            self.unheld.take(event)
        if event.disagreements:
            self.disputed.take(event)

    def _take_fact(self, event: Event) -> None:
        if event.type == "ACCUSE":
            return
        # Of equals the earlier stays.
        self._seen += 1
        reports = len({mention.report for mention in event.mentions})
        heappush(self._most, (reports, len(event.participants), -self._seen, event))
        if len(self._most) > _DEVELOPMENTS:
            heappop(self._most)
        sections = {"CONSULT": self.talks, "AGREE": self.agreements, "ASSAULT": self.fighting}
        sections.get(event.type, self.others).take(event)


def _falls_in(event: Event, since: date, until: date) -> bool:
    """Tell whether an event is of these days, rather than of a time that holds them."""
    when = event.when
    if when is None or when.start > until:
        return False
    if when.start >= since:
        return (
            when.end is None
            or (when.end - when.start).days <= _LONGEST_DAYS
            or (when.precision == "span")
        )
    return when.end is not None and (when.end - when.start).days <= (until - since).days


def _ahead(record: Record, filters: Filters, until: date) -> _Kept:
    """Return what lay ahead at the end, as a report written by then tells it."""
    after = msgspec.structs.replace(filters, since=None, until=None)
    rest = until + timedelta(days=1)
    kept = _Kept()
    for events in _batches(stream_events(record, after, kind="ahead", on=rest)):
        lines = report_lines_by_id(record, {m.report for event in events for m in event.mentions})
        for event in events:
            begins = event.when is not None and event.when.start >= rest
            if begins and any(_written(mention, lines) <= until for mention in event.mentions):
                kept.take(event)
    return kept


def _batches(events: Iterator[Event]) -> Iterator[list[Event]]:
    while some := list(islice(events, _AT_A_TIME)):
        yield some


def _written(mention: EventMention, lines: Mapping[str, ReportLine]) -> date:
    line = lines.get(mention.report)
    return line.published.start if line and line.published else date.max


class _Writer:
    """Makes items of events, and numbers the mentions behind them as they come."""

    def __init__(self, told: Mapping[str, Mention]) -> None:
        self._told = told
        self.numbers: dict[str, int] = {}

    def section(self, heading: str, note: str, kept: _Kept, *tellers: Teller) -> Section:
        """Return a section with an item for each event, told by each of the tellers."""
        items = tuple(self._item(event, tellers) for event in kept.events)
        return Section(heading=heading, note=note, items=items, more=kept.more)

    def _item(self, event: Event, tellers: Sequence[Teller]) -> Item:
        date_of = self._span(phrase_date(event, self._told))
        spans = [self._span(piece) for tell in tellers for piece in tell(event, self._told)]
        if spans and set(date_of.references) <= set(spans[0].references):
            date_of = Span(text=date_of.text, references=(), by_hand=date_of.by_hand)
        return Item(event=event.id, date=date_of, spans=tuple(spans))

    def _span(self, piece: Piece) -> Span:
        numbers = [
            self.numbers.setdefault(id_, len(self.numbers) + 1)
            for id_ in dict.fromkeys(piece.mentions)
        ]
        return Span(text=piece.text, references=tuple(sorted(numbers)), by_hand=piece.by_hand)


def _sections(writer: _Writer, events: _Sorted, ahead: _Kept, until: date) -> Iterator[Section]:
    yield writer.section("In short", "What most reports tell of.", events.developments, _one)
    yield writer.section("Talks", "", events.talks, _one)
    yield writer.section("Agreements", "", events.agreements, _one, _provisions)
    yield writer.section(
        "Fighting",
        "Every figure as it was given, by whom; nothing is added up.",
        events.fighting,
        _one,
        phrase_figures,
    )
    yield writer.section("Other developments", "", events.others, _one, phrase_figures)
    yield writer.section(
        "Claims",
        "Said by the parties; no outlet tells them as facts.",
        events.claims,
        _one,
        _claimed,
    )
    yield writer.section(
        "Announced for these days", "No report tells what became of it.", events.unheld, _one
    )
    yield writer.section(f"Ahead of {phrase_day(until)}", "", ahead, _one)
    yield writer.section(
        "What the sources tell differently",
        "",
        events.disputed,
        _one,
        lambda event, _: phrase_disagreements(event),
    )


def _one(event: Event, told: Mapping[str, Mention]) -> list[Piece]:
    return [phrase_event(event, told)]


def _provisions(event: Event, told: Mapping[str, Mention]) -> list[Piece]:
    return phrase_provisions(event)


def _claimed(event: Event, told: Mapping[str, Mention]) -> list[Piece]:
    return [*phrase_figures(event, told), *phrase_voices(event)]
