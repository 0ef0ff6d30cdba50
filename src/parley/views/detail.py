"""One event with everything that is said of it, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from parley.model import Event, EventMention, Published, Relation, Status
from parley.record import Record
from parley.views.phrases import phrase_published, phrase_when


class Telling(Struct, frozen=True, kw_only=True):
    """A mention and the report that it stands in.

    `date` is the report's, in words, `copy_of` the first report (id) of those that have
    most of the text in common with it, where that is another.
    """

    mention: EventMention
    source: str
    outlet: str | None
    title: str | None
    url: str | None
    copy_of: str | None
    published: Published | None
    date: str


class Numbered(Struct, frozen=True, kw_only=True):
    """A telling and its number among all of its event's, from 1."""

    number: int
    telling: Telling


class EventLink(Struct, frozen=True, kw_only=True):
    """How the event stands to another one (`id`), which it is linked "to" or "from"."""

    relation: Relation
    direction: Literal["to", "from"]
    id: str
    summary: str
    status: Status
    date: str
    tellings: tuple[Telling, ...]


class EventDetail(Struct, frozen=True, kw_only=True):
    """An event, `date` being when it happens in words; `tellings` has a row a mention."""

    event: Event
    date: str
    tellings: tuple[Telling, ...]
    links: tuple[EventLink, ...]


def show_event(record: Record, name: str) -> EventDetail:
    """Return the event with this id, or with the only id that begins so.

    Raises `NotFound`, which names ids that are near.
    """
    event = record.event(name)
    return EventDetail(
        event=event,
        date=phrase_when(event.when),
        tellings=tuple(_tellings(record, event.mentions)),
        links=tuple(_links(record, event)),
    )


def by_report(tellings: Sequence[Telling]) -> list[list[Numbered]]:
    """Return the tellings of each report, the fullest words first, reports as they came."""
    groups: dict[str, list[Numbered]] = {}
    for number, telling in enumerate(tellings, 1):
        numbered = Numbered(number=number, telling=telling)
        groups.setdefault(telling.mention.report, []).append(numbered)
    for group in groups.values():
        group.sort(key=lambda each: (-len(each.telling.mention.text), each.number))
    return list(groups.values())


def count_passages(group: Sequence[Numbered]) -> int:
    """Return in how many passages a report tells it: mentions that overlap are one."""
    spans = sorted((each.telling.mention.start, each.telling.mention.end) for each in group)
    found, reach = 0, -1
    for start, end in spans:
        found += start >= reach
        reach = max(reach, end)
    return found


def _tellings(record: Record, mentions: tuple[EventMention, ...]) -> Iterator[Telling]:
    reports = {id_: record.report(id_) for id_ in {mention.report for mention in mentions}}
    for mention in mentions:
        report = reports[mention.report]
        yield Telling(
            mention=mention,
            source=report.source,
            outlet=report.outlet,
            title=report.title,
            url=report.url,
            copy_of=report.copy_of,
            published=report.published,
            date=phrase_published(report.published),
        )


def _links(record: Record, event: Event) -> Iterator[EventLink]:
    for link in record.links(event=event.id):
        to = link.from_ == event.id
        other = record.event(link.to if to else link.from_)
        yield EventLink(
            relation=link.relation,
            direction="to" if to else "from",
            id=other.id,
            summary=other.summary,
            status=other.status,
            date=phrase_when(other.when),
            tellings=tuple(_tellings(record, link.mentions)),
        )
