"""Answers that stay the same as long as the record does.

What is drawn of a large record costs seconds to count.  It is counted once for each state
of the record (`Record.latest`) and question, and kept for the next who asks the same; the
least lately asked goes first.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from parley.record import Record

Answer = TypeVar("Answer")
_MOST = 128
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = threading.Lock()


def remembered(record: Record, ask: Callable[..., Answer], *question: Hashable) -> Answer:
    """Return `ask(record, *question)`, counted anew only when the record has changed."""
    key = (record.where, record.latest, ask.__module__, ask.__qualname__, question)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            found: Answer = _kept[key]
            return found
    answer = ask(record, *question)
    with _lock:
        _kept[key] = answer
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return answer
