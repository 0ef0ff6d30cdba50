"""What hangs together in a graph that no machine holds.

In: edges.  Out: node -> the least node that it hangs together with; and the pools of
`merging/pools.py`, found for all nodes at once.

Method: large star and small star in turn (Kiveris et al., Connected Components in MapReduce
and Beyond, 2014), until the edges fit one machine, which then finishes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from parley.engine.spark.session import Stages
from parley.merging.pools import LEVELS, MOST, find_pools

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

AT_HAND = 1_000_000  # edges that are finished here
LABELS = "node string, label string"
POOLS = "node string, pool string, level long"


def components(stages: Stages, ties: DataFrame, name: str, *, at_hand: int = AT_HAND) -> DataFrame:
    """Return the nodes of some edges (a, b), each with the least that it hangs together with."""
    edges = stages.keep(
        stages.sql(
            "select distinct greatest(a, b) as a, least(a, b) as b from {ties} where a <> b",
            ties=ties,
        ),
        f"{name}_0",
    )
    turn, before = 0, None
    while (now := _state(stages, edges)) != before and now[0] > at_hand:
        turn, before = turn + 1, now
        edges = stages.keep(_small_star(stages, _large_star(stages, edges)), f"{name}_{turn}")
    if now[0] <= at_hand:
        labels = label((row.a, row.b) for row in edges.collect())
        return stages.frame(list(labels.items()), LABELS)
    return stages.sql(
        "select a as node, b as label from {edges} union select b, b from {edges}", edges=edges
    )


def label(edges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the nodes of edges, each with the least that it hangs together with."""
    of: dict[str, str] = {}

    def find(node: str) -> str:
        root = node
        while of.setdefault(root, root) != root:
            root = of[root]
        while of[node] != root:
            of[node], node = root, of[node]
        return root

    for a, b in edges:
        one, two = find(a), find(b)
        of[max(one, two)] = min(one, two)
    return {node: find(node) for node in list(of)}


def pools(stages: Stages, edges: DataFrame, name: str, *, at_hand: int = AT_HAND) -> DataFrame:
    """Return the pools of the nodes that have edges (a, b, score): `POOLS`.

    They are those that `merging.pools.find_pools` finds, one by one, in a graph at hand.
    """
    found = stages.frame([], POOLS)
    left = edges
    for level in LEVELS:
        if left.count() <= at_hand:
            return found.union(_pools_here(stages, left))
        labels = components(
            stages, left.where(f"score > {level}"), f"{name}_{level}", at_hand=at_hand
        )
        sized = stages.keep(
            stages.sql(
                """
                with nodes as (select a as node from {left} union select b from {left}),
                labelled as (
                    select n.node, coalesce(l.label, n.node) as pool
                    from nodes n left join {labels} l on l.node = n.node
                )
                select node, l.pool, s.size from labelled l
                join (select pool, count(*) as size from labelled group by pool) s
                on s.pool = l.pool
                """,
                left=left,
                labels=labels,
            ),
            f"{name}_sized_{level}",
        )
        small = f"size <= {MOST}" if level != LEVELS[-1] else "true"
        fit = sized.where(small).selectExpr("node", "pool", f"{level}L as level")
        found = found.union(fit)
        left = stages.sql(
            "select e.* from {left} e left semi join {large} a on a.node = e.a "
            "left semi join {large} b on b.node = e.b",
            left=left,
            large=sized.where(f"not ({small})"),
        )
    return found


def _pools_here(stages: Stages, edges: DataFrame) -> DataFrame:
    near: dict[str, dict[str, float]] = {}
    for row in edges.collect():
        near.setdefault(row.a, {})[row.b] = row.score
        near.setdefault(row.b, {})[row.a] = row.score
    found = find_pools(near, near.__getitem__, lambda _: None)
    return stages.frame([(node, pool.id, pool.level) for node, pool in found.items()], POOLS)


def _state(stages: Stages, edges: DataFrame) -> tuple[int, int]:
    """Return how many edges there are, and a number that hardly any others have."""
    (row,) = stages.sql(
        "select count(*) as n, coalesce(bit_xor(xxhash64(a, b)), 0) as mark from {edges}",
        edges=edges,
    ).collect()
    return row.n, row.mark


def _large_star(stages: Stages, edges: DataFrame) -> DataFrame:
    """Tie the larger neighbours of each node to the least of all."""
    return stages.sql(
        """
        with both as (select a as u, b as v from {edges} union all select b, a from {edges}),
        least as (select u, least(u, min(v)) as m from both group by u)
        select distinct v as a, m as b from both e join least l on l.u = e.u
        where v > e.u and v <> m
        """,
        edges=edges,
    )


def _small_star(stages: Stages, edges: DataFrame) -> DataFrame:
    """Tie the smaller neighbours of each node, and the node, to the least of them."""
    return stages.sql(
        """
        with down as (select greatest(a, b) as u, least(a, b) as v from {edges}),
        least as (select u, min(v) as m from down group by u)
        select v as a, m as b from down d join least l on l.u = d.u where v <> m
        union select u, m from least
        """,
        edges=edges,
    )
