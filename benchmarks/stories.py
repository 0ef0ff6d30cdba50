"""How well reports of one incident are told from others: B-cubed and pairs, over reports.

`python -m benchmarks.stories EXPORT.jsonl TRUTH.tsv` takes reports that share an event, directly
or by way of others, as one cluster, and prints precision, recall and F1 of B-cubed (Bagga and
Baldwin 1998) and of pairs, and how many reports tell no event.
TRUTH has lines of a report's own id, a tab and its incident, as `benchmarks.incidents` writes them.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path


def read_clusters(export: Path) -> tuple[dict[str, str], int]:
    """Return report's own id -> its cluster, and how many reports tell no event."""
    names: dict[str, str] = {}
    parent: dict[str, str] = {}
    telling: set[str] = set()

    def find(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for line in export.read_text().splitlines():
        row = json.loads(line)
        if row["kind"] == "report":
            names[row["id"]] = row["source"].rpartition("#")[2]
        elif row["kind"] == "event":
            reports = sorted({mention["report"] for mention in row["mentions"]})
            telling.update(reports)
            for other in reports[1:]:
                parent[find(other)] = find(reports[0])
    return {name: find(id_) for id_, name in names.items()}, len(names.keys() - telling)


def figures(found: Mapping[str, str], truth: Mapping[str, str]) -> list[tuple[str, float, ...]]:
    """Return (measure, precision, recall, F1) of B-cubed and of pairs."""
    both = Counter((found[name], truth[name]) for name in truth)
    sizes, wanted = Counter(found[name] for name in truth), Counter(truth.values())
    precision = sum(both[found[n], truth[n]] / sizes[found[n]] for n in truth) / len(truth)
    recall = sum(both[found[n], truth[n]] / wanted[truth[n]] for n in truth) / len(truth)

    def pairs(counts: Counter[object]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    right = pairs(Counter(both))
    given, told = pairs(Counter(sizes)) or 1, pairs(Counter(wanted)) or 1
    return [
        ("B-cubed", precision, recall, 2 * precision * recall / (precision + recall)),
        ("pairs", right / given, right / told, 2 * right / (given + told)),
    ]


def main() -> None:
    """Print the figures, and the clusters that are wrong where `--wrong` is given."""
    export, answers = Path(sys.argv[1]), Path(sys.argv[2])
    truth = dict(line.split("\t") for line in answers.read_text().splitlines())
    found, silent = read_clusters(export)
    for name, precision, recall, f1 in figures(found, truth):
        sys.stdout.write(f"{name:8} precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}\n")
    sys.stdout.write(f"{silent} of {len(found)} reports tell no event\n")
    if "--wrong" in sys.argv:
        clusters = defaultdict(set)
        for name, incident in truth.items():
            clusters[found[name]].add(incident)
        for cluster, incidents in clusters.items():
            if len(incidents) > 1:
                sys.stdout.write(f"joined {cluster}: {sorted(incidents)}\n")


if __name__ == "__main__":
    main()
