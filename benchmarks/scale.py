"""What each step of a run on a cluster costs: the figures that docs/scale.md reckons with.

`python -m benchmarks.scale --reports 600` makes an archive, takes every step over it in this
process, as the tasks of a cluster do, and prints for each the processor time of a report and
how many bytes go on to the next step.  Processor time and not the clock's, so that what else
the machine does counts little.  `--copies 3000` measures one story that so many reports copy.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from itertools import combinations, product
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from benchmarks import archive
from parley import reading
from parley.engine.spark.rows import pack
from parley.engine.steps import built_in
from parley.merging import scattered
from parley.merging.pools import find_pools
from parley.merging.traits import Traits
from parley.model import Mention, Report, digest

_Found = TypeVar("_Found")


class Table:
    """Prints a row a step, each over the same number of reports."""

    def __init__(self, reports: int) -> None:
        self._reports = reports
        _say(f"{'step':<34}{'ms a report':>12}{'bytes a report':>16}{'packed':>9}")

    def take(
        self, name: str, step: Callable[[], _Found], size: Callable[[_Found], bytes]
    ) -> _Found:
        """Take a step, and print what it cost."""
        begun = time.process_time()
        found = step()
        spent = time.process_time() - begun
        raw = size(found)
        packed = len(zlib.compress(raw, 1))
        _say(
            f"{name:<34}{1000 * spent / self._reports:>12.2f}"
            f"{len(raw) / self._reports:>16,.0f}{packed / self._reports:>9,.0f}"
        )
        return found


def measure(count: int, seed: int) -> None:
    """Take all steps over a made-up archive."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "archive.jsonl"
        archive.write(file, reports=count, seed=seed)
        read = lambda: list(reading.read([str(file)], refuse=lambda _: None))  # noqa: E731
        table = Table(count)
        reports = table.take("read", read, _joined)
    code = built_in().load()
    code(reports[0])
    coded = table.take(
        "code",
        lambda: [code(r) for r in reports],
        lambda f: _joined([[one.report, list(one.mentions)] for one in f]),
    )
    told = table.take(
        "tell (traits, ties, sketch)",
        lambda: [scattered.tell(one.report, one.mentions) for one in coded],
        lambda f: _joined([(one.placed, one.sketch) for one in f]),
    )
    nodes: dict[str, Traits] = {}
    for placed in sorted((p for one in told for p in one.placed), key=lambda p: p.order):
        nodes.setdefault(placed.node, placed.traits)
    keys = table.take(
        "keys",
        lambda: {node: scattered.keys_for(traits) for node, traits in nodes.items()},
        lambda f: b"".join(pack((key, node)) for node, own in f.items() for key in own),
    )
    pairs = table.take("pairs", lambda: pairs_of(keys), lambda f: _joined(list(f)))
    judge = scattered.Pairs()
    edges = table.take(
        "score",
        lambda: {(a, b): s for a, b in pairs if (s := judge.edge(nodes[a], nodes[b])) is not None},
        lambda f: _joined([(a, b, s) for (a, b), s in f.items()]),
    )
    shipped = sum(len(pack(nodes[a])) + len(pack(nodes[b])) for a, b in pairs)
    groups = table.take("group", lambda: _groups(nodes, edges), _joined)
    by_id = {m.id: m for one in coded for m in one.mentions}
    members: dict[str, list[str]] = {}
    for placed in sorted((p for one in told for p in one.placed), key=lambda p: p.order):
        members.setdefault(placed.node, []).append(placed.traits.id)
    known = {one.report.id: one.report for one in coded}
    events = table.take(
        "make events",
        lambda: [
            scattered.make_event([by_id[m] for n in group for m in members[n]], known, {}, {})
            for group in groups
        ],
        _joined,
    )
    held = sum(map(len, keys.values()))
    _say(
        f"\n{count} reports of {sum(len(r.text) for r in reports) / count:,.0f} characters; each "
        f"has {len(by_id) / count:.2f} mentions, {len(nodes) / count:.2f} nodes, "
        f"{len(events) / count:.2f} events; each node {held / len(nodes):.1f} keys, "
        f"{len(pairs) / len(nodes):.1f} pairs, {len(edges) / len(nodes):.1f} edges; each pair "
        f"{shipped / max(1, len(pairs)):,.0f} bytes of traits"
    )


def pairs_of(keys: dict[str, dict[int, tuple[int, ...]]]) -> set[tuple[str, str]]:
    """Return the pairs of nodes that meet by their keys; each has those that it meets by."""
    holders: dict[int, list[str]] = {}
    others: dict[int, tuple[int, ...]] = {}
    for node, own in sorted(keys.items()):
        for key, near in own.items():
            holders.setdefault(key, []).append(node)
            others[key] = near
    used: dict[int, list[str]] = {}
    for key, nodes in holders.items():
        crowded = len(nodes) > scattered.limit(key)
        used[key] = nodes[: scattered.hubs(key)] if crowded else nodes
    met: dict[tuple[str, str], set[int]] = {}
    enough = set()
    for key, nodes in holders.items():
        for other in others[key]:
            # All that have a crowded key meet its hubs; the hubs alone those of other types.
            for a, b in product(nodes if other == key else used[key], used.get(other, ())):
                if a != b:
                    pair = min(a, b), max(a, b)
                    met.setdefault(pair, set()).add(min(key, other))
                    if scattered.suffices(key):
                        enough.add(pair)
    return {pair for pair, shared in met.items() if pair in enough or len(shared) > 1}


def _groups(nodes: dict[str, Traits], edges: dict[tuple[str, str], float]) -> list[list[str]]:
    near: dict[str, dict[str, float]] = {node: {} for node in nodes}
    for (a, b), score in edges.items():
        near[a][b] = near[b][a] = score
    inside: dict[tuple[str, int], list[str]] = {}
    for node, pool in find_pools(near, near.__getitem__, lambda _: None).items():
        inside.setdefault((pool.id, pool.level), []).append(node)
    found = []
    for (_, level), members in inside.items():
        own = [
            (a, b, edges[min(a, b), max(a, b)])
            for a, b in combinations(sorted(members), 2)
            if b in near[a]
        ]
        found += scattered.group({node: nodes[node] for node in members}, own, level)
    return found


def measure_copies(most: int) -> None:
    """Measure one event that many copies of a report tell, each with a line of its own."""
    text = "Kidal, March 13, 2024\n\nTwo soldiers were killed on Tuesday near Kidal, the army said."
    report = Report(id="r0", source="0", text=text, language="en", outlet="Wire")
    coded = built_in().load()(report)
    mention = coded.mentions[0]
    _say(f"\n{'copies':>8}{'make the event, s':>20}{'ms a copy':>12}{'find them, s':>15}")
    size = 100
    while size <= most:
        reports: dict[str, Report] = {}
        mentions: list[Mention] = []
        for number in range(size):
            id_ = digest("r", str(number))
            reports[id_] = replace(report, id=id_, outlet=f"Outlet {number}")
            mentions.append(
                replace(mention, report=id_, id=digest("m", id_, str(number), mention.type))
            )
        begun = time.process_time()
        event = scattered.make_event(
            mentions, reports, dict.fromkeys(reports, mentions[0].report), {}
        )
        made = time.process_time() - begun
        assert len(event.mentions) == size
        sketch = scattered.tell(report, []).sketch
        assert sketch is not None
        # Each copy has a few words of its own, so that no two sketches are the same.
        sketches = {}
        for number in range(min(size, 2000)):
            least = list(sketch.sketch.least)
            least[number % len(least)] = number
            sketches[f"n{number}"] = type(sketch.sketch)(sketch.sketch.runs + 100, tuple(least))
        begun = time.process_time()
        ties = scattered.ties_among(sketches)
        found = (time.process_time() - begun) * size / len(sketches)
        assert len(ties) == len(sketches) - 1
        _say(f"{size:>8,}{made:>20.2f}{1000 * made / size:>12.3f}{found:>15.2f}")
        size *= 10


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _joined(values: object) -> bytes:
    return pack(values)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--reports", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--copies", type=int, default=10_000)
    given = parser.parse_args()
    measure(given.reports, given.seed)
    measure_copies(given.copies)


if __name__ == "__main__":
    main()
