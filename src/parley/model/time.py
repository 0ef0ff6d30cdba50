"""Windows of time.  Days of the calendar, no time zones: a day is the day of the place told of."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from parley.model.trace import Trace

# Where a window comes from: the words of the sentence, those around it, or, where nothing
# is said, the day of the report itself.
Basis = Literal["told", "context", "report"]
Precision = Literal["day", "week", "month", "season", "year", "span"]


class When(Struct, frozen=True, kw_only=True):
    """When something happens: from `start` to `end`, both days included.

    `end` is None while it lasts.  `precision` is how finely the source tells it: a
    happening on one unknown day of May has the month as window and precision "month",
    while something that went on from one day to another has precision "span".
    `evidence` are the characters that say so.  `basis` tells where the window comes from:
    "told" by the sentence itself, "context" by the sentences around it, "report" where
    nothing is said and undated news is taken to be of the report's own day.
    """

    start: date
    end: date | None
    precision: Precision
    basis: Basis = "told"
    evidence: tuple[Trace, ...] = ()


class Time(Struct, frozen=True, kw_only=True):
    """A time expression of one text, resolved as far as it can be.

    `start`, `end` and `text` are its place in the report.  `value_start` and
    `value_end` are the window that it names (both days included, `value_end` None for
    "since May 12"); both are None while it hangs on another event.

    `relation` and `offset` are set where the expression places its event relative to
    another one: "a week after a summit" has relation "after", offset (5, 9) in days
    and `anchor` the characters "a summit".  An expression that says when something
    began ("since 1992") has relation "since"; one that says when it ended, "until".
    `recurring` is true for sets ("every Friday", "annually"), `duration` in days for
    lengths ("four-day", "for six weeks"); neither has a window of its own.
    """

    start: int
    end: int
    text: str
    value_start: date | None = None
    value_end: date | None = None
    precision: Precision | None = None
    relation: Literal["after", "before", "since", "until", "during"] | None = None
    offset: tuple[int, int] | None = None
    anchor: tuple[int, int] | None = None
    duration: float | None = None
    recurring: bool = False
