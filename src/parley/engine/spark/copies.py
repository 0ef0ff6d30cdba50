"""Which reports are copies of one another, on a cluster.

In: the sketches of the reports.  Out: report -> the first of its copies.

Look-alikes meet in buckets.  A bucket that many are in is dealt out in chunks, each bucket
otherwise, so that what two chunks of one bucket have apart meets in those of another; within
a chunk each is compared with one of every group.  Then only what is of another group than most
in its bucket is compared across the chunks: a story with a million copies is one group by then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from parley.engine.spark.components import AT_HAND, components
from parley.engine.spark.rows import Row, grouped, mapped, unpack
from parley.engine.spark.session import Stages
from parley.merging import scattered
from parley.merging.sketches import Sketch

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

CHUNK = 2000  # nodes of a bucket that one task compares
_TIES = "a string, b string"


def copies(
    stages: Stages, sketches: DataFrame, *, chunk: int = CHUNK, at_hand: int = AT_HAND
) -> DataFrame:
    """Return (report, copy_of) for the reports that have copies before them.

    `sketches` has (report, node, sort, sketch): nodes are reports with the same words.
    """
    nodes = stages.sql(
        "select node, any_value(sketch) as sketch from {sketches} group by node",
        sketches=sketches,
    )
    banded = stages.keep(mapped(nodes, _band_rows, "band long, node string"), "bands")
    bucket = stages.sql(
        """
        select b.band, b.node, c.chunks, pmod(xxhash64(b.node, b.band), c.chunks) as chunk
        from {banded} b join (
            select band, cast(ceil(count(*) / {chunk}) as long) as chunks from {banded}
            group by band having count(*) > 1
        ) c on c.band = b.band
        """.replace("{chunk}", str(chunk)),
        banded=banded,
    )
    bucket = stages.keep(bucket, "buckets")
    within = stages.sql(
        "select concat(b.band, ' ', b.chunk) as bucket, b.node, n.sketch from {bucket} b "
        "join {nodes} n on n.node = b.node",
        bucket=bucket,
        nodes=nodes,
    )
    ties = stages.keep(grouped(within, _within_rows, _TIES, by="bucket"), "copies_within")
    labels = components(stages, ties, "copies_a", at_hand=at_hand)
    if not bucket.where("chunks > 1").isEmpty():
        across = _across(stages, bucket.where("chunks > 1"), nodes, labels)
        ties = ties.union(stages.keep(across, "copies_across"))
        labels = components(stages, ties, "copies_b", at_hand=at_hand)
    return stages.keep(
        stages.sql(
            """
            with printed as (
                select s.report, s.sort, coalesce(l.label, s.node) as label
                from {sketches} s left join {labels} l on l.node = s.node
            ),
            firsts as (select label, min(struct(sort, report)) as first from printed group by label)
            select p.report, f.first.report as copy_of
            from printed p join firsts f on f.label = p.label where p.report <> f.first.report
            """,
            sketches=sketches,
            labels=labels,
        ),
        "copies",
    )


def _across(stages: Stages, bucket: DataFrame, nodes: DataFrame, labels: DataFrame) -> DataFrame:
    """Return the ties between chunks, of nodes that are not of one group yet."""
    rows = stages.sql(
        """
        with labelled as (
            select b.band, b.node, b.chunks, b.chunk, coalesce(l.label, b.node) as label
            from {bucket} b left join {labels} l on l.node = b.node
        ),
        sized as (select band, label, count(*) as n from labelled group by band, label),
        mixed as (
            select band, max(struct(n, label)).label as most from sized
            group by band having count(*) > 1
        ),
        dealt as (
            select concat(l.band, ' ', l.chunk) as bucket, l.node, l.label, false as odd
            from labelled l join mixed m on m.band = l.band
            union all
            select concat(band, ' ', at), node, label, true from (
                select l.*, explode(sequence(0, l.chunks - 1)) as at
                from labelled l join mixed m on m.band = l.band where l.label <> m.most
            )
        )
        select d.bucket, d.odd, d.node, d.label, n.sketch
        from dealt d join {nodes} n on n.node = d.node
        """,
        bucket=bucket,
        labels=labels,
        nodes=nodes,
    )
    return grouped(rows, _across_rows, _TIES, by="bucket")


def _band_rows(rows: Iterator[Row]) -> Iterator[Row]:
    for node, raw in rows:
        for band in sorted(set(unpack(raw, Sketch).bands())):
            yield band, node


def _within_rows(_: str, rows: Iterator[Row]) -> Iterator[Row]:
    yield from scattered.ties_among({node: unpack(raw, Sketch) for _, node, raw in rows})


def _across_rows(_: str, rows: Iterator[Row]) -> Iterator[Row]:
    own: dict[str, tuple[str, Sketch]] = {}
    odd: dict[str, tuple[str, Sketch]] = {}
    for _, is_odd, node, label, raw in rows:
        (odd if is_odd else own)[node] = label, unpack(raw, Sketch)
    yield from scattered.ties_between(own, odd)
