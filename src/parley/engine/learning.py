"""Weights learnt from what persons said of a record's events."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from parley.errors import Refused
from parley.version import __version__

if TYPE_CHECKING:
    from parley.merging import Weights
    from parley.merging.pairing import Pair
    from parley.record import Record

PAIRS = 20_000  # that are looked at: more teach the same, and take longer
_METHOD = "logistic regression drawn towards Parley's weights, its strength by cross-validation"


class MovedLevel(Struct, frozen=True, kw_only=True):
    """A level whose weight was learnt: bits before and now, and how many known pairs reach it."""

    level: str
    before: float
    now: float
    seen: int


class Taught(Struct, frozen=True, kw_only=True):
    """The weights that were learnt, with how in their head, and what moved, the most first."""

    weights: Weights
    moved: tuple[MovedLevel, ...]


def learn_weights(record: Record, *, seed: int = 1, most: int = PAIRS) -> Taught:
    """Return weights that fit what persons said of a record, beginning with Parley's own.

    Known are the events that were merged, split or confirmed as a whole.  Of the others about
    `most` pairs are looked at, drawn by `seed`.  Raises `Refused` where too little is known, or
    where nothing is gained.
    """
    from parley import merging  # noqa: PLC0415 - slow to load
    from parley.merging.learning import learn  # noqa: PLC0415 - slow to load

    shipped = merging.shipped_weights()
    if record.unmerged:
        raise Refused(f"{record.where}: has reports that are not merged; run parley ingest first")
    mentions, pairs = _pairs(record, seed=seed, most=most)
    lesson = learn(pairs, shipped, seed=seed)
    head = merging.Learnt(
        method=f"{_METHOD} (by {lesson.pull:g} bits)",
        at=datetime.now().astimezone().date().isoformat(),
        version=__version__,
        rules=merging.fingerprint(),
        seed=seed,
        mentions=mentions,
        pairs=len(pairs),
        together=lesson.together,
        apart=lesson.apart,
        before=lesson.before,
        after=lesson.after,
    )
    return Taught(
        weights=replace(lesson.weights, learnt=head), moved=_moved(shipped, lesson.weights)
    )


def _pairs(record: Record, *, seed: int, most: int) -> tuple[int, list[Pair]]:
    """Return how many mentions, or copies of one, the record compares, and pairs of them."""
    from parley.merging import rules_by  # noqa: PLC0415 - slow to load
    from parley.merging.pairing import Pairing  # noqa: PLC0415 - slow to load

    judged = record.judged()
    with record.memory() as (memory, _):
        nodes = memory.node_ids()
        pairing = Pairing(rules_by(None))
        known = pairing.know(memory, judged, seed=seed)
        told = {(pair.one, pair.two) for pair in known}
        drawn = pairing.draw(memory, nodes, judged, most=most, seed=seed)
    return len(nodes), known + [pair for pair in drawn if (pair.one, pair.two) not in told]


def _moved(before: Weights, now: Weights) -> tuple[MovedLevel, ...]:
    found = [
        MovedLevel(
            level=f"{comparison}.{name}",
            before=before.levels[comparison][name].weight,
            now=level.weight,
            seen=level.seen,
        )
        for comparison, levels in now.levels.items()
        for name, level in levels.items()
        if level.weight != before.levels[comparison][name].weight
    ]
    return tuple(sorted(found, key=lambda one: (-abs(one.now - one.before), one.level)))
