"""What merging reads from the reports, each by itself.

In: the coded reports.  Out: four frames: the mentions as they are compared, the mentions as
they were coded, the ties in the reports' words, and the sketches by which copies are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from parley.engine.spark.rows import Row, mapped, pack, unpack
from parley.engine.spark.session import Stages
from parley.merging import scattered
from parley.model import Mention, Report

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_TOLD = (
    "kind string, id string, report string, node string, sort string, target string, "
    "relation string, alone boolean, raw binary"
)


class Tellings(Struct, frozen=True):
    """What was read.

    `placed` has (mention, report, node, sort, alone, traits), `mentions` (mention, report,
    alone, raw), `ties` (mention, relation, target, alone), `sketches` (report, node, sort,
    sketch).  `sort` is the place in the order of mentions, or of printing; `alone` tells
    fighting.
    """

    placed: DataFrame
    mentions: DataFrame
    ties: DataFrame
    sketches: DataFrame


def tell(stages: Stages, coded: DataFrame) -> Tellings:
    """Return what merging reads from the coded reports."""
    rows = coded.where("coded").select("report", "mentions")
    told = stages.keep(mapped(rows, _tell_rows, _TOLD), "told")

    def of(kind: str, *columns: str) -> DataFrame:
        return told.where(f"kind = '{kind}'").selectExpr(*columns)

    return Tellings(
        placed=of("placed", "id as mention", "report", "node", "sort", "alone", "raw as traits"),
        mentions=of("mention", "id as mention", "report", "alone", "raw"),
        ties=of("tie", "id as mention", "relation", "target", "alone"),
        sketches=of("sketch", "report", "node", "sort", "raw as sketch"),
    )


def _tell_rows(rows: Iterator[Row]) -> Iterator[Row]:
    for raw_report, raw_mentions in rows:
        report = unpack(raw_report, Report)
        mentions = unpack(raw_mentions, list[Mention])
        told = scattered.tell(report, mentions)
        alone = {mention.id: scattered.stands_alone(mention.type) for mention in mentions}
        for one in told.placed:
            id_, raw = one.traits.id, pack(one.traits)
            yield "placed", id_, report.id, one.node, one.order, "", "", alone[id_], raw
        for mention in mentions:
            yield "mention", mention.id, report.id, "", "", "", "", alone[mention.id], pack(mention)
        for cue in told.cues:
            tie = cue.target, cue.relation, alone[cue.mention]
            yield "tie", cue.mention, report.id, "", "", *tie, b""
        if told.sketch is not None:
            sketch = told.sketch.sketch
            yield "sketch", "", report.id, sketch.id, told.sketch.order, "", "", False, pack(sketch)
