"""How well reports of one incident are told from others: B-cubed and pairs, over reports.

`python -m benchmarks.stories EXPORT.jsonl TRUTH.tsv` takes reports that share an event, directly
or by way of others, as one cluster, and prints precision, recall and F1 of B-cubed (Bagga and
Baldwin 1998) and of pairs, and how many reports tell no event.
`main event` is the same for another way to cluster: by the one event that a report has most
mentions of, the first of those.
With `--baseline REPORTS.jsonl` (the rows with `text` and `date`) the same is printed for clusters
by the cosine of TF-IDF alone within a window of seven days, linked singly, its threshold tuned on
the truth itself: what a desk can have in an afternoon.  With `--wrong` the clusters that mix
incidents and the incidents that fell apart are named.
TRUTH has lines of a report's own id, a tab and its incident, as `benchmarks.incidents` writes them,
and may have a third column: what else the report recalls, names between spaces.  An event does not
bind two reports of different incidents which both tell, one of them in passing, of the same thing:
to find that they do is right, and they are two incidents all the same.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import combinations
from math import log, sqrt
from pathlib import Path

_WORD = re.compile(r"\w+")
_WINDOW = 7  # days between two reports of one incident


def read_truth(path: Path) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return report's own id -> its incident, and -> all that it tells of."""
    truth, tells = {}, {}
    for line in path.read_text().splitlines():
        name, incident, *recalls = line.split("\t")
        truth[name] = incident
        tells[name] = {incident, *" ".join(recalls).split()}
    return truth, tells


def read_clusters(
    export: Path, truth: Mapping[str, str], tells: Mapping[str, set[str]]
) -> tuple[dict[str, str], int]:
    """Return report's own id -> its cluster, and how many reports tell no event."""
    rows = [json.loads(line) for line in export.read_text().splitlines()]
    names = {row["id"]: row["source"].rpartition("#")[2] for row in rows if row["kind"] == "report"}
    events = (
        [names[mention["report"]] for mention in row["mentions"]]
        for row in rows
        if row["kind"] == "event"
    )
    return cluster_reports(names.values(), events, truth, tells)


def cluster_reports(
    names: Collection[str],
    events: Iterable[Iterable[str]],
    truth: Mapping[str, str],
    tells: Mapping[str, set[str]],
) -> tuple[dict[str, str], int]:
    """Return the same of reports by their own ids, and of the reports that tell each event."""
    telling: set[str] = set()
    bound = []
    for told in events:
        reports = sorted(set(told))
        telling.update(reports)
        bound += [
            (one, two)
            for one, two in combinations(reports, 2)
            if truth[one] == truth[two] or not tells[one] & tells[two]
        ]
    return _linked(names, bound), len(set(names) - telling)


def read_main(export: Path) -> dict[str, str]:
    """Return report's own id -> the event that it has most mentions of, else the report itself."""
    rows = [json.loads(line) for line in export.read_text().splitlines()]
    names = {row["id"]: row["source"].rpartition("#")[2] for row in rows if row["kind"] == "report"}
    told: dict[str, Counter[str]] = {name: Counter() for name in names.values()}
    starts: dict[tuple[str, str], int] = {}
    for row in rows:
        for mention in row["mentions"] if row["kind"] == "event" else ():
            name, key = names[mention["report"]], (names[mention["report"]], row["id"])
            told[name][row["id"]] += 1
            starts[key] = min(mention["start"], starts.get(key, mention["start"]))
    return {
        name: min(events, key=lambda event: (-events[event], starts[name, event]), default=name)
        for name, events in told.items()
    }


def figures(
    found: Mapping[str, str], truth: Mapping[str, str]
) -> list[tuple[str, float, float, float]]:
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


def baseline(reports: Path, truth: Mapping[str, str]) -> tuple[dict[str, str], float]:
    """Return the clusters of TF-IDF within seven days, and the threshold that fits best."""
    rows = {row["id"]: row for row in map(json.loads, reports.read_text().splitlines())}
    counts = {id_: Counter(_WORD.findall(row["text"].lower())) for id_, row in rows.items()}
    often = Counter(word for told in counts.values() for word in told)
    vectors = {}
    for id_, told in counts.items():
        weights = {w: (1 + log(n)) * log(len(rows) / often[w]) for w, n in told.items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors[id_] = {word: weight / length for word, weight in weights.items()}
    days = {id_: date.fromisoformat(row["date"]) for id_, row in rows.items()}
    alike = [
        (sum(w * vectors[two][t] for t, w in vectors[one].items() if t in vectors[two]), one, two)
        for one, two in combinations(rows, 2)
        if abs((days[one] - days[two]).days) <= _WINDOW
    ]
    best: tuple[float, dict[str, str], float] = (-1.0, {}, 0.0)
    for hundredth in range(4, 60):
        least = hundredth / 100
        found = _linked(rows, [(one, two) for score, one, two in alike if score >= least])
        f1 = figures(found, truth)[1][3]
        best = max(best, (f1, found, least), key=lambda tried: tried[0])
    return best[1], best[2]


def _linked(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return name -> the first of those that it hangs together with."""
    parent = {name: name for name in names}

    def find(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for one, two in pairs:
        parent[find(one)] = find(two)
    return {name: find(name) for name in parent}


def main() -> None:
    """Print the figures, and what is wrong where `--wrong` is given."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("export", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--baseline", type=Path)
    parser.add_argument("--wrong", action="store_true")
    given = parser.parse_args()
    truth, tells = read_truth(given.truth)
    found, silent = read_clusters(given.export, truth, tells)
    _print(found, truth)
    sys.stdout.write(f"{silent} of {len(found)} reports tell no event\nmain event:\n")
    _print(read_main(given.export), truth)
    if given.baseline:
        clusters, least = baseline(given.baseline, truth)
        sys.stdout.write(f"TF-IDF within {_WINDOW} days, at {least:.2f}:\n")
        _print(clusters, truth)
    if given.wrong:
        mixed, split = defaultdict(set), defaultdict(set)
        for name, incident in truth.items():
            mixed[found[name]].add(incident)
            split[incident].add(found[name])
        for incidents in mixed.values():
            if len(incidents) > 1:
                sys.stdout.write(f"joined: {sorted(incidents)}\n")
        for incident, parts in split.items():
            if len(parts) > 1:
                names = sorted(name for name in truth if truth[name] == incident)
                told = ", ".join(f"{name} in {found[name][:8]}" for name in names)
                sys.stdout.write(f"split: {incident}: {told}\n")


def _print(found: Mapping[str, str], truth: Mapping[str, str]) -> None:
    for name, precision, recall, f1 in figures(found, truth):
        sys.stdout.write(f"{name:8} precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}\n")


if __name__ == "__main__":
    main()
