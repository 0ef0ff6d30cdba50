"""What the third hand is shown, and what becomes of its decisions.

In: the items that two hands differ on, each with both labellings as A and B; which hand is A
changes from item to item, so that none is favoured.  A decision is `@s017 A`, `@s017 B`, or
`@s017` with the lines that stand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from parley.errors import DataError
from training.agreement import both
from training.corpus import Conflict, lines_of, texts
from training.items import Item, read_labels


def shown(conflict: Conflict) -> Iterator[str]:
    """Yield each item to settle as text."""
    hands = [lines_of(conflict, "first"), lines_of(conflict, "second")]
    for item in both(conflict):
        if item.alike:
            continue
        a, b = (hands[at].get(item.item.id, ["(no event)"]) for at in _order(conflict, item.item))
        yield "\n".join([f"@{item.item.id}", item.item.text, "A", *a, "B", *b, ""])


def settled(conflict: Conflict, decisions: Path) -> dict[str, list[str]]:
    """Return the lines that stand of each settled item.  Raises DataError for a malformed one."""
    hands = [lines_of(conflict, "first"), lines_of(conflict, "second")]
    items = {item.id: item for item in texts(conflict)}
    chosen = _choices(decisions)
    result = {}
    for id_, lines in read_labels(decisions).items():
        if id_ not in items:
            raise DataError(f"{decisions}: there is no {id_}")
        choice = chosen.get(id_)
        if choice is None:
            result[id_] = lines
        else:
            at = _order(conflict, items[id_])["AB".index(choice)]
            result[id_] = hands[at].get(id_, [])
    return result


def _choices(decisions: Path) -> dict[str, str]:
    heads = (line.split() for line in decisions.read_text(encoding="utf-8").splitlines())
    return {
        parts[0][1:]: parts[1]
        for parts in heads
        if len(parts) == 2 and parts[0][:2] in ("@s", "@r") and parts[1] in ("A", "B")
    }


def _order(conflict: Conflict, item: Item) -> tuple[int, int]:
    odd = hashlib.sha256(f"{conflict.name} {item.id}".encode()).digest()[0] % 2
    return (1, 0) if odd else (0, 1)
