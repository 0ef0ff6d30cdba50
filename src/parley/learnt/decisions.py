"""The decisions that are learnt, and the answers of each, in the order of the network's rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from parley.model import EventType, Status

NONE = ""
EVENT: tuple[str, ...] = ("no event", "event")
TYPES: tuple[EventType, ...] = tuple(sorted(get_args(EventType)))
STATUSES: tuple[Status, ...] = tuple(sorted(get_args(Status)))
BACKGROUND: tuple[str, ...] = ("news", "background")
SLOTS: tuple[str, ...] = (
    NONE, "by", "to", "med", "host", "at", "on", "says", "saidon",
    "killed", "wounded", "captured", "missing", "displaced", "deployed",
)  # fmt: skip
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "event": EVENT,
    "type": TYPES,
    "status": STATUSES,
    "background": BACKGROUND,
    "slot": SLOTS,
}
