"""Answers that stay the same as long as what they are made of does.

What is drawn of a large record costs seconds to count.  It is counted once for each state
of the record and question, by the first who asks, while the others wait for it; then it is
kept for the next who asks the same.  The least lately asked goes first.

Reports that an ingest brings change no event before they are merged: what is said of events
alone is kept meanwhile.  When merging has changed events, an answer that was dear to count is
given as it was, for some seconds at most, while it is counted anew; after a person's
correction nothing is: who corrects sees it at once.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar

from msgspec import Struct

from parley.record import Record

Answer = TypeVar("Answer")
_MOST = 256
DEAR = 0.15  # seconds of a processor from which on an answer is worth giving as it was
LAG = 10.0  # seconds for which it is


class _Kept(Struct, kw_only=True):
    """An answer, the state that it is of, what it cost, and since when there is a later one."""

    answer: Any
    state: int
    cost: float
    passed: float | None = None


class _Seen(Struct, frozen=True, kw_only=True):
    """The last revision of a record that was looked at, and those that changed something.

    `events` is the last at which events, links or corrections were seen to have changed,
    `judged` that of corrections alone.
    """

    latest: int
    events: int
    judged: int


_Key = tuple[str, str, str, tuple[Hashable, ...]]
_kept: OrderedDict[_Key, _Kept] = OrderedDict()
_counted: dict[_Key, Future[None]] = {}
_seen: dict[str, _Seen] = {}
_lock = threading.Lock()


def remembered(
    record: Record, ask: Callable[..., Answer], *question: Hashable, reports: bool = False
) -> Answer:
    """Return `ask(record, *question)`, counted anew only when what it is made of has changed.

    That is events, links and corrections; with `reports` the reports too, merged or not.
    Raises what `ask` raises.
    """
    seen = _look(record)
    state = seen.latest if reports else seen.events
    key = (record.where, ask.__module__, ask.__qualname__, question)
    while True:
        with _lock:
            kept = _kept.get(key)
            if kept is not None and kept.state >= state:
                _kept.move_to_end(key)
                return kept.answer  # type: ignore[no-any-return]
            may_lag = kept is not None and kept.state >= seen.judged and _is_fresh(kept)
            counting = _counted.get(key)
            mine: Future[None] = Future()
            if counting is None:
                _counted[key] = mine
        if counting is None:
            if not may_lag:
                return _count(lambda: ask(record, *question), key, state, mine)
            aside = (lambda: ask(record, *question), key, state, mine)
            threading.Thread(target=_count_aside, args=aside, daemon=True).start()
        if may_lag:
            assert kept is not None
            return kept.answer  # type: ignore[no-any-return]
        if counting is not None:
            counting.result()


def _look(record: Record) -> _Seen:
    """Return how far the record has come, and when what changed."""
    latest = record.latest
    with _lock:
        before = _seen.get(record.where)
        if before is not None and before.latest > latest:  # another record in its place
            before = None
            for key in [key for key in _kept if key[0] == record.where]:
                del _kept[key]
    if before is not None and before.latest == latest:
        return before
    if before is None:
        now = _Seen(latest=latest, events=latest, judged=latest)
    else:
        kinds = record.kinds_changed(since=before.latest)
        now = _Seen(
            latest=latest,
            events=before.events if kinds <= {"report"} else latest,
            judged=latest if "correction" in kinds else before.judged,
        )
    with _lock:
        _seen[record.where] = now
    return now


def _is_fresh(kept: _Kept) -> bool:
    """Tell whether an answer that is no longer the last may be given yet."""
    if kept.passed is None:
        kept.passed = time.monotonic()
    return kept.cost >= DEAR and time.monotonic() - kept.passed < LAG


def _count(ask: Callable[[], Answer], key: _Key, state: int, done: Future[None]) -> Answer:
    """Ask, keep the answer, and let those go on who wait for it, whatever came of it."""
    begin = time.thread_time()
    try:
        answer = ask()
        made = _Kept(answer=answer, state=state, cost=time.thread_time() - begin)
        with _lock:
            _kept[key] = made
            _kept.move_to_end(key)
            while len(_kept) > _MOST:
                _kept.popitem(last=False)
        return answer
    finally:
        with _lock:
            del _counted[key]
        done.set_result(None)


def _count_aside(ask: Callable[[], Answer], key: _Key, state: int, done: Future[None]) -> None:
    """Count where nobody waits; what goes wrong is told to the next who asks."""
    try:
        _count(ask, key, state, done)
    except Exception:
        with _lock:
            _kept.pop(key, None)
