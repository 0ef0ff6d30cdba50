"""Chronicles: conflicts of the training corpus of which several outlets tell again and again.

In: the corpus, of which the labels of some conflicts name the happening that they tell, and a
record that the reports of one were ingested into.  Out: its reports as rows to ingest, and which
happening each mention of the record tells.  A mention tells what the label does that has its
trigger, or, where none has, one of its type in the same words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from parley.model import Mention
from training.corpus import FOLDER, Conflict, Labelled, labelled
from training.items import Label


@dataclass(frozen=True)
class Chronicle:
    """The reports of one conflict, with their labels."""

    conflict: Conflict
    reports: tuple[Labelled, ...]

    def write(self, path: Path) -> None:
        """Write the reports as JSON Lines, each with its day and an outlet of its own."""
        rows = (
            {
                "id": told.item.id,
                "text": told.item.text,
                "date": told.item.date,
                "outlet": f"{told.item.style} {told.item.id}",
            }
            for told in self.reports
        )
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def read_chronicles(folder: Path = FOLDER) -> dict[str, Chronicle]:
    """Return the conflicts whose labels name happenings, by name."""
    found: dict[str, list[Labelled]] = {}
    for told in labelled(folder):
        if told.item.date is not None:
            found.setdefault(told.conflict.name, []).append(told)
    return {
        name: Chronicle(told[0].conflict, tuple(told))
        for name, told in found.items()
        if any(label.happening for one in told for label in one.labels)
    }


def happenings_of(
    reports: Iterable[Labelled], mentions: Iterable[Mention], items: Mapping[str, str]
) -> dict[str, str]:
    """Return mention -> the happening that it tells; `items` is report -> its item in the corpus.

    What no label tells is left out.
    """
    told: dict[str, list[Mention]] = {}
    for mention in mentions:
        told.setdefault(items[mention.report], []).append(mention)
    return {
        mention: happening
        for one in reports
        for mention, happening in _align(one.labels, told.get(one.item.id, ())).items()
    }


def _align(labels: Sequence[Label], mentions: Sequence[Mention]) -> dict[str, str]:
    left, found, without = list(mentions), dict[str, str](), []
    for label in labels:
        at = [m for m in left if _meet(m.trigger, (label.trigger.start, label.trigger.end))]
        if not at:
            without.append(label)
            continue
        mention = next((m for m in at if m.type == label.type), at[0])
        left.remove(mention)
        if label.happening:
            found[mention.id] = label.happening
    for label in without:
        start = label.trigger.start
        at = [m for m in left if m.type == label.type and m.start <= start < m.end]
        if at:
            mention = min(at, key=lambda m: abs(m.trigger[0] - start))
            left.remove(mention)
            if label.happening:
                found[mention.id] = label.happening
    return found


def _meet(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return one[0] < two[1] and two[0] < one[1]
