"""Windows: the days that the times of a trigger make.

In: a `Timing`, or times.  Out: the finest `When` that they name together, without the hours
and the days that are not a deed's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from parley.coding.clauses import is_named_by_day, making_clauses, outer_noun
from parley.coding.timing import Timing
from parley.coding.triggers import Trigger
from parley.model import Precision, Published, Time, Trace, When
from parley.parsing import end_of, start_of

# Characters between two days told in one breath: "Tuesday and Wednesday", "Friday and on Saturday".
_BREATH = 9
# "At 6.45 pm": a time of day that names no day.
_HOUR = re.compile(r"[\d:.\s]+(?:[ap]\.?m\.?|hours|[a-z]{2,4}t)?\W*", re.IGNORECASE)
_FINENESS: tuple[Precision, ...] = ("day", "week", "month", "season", "year", "span")


def is_over(trigger: Trigger) -> bool:
    """Tell whether an agreement is named by its end: "the raid ended a nine-month truce"."""
    return trigger.frame.type == "AGREE" and trigger.effect == "ended"


def windows_of(trigger: Trigger, timing: Timing, *, report: str) -> tuple[When | None, When | None]:
    """Return the windows that a trigger's own times and those lent to it make.

    Where an agreement is named by its end that day is not its own: "broke the truce on Friday".
    """
    if is_over(trigger):
        return window(_in_its_name(trigger, timing.own), report=report), None
    return window(timing.own, report=report), window(timing.lent, report=report)


def _in_its_name(trigger: Trigger, times: Sequence[Time]) -> list[Time]:
    """Return the times by which an agreement is known: "the truce of May", "signed in May"."""
    noun = outer_noun(trigger.head)
    known = [noun] if is_named_by_day(noun) else making_clauses(noun)
    spans = [(start_of(word.left_edge), end_of(word.right_edge)) for word in known]
    return [time for time in times if any(a <= time.start < b for a, b in spans)]


def window(times: Sequence[Time], *, report: str) -> When | None:
    """Return the finest window that the times name together, None if none has one.

    Two days told in one breath are both: "the two sides met on Tuesday and Wednesday".
    """
    best: When | None = None
    for time in times:
        if time.value_start is None or time.precision is None:
            continue
        when = When(
            start=time.value_start,
            end=time.value_end,
            precision=time.precision,
            evidence=(Trace(report=report, start=time.start, end=time.end),),
        )
        both = _joint(best, when) if best is not None else None
        best = both or (when if best is None else _finer(best, when))
    return best


def _finer(one: When, other: When) -> When:
    """The finer of two windows; the first where they contradict each other."""
    last = date.max
    overlap = one.start <= (other.end or last) and other.start <= (one.end or last)
    if not overlap:
        return one
    both = tuple(dict.fromkeys((*one.evidence, *other.evidence)))
    better = min((one, other), key=lambda when: _FINENESS.index(when.precision))
    return msgspec.structs.replace(better, evidence=both)


def _joint(one: When, other: When) -> When | None:
    """Return both of two days that are told in one breath, None where they are two times."""
    beside = 0 <= other.evidence[0].start - one.evidence[-1].end <= _BREATH
    if not beside or one.end is None or other.start - one.end != timedelta(days=1):
        return None
    evidence = (*one.evidence, *other.evidence)
    return When(start=one.start, end=other.end, precision="week", evidence=evidence)


def without_times_before(timing: Timing, at: int) -> Timing:
    """Leave out what the clause above lends from before a place: the day of a denial."""
    lent = tuple(time for time in timing.lent if time.start >= at)
    return msgspec.structs.replace(timing, lent=lent, said=())


def without_hours(timing: Timing, published: Published | None) -> Timing:
    """Leave out times of day that are of the day of writing for want of a day told.

    Of an incident they are more likely of the day on which its report sets it.
    """

    def is_bare(time: Time) -> bool:
        today = published is not None and time.value_start == published.start
        return today and _HOUR.fullmatch(time.text) is not None

    own, lent = (tuple(t for t in told if not is_bare(t)) for told in (timing.own, timing.lent))
    return msgspec.structs.replace(timing, own=own, lent=lent)


def shifted(when: When, time: Time, *, report: str) -> When | None:
    """Return the window of the anchor of "a week after a summit", from the dated event's own."""
    if time.relation not in ("after", "before") or time.offset is None:
        return None
    low, high = (timedelta(days=days) for days in time.offset)
    if time.relation == "after":
        start, end = when.start - high, (when.end or when.start) - low
    else:
        start, end = when.start + low, (when.end or when.start) + high
    span = (end - start).days
    precision: Precision = "day" if span == 0 else "week" if span <= 10 else "month"
    trace = Trace(report=report, start=time.start, end=time.end)
    return When(start=start, end=end, precision=precision, evidence=(trace,))


def of_report(published: Published | None) -> When | None:
    """Return the window of undated news: the report's own day, or days if it is not certain.

    None where the report is dated no better than to ten days.
    """
    if published is None or (published.end - published.start).days > 9:
        return None
    precision: Precision = "day" if published.start == published.end else "week"
    return When(start=published.start, end=published.end, precision=precision, basis="report")
