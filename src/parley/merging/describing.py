"""Describing: the traits of all mentions of some reports.

In: mentions, all of each report, and the reports.  Out: a `Traits` for each: what it tells by
itself (`traits.py`), what its report tells as a whole (`stories.py`), and whether it tells the
incident that the report is about (`focus.py`).  They follow from its own report alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from msgspec.structs import replace

from parley.merging.focus import INCIDENTS, days_of, focus_of, recalls
from parley.merging.frequencies import Frequencies
from parley.merging.incidents import tell_as_one
from parley.merging.items import item_at, items_of, report_of
from parley.merging.passages import Passages
from parley.merging.postponing import find_replaced
from parley.merging.spots import Spot
from parley.merging.stories import Story, story_of
from parley.merging.traits import Traits, order_key, read_traits
from parley.model import Mention, Report, digest

_HEAD = 250  # characters: a headline and the first sentence


def traits_of(
    mentions: Iterable[Mention],
    frequencies: Frequencies,
    *,
    reports: Mapping[str, Report],
) -> list[Traits]:
    """Return the traits of each mention, in the order of `order_key`."""
    ordered = sorted(mentions, key=lambda mention: order_key(mention, reports))
    found: list[Traits] = []
    for id_, group in groupby(ordered, key=lambda mention: mention.report):
        told, report = list(group), reports.get(id_)
        traits = [read_traits(mention, frequencies, reports) for mention in told]
        found += _describe(_known_again(traits, told, report), report, frequencies)
    return found


def _known_again(
    traits: Iterable[Traits], told: Sequence[Mention], report: Report | None
) -> list[Traits]:
    """Return the traits of one report's mentions with the names by which copies know them again.

    `told` are the mentions in the same order.
    """
    passages = Passages(report.text) if report is not None else None
    names = {m.id: passages.name(m) if passages is not None else m.id for m in told}
    ties = _ties_of(told)
    counted: Counter[str] = Counter()
    put_off: dict[str, str] = {}
    for old, new in find_replaced(told).items():
        put_off[told[old].id] = put_off[told[new].id] = digest("p", names[told[old].id])
    found: list[Traits] = []
    for trait, mention in zip(traits, told, strict=True):
        at = mention.trigger[0]
        complete = replace(
            trait,
            sentence=passages.sentence_at(at) if passages is not None else 0,
            nth=counted[trait.type],
            passage=names[trait.id],
            put_off=put_off.get(trait.id, ""),
            ties=frozenset(names.get(id_, id_) for id_ in ties.get(trait.id, ())),
        )
        counted[trait.type] += 1
        found.append(complete)
    return found


def _ties_of(mentions: Iterable[Mention]) -> dict[str, set[str]]:
    """Return mention -> those that the text itself ties it to."""
    ties: dict[str, set[str]] = {}
    for mention in mentions:
        for cue in mention.links:
            ties.setdefault(mention.id, set()).add(cue.mention)
            ties.setdefault(cue.mention, set()).add(mention.id)
    return ties


def _describe(
    told: Sequence[Traits], report: Report | None, frequencies: Frequencies
) -> list[Traits]:
    """Return the traits of one report's mentions with what they are in it.

    Each item of a bulletin is as a report of its own.
    """
    starts = items_of(report, told) if report is not None else ()
    if report is None or not starts:
        return _describe_whole(
            told, report, frequencies, frequencies.scenes.get(told[0].report, ())
        )
    items: dict[int, list[Traits]] = {}
    for trait in told:
        start = item_at(starts, trait.start)
        items.setdefault(start, []).append(replace(trait, item=start))
    described = {
        trait.id: trait
        for start, own in items.items()
        for trait in _describe_whole(
            _by_themselves(own), report_of(report, starts, start), frequencies
        )
    }
    return [described[trait.id] for trait in told]


def _by_themselves(own: Sequence[Traits]) -> list[Traits]:
    """Return the traits of an item: who takes part in another item is not with them."""
    core = frozenset(party for trait in own for party in trait.core)
    return [replace(trait, context=trait.context & core) for trait in own]


def _describe_whole(
    told: Sequence[Traits],
    report: Report | None,
    frequencies: Frequencies,
    scene: tuple[Spot, ...] = (),
) -> list[Traits]:
    firsts: dict[str, str] = {}
    for trait in told:
        firsts.setdefault(trait.type, trait.id)
    focus = focus_of(told)
    told_of = {trait.type for trait in told if trait.id in focus}
    story = _story(report, [trait for trait in told if trait.id in focus], frequencies)
    several = not focus and not all(trait.local for trait in told)
    described = [
        replace(
            trait,
            several=several,
            story=story,
            scene=scene,
            main=trait.id in focus if trait.type in told_of else _is_main(trait, firsts),
            head=trait.start - trait.item <= _HEAD,
            recalled=recalls(trait, focus, told_of),
        )
        for trait in told
    ]
    return tell_as_one(described, focus)


def _is_main(trait: Traits, firsts: Mapping[str, str]) -> bool:
    """Tell by its place alone whether a report is about what a mention tells."""
    return trait.start - trait.item <= _HEAD or firsts[trait.type] == trait.id


def _story(
    report: Report | None, incident: Sequence[Traits], frequencies: Frequencies
) -> Story | None:
    """Return what a report tells as a whole, with the days of its incident."""
    if report is None:
        return None
    known = frequencies.names.get(report.id, frozenset())
    places = frequencies.places.get(report.id, frozenset())
    days = days_of(trait for trait in incident if trait.type in INCIDENTS)
    return replace(story_of(report, known, places=places), happened=days)
