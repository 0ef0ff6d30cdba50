"""The brief: a week or a month on a page, every sentence with its references.

In: a record and the days.  Out: a `Brief`, sections of items; each piece of an item leads
to numbered references, which are words of the reports.  What is claimed stands apart
from what is told as fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec
from msgspec import Struct

from parley.errors import WrongFilter
from parley.model import Event, EventMention, Mention, ReportLine
from parley.record import Record
from parley.record.finding import Filters, Paging, find_events, report_lines_by_id
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
_MOST = 2_000  # events of the days that are read
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
    finely than to a window longer than a month, or to one that begins before.
    """

    title: str
    since: date
    until: date
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    reports: int
    left_out: int


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
    found = find_events(record, days, Paging(limit=_MOST))
    events = [event for event in found.rows if _falls_in(event, since, until)]
    ahead = _ahead(record, filters, until)
    told = record.mentions_by_id({m.id for event in (*events, *ahead) for m in event.mentions})
    writer = _Writer(told)
    sections = tuple(
        section for section in _sections(writer, events, ahead, until) if section.items
    )
    quotes = Quotes(record, [*events, *ahead])
    mentions = {m.id: m for event in (*events, *ahead) for m in event.mentions}
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
        left_out=found.total - len(events),
    )


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


def _ahead(record: Record, filters: Filters, until: date) -> Sequence[Event]:
    """Return what lay ahead at the end, as a report written by then tells it."""
    after = msgspec.structs.replace(filters, since=None, until=None)
    rest = until + timedelta(days=1)
    found = find_events(record, after, Paging(limit=_MOST), kind="ahead", on=rest)
    lines = report_lines_by_id(record, {m.report for event in found.rows for m in event.mentions})
    return [
        event
        for event in found.rows
        if event.when is not None
        and event.when.start >= rest
        and any(_written(mention, lines) <= until for mention in event.mentions)
    ]


def _written(mention: EventMention, lines: Mapping[str, ReportLine]) -> date:
    line = lines.get(mention.report)
    return line.published.start if line and line.published else date.max


class _Writer:
    """Makes items of events, and numbers the mentions behind them as they come."""

    def __init__(self, told: Mapping[str, Mention]) -> None:
        self._told = told
        self.numbers: dict[str, int] = {}

    def section(
        self, heading: str, note: str, events: Sequence[Event], *tellers: Teller
    ) -> Section:
        """Return a section with an item for each event, told by each of the tellers."""
        shown = events[:_MOST_A_SECTION]
        items = tuple(self._item(event, tellers) for event in shown)
        return Section(heading=heading, note=note, items=items, more=len(events) - len(shown))

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


def _sections(
    writer: _Writer, events: Sequence[Event], ahead: Sequence[Event], until: date
) -> Iterator[Section]:
    facts = [event for event in events if event.status in _FACTS]
    yield writer.section("In short", "What most reports tell of.", _developments(facts), _one)
    yield writer.section("Talks", "", _of(facts, "CONSULT"), _one)
    yield writer.section("Agreements", "", _of(facts, "AGREE"), _one, _provisions)
    yield writer.section(
        "Fighting",
        "Every figure as it was given, by whom; nothing is added up.",
        _of(facts, "ASSAULT"),
        _one,
        phrase_figures,
    )
    others = [e for e in facts if e.type not in ("CONSULT", "AGREE", "ASSAULT", "ACCUSE")]
    yield writer.section("Other developments", "", others, _one, phrase_figures)
    claims = [e for e in events if e.status in _CLAIMS or e.type == "ACCUSE"]
    yield writer.section(
        "Claims", "Said by the parties; no outlet tells them as facts.", claims, _one, _claimed
    )
    unheld = [e for e in events if e.status in ("scheduled", "expected", "proposed")]
    yield writer.section(
        "Announced for these days", "No report tells what became of it.", unheld, _one
    )
    yield writer.section(f"Ahead of {phrase_day(until)}", "", ahead, _one)
    yield writer.section(
        "What the sources tell differently",
        "",
        [event for event in events if event.disagreements],
        _one,
        lambda event, _: phrase_disagreements(event),
    )


def _one(event: Event, told: Mapping[str, Mention]) -> list[Piece]:
    return [phrase_event(event, told)]


def _provisions(event: Event, told: Mapping[str, Mention]) -> list[Piece]:
    return phrase_provisions(event)


def _claimed(event: Event, told: Mapping[str, Mention]) -> list[Piece]:
    return [*phrase_figures(event, told), *phrase_voices(event)]


def _of(events: Iterable[Event], type_: str) -> list[Event]:
    return [event for event in events if event.type == type_]


def _developments(events: Sequence[Event]) -> list[Event]:
    """Return what most reports tell, in the order of time; accusations are no developments."""
    deeds = [event for event in events if event.type != "ACCUSE"]

    def weight(event: Event) -> tuple[int, int]:
        return (len({m.report for m in event.mentions}), len(event.participants))

    most = sorted(deeds, key=weight, reverse=True)[:_DEVELOPMENTS]
    return [event for event in events if event in most]
