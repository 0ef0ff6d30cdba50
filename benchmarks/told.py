"""Incidents told several times over, each time in other words: a load with its truth.

`python -m benchmarks.told FOLDER [--set told|apart] [--alone SHARE]` writes `reports.jsonl`, a
row a report, and `truth.tsv`, report and incident, of the stories in `benchmarks/stories_told/`:
shootings of one town in the same weeks, a bombing and the next one, a toll that rises, an arrest, a
funeral.  Persons and most of what happens are invented; no sentence is made by a template.  Of a
`SHARE` of the incidents, drawn by `--seed`, one report only is kept.

`benchmarks/stories_apart/` is the set that nobody tunes on: other towns, other countries, reports
as long as real ones.  Only its totals are looked at, never the pairs that are missed.

A file has incidents (`=== name`) with their reports (`--- date | outlet | title`, then the text).
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

_SETS = {
    "told": Path(__file__).parent / "stories_told",
    "apart": Path(__file__).parent / "stories_apart",
}


def read_stories(folder: Path = _SETS["told"]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each report with the name of its incident: its `date`, `outlet`, `title`, `text`."""
    for path in sorted(folder.glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split("=== ")[1:]:
            name, _, told = part.partition("\n")
            for report in told.split("--- ")[1:]:
                head, _, text = report.partition("\n")
                day, outlet, title = head.split(" | ")
                yield (
                    name,
                    {
                        "date": day,
                        "outlet": outlet,
                        "title": title,
                        "text": f"{title}\n\n{text.strip()}\n",
                    },
                )


def write(folder: Path, *, stories: Path, alone: float, seed: int) -> None:
    """Write the load of a folder of stories into a folder."""
    draw = random.Random(seed)
    told = list(read_stories(stories))
    names = sorted({name for name, _ in told})
    single = set(draw.sample(names, round(alone * len(names))))
    draw.shuffle(told)
    rows, truth = [], []
    for name, report in told:
        if name in single and any(name == other for _, other in truth):
            continue
        id_ = f"t{len(rows):05d}"
        rows.append({"id": id_, **report})
        truth.append((id_, name))
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "reports.jsonl").open("w") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    with (folder / "truth.tsv").open("w") as file:
        file.writelines(f"{id_}\t{name}\n" for id_, name in truth)


def main() -> None:
    """Write the load."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", choices=tuple(_SETS), default="told")
    parser.add_argument("--alone", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.folder, stories=_SETS[given.set], alone=given.alone, seed=given.seed)


if __name__ == "__main__":
    main()
