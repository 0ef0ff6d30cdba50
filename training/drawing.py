"""Mentions drawn at random from held-out conflicts, for a careful reader to judge."""

from __future__ import annotations

import random
from collections.abc import Iterator

from parley.model import Mention
from training.comparing import Code, as_dated
from training.corpus import Labelled, labelled


def draw(code: Code, *, count: int, seed: int = 1) -> Iterator[str]:
    """Yield `count` mentions of the fold "test", each as text with the item that it is from."""
    found: list[tuple[Labelled, Mention]] = []
    for source in labelled():
        if source.conflict.fold == "test":
            found += [(source, mention) for mention in code(as_dated(source))]
    for number, (source, mention) in enumerate(random.Random(seed).sample(found, count), start=1):
        yield told(number, source, mention)


def told(number: int, source: Labelled, mention: Mention) -> str:
    """Return one mention as text."""
    text = source.item.text
    who = ", ".join(f"{p.name} ({p.role})" for p in mention.participants)
    said = ", ".join(f"{a.name} ({a.stance})" for a in mention.attribution)
    counts = ", ".join(f"{c.what} {c.low}-{c.high}" for c in mention.counts)
    where = ", ".join(place.name for place in mention.where)
    when = f"{mention.when.start} to {mention.when.end}" if mention.when else "-"
    return "\n".join(
        [
            f"#{number} {source.conflict.name} {source.item.id} written {source.item.date or '-'}",
            text,
            f"  > {mention.type} {mention.status} '{text[slice(*mention.trigger)]}' in: "
            f"{mention.text}",
            f"  who: {who or '-'} | where: {where or '-'} | when: {when} | "
            f"says: {said or '-'} | counts: {counts or '-'} | background: {mention.background}",
            "",
        ]
    )
