"""An analyst who knows the truth: corrects a copy of a record, so that it can be learnt from.

In: a record of known truth.  Out: the weights that `parley learn` learns of it.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from evals.marked import Marked
from parley.engine import confirm_event, learn_weights, merge_events, split_event
from parley.errors import ParleyError, Refused
from parley.merging import Weights, shipped_weights
from parley.record import Record

_NAME = "the gold answers"


def learn_of_corrections(
    marked: Marked, record: Path, scratch: Path, *, wrong: int, right: int, seed: int
) -> Weights:
    """Return what is learnt of some events that are put right, and some that are confirmed.

    The copy of the record is made in the folder `scratch`.  Where too little is known, or
    nothing is gained, Parley's own weights are returned.
    """
    copy = scratch / record.name
    shutil.copy(record, copy)
    with Record.open(str(copy)) as opened:
        bad = _put_right(opened, marked, wrong, seed)
        events = [event.id for event in opened.events() if event.id not in bad]
        for event in random.Random(seed).sample(events, min(right, len(events))):
            confirm_event(opened, event, by=_NAME)
        try:
            return learn_weights(opened, seed=seed).weights
        except Refused:
            return shipped_weights()


def _put_right(record: Record, marked: Marked, most: int, seed: int) -> set[str]:
    """Merge and split some events that are wrong; return all events that are wrong or were."""
    pairs = [pair for pair in marked.pairs if pair.truth is not None]
    random.Random(seed).shuffle(pairs)
    events = {mention.id: event for event in record.events() for mention in event.mentions}
    bad: set[str] = set()
    done = 0
    for pair in pairs:
        one, two = events[pair.one], events[pair.two]
        if (one.id == two.id) == pair.truth:
            continue
        if done < most and not {one.id, two.id} & bad:
            try:
                if pair.truth:
                    merge_events(record, [one.id, two.id], by=_NAME)
                else:
                    at = [mention.id for mention in two.mentions].index(pair.two) + 1
                    split_event(record, two.id, [str(at)], by=_NAME)
                done += 1
            except ParleyError:
                pass  # what cannot be said is left
        bad |= {one.id, two.id}
    return bad
