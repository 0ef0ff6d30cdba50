"""Settling: what stands by itself first, then what leans on it.

In: the mentions and traits of a record.  Out: their groups.  Fighting joins only fighting,
so it is grouped first; a truce that "ended the war" is then known by the war it ended,
however each report calls that war, and takes its time from there where it has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import msgspec

from parley.merging.clustering import cluster
from parley.merging.fields import choose_when
from parley.merging.rules import Rules
from parley.merging.scoring import Scorer
from parley.merging.traits import Traits
from parley.model import Mention, When

_AROUND = timedelta(days=3)  # a war's last day and its truce's day are told apart by as much


def group_mentions(
    mentions: Mapping[str, Mention],
    traits: Sequence[Traits],
    scorer: Scorer,
) -> list[list[Mention]]:
    """Return the mentions (by id) in groups that each tell one happening, sorted.

    A mention that took its time from what it ended is returned with that time.
    """
    alone = _types_alone(scorer.frequencies.rules)
    first = [trait for trait in traits if trait.type in alone]
    settled = _groups(first, scorer, mentions)
    told = dict(mentions)
    rest = _leaning([trait for trait in traits if trait.type not in alone], settled, told)
    groups = settled + _groups(rest, scorer, told)
    order = {trait.id: trait.order for trait in traits}
    return sorted(groups, key=lambda group: order[group[0].id])


def _types_alone(rules: Rules) -> frozenset[str]:
    """Return the types that share events with no other type."""
    mixed = {name for rule in rules.pairs.values() for name in rule.types}
    return frozenset(set(rules.types) - mixed)


def _groups(
    traits: Sequence[Traits], scorer: Scorer, mentions: Mapping[str, Mention]
) -> list[list[Mention]]:
    return [[mentions[traits[at].id] for at in group] for group in cluster(traits, scorer)]


def _leaning(
    traits: Sequence[Traits],
    settled: Sequence[Sequence[Mention]],
    told: dict[str, Mention],
) -> list[Traits]:
    """Return the traits with what they ended; a time that is lent is put into `told` too."""
    group_of = {mention.id: number for number, group in enumerate(settled) for mention in group}
    return [_lean(trait, group_of, settled, told) for trait in traits]


def _lean(
    trait: Traits,
    group_of: Mapping[str, int],
    settled: Sequence[Sequence[Mention]],
    told: dict[str, Mention],
) -> Traits:
    ended = [
        group_of[cue.mention]
        for cue in told[trait.id].links
        if cue.relation == "ends" and cue.mention in group_of
    ]
    if not ended:
        return trait
    leaning = replace(trait, aims=frozenset(settled[number][0].id for number in ended))
    lent = _lent(choose_when(settled[ended[0]]))
    if lent is None or (trait.first is not None and not trait.undated):
        return leaning
    told[trait.id] = msgspec.structs.replace(told[trait.id], when=lent)
    return replace(
        leaning,
        first=lent.start.toordinal(),
        last=(lent.end or lent.start).toordinal(),
        precision=lent.precision,
        undated=False,
        lent=True,
    )


def _lent(when: When | None) -> When | None:
    """Return the time of an end, from the time of what ended: its last days where known."""
    if when is None or when.end is None:
        return None
    if when.precision not in ("span", "day"):
        return msgspec.structs.replace(when, basis="context")
    return When(
        start=when.end - _AROUND,
        end=when.end + _AROUND,
        precision="week",
        basis="context",
        evidence=when.evidence,
    )
