"""Merging as a whole: the mentions of a record in, its events and links out."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from parley.merging.events import build_event, name_groups
from parley.merging.linking import link_parts, link_told
from parley.merging.scoring import Scorer
from parley.merging.settling import group_mentions
from parley.merging.traits import Frequencies, traits_of
from parley.model import Event, Link, Mention, Report

_log = logging.getLogger("parley.merging")
_NONE: Mapping[str, str] = MappingProxyType({})


class Merged(Struct, frozen=True):
    """The record's events, sorted by their first mention, and the links between them."""

    events: tuple[Event, ...]
    links: tuple[Link, ...]


def merge(
    mentions: Sequence[Mention],
    *,
    reports: Mapping[str, Report],
    known: Mapping[str, str] = _NONE,
) -> Merged:
    """Return the events that `mentions` tell, and the links between them.

    `reports` are by id; a mention whose report is not there is taken as undated.  `known`
    is mention id -> the id of the event it belonged to; events keep these ids as far as
    they can.  The outcome does not depend on the order of `mentions`; a mention given twice
    counts once.  The number of pairs compared goes to the log "parley.merging".
    """
    unique = list({mention.id: mention for mention in mentions}.values())
    frequencies = Frequencies(unique)
    traits = traits_of(unique, frequencies, reports=reports)
    scorer = Scorer(frequencies)
    by_id = {mention.id: mention for mention in unique}
    told = group_mentions(by_id, traits, scorer)
    ids = name_groups(told, known)
    events = [
        build_event(id_, group, reports=reports, rules=frequencies.rules)
        for id_, group in zip(ids, told, strict=True)
    ]
    _log.info("%d mentions, %d pairs compared, %d events", len(unique), scorer.scored, len(events))
    told_by = {mention.id: event.id for event in events for mention in event.mentions}
    shown = {mention.id: mention for event in events for mention in event.mentions}
    ordered = [by_id[trait.id] for trait in traits]
    links = link_told(ordered, told_by, shown)
    parts = link_parts(events, {trait.id: trait for trait in traits}, frequencies, already=links)
    return Merged(events=tuple(events), links=(*links, *parts))
