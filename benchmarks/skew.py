"""One story with many copies on a cluster: which task of which step takes longest.

`python -m benchmarks.skew --copies 10000` codes a story once, makes so many near copies of
it (each under a head of its own, every fourth word for word), lays them among the reports
of a made-up archive and takes the steps after coding over all, on a Spark of two tasks at once.
Of each table that a step writes it prints how many tasks wrote it, what they took together, what
the longest took, and how many rows went into the one with the most.  Times are the clock's.
`--here` compares and groups the copies in this process, without Spark, and prints what the
largest pool takes, in seconds of the processor: a pool is grouped by one task.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from benchmarks import archive
from benchmarks.scale import pairs_of
from parley import reading
from parley.engine.coder import BuiltIn
from parley.engine.reprints import Reprints
from parley.engine.spark.coding import CODED, row_of
from parley.engine.spark.copies import copies
from parley.engine.spark.events import make
from parley.engine.spark.groups import group
from parley.engine.spark.session import Stages, opened, unworried
from parley.engine.spark.tables import write
from parley.engine.spark.tellings import tell
from parley.engine.steps import Coded, CodedReport
from parley.merging import scattered
from parley.merging.memory import Pool
from parley.merging.pools import find_pools
from parley.merging.traits import Traits
from parley.model import Report, digest

STORY = (
    "Northern Wire {number:08d}\n\nKidal, March 13, 2024\n\n"
    "Two soldiers were killed on Tuesday when their patrol came under fire near Kidal, the army "
    "of Mali said. A spokesman blamed rebels of the north for the attack, which they denied. "
    "The foreign ministers of Mali and Niger met in Niamey on Wednesday to discuss the border.\n\n"
    "Printed in district {number:08d} by the press of the north."
)
_SHARE = 2000  # rows of a file of the table that the run begins with


class Wrote(NamedTuple):
    """The tasks that wrote a table: how many, seconds in all, of the longest, most rows of one."""

    tasks: int
    seconds: float
    longest: float
    rows: int


def near_copies(count: int) -> Iterator[Coded]:
    """Yield a story as it is coded, under so many ids; every fourth is the first word for word."""
    first = Report(id=digest("r", "0"), source="0", text=STORY.format(number=0), language="en")
    known = Reprints()
    known.keep(first, BuiltIn().code(first))
    for number in range(count):
        own = replace(
            first, id=digest("r", str(number)), source=str(number), outlet=f"Paper {number % 997}"
        )
        coded = known.find(own)
        assert coded is not None
        if number % 4 == 0:
            yield coded
        else:
            # A number as long as the first, so that every place in the text stays.
            told = replace(coded.report, text=STORY.format(number=number))
            yield CodedReport(told, coded.mentions)


def others(count: int) -> Iterator[Coded]:
    """Yield the coded reports of a made-up archive."""
    code = BuiltIn().code
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "archive.jsonl"
        archive.write(file, reports=count, seed=3)
        yield from map(code, reading.read([str(file)], refuse=lambda _: None))


def take_steps(stages: Stages, coded: list[Coded], *, chunk: int) -> dict[str, int]:
    """Take all steps after coding; return how many rows the tables have."""
    rows = [row_of(one) for one in coded]
    frame = stages.frame(rows, CODED).repartition(max(2, len(rows) // _SHARE))
    table = stages.keep(frame, "coded")
    tellings = tell(stages, table)
    groups = group(stages, tellings)
    copied = copies(stages, tellings.sketches, chunk=chunk)
    made = make(stages, table, tellings, groups, copied)
    return write(stages, table, tellings, copied, made)


def read_log(folder: Path) -> dict[str, Wrote]:
    """Return the tables by name with the tasks that wrote them, from Spark's own log."""
    found: dict[str, Wrote] = {}
    names: dict[int, str] = {}
    for file in sorted(folder.rglob("events_*")):
        for line in file.read_text(encoding="utf-8").splitlines():
            said = json.loads(line)
            if said["Event"] == "SparkListenerJobStart":
                name = said["Properties"].get("spark.job.description", "")
                names |= dict.fromkeys(said["Stage IDs"], name)
            elif said["Event"] == "SparkListenerTaskEnd" and "Task Metrics" in said:
                name = names[said["Stage ID"]]
                before = found.get(name, Wrote(0, 0, 0, 0))
                metrics = said["Task Metrics"]
                seconds = metrics["Executor Run Time"] / 1000
                rows = (
                    metrics["Input Metrics"]["Records Read"]
                    + metrics["Shuffle Read Metrics"]["Total Records Read"]
                )
                found[name] = Wrote(
                    before.tasks + 1,
                    before.seconds + seconds,
                    max(before.longest, seconds),
                    max(before.rows, rows),
                )
    return found


def measure(count: int, among: int, *, master: str) -> None:
    """Take the steps over a story with so many copies among others, and print the tables."""
    coded = [*near_copies(count), *others(among)]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        log.mkdir()
        settings = {"spark.eventLog.enabled": "true", "spark.eventLog.dir": log.as_uri()}
        settings |= {"spark.eventLog.compress": "false", "spark.sql.shuffle.partitions": "16"}
        with unworried(), opened(master, settings=settings) as spark:
            rows = take_steps(Stages(spark, f"{folder}/out"), coded, chunk=2000)
        found = read_log(log)
    _say(f"{len(coded):,} reports, {count:,} of them copies of one: {rows}\n")
    _say(f"{'table':<24}{'tasks':>7}{'seconds':>10}{'longest':>10}{'most rows':>12}")
    for name, told in sorted(found.items(), key=lambda item: -item[1].longest):
        _say(f"{name:<24}{told.tasks:>7}{told.seconds:>10.1f}{told.longest:>10.1f}{told.rows:>12,}")


def measure_here(count: int) -> None:
    """Compare and group so many copies, and print what the largest pool of them takes."""
    nodes: dict[str, Traits] = {}
    for coded in near_copies(count):
        for placed in scattered.tell(coded.report, coded.mentions).placed:
            nodes.setdefault(placed.node, placed.traits)
    pairs = pairs_of({node: scattered.keys_for(traits) for node, traits in nodes.items()})
    judge = scattered.Pairs()
    near: dict[str, dict[str, float]] = {}
    for a, b in pairs:
        score = judge.edge(nodes[a], nodes[b])
        if score is not None:
            near.setdefault(a, {})[b] = near.setdefault(b, {})[a] = score
    pools: dict[Pool, list[str]] = {}
    for node, pool in find_pools(near, near.__getitem__, lambda _: None).items():
        pools.setdefault(pool, []).append(node)
    pool, members = max(pools.items(), key=lambda item: len(item[1]))
    inside = set(members)
    edges = [(a, b, s) for a in members for b, s in near[a].items() if a < b and b in inside]
    begun = time.process_time()
    groups = scattered.group({node: nodes[node] for node in members}, edges, pool.level)
    spent = time.process_time() - begun
    _say(
        f"{count:,} copies: {len(nodes):,} nodes, {len(pairs):,} pairs; the largest pool, of "
        f"{len(members):,}, makes {len(groups):,} group(s) in {spent:.2f} s"
    )


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--copies", type=int, default=10_000)
    parser.add_argument("--among", type=int, default=200)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--here", action="store_true")
    given = parser.parse_args()
    if given.here:
        measure_here(given.copies)
    else:
        measure(given.copies, given.among, master=given.master)


if __name__ == "__main__":
    main()
