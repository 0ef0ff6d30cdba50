"""Corrections: what a person says of the record in the machine's place.

The machine's word and the person's are kept apart.  A correction holds on to the
tellings of an event (`Anchor`), not to the event's id alone, so that it outlives another
run of the coder and of the merging.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from msgspec import Struct

Action = Literal["confirm", "edit", "merge", "split", "delete", "add", "note", "undo"]
CorrectedField = Literal[
    "type",
    "mode",
    "contexts",
    "summary",
    "status",
    "when",
    "where",
    "participants",
    "counts",
    "provisions",
]


class Anchor(Struct, frozen=True, kw_only=True):
    """A telling that a correction holds on to: a mention and the characters that it stands on.

    `start` and `end` are code points into the text whose SHA-256 (of its UTF-8) is
    `text_sha256`; where another run of the coder gives the telling another id, it is
    found again by them.  `type` is the mention's.
    """

    mention: str
    report: str
    text_sha256: str
    start: int
    end: int
    type: str


class Group(Struct, frozen=True, kw_only=True):
    """An event that was merged into another, or set apart from it, and its tellings."""

    event: str
    anchors: tuple[Anchor, ...]


class Correction(Struct, frozen=True, kw_only=True, tag_field="kind", tag="correction"):
    """One entry of the log of corrections, which only grows.

    `number` is its place in the log (0 while it is not in it). `event` is the event's id at
    the time, `anchors` its tellings, in their order there. For `edit`, and a `confirm` of
    one field, `value` is the field's new value as in the JSON export and `machine` the
    machine's own. For `merge` the `groups` are the events that joined `event`, for `split`
    what was set apart from it. For `add`, `value` is the mention that a person coded, and
    the `groups` are what its report tells besides. `undoes` is the number of the entry that
    this one takes back. `by` is who says so, `at` when (ISO 8601, UTC), `why` in his or her
    words.
    """

    number: int = 0
    action: Action
    event: str
    field: CorrectedField | None = None
    value: Any = None
    machine: Any = None
    anchors: tuple[Anchor, ...] = ()
    groups: tuple[Group, ...] = ()
    by: str
    at: str
    why: str | None = None
    undoes: int | None = None


class Corrected(Struct, frozen=True, kw_only=True):
    """What an event shows of a correction that stands.

    `number` is the entry in the log.  With a `field`, the event's own field has the
    person's word and `machine` is what the machine says.
    """

    number: int
    action: Action
    field: CorrectedField | None
    machine: Any
    by: str
    at: str
    why: str | None


class Constraints(Struct, frozen=True, kw_only=True):
    """What persons said of which mentions tell one event, by mention ids.

    The mentions of each group of `together` tell one event; none of the first group of a
    pair in `apart` tells one event with any of the second.
    """

    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.together or self.apart)

    def part(self, ones: Iterable[str], twos: Iterable[str]) -> bool:
        """Tell whether a person said that some of these mentions are not one event with those."""
        here, there = frozenset(ones), frozenset(twos)
        return any(
            (here & one and there & two) or (here & two and there & one)
            for one, two in ((frozenset(one), frozenset(two)) for one, two in self.apart)
        )
