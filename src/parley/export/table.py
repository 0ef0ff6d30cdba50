"""Rows: an event as one line of a table, the same in CSV, Parquet, Excel and data frames.

A cell has a text, a number or a day; where several values stand in one it is a tuple.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from parley.export.selection import Selection, Told
from parley.merging.estimating import estimate_ucdp
from parley.model import CountKind, Event, Role

Value = str | int | float | bool | date | tuple[str, ...] | None
Kind = Literal["text", "texts", "integer", "number", "flag", "day"]


class Column(Struct, frozen=True):
    """A column: its name, what kind its cells are of, what they hold, and where from."""

    name: str
    kind: Kind
    says: str
    value: Callable[[Told], Value]


def rows(selection: Selection) -> Iterator[tuple[Value, ...]]:
    """Yield a row an event, in the order of `COLUMNS`, of the events in the order of time."""
    for told in selection.told():
        yield row_of(told)


def row_of(told: Told) -> tuple[Value, ...]:
    """Return an event as a row in the order of `COLUMNS`."""
    return tuple(column.value(told) for column in COLUMNS)


def names_in(event: Event, role: Role) -> tuple[str, ...]:
    """Return the names of those who take part in a role, each once."""
    return tuple(dict.fromkeys(one.name for one in event.participants if one.role == role))


def _in_role(role: Role) -> Callable[[Told], Value]:
    return lambda told: names_in(told.event, role)


def _start(told: Told) -> Value:
    return told.event.when.start if told.event.when else None


def _end(told: Told) -> Value:
    return told.event.when.end if told.event.when else None


def _precision(told: Told) -> Value:
    return told.event.when.precision if told.event.when else None


def _people(told: Told) -> Value:
    return tuple(
        dict.fromkeys(person.name for one in told.event.participants for person in one.people)
    )


def _quoted(told: Told) -> Value:
    return tuple(
        dict.fromkeys(
            f"{quoted.name} ({quoted.stance})"
            for mention in told.event.mentions
            for quoted in mention.attribution
        )
    )


def _figure(what: CountKind, which: Literal["low", "best", "high"]) -> Callable[[Told], Value]:
    def value(told: Told) -> Value:
        if not told.event.counts:
            return None
        estimate = estimate_ucdp(told.event, what)
        return None if estimate is None else int(getattr(estimate, which))

    return value


def _figures() -> Iterator[Column]:
    whats: tuple[CountKind, ...] = (
        "killed", "wounded", "captured", "missing", "displaced", "deployed"
    )  # fmt: skip
    for what in whats:
        yield Column(f"{what}_low", "integer", f"the fewest {what} that is claimed",
                     _figure(what, "low"))  # fmt: skip
        yield Column(f"{what}_best", "integer", f"how many {what} most reports give",
                     _figure(what, "best"))  # fmt: skip
        yield Column(f"{what}_high", "integer", f"the most {what} that is claimed",
                     _figure(what, "high"))  # fmt: skip


COLUMNS: tuple[Column, ...] = (
    Column("id", "text", "the event's id", lambda t: t.event.id),
    Column("type", "text", "PLOVER's category", lambda t: t.event.type),
    Column("mode", "text", "PLOVER's mode", lambda t: t.event.mode),
    Column("contexts", "texts", "PLOVER's contexts", lambda t: t.event.contexts),
    Column("status", "text", "happened, scheduled, alleged ...", lambda t: t.event.status),
    Column("summary", "text", "the event in a line", lambda t: t.event.summary),
    Column("start", "day", "the first day on which it can have been",
           _start),
    Column("end", "day", "the last day, empty while it lasts",
           _end),
    Column("date_precision", "text", "day, week, month, season, year or span",
           _precision),
    Column("place", "text", "the first place", lambda t: t.event.where[0].name
           if t.event.where else None),
    Column("country", "text", "its country, ISO 3166-1 alpha-3",
           lambda t: t.event.where[0].country if t.event.where else None),
    Column("lat", "number", "its latitude, degrees (WGS 84)",
           lambda t: t.event.where[0].lat if t.event.where else None),
    Column("lon", "number", "its longitude, degrees (WGS 84)",
           lambda t: t.event.where[0].lon if t.event.where else None),
    Column("place_precision", "text", "what the name names: city, area, region, country",
           lambda t: t.event.where[0].precision if t.event.where else None),
    Column("places", "texts", "all places",
           lambda t: tuple(dict.fromkeys(place.name for place in t.event.where))),
    Column("actors", "texts", "who acts", _in_role("actor")),
    Column("recipients", "texts", "to whom", _in_role("recipient")),
    Column("mediators", "texts", "who mediates", _in_role("mediator")),
    Column("hosts", "texts", "who hosts", _in_role("host")),
    Column("signatories", "texts", "who signs", _in_role("signatory")),
    Column("victims", "texts", "who suffers it", _in_role("victim")),
    Column("observers", "texts", "who looks on", _in_role("observer")),
    Column("people", "texts", "the persons named", _people),
    *_figures(),
    Column("provisions", "texts", "what is agreed, in the reports' words",
           lambda t: tuple(dict.fromkeys(one.text for one in t.event.provisions))),
    Column("quoted", "texts", "who is quoted for it, and how", _quoted),
    Column("disputed", "texts", "the fields in which the tellings differ",
           lambda t: tuple(one.field for one in t.event.disagreements)),
    Column("corrected", "flag", "whether a person has corrected or confirmed it",
           lambda t: bool(t.event.corrections)),
    Column("confidence", "number", "how likely it is such an event, 0 to 1, by the learnt coder",
           lambda t: t.event.confidence),
    Column("mentions", "integer", "how many tellings there are", lambda t: len(t.event.mentions)),
    Column("outlets", "texts", "who tells it", lambda t: t.outlets),
    Column("sources", "texts", "the reports' paths or addresses",
           lambda t: tuple(dict.fromkeys(line.source for line in t.reports.values()))),
    Column("words", "text", "the words of the first telling",
           lambda t: t.event.mentions[0].text if t.event.mentions else None),
)  # fmt: skip
