"""Reports that repeat nothing: those of the training corpus, as rows of JSON Lines.

`python -m benchmarks.natural FILE` writes them.  They were written by hand for this project, on
some forty conflicts; no sentence of them is made by a template, and hardly two tell of one event.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from training.items import read_items

_TEXTS = Path(__file__).parents[1] / "training" / "texts"


def rows(folder: Path = _TEXTS) -> Iterator[dict[str, str]]:
    """Yield the reports of the corpus, file by file: `id`, `date` and `text`."""
    for path in sorted(folder.glob("*.txt")):
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
