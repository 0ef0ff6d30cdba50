"""Pools: the parts of the graph that are small enough to be grouped as a whole.

In: the graph's edges.  Out: pools, every node in exactly one.  A pool is a connected part
of the graph; where that is larger than `MOST`, its weak edges are left out of account, bit
by bit, until it falls into parts that are not.  In a record of one long war everything hangs
together by a thread; what is one happening hangs together by more, however many tell it: what
still hangs together above the last level is one pool.  Which pool a node is in follows from
the graph alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from parley.merging.memory import Pool

MOST = 200  # nodes of a pool
LEVELS = (0, 1, 2, 3, 4, 5, 6, 7, 8)  # bits that an edge must be above to count

Edges = Callable[[str], Mapping[str, float]]


def level_below(level: float) -> float:
    """Return the level before one: an edge above it bears on a pool of this level."""
    return max((other for other in LEVELS if other < level), default=-1)


def find_pools(
    nodes: Iterable[str], edges: Edges, fetch: Callable[[Iterable[str]], None]
) -> dict[str, Pool]:
    """Return the pools of `nodes`, with all that are in them: node -> pool.

    `edges` gives the neighbours of a node, `fetch` brings those of several to hand at once.
    """
    found: dict[str, Pool] = {}
    large: dict[int, set[str]] = {level: set() for level in LEVELS}
    for node in sorted(nodes):
        if node in found:
            continue
        for level in LEVELS:
            members = _reach(node, level, edges, fetch, large[level])
            if members is not None:
                pool = Pool(min(members), level)
                found.update(dict.fromkeys(members, pool))
                break
    return found


def _reach(
    node: str,
    level: int,
    edges: Edges,
    fetch: Callable[[Iterable[str]], None],
    large: set[str],
) -> set[str] | None:
    """Return what hangs together with a node by edges above a level, None where it is too much.

    `large` are the nodes known to be in a part that is too large at this level.
    """
    if node in large:
        return None
    bounded = level != LEVELS[-1]
    seen, ahead = {node}, [node]
    while ahead:
        fetch(ahead)
        following = []
        for here in ahead:
            for other, score in edges(here).items():
                if score > level and other not in seen:
                    if bounded and (other in large or len(seen) >= MOST):
                        large |= seen
                        return None
                    seen.add(other)
                    following.append(other)
        ahead = following
    return seen
