"""What a time expression means before it is known when the report was written."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from parley.dating.words import Part, Unit


class Calendar(Struct, frozen=True):
    """Fields of a date, as many as are told: "May 19, 2023", "Friday, May 19", "May", "2023".

    `shift` is -1, 0 or 1 for "last May", "this May", "next May"; `of` the shift of the
    year in "May of last year".
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: Part | None = None
    shift: int | None = None
    of: int | None = None


class Weekday(Struct, frozen=True):
    """A day of the week.

    `shift` is -1, 0 or 1 for "last", "this", "next" and 2 for "coming"; `week` is the
    shift of the week in "Monday of last week".
    """

    weekday: int
    shift: int | None = None
    week: int | None = None


class Deictic(Struct, frozen=True):
    """A day told from the day of writing, with its weekday where that is told too."""

    first: int
    last: int
    weekday: int | None = None


class Shifted(Struct, frozen=True):
    """A calendar unit told from that of writing: "last month", "earlier this year"."""

    unit: Unit
    shift: int
    part: Part | Literal["earlier", "later"] | None = None


class Moved(Struct, frozen=True):
    """A point told by a distance from the day of writing: "two days ago", "in three weeks"."""

    unit: Unit
    low: int
    high: int
    sign: int


class Stretch(Struct, frozen=True):
    """A stretch that ends or begins at the day of writing: "the past two weeks"."""

    unit: Unit
    low: int
    high: int
    sign: int


class Months(Struct, frozen=True):
    """A season, quarter or half: months of a year that may be told or is to be found.

    `count` in "the last quarter" is found from the day of writing: then `shift` is set
    and `first` is 0.
    """

    first: int
    last: int
    year: int | None = None
    shift: int | None = None
    of: int | None = None
    part: Part | None = None


class Years(Struct, frozen=True):
    """A decade or a century: "the early 1990s"."""

    first: int
    count: int
    part: Part | None = None


class Holiday(Struct, frozen=True):
    """A holiday on a fixed date, `easter` days after Easter Sunday, or a feast that moves.

    `feast` names one of the table of feasts (`words().feasts`).
    """

    month: int = 0
    day: int = 0
    easter: int | None = None
    year: int | None = None
    shift: int | None = None
    feast: str | None = None


class Inside(Struct, frozen=True):
    """A week or a half inside a month: "the last week of March"; `number` is -1 for the last."""

    number: int
    outer: Meaning
    half: bool = False


class PartOf(Struct, frozen=True):
    """A part of another time: "the end of last year"."""

    part: Part
    outer: Meaning


class Span(Struct, frozen=True):
    """From one time to another."""

    first: Meaning
    last: Meaning


class Hanging(Struct, frozen=True):
    """So many days after or before another event, or at the same time as it.

    `unit` and `sign` place it: "a week after" is week, 1, 1, +1; "the same month" is
    month, 0, 0, 0.  `following` is true where the event follows in the text ("two days
    before the vote"), false where it was told before ("two days later").
    """

    unit: Unit
    low: int
    high: int
    sign: int
    following: bool


class Anniversary(Struct, frozen=True):
    """The day of writing some years before, give or take: "this time last year"."""

    years: int
    slack: int


class Clock(Struct, frozen=True):
    """A time of day alone: "at 18:00 UTC", "in the evening"."""


class Length(Struct, frozen=True):
    """A duration in days."""

    days: float


class Recurring(Struct, frozen=True):
    """A set of times: "every Friday", "annually"."""


Meaning: TypeAlias = (
    Calendar
    | Weekday
    | Deictic
    | Shifted
    | Moved
    | Stretch
    | Months
    | Years
    | Holiday
    | Inside
    | PartOf
    | Span
    | Hanging
    | Anniversary
    | Clock
    | Length
    | Recurring
)

Direction = Literal["past", "future"]


class Expression(Struct, frozen=True):
    """A time expression at its place in the report, with what the sentence says of it.

    `direction` is where its clause puts it, None where that is open.  `sentence`
    numbers the sentences of the report, `paragraph` its paragraphs.  `relation` is
    "since" or "until" before it.  `words` are the lower-case lemmas of the content
    words about it, for telling whether two expressions speak of the same happening;
    `spoken` is true where the time is that of a saying ("said Friday"); `planned` where it
    was ahead when it was planned, and may by now be over ("talks planned for Friday").
    """

    start: int
    end: int
    text: str
    meaning: Meaning
    direction: Direction | None = None
    relation: Literal["since", "until"] | None = None
    paragraph: int = 0
    sentence: int = 0
    anchor: tuple[int, int] | None = None
    words: frozenset[str] = frozenset()
    spoken: bool = False
    planned: bool = False
