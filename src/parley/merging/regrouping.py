"""Regrouping: events made of mentions that a person put together or set apart.

In: groups of mentions by the id that each event is to have.  Out: the events.  No pair is
judged; how an event is told of its mentions is as in `events.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from parley.merging.events import build_event
from parley.merging.rules import load_rules
from parley.merging.traits import order_key
from parley.model import Event, Mention, Report, digest


def regroup(
    groups: Mapping[str, Collection[Mention]], *, reports: Mapping[str, Report]
) -> tuple[Event, ...]:
    """Return an event for each group of mentions, none of which is empty, by its id."""
    return tuple(
        build_event(
            id_,
            sorted(mentions, key=lambda mention: order_key(mention, reports)),
            reports=reports,
            rules=load_rules(),
        )
        for id_, mentions in groups.items()
    )


def name_event(
    mentions: Collection[Mention],
    is_taken: Callable[[str], bool],
    *,
    reports: Mapping[str, Report],
) -> str:
    """Return an id for a new event, after its first mention, that is not taken."""
    first = min(mentions, key=lambda mention: order_key(mention, reports)).id
    id_, again = digest("e", first), 1
    while is_taken(id_):
        again += 1
        id_ = digest("e", first, str(again))
    return id_
