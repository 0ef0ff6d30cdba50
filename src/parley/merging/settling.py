"""Settling: what stands by itself first, then what leans on it.

In: the mentions and traits of a report, and the groups that stand.  Out: the traits with what
they lean on.  Fighting joins only fighting, so it is grouped first; a truce that "ended the
war" is then known by the war it ended, however each report calls that war, and takes its
time from there where it has none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from parley.merging.rules import Rules
from parley.merging.traits import Traits, is_undated
from parley.model import Mention, When

_AROUND = timedelta(days=3)  # a war's last day and its truce's day are told apart by as much


class Settled(Struct, frozen=True):
    """A group that stands: its first mention, and its time."""

    first: str
    when: When | None


def types_alone(rules: Rules) -> frozenset[str]:
    """Return the types that share events with no other type."""
    return frozenset(name for name, partners in rules.partners.items() if len(partners) == 1)


def ended_by(mention: Mention) -> list[str]:
    """Return the ids of the mentions of what a mention says it ended."""
    return [cue.mention for cue in mention.links if cue.relation == "ends"]


def lean(trait: Traits, mention: Mention, settled: Callable[[str], Settled | None]) -> Traits:
    """Return the traits of a mention with what it ended, and the time that it takes from it.

    `settled` gives the group of a mention of fighting.
    """
    ended = [group for group in map(settled, ended_by(mention)) if group is not None]
    if not ended:
        return trait
    leaning = replace(trait, aims=frozenset(group.first for group in ended))
    lent = _lent(ended[0].when)
    if lent is None or (trait.first is not None and not trait.undated):
        return leaning
    return replace(
        leaning,
        first=lent.start.toordinal(),
        last=(lent.end or lent.start).toordinal(),
        precision=lent.precision,
        undated=False,
        lent=True,
    )


def lend(mention: Mention, settled: Callable[[str], Settled | None]) -> Mention:
    """Return a mention with the time of what it ended, where it has none of its own."""
    if mention.when is not None and not is_undated(mention):
        return mention
    ended = [group for group in map(settled, ended_by(mention)) if group is not None]
    lent = _lent(ended[0].when) if ended else None
    return mention if lent is None else msgspec.structs.replace(mention, when=lent)


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
