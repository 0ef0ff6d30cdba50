"""Sources: what each outlet tells, alone or first, and the words that it chooses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from parley.record import Record
from parley.record.finding import Filters, Page, Paging, count_outlets, find_events, narrow
from parley.views.quotes import Quotes
from parley.views.timeline import TimelineRow

_WORDS = frozenset({"framing", "place names"})
_READ = 300


class Wording(Struct, frozen=True, kw_only=True):
    """A word that an outlet uses where others use `others`, in `events` events."""

    word: str
    others: tuple[str, ...]
    events: int


class SourceRow(Struct, frozen=True, kw_only=True):
    """What an outlet tells.

    `alone` are the events that no other tells, `earliest` those that others tell too, none
    of them on an earlier day.  `words` are read in the latest 300 events whose tellings
    differ.
    """

    outlet: str
    reports: int
    events: int
    alone: int
    earliest: int
    words: tuple[Wording, ...]


def show_sources(
    record: Record, filters: Filters = Filters(), paging: Paging = Paging()
) -> Page[SourceRow]:
    """Return the outlets, those that tell most events first ("" for reports without one)."""
    filters = narrow(record, filters)
    found = count_outlets(record, filters, paging)
    words = _words(record, filters)
    return Page(
        rows=[
            SourceRow(outlet=each.name, reports=each.reports, events=each.events,
                      alone=each.alone, earliest=each.earliest, words=words.get(each.name, ()))
            for each in found.rows
        ],
        total=found.total,
        limit=found.limit,
        offset=found.offset,
    )  # fmt: skip


def show_told(
    record: Record, outlet: str, filters: Filters = Filters(), paging: Paging = Paging()
) -> Page[TimelineRow]:
    """Return what an outlet tells (by words of its name), the latest first."""
    asked = msgspec.structs.replace(filters, outlet=outlet)
    found = find_events(record, asked, paging, order="latest")
    quotes = Quotes(record, found.rows)
    rows = [quotes.row(event) for event in found.rows]
    return Page(rows=rows, total=found.total, limit=found.limit, offset=found.offset)


def _words(record: Record, filters: Filters) -> Mapping[str, tuple[Wording, ...]]:
    """Return the words that each outlet uses where the tellings of one event differ in them."""
    found = find_events(record, filters, Paging(limit=_READ), kind="disputed", order="latest")
    framed = [event for event in found.rows if any(d.field in _WORDS for d in event.disagreements)]
    quotes = Quotes(record, framed)
    used: dict[str, Counter[tuple[str, tuple[str, ...]]]] = {}
    for event in framed:
        shown = quotes.all_of(event)
        for differ in event.disagreements:
            if differ.field not in _WORDS:
                continue
            every: Sequence[str] = [value.value for value in differ.values]
            for value in differ.values:
                others = tuple(word for word in every if word != value.value)
                for outlet in {shown[at].outlet for at in value.mentions if at < len(shown)}:
                    used.setdefault(outlet, Counter())[value.value, others] += 1
    return {
        outlet: tuple(
            Wording(word=word, others=others, events=number)
            for (word, others), number in counted.most_common(10)
        )
        for outlet, counted in used.items()
    }
