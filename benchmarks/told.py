"""Incidents told several times over, each time in other words: a load with its truth.

`python -m benchmarks.told FOLDER [--set told|apart] [--alone SHARE]` writes `reports.jsonl`, a
row a report, and `truth.tsv`, report and incident, of the stories in `benchmarks/stories_told/`:
shootings of one town in the same weeks, a bombing and the next one, a toll that rises, an arrest, a
funeral.  Persons and most of what happens are invented; no sentence is made by a template.  Of a
`SHARE` of the incidents, drawn by `--seed`, one report only is kept.

`benchmarks/stories_apart/` is the set that nobody tunes on: other towns, other countries, reports
as long as real ones.  Only its totals are looked at, never the pairs that are missed.

A file has incidents (`=== name`) with their reports (`--- date | outlet | title`, then the text).
A report that tells in passing of another incident of the load, or of something that several have
behind them (a truce, a strike), names it after the title: `| recalls name, name`.  It stands in a
third column of `truth.tsv`: such reports rightly share an event and are two incidents all the same.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

SETS = {
    "told": Path(__file__).parent / "stories_told",
    "apart": Path(__file__).parent / "stories_apart",
}


def read_stories(folder: Path = SETS["told"]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each report with its incident's name: `date`, `outlet`, `title`, `text`, `recalls`."""
    for path in sorted(folder.glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split("=== ")[1:]:
            name, _, told = part.partition("\n")
            for report in told.split("--- ")[1:]:
                head, _, text = report.partition("\n")
                day, outlet, title, *recalls = head.split(" | ")
                yield (
                    name,
                    {
                        "date": day,
                        "outlet": outlet,
                        "title": title,
                        "text": f"{title}\n\n{text.strip()}\n",
                        "recalls": "".join(recalls).removeprefix("recalls ").replace(",", ""),
                    },
                )


def write(folder: Path, *, stories: Path, alone: float, seed: int) -> None:
    """Write the load of a folder of stories into a folder."""
    draw = random.Random(seed)
    told = list(read_stories(stories))
    names = sorted({name for name, _ in told})
    single = set(draw.sample(names, round(alone * len(names))))
    draw.shuffle(told)
    rows: list[dict[str, str]] = []
    truth: list[tuple[str, str, str]] = []
    for name, report in told:
        if name in single and any(name == other for _, other, _ in truth):
            continue
        id_ = f"t{len(rows):05d}"
        truth.append((id_, name, report.pop("recalls")))
        rows.append({"id": id_, **report})
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "reports.jsonl").open("w") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    with (folder / "truth.tsv").open("w") as file:
        file.writelines("\t".join(row).rstrip() + "\n" for row in truth)


def main() -> None:
    """Write the load."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", choices=tuple(SETS), default="told")
    parser.add_argument("--alone", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.folder, stories=SETS[given.set], alone=given.alone, seed=given.seed)


if __name__ == "__main__":
    main()
