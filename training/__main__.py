"""`python -m training check|split ...`: the corpus from the command line."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from parley.errors import DataError
from training.items import parse_label, read_items


def check(paths: list[Path]) -> int:
    """Print what is wrong in files that hold texts and labels, and what they hold."""
    wrong = 0
    counts: Counter[str] = Counter()
    for path in paths:
        for item, lines in read_items(path).values():
            counts["sentences" if item.id[0] == "s" else "reports"] += 1
            counts["without an event"] += not lines
            taken = set()
            for line in lines:
                try:
                    label = parse_label(line, item.text)
                except DataError as error:
                    wrong += 1
                    print(f"{path.name} {item.id}: {error}")
                    continue
                if label.trigger in taken:
                    wrong += 1
                    print(f"{path.name} {item.id}: {line!r}: two events with one trigger")
                taken.add(label.trigger)
                counts[label.type] += 1
                counts[label.status] += 1
                counts["bg"] += label.background
    print("  ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    return wrong


if __name__ == "__main__":
    command, *names = sys.argv[1:]
    sys.exit(bool(check([Path(name) for name in names])))
