"""Disagreements: a matrix for each event, sources down, disputed fields across."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from parley.model import Event
from parley.record import Record
from parley.record.finding import Filters, Page, Paging, find_events
from parley.views.quotes import Quote, Quotes
from parley.views.timeline import TimelineRow


class Cell(Struct, frozen=True, kw_only=True):
    """What a source says of one field, in the words of the disagreement.

    Several values where it contradicts itself, none where it says nothing of it.
    """

    values: tuple[str, ...]
    quotes: tuple[Quote, ...]


class SourceLine(Struct, frozen=True, kw_only=True):
    """What one source says, a cell for each field."""

    outlet: str
    cells: tuple[Cell, ...]


class Matrix(Struct, frozen=True, kw_only=True):
    """An event whose tellings differ: `fields` across, `sources` down."""

    row: TimelineRow
    fields: tuple[str, ...]
    sources: tuple[SourceLine, ...]


def show_disagreements(
    record: Record, filters: Filters = Filters(), paging: Paging = Paging(limit=20)
) -> Page[Matrix]:
    """Return the events of which the reports tell something differently, the latest first."""
    found = find_events(record, filters, paging, kind="disputed", order="latest")
    quotes = Quotes(record, found.rows)
    return Page(
        rows=[matrix_of(event, quotes) for event in found.rows],
        total=found.total,
        limit=found.limit,
        offset=found.offset,
    )


def matrix_of(event: Event, quotes: Quotes) -> Matrix:
    """Return what each source says of each field in which they differ."""
    told: dict[str, list[dict[str, list[int]]]] = {}
    shown = quotes.all_of(event)
    for at, disagreement in enumerate(event.disagreements):
        for value in disagreement.values:
            for index in value.mentions:
                if index < len(shown):
                    empty: list[dict[str, list[int]]] = [{} for _ in event.disagreements]
                    line = told.setdefault(shown[index].outlet, empty)
                    line[at].setdefault(value.value, []).append(index)
    return Matrix(
        row=quotes.row(event),
        fields=tuple(disagreement.field for disagreement in event.disagreements),
        sources=tuple(
            SourceLine(outlet=outlet, cells=tuple(_cell(cell, shown) for cell in line))
            for outlet, line in sorted(told.items())
        ),
    )


def _cell(values: Mapping[str, list[int]], shown: tuple[Quote, ...]) -> Cell:
    at = dict.fromkeys(index for indexes in values.values() for index in indexes)
    return Cell(values=tuple(values), quotes=tuple(shown[index] for index in at))
