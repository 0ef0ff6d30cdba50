"""`parley show`: one event, with everything that is said of it and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli import tables
from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from parley.cli.terminal import clean, many, write_json

if TYPE_CHECKING:
    from parley.model import Attribution, Count, Event, Participant, Place, StatusStep
    from parley.views import EventDetail, EventLink
    from parley.views.detail import Numbered

_STANCES = {
    "asserts": "according to",
    "confirms": "confirmed by",
    "denies": "denied by",
    "accuses": "charged by",
}
Pairs = list[tuple[str, str]]


EXAMPLES = (
    "parley show e_4f2a",
    "parley show e_4f2a --json",
)


def show(
    *,
    event: Annotated[
        str, typer.Argument(metavar="EVENT", help="The event's id, or its first characters.")
    ],
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Print one event and all that is said of it.

    Every mention is there, report by report, the fullest words first: who says it, and the
    words themselves.  The numbers in brackets are those of the mentions.
    """
    from parley.record import Record  # noqa: PLC0415 - slow to load
    from parley.views import show_event  # noqa: PLC0415

    if not event.strip():
        raise typer.BadParameter("no id is given", param_hint="'EVENT'")
    with Record.open(record, read_only=True) as opened:
        detail = show_event(opened, event)
        if json:
            write_json(detail)
        else:
            tables.write_sheet(sections(detail))


def sections(detail: EventDetail) -> Iterator[tuple[str, Pairs]]:
    """Yield what is shown of an event: heading and labelled lines, section by section."""
    from parley.views.detail import by_report, count_passages  # noqa: PLC0415 - slow to load

    yield detail.event.summary, list(_fields(detail))
    if detail.links:
        yield "Linked", [_link(link) for link in detail.links]
    groups = by_report(detail.tellings)
    sources = detail.event.sources
    fewer = f" of {many(sources, 'independent source')}" if sources < len(groups) else ""
    passages = many(sum(map(count_passages, groups)), "passage")
    yield f"Told in {passages} of {many(len(groups), 'report')}{fewer}", []
    for group in groups:
        first = group[0].telling
        yield first.outlet or first.source.rpartition("/")[2], list(_report(group))


def _step(step: StatusStep) -> str:
    """Return a status with when the press told it, and where: "scheduled on 3 May 2024 [1]"."""
    from parley.views.phrases import phrase_day  # noqa: PLC0415

    on = f" on {phrase_day(step.published)}" if step.published else ""
    return f"{tables.status_words(step.status)}{on} [{step.mention + 1}]"


def _fields(detail: EventDetail) -> Iterator[tuple[str, str]]:
    from parley.views import phrase_chosen, phrase_count  # noqa: PLC0415

    event = detail.event
    kind = f"{event.type} ({event.mode})" if event.mode else event.type
    yield "event", event.id
    yield "type", ", ".join([kind, *event.contexts])
    yield "status", tables.status_words(event.status)
    if len(event.course) > 1:
        yield "as told", "; ".join(map(_step, event.course))
    if event.confidence is not None:
        yield "confidence", f"{event.confidence:.2f}"
    yield "when", detail.date
    for place in event.where:
        yield "where", _place(place)
    for participant in event.participants:
        yield participant.role, _participant(participant)
    for count in event.counts:
        yield count.what, f"{phrase_count(count)}{_claim(count)}"
    chosen = phrase_chosen(event)
    if chosen:
        yield "one figure", f"killed {chosen}"
    for provision in event.provisions:
        yield "provision", f"{provision.text} [{provision.mention + 1}]"
    yield from _disagreements(event)
    yield from _corrections(event)


def _place(place: Place) -> str:
    at = f", {place.lat:.2f}, {place.lon:.2f}" if place.lat is not None else ""
    country = f" ({place.country})" if place.country else ""
    unknown = ", not in the gazetteer" if place.precision == "unknown" else ""
    return f"{place.name}{country}{at}{unknown}"


def _participant(participant: Participant) -> str:
    kind = participant.kind.replace("_", " ")
    about = ", ".join(part for part in (kind, participant.country) if part)
    side = f", on the side of {participant.side}" if participant.side else ""
    people = "; ".join(
        f"{person.name}, {person.title}" if person.title else person.name
        for person in participant.people
    )
    return f"{participant.name} ({about}){side}{': ' + people if people else ''}"


def _claim(count: Count) -> str:
    side = f", of {count.side}" if count.side else ""
    claimed = f", says {count.claimed_by}" if count.claimed_by and not count.corrected else ""
    return f"{side}{claimed} [{count.mention + 1}]"


def _disagreements(event: Event) -> Iterator[tuple[str, str]]:
    for disagreement in event.disagreements:
        values = " | ".join(
            f"{value.value} {''.join(f'[{index + 1}]' for index in value.mentions)}"
            for value in disagreement.values
        )
        yield "they differ", f"{disagreement.field}: {values}"


def _corrections(event: Event) -> Iterator[tuple[str, str]]:
    """Yield what persons said of it; above, such a field has their word."""
    from parley.views import phrase_field  # noqa: PLC0415

    for said in event.corrections:
        why = f" (“{said.why}”)" if said.why else ""
        who = f"{said.by}, {said.at[:10]}, correction {said.number}{why}"
        if said.field is None:
            yield "corrected", f"{said.action} by {who}"
        else:
            verb = "confirmed" if said.action == "confirm" else "set"
            machine = phrase_field(said.field, said.machine)
            yield "corrected", f"{said.field} {verb} by {who}; the machine says: {machine}"


def _link(link: EventLink) -> tuple[str, str]:
    relation = link.relation.replace("_", " ")
    label = relation if link.direction == "to" else f"{relation} (from)"
    words = " ".join(f"“{clean(telling.mention.text)}”" for telling in link.tellings[:1])
    return label, f"{link.id}, {link.date}: {link.summary} {words}".rstrip()


def _report(group: Sequence[Numbered]) -> Iterator[tuple[str, str]]:
    first = group[0].telling
    yield "report", first.source
    yield "written", first.date
    if first.copy_of:
        yield "copy of", f"{first.copy_of}, which has most of the same text"
    for each in group:
        yield from _telling(each)


def _telling(numbered: Numbered) -> Iterator[tuple[str, str]]:
    mention = numbered.telling.mention
    yield f"[{numbered.number}]", f"“{mention.text}” {mention.start}–{mention.end}"
    said = [_attribution(attribution) for attribution in mention.attribution]
    about = ["; ".join(said) if said else "in the outlet's own voice"]
    if mention.said:
        from parley.views.phrases import phrase_day  # noqa: PLC0415

        about.append(f"said {phrase_day(mention.said)}")
    status = mention.status.replace("_", " ")
    about.append(f"told as {status}{', recalled as background' if mention.background else ''}")
    yield "", "; ".join(about)


def _attribution(attribution: Attribution) -> str:
    country = f" ({attribution.country})" if attribution.country else ""
    return f"{_STANCES[attribution.stance]} {attribution.name}{country}"
