"""Reports that repeat nothing: those of the training corpus, as rows of JSON Lines.

`python -m benchmarks.natural FILE` writes them.  They were written by hand for this project, on
some forty conflicts; no sentence of them is made by a template, and hardly two tell of one event:
the conflicts of the corpus whose reports tell the same happenings again are left out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from training.items import read_items, read_labels

_FOLDER = Path(__file__).parents[1] / "training"
# What a label of a conflict whose happenings are told again says of them.
_NAMED = " | is "


def rows(folder: Path = _FOLDER) -> Iterator[dict[str, str]]:
    """Yield the reports of the corpus that repeat nothing: `id`, `date` and `text`."""
    for path in sorted((folder / "texts").glob("*.txt")):
        labels = read_labels(folder / "first" / path.name).values()
        if any(_NAMED in line for lines in labels for line in lines):
            continue
        for id_, (item, _) in read_items(path).items():
            if item.date is not None:
                yield {"id": f"{path.stem}-{id_}", "date": item.date, "text": item.text}


def write(path: Path) -> int:
    """Write them to a file; return how many they are."""
    lines = [json.dumps(row) + "\n" for row in rows()]
    path.write_text("".join(lines), encoding="utf-8")
    return len(lines)


def main() -> None:
    """Write the load."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    write(parser.parse_args().file)


if __name__ == "__main__":
    main()
