"""Events: a group of mentions made into one event.

In: groups of mentions, their reports, and the event ids that mentions had before.  Out:
`Event`s with stable ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

import msgspec

from parley.merging.accords import with_own_parties
from parley.merging.copies import count_sources
from parley.merging.counting import join_counts
from parley.merging.disagreements import find_disagreements
from parley.merging.fields import (
    choose_contexts,
    choose_mode,
    choose_type,
    choose_when,
    choose_where,
    highest_confidence,
)
from parley.merging.provisions import join_provisions
from parley.merging.rules import Rules
from parley.merging.statuses import tell_course
from parley.merging.summary import summarise
from parley.merging.taking_part import join_participants
from parley.model import Event, EventMention, Mention, Report, digest


def show(mention: Mention) -> EventMention:
    """Return a mention in the form in which an event holds it."""
    return EventMention(
        id=mention.id,
        report=mention.report,
        start=mention.start,
        end=mention.end,
        text=mention.text,
        status=mention.status,
        attribution=mention.attribution,
        said=mention.said,
        background=mention.background,
    )


def build_event(
    id_: str, mentions: Sequence[Mention], *, reports: Mapping[str, Report], rules: Rules
) -> Event:
    """Return the event that `mentions`, sorted, tell."""
    type_ = choose_type(mentions, rules)
    course = tell_course(mentions, reports)
    event = Event(
        id=id_,
        type=type_,
        mode=choose_mode(mentions, type_),
        contexts=choose_contexts(mentions),
        summary="",
        status=course[-1].status,
        when=choose_when(mentions),
        where=choose_where(mentions),
        participants=join_participants(
            with_own_parties(mentions), direction=rules.types[type_].direction
        ),
        counts=join_counts(mentions, reports),
        provisions=join_provisions(mentions),
        mentions=tuple(show(mention) for mention in mentions),
        disagreements=find_disagreements(mentions, reports=reports, rules=rules),
        sources=count_sources({mention.report for mention in mentions}, reports),
        confidence=highest_confidence(mentions),
        course=course,
    )
    return msgspec.structs.replace(
        event, summary=summarise(event, about=_denied(mentions, reports))
    )


def _denied(mentions: Sequence[Mention], reports: Mapping[str, Report]) -> list[str]:
    """Return the reports' words for what the mentions deny."""
    return [
        reports[trace.report].text[trace.start : trace.end]
        for mention in mentions
        for cue in mention.links
        for trace in cue.evidence[1:]
        if cue.relation == "denies" and trace.report in reports
    ]


def name_groups(
    groups: Sequence[Sequence[str]],
    known: Mapping[str, str],
    *,
    others: Callable[[Collection[str]], Collection[str]],
) -> list[str]:
    """Return an id for each group of mention ids, none twice.

    `others` gives those of some ids that other events have, beside the events in `known`.

    A group keeps the id that most of its mentions had, of equals the one that its earliest
    mention had.  Where several groups claim one id, it stays with the group that holds most
    of its mentions, of equals the earliest.  The others are named after their first mention.
    """
    claims = []
    for number, group in enumerate(groups):
        had = [known[mention] for mention in group if mention in known]
        for id_, times in Counter(had).items():
            claims.append((-times, had.index(id_), number, id_))
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, number, id_ in sorted(claims):
        if number not in ids and id_ not in taken:
            ids[number] = id_
            taken.add(id_)
    unnamed, again = [number for number in range(len(groups)) if number not in ids], 1
    while unnamed:
        wanted = {number: _new_id(groups[number][0], again) for number in unnamed}
        taken |= set(others(set(wanted.values()))) - set(known.values())
        free = {number: id_ for number, id_ in wanted.items() if id_ not in taken}
        ids.update(free)
        taken.update(free.values())
        unnamed, again = [number for number in unnamed if number not in free], again + 1
    return [ids[number] for number in range(len(groups))]


def _new_id(mention: str, again: int) -> str:
    """Return the id that a first mention gives, with a number from the second time on."""
    return digest("e", mention, str(again)) if again > 1 else digest("e", mention)
