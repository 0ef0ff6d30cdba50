"""All of the corpus: its texts with the labels that stand, by conflict."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from training.items import Item, Label, parse_label, read_items, read_labels

FOLDER = Path(__file__).parent
Hand = Literal["first", "second", "settled"]


class Conflict(Struct, frozen=True):
    """One conflict: the name of its files, and whether its items train or test."""

    name: str
    fold: Literal["train", "tune", "test"]


class Labelled(Struct, frozen=True):
    """An item with the labels that stand."""

    conflict: Conflict
    item: Item
    labels: tuple[Label, ...]


def conflicts(folder: Path = FOLDER) -> list[Conflict]:
    """Return the conflicts of `conflicts.tsv`, in its order."""
    with (folder / "conflicts.tsv").open(encoding="utf-8", newline="") as file:
        return [
            Conflict(name=row["name"], fold=row["fold"])  # type: ignore[arg-type]
            for row in csv.DictReader(file, delimiter="\t")
        ]


def texts(conflict: Conflict, folder: Path = FOLDER) -> list[Item]:
    """Return a conflict's items in the order of its file, without those that were removed."""
    path = folder / "texts" / f"{conflict.name}.txt"
    gone = removed(folder)
    return [item for item, _ in read_items(path).values() if (conflict.name, item.id) not in gone]


def removed(folder: Path = FOLDER) -> frozenset[tuple[str, str]]:
    """Return the items, by conflict and id, that `leakage` found and that do not count."""
    path = folder / "removed.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(
            (row["conflict"], row["item"]) for row in csv.DictReader(file, delimiter="\t")
        )


def lines_of(conflict: Conflict, hand: Hand, folder: Path = FOLDER) -> dict[str, list[str]]:
    """Return what a hand labelled, by item; a hand that has not seen a conflict has no file."""
    path = folder / hand / f"{conflict.name}.txt"
    return read_labels(path) if path.exists() else {}


def labelled(folder: Path = FOLDER) -> Iterator[Labelled]:
    """Yield every item with the labels that stand: the third hand's, else the first's."""
    for conflict in conflicts(folder):
        first, settled = (lines_of(conflict, hand, folder) for hand in ("first", "settled"))
        for item in texts(conflict, folder):
            lines = settled.get(item.id, first.get(item.id, []))
            labels = tuple(parse_label(line, item.text) for line in lines)
            yield Labelled(conflict=conflict, item=item, labels=labels)
