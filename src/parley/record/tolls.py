"""Tolls: what is told of the dead and wounded of an incident, added up once, when it is written.

A row is a kind of figure for one kind of people and side in one incident of fighting: over all
who give some (`single` is false), or of one who does (`single`, `claimed_by` None for the outlets).
What is told to be corrected counts for nothing.  What one source gives in one telling adds up
("two women and a child").  Of several such sums `low` and `high` are the least and the most, and
`best` the one that is told most often, of equals the lower; of a single source `best` is its
highest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from parley.merging.counted import Group, groups_of
from parley.merging.counting import by_people, number_of, standing
from parley.model import CountKind, Event

_FIGHTING = "ASSAULT"
_Sums = tuple[int, int, int]


def toll_rows(event: Event) -> list[dict[str, Any]]:
    """Return the tolls of an event, none of one that is no fighting.

    `dead` marks the rows that together are the dead of the incident: a figure of all, or those
    of different people, which add up (`counting.by_people`).
    """
    if event.type != _FIGHTING:
        return []
    told: dict[tuple[CountKind, Group], dict[tuple[int, str | None], _Sums]] = {}
    sides: dict[Group, str] = {}
    claims = [count for count in standing(event.counts) if count.what != "deployed"]
    for count, group in zip(claims, groups_of(claims), strict=True):
        figure = number_of(count)
        if figure is None:
            continue
        if count.side:
            sides[group] = count.side
        low = figure if count.low is None else count.low
        high = figure if count.high is None else count.high
        sums = told.setdefault((count.what, group), {})
        before = sums.get((count.mention, count.claimed_by), (0, 0, 0))
        added = (before[0] + low, before[1] + figure, before[2] + high)
        sums[count.mention, count.claimed_by] = added
    stands = {what: by_people([c for c in claims if c.what == what]) for what, _ in told}
    place = event.where[0].name if event.where else None
    return [
        {
            **row,
            "what": what,
            "side": sides.get(group),
            "status": event.status,
            "day": event.when and event.when.start,
            "place": place,
            "dead": not row["single"] and what == "killed" and group in stands[what],
        }
        for (what, group), sums in told.items()
        for row in _rows(sums)
        if row["single"] or _adds_up(group, stands[what])
    ]


def _adds_up(group: Group, stands: Collection[Group]) -> bool:
    """Tell whether a figure of no side may be added to the others: it is in none of them.

    Four soldiers are among eleven dead, and eight dead may be the eight soldiers.
    """
    apart = [each for each in stands if each[1] is None]
    return group[1] is not None or not apart or group in apart


def _rows(sums: dict[tuple[int, str | None], _Sums]) -> Iterator[dict[str, Any]]:
    every = list(sums.values())
    figures = [figure for _, figure, _ in every]
    yield _row(every, best=min(set(figures), key=lambda n: (-figures.count(n), n)))
    for by in dict.fromkeys(by for _, by in sums):
        mine = [told for (_, each), told in sums.items() if each == by]
        yield _row(mine, best=max(figure for _, figure, _ in mine), single=True, by=by)


def _row(
    sums: Sequence[_Sums], *, best: int, single: bool = False, by: str | None = None
) -> dict[str, Any]:
    return {
        "single": single,
        "claimed_by": by,
        "low": min(low for low, _, _ in sums),
        "best": best,
        "high": max(high for _, _, high in sums),
    }
