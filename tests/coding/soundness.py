"""What every mention must fulfil, whatever the report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import msgspec
from coded import Coded

from parley.model import (
    CountKind,
    EventType,
    Mention,
    PartyKind,
    PlacePrecision,
    Precision,
    Relation,
    Report,
    Role,
    Stance,
    Status,
    Trace,
)

# A sentence that reaches over its clause may run on a little; nobody quotes a page.
LONGEST = 600


def traces(value: Any) -> Iterator[Trace]:
    """Yield the traces anywhere inside a mention."""
    if isinstance(value, Trace):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from traces(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from traces(item)


def check(mention: Mention, report: Report) -> None:
    """Hold what must hold of a mention."""
    text = report.text
    assert mention.report == report.id
    assert text[mention.start : mention.end] == mention.text
    assert mention.text.strip()
    assert len(mention.text) <= LONGEST
    start, end = mention.trigger
    assert mention.start <= start < end <= mention.end
    for trace in traces(mention):
        assert trace.report == report.id
        assert 0 <= trace.start < trace.end <= len(text)
        assert text[trace.start : trace.end].strip()
    assert mention.type in get_args(EventType)
    assert mention.status in get_args(Status)
    for who in mention.participants:
        assert who.role in get_args(Role)
        assert who.kind in get_args(PartyKind)
        assert who.name.strip()
        assert who.evidence
    keys = [(who.name, who.role) for who in mention.participants]
    assert len(keys) == len(set(keys))
    for count in mention.counts:
        assert count.what in get_args(CountKind)
        told = [n for n in (count.low, count.best, count.high) if n is not None]
        assert told
        assert told == sorted(told)
        assert told[0] >= 0
        assert count.evidence
    for place in mention.where:
        assert place.precision in get_args(PlacePrecision)
        assert (place.lat is None) == (place.lon is None)
        assert place.evidence
    for source in mention.attribution:
        assert source.stance in get_args(Stance)
        assert source.name.strip()
    for provision in mention.provisions:
        (trace,) = provision.evidence
        assert text[trace.start : trace.end] == provision.text
    if mention.when is not None:
        assert mention.when.precision in get_args(Precision)
        assert mention.when.end is None or mention.when.start <= mention.when.end
        assert mention.when.evidence or mention.when.basis == "report"
    assert list(mention.contexts) == sorted(set(mention.contexts))


def check_all(coded: Coded) -> None:
    """Hold what must hold of the mentions of one report."""
    ids = [mention.id for mention in coded.mentions]
    assert len(ids) == len(set(ids))
    triggers = [mention.trigger for mention in coded.mentions]
    assert len(triggers) == len(set(triggers))
    for mention in coded.mentions:
        check(mention, coded.report)
        for link in mention.links:
            assert link.relation in get_args(Relation)
            assert link.mention in ids
            assert link.mention != mention.id
