"""Claims: who accuses whom of what, who denies it, who confirms it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from parley.model import Event, Link, Relation, Stance
from parley.record import Record
from parley.record.finding import Filters, Page, Paging, events_by_id, find_events, links_of
from parley.views.quotes import Quote, Quotes, names_in
from parley.views.timeline import TimelineRow

# Links that tell what a claim is about, or what was said against it.
_ABOUT: tuple[Relation, ...] = ("denies", "responds_to")


class Voice(Struct, frozen=True, kw_only=True):
    """Somebody's word on a claim, and where it stands."""

    name: str
    stance: Stance
    quote: Quote


class Answer(Struct, frozen=True, kw_only=True):
    """An event that denies or answers a claim, or that the claim denies or answers.

    `direction` is "from" where the other event does it to the claim.
    """

    relation: Relation
    direction: str
    row: TimelineRow
    quote: Quote | None


class ClaimRow(Struct, frozen=True, kw_only=True):
    """A claim.

    `claimed_by` accuse or assert, `against` are those whom it is about; `voices` has
    every attribution with its quote, `answers` the events that are linked to it.
    `status` of `row` tells whether a report tells it as a fact besides.
    """

    row: TimelineRow
    claimed_by: tuple[str, ...]
    against: tuple[str, ...]
    denied_by: tuple[str, ...]
    confirmed_by: tuple[str, ...]
    voices: tuple[Voice, ...]
    answers: tuple[Answer, ...]
    quotes: tuple[Quote, ...]


def show_claims(
    record: Record, filters: Filters = Filters(), paging: Paging = Paging(limit=20)
) -> Page[ClaimRow]:
    """Return the claims, the latest first: accusations, what is alleged, what is denied."""
    found = find_events(record, filters, paging, kind="claims", order="latest")
    links = [
        link
        for link in links_of(record, [event.id for event in found.rows])
        if link.relation in _ABOUT
    ]
    others = events_by_id(record, [end for link in links for end in (link.from_, link.to)])
    quotes = Quotes(record, [*found.rows, *others.values()])
    return Page(
        rows=[_claim(event, links, others, quotes) for event in found.rows],
        total=found.total,
        limit=found.limit,
        offset=found.offset,
    )


def _claim(
    event: Event, links: Sequence[Link], others: Mapping[str, Event], quotes: Quotes
) -> ClaimRow:
    voices = tuple(
        Voice(name=said.name, stance=said.stance, quote=quotes.of(mention))
        for mention in event.mentions
        for said in mention.attribution
    )
    answers = tuple(_answers(event, links, others, quotes))
    deniers = [
        name
        for answer in answers
        if answer.relation == "denies" and answer.direction == "from"
        for name in names_in(others[answer.row.id], "actor", "spokesperson")
    ]
    accusers = names_in(event, "actor") if event.type == "ACCUSE" else ()
    doers = ("recipient", "victim") if event.type == "ACCUSE" else ("actor",)
    return ClaimRow(
        row=quotes.row(event),
        claimed_by=_each([*accusers, *_who(voices, "accuses"), *_who(voices, "asserts")]),
        against=names_in(event, *doers),
        denied_by=_each([*_who(voices, "denies"), *deniers]),
        confirmed_by=_each(_who(voices, "confirms")),
        voices=voices,
        answers=answers,
        quotes=quotes.all_of(event),
    )


def _answers(
    event: Event, links: Sequence[Link], others: Mapping[str, Event], quotes: Quotes
) -> Iterator[Answer]:
    for link in links:
        if event.id not in (link.from_, link.to):
            continue
        to = link.from_ == event.id
        yield Answer(
            relation=link.relation,
            direction="to" if to else "from",
            row=quotes.row(others[link.to if to else link.from_]),
            quote=quotes.of(link.mentions[0]) if link.mentions else None,
        )


def _who(voices: Sequence[Voice], stance: Stance) -> list[str]:
    return [voice.name for voice in voices if voice.stance == stance]


def _each(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
