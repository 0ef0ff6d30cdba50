"""Mentions to groups, fighting first, on a cluster.

In: the mentions as they are compared.  Out: each with the first mention of its group, and
the nodes with their traits.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from parley.engine.spark.components import AT_HAND, pools
from parley.engine.spark.graph import edges
from parley.engine.spark.rows import Row, grouped, pack, unpack
from parley.engine.spark.session import Stages
from parley.engine.spark.tellings import Tellings
from parley.merging import scattered
from parley.merging.settling import Settled
from parley.merging.traits import Traits
from parley.model import Mention

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_GROUPED = "node string, label string"
_SETTLED = "mention string, target string, settled binary"


class Groups(Struct, frozen=True):
    """The groups.

    `told` has (mention, first, report, node, sort): `first` is the first mention of the
    group; `nodes` (node, traits); `settled` (mention, target, settled) what each mention
    that leans on another group leans on.
    """

    told: DataFrame
    nodes: DataFrame
    settled: DataFrame


def group(stages: Stages, tellings: Tellings, *, at_hand: int = AT_HAND) -> Groups:
    """Return the groups of all mentions."""
    fights, fighting = _join(stages, tellings.placed.where("alone"), "fights", at_hand)
    ends = tellings.ties.where("relation = 'ends'")
    settled = stages.keep(
        _settle(stages, ends.where("not alone"), fights, tellings), "settled_by_fights"
    )
    leaning = _lean(stages, tellings, settled)
    rest = stages.sql(
        "select * from {placed} p left anti join {leaning} l on l.mention = p.mention "
        "where not alone union all select * from {leaning}",
        placed=tellings.placed,
        leaning=leaning,
    )
    others, nodes = _join(stages, rest, "rest", at_hand)
    told = fights.union(others)
    # Fighting may lean on what it ended as well; but not on what others saw as no fighting.
    more = stages.sql(
        "select e.* from {ends} e where alone and not exists "
        "(select 1 from {ends} o where o.target = e.target and not o.alone)",
        ends=ends,
    )
    ended = stages.sql(
        "select e.mention, e.target, s.settled from {ends} e join "
        "(select target, any_value(settled) as settled from {settled} group by target) s "
        "on s.target = e.target where e.alone",
        ends=ends,
        settled=settled,
    )
    all_settled = settled.union(ended).union(_settle(stages, more, told, tellings))
    return Groups(
        told=told, nodes=fighting.union(nodes), settled=stages.keep(all_settled, "settled_by_all")
    )


def _join(
    stages: Stages, placed: DataFrame, name: str, at_hand: int
) -> tuple[DataFrame, DataFrame]:
    """Return the mentions with the first of their group, and the nodes."""
    nodes = stages.keep(
        stages.sql(
            "select node, min(struct(sort, traits)).traits as traits from {placed} group by node",
            placed=placed,
        ),
        f"{name}_nodes",
    )
    near = edges(stages, nodes, name)
    dealt = pools(stages, near, name, at_hand=at_hand)
    rows = stages.sql(
        """
        select p.pool, p.node, '' as other, p.level, 0.0d as score, n.traits
        from {dealt} p join {nodes} n on n.node = p.node
        union all
        select a.pool, e.a, e.b, a.level, e.score, unhex('')
        from {near} e join {dealt} a on a.node = e.a join {dealt} b on b.node = e.b
        where a.pool = b.pool and e.score > a.level
        """,
        dealt=dealt,
        nodes=nodes,
        near=near,
    )
    labels = stages.keep(grouped(rows, _group_rows, _GROUPED, by="pool"), f"{name}_groups")
    told = stages.sql(
        """
        with labelled as (
            select p.mention, coalesce(l.label, p.node) as label, p.report, p.node, p.sort
            from {placed} p left join {labels} l on l.node = p.node
        ),
        firsts as (
            select label, min(struct(sort, mention)).mention as first from labelled group by label
        )
        select l.mention, f.first, l.report, l.node, l.sort
        from labelled l join firsts f on f.label = l.label
        """,
        placed=placed,
        labels=labels,
    )
    return stages.keep(told, f"{name}_told"), nodes


def _group_rows(_: str, rows: Iterator[Row]) -> Iterator[Row]:
    nodes: dict[str, Traits] = {}
    near: list[tuple[str, str, float]] = []
    level = 0
    for _, node, other, level, score, raw in rows:  # noqa: B007 - all of a pool have one level
        if other:
            near.append((node, other, score))
        else:
            nodes[node] = unpack(raw, Traits)
    for members in scattered.group(nodes, near, level):
        yield from ((node, members[0]) for node in members)


def _settle(stages: Stages, ends: DataFrame, told: DataFrame, tellings: Tellings) -> DataFrame:
    """Return what mentions lean on: `_SETTLED`; `told` has the groups that there are."""
    wanted = stages.sql(
        "select e.mention, e.target, t.first from {ends} e join {told} t on t.mention = e.target",
        ends=ends,
        told=told,
    )
    members = stages.sql(
        "select t.first, t.sort, m.raw from {told} t "
        "left semi join {wanted} w on w.first = t.first "
        "join {mentions} m on m.mention = t.mention",
        told=told,
        wanted=wanted,
        mentions=tellings.mentions,
    )
    settled = grouped(
        members, _settle_rows, "first string, settled binary", by="first", order="sort"
    )
    return stages.sql(
        "select w.mention, w.target, s.settled from {wanted} w join {settled} s "
        "on s.first = w.first",
        wanted=wanted,
        settled=settled,
    )


def _settle_rows(first: str, rows: Iterator[Row]) -> Iterator[Row]:
    yield first, pack(scattered.settle_group([unpack(raw, Mention) for _, _, raw in rows]))


def _lean(stages: Stages, tellings: Tellings, settled: DataFrame) -> DataFrame:
    """Return the mentions that lean on fighting as they are compared then."""
    rows = stages.sql(
        """
        select s.mention, p.report, p.traits, m.raw, s.target, s.settled from {settled} s
        join {placed} p on p.mention = s.mention join {mentions} m on m.mention = s.mention
        """,
        settled=settled,
        placed=tellings.placed,
        mentions=tellings.mentions,
    )
    columns = (
        "mention string, report string, node string, sort string, alone boolean, traits binary"
    )
    return stages.keep(grouped(rows, _lean_rows, columns, by="mention"), "leaning")


def _lean_rows(id_: str, rows: Iterator[Row]) -> Iterator[Row]:
    found: dict[str, Settled] = {}
    for _, report, traits, raw, target, settled in rows:  # noqa: B007 - the same in each row
        found[target] = unpack(settled, Settled)
    before = scattered.place(unpack(traits, Traits))
    placed = scattered.lean_on(before, unpack(raw, Mention), found)
    yield id_, report, placed.node, placed.order, False, pack(placed.traits)
