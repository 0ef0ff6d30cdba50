"""When a report was written, and the times that it tells."""

from __future__ import annotations

import math
from datetime import date

import msgspec
from msgspec import Struct

from parley.dating.clues import Clues, gather
from parley.dating.expressions import find_expressions
from parley.dating.habits import habits
from parley.dating.publication import Weighing, weigh
from parley.dating.resolution import resolve
from parley.dating.says import prove
from parley.dating.windows import Window
from parley.model import Published, Report, Time
from parley.parsing import Parse

# A date that was given is dropped only where the text as good as rules it out, and
# itself tells another one with this confidence.
_RULED_OUT = math.log(1e-4)
_SURE = 0.5
_GIVEN = 0.98


class Dated(Struct, frozen=True):
    """A parse whose report knows when it was written (or that nothing tells it).

    `times` are the resolved time expressions in the order of the text.
    """

    parse: Parse
    times: tuple[Time, ...]

    @property
    def report(self) -> Report:
        """Return the report."""
        return self.parse.report


def date_report(parse: Parse, *, given: date | None = None) -> Dated:
    """Date a report and resolve its time expressions.

    `given`, or else a date that the report has from its metadata, stands unless the text
    rules it out; where there is none, or it is ruled out, the date is inferred.
    """
    expressions = find_expressions(parse)
    published = parse.report.published
    if given is not None:
        published = Published(start=given, end=given, how="given", confidence=_GIVEN)
    clues = gather(parse, expressions)
    if published is None or published.how == "inferred":
        published = _infer(parse.report, clues)
    else:
        published = _checked(parse.report, published, clues)
    report = msgspec.structs.replace(parse.report, published=published)
    times = resolve(expressions, written=_window(published))
    return Dated(msgspec.structs.replace(parse, report=report), times)


def find_times(parse: Parse, *, published: Published | None) -> tuple[Time, ...]:
    """Return the time expressions of a parse, resolved against the date of writing."""
    return resolve(find_expressions(parse), written=_window(published))


def infer_published(parse: Parse) -> Published | None:
    """Infer from the text alone when it was written; None where nothing proves it."""
    return _infer(parse.report, gather(parse, find_expressions(parse)))


def _window(published: Published | None) -> Window | None:
    return (published.start, published.end) if published else None


def _infer(report: Report, clues: Clues) -> Published | None:
    weighing = weigh(clues) if _tells_days(clues) else None
    if weighing is None:
        return None
    rules = habits()
    first, last = _about_best(weighing, rules.share_of_best)
    confidence = weighing.share(first, last)
    if confidence < rules.least_confidence or last - first >= rules.longest_window:
        return None
    start, end = date.fromordinal(first), date.fromordinal(last)
    return Published(
        start=start,
        end=end,
        how="inferred",
        confidence=round(min(confidence, 0.99), 2),
        evidence=tuple(prove(report, clues, (start, end))),
    )


def _tells_days(clues: Clues) -> bool:
    """Tell whether the text has a day of the calendar to start from."""
    return bool(clues.dates or clues.datelines or clues.page_dates)


def _about_best(weighing: Weighing, share: float) -> tuple[int, int]:
    """Return the ordinals of the first and last day about the best that weigh enough.

    One day that weighs less may stand between two that do, no more.
    """
    best = weighing.best
    least = weighing.log_at(best) + math.log(share)
    ends = []
    for step in (-1, 1):
        at = best
        while gain := next((n for n in (1, 2) if weighing.log_at(at + n * step) >= least), 0):
            at += gain * step
        ends.append(at)
    return ends[0], ends[1]


def _checked(report: Report, published: Published, clues: Clues) -> Published:
    """Return the given date, or what the text says where it rules that out."""
    inferred = _infer(report, clues)
    if inferred is None or inferred.confidence < _SURE:
        return published
    if inferred.start <= published.end and published.start <= inferred.end:
        return msgspec.structs.replace(published, evidence=inferred.evidence)
    weighing = weigh(clues, also=(published.start, published.end))
    if weighing is None:
        return published
    best = weighing.log_at(weighing.best)
    given = max(weighing.log_at(day.toordinal()) for day in (published.start, published.end))
    return inferred if given - best < _RULED_OUT else published
