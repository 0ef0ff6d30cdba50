"""Nodes to edges, keys and pairs dealt out over a cluster.

In: the nodes with their traits.  Out: the pairs that share keys enough that few have, and
score above the threshold.

No task's work grows with how many share a key.  The holders of each are gathered in two
rounds, a part of them by each task first, and of a key that more have than may only its hubs
are kept, or none; what is left has some dozens of holders at most.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from parley.engine.spark.rows import Row, mapped, unpack
from parley.engine.spark.session import Stages
from parley.merging import scattered
from parley.merging.traits import Traits

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

EDGES = "a string, b string, score double"
_SALT = 64  # parts in which the holders of one key are gathered first
_AT_HAND = 20_000  # traits that a task keeps decoded


def edges(stages: Stages, nodes: DataFrame, name: str) -> DataFrame:
    """Return the edges between nodes (node, traits): `EDGES`, `a` before `b`."""
    keys = stages.keep(
        mapped(
            nodes.select("node", "traits"),
            _key_rows,
            "key long, most int, hubs int, alone boolean, others array<long>, node string",
        ),
        f"{name}_held",
    )
    used = stages.keep(
        stages.sql(
            f"""
            select key, alone, others, n > most as crowded,
                case when n > most then slice(sort_array(nodes), 1, hubs) else nodes end as nodes
            from (
                select key, any_value(most) as most, any_value(hubs) as hubs,
                    any_value(alone) as alone, any_value(others) as others,
                    sum(n) as n, flatten(collect_list(nodes)) as nodes
                from (
                    select key, any_value(most) as most, any_value(hubs) as hubs,
                        any_value(alone) as alone, any_value(others) as others, count(*) as n,
                        case when count(*) <= any_value(most) then collect_list(node)
                             when any_value(hubs) = 0 then array()
                             else slice(sort_array(collect_list(node)), 1, any_value(hubs))
                        end as nodes
                    from {{keys}} group by key, pmod(xxhash64(node), {_SALT})
                ) group by key having sum(n) <= any_value(most) or any_value(hubs) > 0
            )
            """,
            keys=keys,
        ),
        f"{name}_keys",
    )
    pairs = stages.sql(
        """
        with meeting as (select key, alone, nodes, explode(others) as other from {used}),
        met as (
            select least(m.key, m.other) as key, m.alone, explode(m.nodes) as one, u.nodes
            from meeting m join {used} u on u.key = m.other
            union all
            select k.key, k.alone, k.node as one, u.nodes
            from {keys} k join {used} u on u.key = k.key where u.crowded
        ),
        found as (select key, alone, one, explode(nodes) as two from met)
        select least(one, two) as a, greatest(one, two) as b from found where one <> two
        group by least(one, two), greatest(one, two)
        having bool_or(alone) or count(distinct key) > 1
        """,
        used=used,
        keys=keys,
    )
    # A hub is the first of its pairs: what is joined to it comes last and with the other's
    # traits, so that Spark sees how large its part is, and splits it.
    compared = stages.sql(
        """
        select p.a, p.b, one.traits as one, two.traits as two from {pairs} p
        join {nodes} two on two.node = p.b join {nodes} one on one.node = p.a
        """,
        pairs=pairs,
        nodes=nodes,
    )
    return stages.keep(mapped(compared, _score_rows, EDGES), f"{name}_edges")


def _key_rows(rows: Iterator[Row]) -> Iterator[Row]:
    for node, raw in rows:
        for key, others in scattered.keys_for(unpack(raw, Traits)).items():
            hubs, alone = scattered.hubs(key), scattered.suffices(key)
            yield key, scattered.limit(key), hubs, alone, list(others), node


def _score_rows(rows: Iterator[Row]) -> Iterator[Row]:
    pairs = scattered.Pairs()
    at_hand: OrderedDict[str, Traits] = OrderedDict()
    decode = partial(_decoded, at_hand)
    for a, b, one, two in rows:
        score = pairs.edge(decode(a, one), decode(b, two))
        if score is not None:
            yield a, b, score


def _decoded(at_hand: OrderedDict[str, Traits], node: str, raw: bytes) -> Traits:
    traits = at_hand.pop(node, None) or unpack(raw, Traits)
    at_hand[node] = traits
    if len(at_hand) > _AT_HAND:
        at_hand.popitem(last=False)
    return traits
