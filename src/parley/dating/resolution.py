"""From what expressions mean, and the day of writing, to windows of the calendar."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import takewhile

import msgspec

from parley.dating.feasts import holiday_windows
from parley.dating.meanings import (
    Anniversary,
    Calendar,
    Clock,
    Deictic,
    Direction,
    Expression,
    Hanging,
    Holiday,
    Inside,
    Length,
    Meaning,
    Months,
    Moved,
    PartOf,
    Recurring,
    Shifted,
    Span,
    Stretch,
    Weekday,
    Years,
)
from parley.dating.windows import (
    Window,
    add_days,
    make_day,
    month_window,
    months_window,
    part_of,
    shift_day,
    unit_window,
    week_window,
    year_window,
)
from parley.model import Precision, Time

# How far "a week after" may stray from seven days, and so on: (days a unit, slack).
_OFFSETS = {"day": (1, 0), "week": (7, 2), "fortnight": (14, 3), "weekend": (7, 2)}
# Days within which a plan that has lapsed is still spoken of without its year.
_LAPSED = 60
_COUNTED_FROM = 100  # days: a season; from what is longer nobody counts days
# How far behind the writing, in days, the day of a story lies whose times of day are told.
_FRESH = 14
# The paragraphs, headline included, whose first day is that of the story.
_LEAD = 3
# So likely a reading must be that stands for all that the days of writing would give.
_CLEAR = 0.7
_LONGER = {"month": (30, 7), "quarter": (91, 20), "year": (365, 60), "decade": (3652, 400)}


def resolve(
    expressions: Sequence[Expression],
    *,
    written: Window | None,
    shares: Mapping[date, float] | None = None,
) -> tuple[Time, ...]:
    """Resolve expressions against the window in which the report was written.

    Where the window holds several days, a result is what those days give that have most of the
    `shares` (how likely each is, of 1), else it holds what either end would give: written from
    Wednesday to Sunday, "on Thursday" is rather of this week than of the last.
    Without a window only what tells its own year is resolved.
    """
    if written is None or written[0] == written[1]:
        day = written[0] if written is not None else None
        return tuple(_time(e, [w]) for e, w in _readings(expressions, day))
    told = {
        day: [window for _, window in _readings(expressions, day)]
        for day in dict.fromkeys([*written, *(shares or ())])
    }
    ends = [told[day] for day in written]
    clear = [_clear(at, told, shares or {}) for at in range(len(expressions))]
    return tuple(
        _time(expression, [day] if day is not None else [windows[at] for windows in ends])
        for at, (expression, day) in enumerate(zip(expressions, clear, strict=True))
    )


def _clear(
    at: int, told: Mapping[date, Sequence[Window | None]], shares: Mapping[date, float]
) -> Window | None:
    """Return the day that an expression has for most of the days of writing, if one has it.

    What is no day, as "last week", stays as wide as the days of writing make it.
    """
    weights: dict[Window | None, float] = {}
    for day, share in shares.items():
        weights[told[day][at]] = weights.get(told[day][at], 0.0) + share
    best = max(weights, key=lambda window: weights[window], default=None)
    if best is None or best[0] != best[1]:
        return None
    return best if weights[best] >= _CLEAR else None


def resolve_meaning(
    meaning: Meaning, written: date | None, direction: Direction | None
) -> Window | None:
    """Resolve one expression that hangs on no other; None where that cannot be."""
    return _Resolver(written).window(meaning, direction)


def _readings(
    expressions: Sequence[Expression], written: date | None
) -> list[tuple[Expression, Window | None]]:
    resolver = _Resolver(written)
    return [(e, resolver.read(e, expressions)) for e in expressions]


def _time(expression: Expression, windows: Sequence[Window | None]) -> Time:
    """Write a `Time` of an expression and its windows, one for each end of the writing."""
    known = [window for window in windows if window]
    meaning = expression.meaning
    time = Time(
        start=expression.start,
        end=expression.end,
        text=expression.text,
        relation=expression.relation,
        recurring=isinstance(meaning, Recurring),
        duration=meaning.days if isinstance(meaning, Length) else None,
    )
    if isinstance(meaning, Hanging):
        relation = "during" if not meaning.sign else "after" if meaning.sign > 0 else "before"
        time = msgspec.structs.replace(
            time,
            relation=relation,
            offset=offset_of(meaning) if meaning.sign else None,
            anchor=expression.anchor,
        )
    if len(known) < len(windows) or not known:
        return time
    return msgspec.structs.replace(
        time,
        value_start=min(window[0] for window in known),
        value_end=None if time.relation == "since" else max(window[1] for window in known),
        precision=precision_of(meaning, known[0]),
    )


def precision_of(meaning: Meaning, window: Window) -> Precision:
    """Return how finely a source tells a time that has this window."""
    if isinstance(meaning, Span | Stretch):
        return "span"
    if isinstance(meaning, Deictic) or (
        isinstance(meaning, Hanging) and meaning.unit in ("minute", "hour")
    ):
        return "day"
    days = (window[1] - window[0]).days + 1
    steps: tuple[tuple[int, Precision], ...] = (
        (1, "day"),
        (10, "week"),
        (31, "month"),
        (184, "season"),
        (366, "year"),
    )
    return next((name for limit, name in steps if days <= limit), "span")


def offset_of(meaning: Hanging) -> tuple[int, int]:
    """Return the least and the most days between the event told and the one it hangs on."""
    if meaning.unit == "hour":
        # Twenty-four hours are a day; six may reach over midnight.
        return meaning.low // 24, max(1, -(-meaning.high // 24))
    if meaning.unit == "minute":
        return 0, 1
    days, slack = (_OFFSETS | _LONGER).get(meaning.unit, (36525, 4000))
    return max(0, meaning.low * days - slack), meaning.high * days + slack


class _Resolver:
    """Reads expressions in order against one day of writing, and knows what was told last."""

    def __init__(self, written: date | None) -> None:
        self.written = written
        self._told: tuple[Expression, Window] | None = None
        self._day: tuple[int, Window] | None = None  # paragraph, of the day told last there
        self._lead: Window | None = None
        self._told_day: tuple[Expression, Window] | None = None  # the last that is a day
        self._story: tuple[int, int, int] | None = None  # year, month, paragraph

    def read(self, expression: Expression, others: Sequence[Expression]) -> Window | None:
        """Return the window of the next expression of the text."""
        meaning = expression.meaning
        if isinstance(meaning, Hanging):
            window = self._hanging(expression, meaning, others)
        elif isinstance(meaning, Clock):
            window = self._clock(expression)
        else:
            window = (
                self._inherited(expression)
                or self._planned(expression)
                or self.window(meaning, expression.direction)
            )
        self._remember(expression, window)
        return window

    def _remember(self, expression: Expression, window: Window | None) -> None:
        meaning = expression.meaning
        if isinstance(meaning, Calendar) and meaning.month:
            if meaning.year:
                self._story = meaning.year, meaning.month, expression.paragraph
        elif not isinstance(meaning, Length | Recurring | Clock | Hanging):
            self._story = None
        if window and not isinstance(meaning, Length | Recurring | Stretch):
            self._told = expression, window
            if window[0] == window[1]:
                self._told_day = self._told
            if not isinstance(meaning, Clock) and self._is_fresh(window):
                self._day = expression.paragraph, window
                if self._lead is None and expression.paragraph < _LEAD:
                    self._lead = window

    def _is_fresh(self, window: Window) -> bool:
        """Tell whether a window is one day that news may be of."""
        if self.written is None or window[0] != window[1]:
            return False
        return 0 <= (self.written - window[0]).days <= _FRESH

    def _inherited(self, expression: Expression) -> Window | None:
        """Give a date without a year the year of the background story that it continues.

        "On September 27, 2020 ... On October 10": the same paragraph, later in the year,
        told as past, with nothing between that leads back to the day of writing.
        """
        meaning = expression.meaning
        if (
            not isinstance(meaning, Calendar)
            or meaning.year
            or not meaning.month
            or meaning.shift is not None
            or meaning.of is not None
            or self._story is None
        ):
            return None
        year, month, paragraph = self._story
        if paragraph != expression.paragraph or expression.direction == "future":
            return None
        if self.written is not None and year >= self.written.year:
            return None
        if meaning.month < month or expression.relation == "since":
            return None
        return self.window(msgspec.structs.replace(meaning, year=year), expression.direction)

    def _planned(self, expression: Expression) -> Window | None:
        """Return the window of a date without a year for which something had been planned.

        Ahead, or just behind: nobody prints such a date of the year after without the year.
        """
        meaning = expression.meaning
        if not expression.planned or self.written is None or not isinstance(meaning, Calendar):
            return None
        behind, ahead = (self._calendar(meaning, side) for side in ("past", "future"))
        if behind is None or ahead is None or (self.written - behind[1]).days > _LAPSED:
            return ahead
        return behind if self.written - behind[1] < ahead[0] - self.written else ahead

    def _clock(self, expression: Expression) -> Window | None:
        """Return the day of a time of day: of its sentence, else its paragraph, else the story.

        Where no day is told before it, the day of writing.
        """
        if self._told and self._told[0].sentence == expression.sentence:
            window = self._told[1]
            if window[0] == window[1]:
                return window
        if self._day and self._day[0] == expression.paragraph:
            return self._day[1]
        return self._lead or ((self.written, self.written) if self.written else None)

    def _hanging(
        self, expression: Expression, meaning: Hanging, others: Sequence[Expression]
    ) -> Window | None:
        base: Window | None = None
        if meaning.following:
            anchor = expression.anchor
            first = bisect_left(others, expression.end, key=lambda e: e.start)
            inside = takewhile(lambda e: anchor and e.start < anchor[1], others[first : first + 5])
            dated = [e for e in inside if not isinstance(e.meaning, Hanging | Length | Clock)]
            if dated:
                base = self.window(dated[0].meaning, dated[0].direction)
            if base is not None and _is_too_wide(base, meaning):
                return None
        else:
            # "That same day" looks back past "since March" to a day.
            told = self._told_day if not meaning.sign and meaning.unit == "day" else None
            base = self._near(told, expression) or self._near(self._told, expression)
        if base is None:
            return None
        if not meaning.sign:
            return base if meaning.unit == "day" else unit_window(base[0], meaning.unit, 0)
        low, high = offset_of(meaning)
        if meaning.sign < 0:
            low, high = -high, -low
        if base[0] != base[1] and meaning.unit in ("week", "month", "year"):
            return unit_window(base[0], meaning.unit, meaning.sign * meaning.low)
        return _pair(add_days(base[0], low), add_days(base[1], high))

    def _near(self, told: tuple[Expression, Window] | None, here: Expression) -> Window | None:
        """Return the window of what was told at most two sentences before."""
        return told[1] if told and here.sentence - told[0].sentence <= 2 else None

    def window(self, meaning: Meaning, direction: Direction | None) -> Window | None:
        """Return the window of a meaning that hangs on no other expression."""
        if isinstance(meaning, Calendar):
            return self._calendar(meaning, direction)
        if isinstance(meaning, Years):
            whole = year_window(meaning.first, meaning.count)
            return part_of(whole, meaning.part) if whole else None
        if isinstance(meaning, Months):
            return self._months(meaning, direction)
        if isinstance(meaning, Holiday):
            return self._holiday(meaning, direction)
        if isinstance(meaning, PartOf):
            outer = self.window(meaning.outer, direction)
            return part_of(outer, meaning.part) if outer else None
        if isinstance(meaning, Inside):
            return self._inside(meaning, direction)
        if isinstance(meaning, Span):
            return self._span(meaning, direction)
        if self.written is None:
            return None
        return self._relative(meaning, direction, self.written)

    def _relative(
        self, meaning: Meaning, direction: Direction | None, written: date
    ) -> Window | None:
        if isinstance(meaning, Weekday):
            return _weekday(meaning, direction, written)
        if isinstance(meaning, Deictic):
            return _pair(add_days(written, meaning.first), add_days(written, meaning.last))
        if isinstance(meaning, Shifted):
            return _shifted(meaning, direction, written)
        if isinstance(meaning, Moved):
            near = unit_window(written, meaning.unit, meaning.sign * meaning.low)
            far = unit_window(written, meaning.unit, meaning.sign * meaning.high)
            return (min(near[0], far[0]), max(near[1], far[1])) if near and far else None
        if isinstance(meaning, Anniversary):
            day = shift_day(written, "year", -meaning.years)
            slack = meaning.slack
            return _pair(add_days(day, -slack), add_days(day, slack)) if day else None
        if isinstance(meaning, Stretch):
            far_day = shift_day(written, meaning.unit, meaning.sign * meaning.high)
            if far_day is None:
                return None
            return (far_day, written) if meaning.sign < 0 else (written, far_day)
        return None

    def _calendar(self, meaning: Calendar, direction: Direction | None) -> Window | None:
        written = self.written
        if meaning.year is not None:
            return _calendar_in(meaning, meaning.year)
        if written is None or meaning.month is None:
            return None
        if meaning.of is not None:
            return _calendar_in(meaning, written.year + meaning.of)
        if meaning.shift == 0:
            return _calendar_in(meaning, written.year)
        reach = 8 if (meaning.month, meaning.day) == (2, 29) or meaning.weekday is not None else 1
        years = range(written.year - reach, written.year + reach + 1)
        windows = [w for year in years if (w := _calendar_in(meaning, year))]
        if meaning.weekday is not None:
            matching = [w for w in windows if w[0].weekday() == meaning.weekday]
            windows = matching or windows
        if meaning.shift:
            here = (written, written) if meaning.day else unit_window(written, "month", 0)
            sides = [w for w in windows if here and (w > here if meaning.shift > 0 else w < here)]
            return (min(sides) if meaning.shift > 0 else max(sides)) if sides else None
        return _choose(windows, direction, written)

    def _months(self, meaning: Months, direction: Direction | None) -> Window | None:
        written = self.written
        if meaning.year is not None:
            whole = months_window(meaning.year, meaning.first, meaning.last)
            return part_of(whole, meaning.part) if whole else None
        if written is None:
            return None
        if meaning.of is not None:
            whole = months_window(written.year + meaning.of, meaning.first, meaning.last)
            return part_of(whole, meaning.part) if whole else None
        around = [
            w
            for year in range(written.year - 2, written.year + 3)
            if (w := months_window(year, meaning.first, meaning.last))
        ]
        if meaning.shift == 0:
            chosen = _choose(around, None, written)
        elif meaning.shift:
            sides = [w for w in around if (w[1] < written if meaning.shift < 0 else w[0] > written)]
            chosen = (max(sides) if meaning.shift < 0 else min(sides)) if sides else None
        else:
            over = [w for w in around if w[1] < written]
            quarter = meaning.first % 3 == 1 and direction != "future"
            # A quarter of the books is told of when it is over, a season when it has begun.
            chosen = max(over) if quarter and over else _choose(around, direction, written)
        return part_of(chosen, meaning.part) if chosen else None

    def _holiday(self, meaning: Holiday, direction: Direction | None) -> Window | None:
        if meaning.year is not None:
            windows = holiday_windows(meaning, meaning.year)
            return windows[0] if windows else None
        written = self.written
        if written is None:
            return None
        years = range(written.year - 1, written.year + 2)
        around = [w for year in years for w in holiday_windows(meaning, year)]
        if meaning.shift:
            return _choose(around, "past" if meaning.shift < 0 else "future", written)
        return _choose(around, direction, written)

    def _inside(self, meaning: Inside, direction: Direction | None) -> Window | None:
        month = self.window(meaning.outer, direction)
        if month is None:
            return None
        if meaning.half:
            middle = add_days(month[0], 14)
            first = _pair(month[0], middle)
            return first if meaning.number == 1 else _pair(add_days(month[0], 15), month[1])
        if meaning.number < 0:
            # The last Monday-to-Sunday week that lies in the month for the most part.
            week = week_window(month[1])
            if week and (month[1] - week[0]).days < 3:
                week = week_window(month[1], -1)
            return (week[0], min(week[1], month[1])) if week else None
        begin = add_days(month[0], 7 * (meaning.number - 1))
        if begin is None or begin > month[1]:
            return None
        return _pair(begin, min(month[1], add_days(begin, 6) or month[1]))

    def _span(self, meaning: Span, direction: Direction | None) -> Window | None:
        first, last = self.window(meaning.first, direction), self.window(meaning.last, direction)
        if first is None or last is None:
            return None
        if last[1] < first[0]:
            # "from Monday to Thursday", "from November to February": one bound goes on
            # from the other, the first from the last where both are behind.
            if isinstance(meaning.last, Weekday):
                later = add_days(last[0], 7)
                last = (later, later) if later else last
                if direction != "future" and self.written and last[1] > self.written:
                    back = (add_days(first[0], -7), add_days(last[1], -7))
                    return _pair(*back)
            elif isinstance(meaning.first, Calendar) and meaning.first.year is None:
                first = _Resolver(last[0]).window(meaning.first, "past")
        return (first[0], last[1]) if first and first[0] <= last[1] else None


def _pair(first: date | None, last: date | None) -> Window | None:
    return (first, last) if first and last else None


def _calendar_in(meaning: Calendar, year: int) -> Window | None:
    """Return the window of a date in a given year."""
    if meaning.month is None:
        whole = year_window(year)
        return part_of(whole, meaning.part) if whole else None
    if meaning.day is None:
        month = month_window(year, meaning.month)
        return part_of(month, meaning.part) if month else None
    day = make_day(year, meaning.month, meaning.day)
    return _pair(day, day)


def _choose(windows: Sequence[Window], direction: Direction | None, written: date) -> Window | None:
    """Choose the latest window begun, the earliest not ended, or else the nearest."""
    if not windows:
        return None
    behind = [w for w in windows if w[0] <= written]
    ahead = [w for w in windows if w[1] >= written]
    if direction == "past" and behind:
        return max(behind)
    if direction == "future" and ahead:
        return min(ahead)

    def distance(window: Window) -> float:
        if window[0] <= written <= window[1]:
            return 0
        if window[1] < written:
            return (written - window[1]).days
        # News looks back more than ahead where the words leave it open.
        return (window[0] - written).days * 1.5

    return min(windows, key=distance)


def _is_too_wide(base: Window, meaning: Hanging) -> bool:
    """Tell whether days or weeks are counted from a whole year: its number names something else.

    "Two days after they met on the 1942 protocol", "three weeks after the 1998 elections".
    """
    return meaning.unit in ("hour", "day", "week") and (base[1] - base[0]).days > _COUNTED_FROM


def _weekday(meaning: Weekday, direction: Direction | None, written: date) -> Window | None:
    """Return the day of a weekday.

    Bare: the nearest by tense, the day of writing included.  "last": the nearest before
    that day.  "next": that of the next calendar week (Monday to Sunday).  "coming": the
    nearest after.
    """
    ahead = (meaning.weekday - written.weekday()) % 7
    back = ahead - 7 if ahead else 0
    if meaning.week is not None:
        week = week_window(written, meaning.week)
        day = add_days(week[0], meaning.weekday) if week else None
    elif meaning.shift is None:
        day = add_days(written, ahead if direction == "future" else back)
    elif meaning.shift == 0:
        day = add_days(written, back if direction == "past" else ahead)
    elif meaning.shift < 0:
        day = add_days(written, back or -7)
    elif meaning.shift == 1:
        week = week_window(written, 1)
        day = add_days(week[0], meaning.weekday) if week else None
    else:
        day = add_days(written, ahead or 7)
    return _pair(day, day)


def _shifted(meaning: Shifted, direction: Direction | None, written: date) -> Window | None:
    shift = meaning.shift
    if meaning.unit == "weekend" and shift == 0 and direction != "future" and written.weekday() < 5:
        shift = -1
    whole = unit_window(written, meaning.unit, shift)
    if whole is None:
        return None
    if meaning.part == "earlier":
        return min(whole[0], written), min(whole[1], written)
    if meaning.part == "later":
        return max(whole[0], written), max(whole[1], written)
    return part_of(whole, meaning.part)
