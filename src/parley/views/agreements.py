"""Agreements: what was agreed by whom, and what the reports tell of keeping or breach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from parley.merging import told_of_provisions
from parley.model import Event, Link, Relation
from parley.record import Record
from parley.record.finding import Filters, Kind, Page, Paging, events_by_id, find_events, links_of
from parley.views.quotes import Quote, Quotes, names_in
from parley.views.timeline import TimelineRow

_TOLD: tuple[Relation, ...] = ("implements", "violates", "ends")


State = Literal["kept", "broken", "disputed", "ended", "unknown"]


class Following(Struct, frozen=True, kw_only=True):
    """An event that keeps ("implements"), breaks ("violates") or ends an agreement."""

    relation: Relation
    row: TimelineRow
    quotes: tuple[Quote, ...]


class ProvisionRow(Struct, frozen=True, kw_only=True):
    """One thing agreed, in a report's words, and what is told of its keeping.

    `state` sums up what followed: "kept", "broken", "disputed" where some tell that it was kept
    and some that it was broken, "ended"; "unknown" where nothing is told.
    """

    text: str
    quote: Quote | None
    followed: tuple[Following, ...]
    state: State = "unknown"


class AgreementRow(Struct, frozen=True, kw_only=True):
    """An agreement; `followed` is what is told of it as a whole."""

    row: TimelineRow
    signatories: tuple[str, ...]
    mediators: tuple[str, ...]
    provisions: tuple[ProvisionRow, ...]
    followed: tuple[Following, ...]
    quotes: tuple[Quote, ...]


def show_agreements(
    record: Record, filters: Filters = Filters(), paging: Paging = Paging(limit=20)
) -> Page[AgreementRow]:
    """Return the agreements, the latest first.

    What keeps or breaks one is told by the links between events.  It stands with the
    provision that the link names or whose words the report uses, else with the whole.  With
    `thin` false what one source tells, with fewer than two parties and fewer than two
    provisions, is left out as well.
    """
    found = find_events(record, filters, paging, kind=kind_shown(filters), order="latest")
    ids = {event.id for event in found.rows}
    links = [link for link in links_of(record, ids) if link.relation in _TOLD and link.to in ids]
    others = events_by_id(record, [link.from_ for link in links])
    quotes = Quotes(record, [*found.rows, *others.values()])
    return Page(
        rows=[
            _agreement(event, [link for link in links if link.to == event.id], others, quotes)
            for event in found.rows
        ],
        total=found.total,
        limit=found.limit,
        offset=found.offset,
    )


def kind_shown(filters: Filters) -> Kind:
    """Return which agreements these filters show: accords, or whatever is coded as one."""
    return "accords" if filters.thin is False else "agreements"


def _agreement(
    event: Event, links: Sequence[Link], others: Mapping[str, Event], quotes: Quotes
) -> AgreementRow:
    followed: dict[int, list[Following]] = {}
    for at, told in told_of_provisions(event, links, others).items():
        for link in told:
            following = Following(
                relation=link.relation,
                row=quotes.row(others[link.from_]),
                quotes=tuple(quotes.of(mention) for mention in link.mentions),
            )
            followed.setdefault(at, []).append(following)
    return AgreementRow(
        row=quotes.row(event),
        signatories=names_in(event, "signatory") or names_in(event, "actor", "recipient"),
        mediators=names_in(event, "mediator"),
        provisions=tuple(
            ProvisionRow(
                text=provision.text,
                quote=quotes.of(event.mentions[provision.mention])
                if provision.mention < len(event.mentions)
                else None,
                followed=tuple(followed.get(at, ())),
                state=_state(followed.get(at, ())),
            )
            for at, provision in enumerate(event.provisions)
        ),
        followed=tuple(followed.get(-1, ())),
        quotes=quotes.all_of(event),
    )


def _state(followed: Sequence[Following]) -> State:
    told = {each.relation for each in followed}
    if {"implements", "violates"} <= told:
        return "disputed"
    if "violates" in told:
        return "broken"
    if "ends" in told:
        return "ended"
    return "kept" if "implements" in told else "unknown"
