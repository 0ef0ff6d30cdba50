"""When a report was written, and the times that it tells."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec
from msgspec import Struct

from parley.dating.clues import Clues, gather
from parley.dating.expressions import find_expressions
from parley.dating.happenings import Moment, moments_of
from parley.dating.meanings import Calendar, Expression
from parley.dating.publication import Bound, weigh
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
# So many days after it was written a report may be printed, and be given that date.
_PRINTED_AFTER = 3
_LONGEST_HEAD = 160  # characters of a first line that ends with the day of a statement
_MOST_DAYS = 10  # of a window whose days are weighed one by one
_FIRST = 4  # expressions among which that day is


class Dated(Struct, frozen=True):
    """A parse whose report knows when it was written (or that nothing tells it).

    `times` are the resolved time expressions in the order of the text, `clues` what the
    text says of the day of its writing, `expressions` the time expressions as they are written.
    `written` is when it was written, which may be some days before it was published: the
    paper of 16 November has "IMPHAL, Nov 15".
    """

    parse: Parse
    times: tuple[Time, ...]
    clues: Clues = Clues()
    expressions: tuple[Expression, ...] = ()
    written: Published | None = None

    @property
    def report(self) -> Report:
        """Return the report."""
        return self.parse.report

    def moments(self) -> tuple[Moment, ...]:
        """Return the happenings that the report tells with a day; its dateline tells none."""
        lines = self._datelines() | {page.start for page in self.clues.pages}
        return moments_of(self.parse, [e for e in self.expressions if e.start not in lines])

    def told_times(self) -> tuple[Time, ...]:
        """Return the times that tell when something happens: not the day of the dateline."""
        lines = self._datelines()
        return tuple(time for time in self.times if time.start not in lines)

    def _datelines(self) -> set[int]:
        return {pin.source.start for pin in self.clues.pins if pin.kind == "dateline"}


def date_report(
    parse: Parse,
    *,
    given: date | None = None,
    settled: Published | None = None,
    bounds: Sequence[Bound] = (),
) -> Dated:
    """Date a report and resolve its time expressions.

    `given`, or else a date that the report has from its metadata, stands unless the text
    rules it out; where there is none, or it is ruled out, the date is inferred.
    Times are told from `given`, or from the dateline's day, up to three days before the metadata's.
    `settled` is a date that other reports gave it (`pin`), which is taken as it is.
    `bounds` are what is known from without: the terms of the office holders it names.
    """
    expressions = find_expressions(parse)
    published = parse.report.published
    if given is not None:
        published = Published(start=given, end=given, how="given", confidence=_GIVEN)
    clues = gather(parse, expressions)
    if settled is not None:
        published = settled
    elif published is None or published.how == "inferred":
        published = _infer(parse.report, clues, bounds)
    else:
        published = _checked(parse.report, published, clues)
    report = msgspec.structs.replace(parse.report, published=published)
    own = _days_on_top(report_text=parse.report.text, expressions=expressions)
    written = published if given is not None else _written(published, clues, own)
    shares = _shares(clues, bounds, written)
    times = resolve(expressions, written=_window(written), shares=shares)
    return Dated(msgspec.structs.replace(parse, report=report), times, clues, expressions, written)


def find_times(parse: Parse, *, published: Published | None) -> tuple[Time, ...]:
    """Return the time expressions of a parse, resolved against the date of writing."""
    return resolve(find_expressions(parse), written=_window(published))


def find_moments(parse: Parse) -> tuple[Moment, ...]:
    """Return the happenings that a parse tells with a day."""
    return moments_of(parse, find_expressions(parse))


def infer_published(parse: Parse, *, bounds: Sequence[Bound] = ()) -> Published | None:
    """Infer from the text alone when it was written; None where nothing proves it."""
    return _infer(parse.report, gather(parse, find_expressions(parse)), bounds)


def _window(published: Published | None) -> Window | None:
    return (published.start, published.end) if published else None


def _shares(
    clues: Clues, bounds: Sequence[Bound], written: Published | None
) -> Mapping[date, float] | None:
    """Return how likely each day of a window is that of the writing, by the text alone.

    None where it is one day, or so many that nobody would tell a day by them.
    """
    if written is None:
        return None
    length = (written.end - written.start).days
    if not 0 < length <= _MOST_DAYS:
        return None
    days = [written.start + timedelta(days=at) for at in range(length + 1)]
    weighing = weigh(clues, bounds=bounds, also=days)
    logs = [weighing.log_at(day.toordinal()) for day in days]
    weights = [math.exp(log - max(logs)) for log in logs]
    return {day: weight / sum(weights) for day, weight in zip(days, weights, strict=True)}


def _infer(report: Report, clues: Clues, bounds: Sequence[Bound] = ()) -> Published | None:
    weighing = weigh(clues, bounds=bounds)
    found = weighing.window()
    if found is None:
        return None
    start, end = date.fromordinal(found[0]), date.fromordinal(found[1])
    return Published(
        start=start,
        end=end,
        how="inferred",
        confidence=round(min(found[2], 0.99), 2),
        evidence=tuple(prove(report, clues, (start, end))),
    )


def _days_on_top(*, report_text: str, expressions: Sequence[Expression]) -> set[tuple[int, int]]:
    """Return the day that ends a report's first line: "Statement of the ministry, 13 June 1998"."""
    first = report_text.lstrip().partition("\n")[0].rstrip(" .")
    end = report_text.find(first) + len(first)
    return {
        (e.meaning.month, e.meaning.day)
        for e in expressions[:_FIRST]
        if isinstance(e.meaning, Calendar) and e.meaning.year and e.meaning.month and e.meaning.day
        if e.end == end and len(first) <= _LONGEST_HEAD
    }


def _written(
    published: Published | None, clues: Clues, own: set[tuple[int, int]]
) -> Published | None:
    """Return the day of the dateline, where a report was given the day of its printing.

    Without a dateline it is that on which a statement is dated, one of `own`.
    """
    if published is None or published.start != published.end:
        return published
    days = {(pin.month, pin.day) for pin in clues.pins if pin.kind == "dateline"} or own
    met = [day for day in _written_within(published) if (day.month, day.day) in days]
    if len(days) != 1 or not met:
        return published
    return msgspec.structs.replace(published, start=met[0], end=met[0])


def _written_within(published: Published) -> list[date]:
    """Return the days on which what was published then may have been written, the last first."""
    days = (published.end - published.start).days + _PRINTED_AFTER
    return [published.end - timedelta(days=before) for before in range(days + 1)]


def _checked(report: Report, published: Published, clues: Clues) -> Published:
    """Return the given date, or what the text says where it rules that out."""
    inferred = _infer(report, clues)
    if inferred is None or inferred.confidence < _SURE:
        return published
    if inferred.start <= published.end and published.start <= inferred.end:
        return msgspec.structs.replace(published, evidence=inferred.evidence)
    days = _written_within(published)
    named = {(pin.month, pin.day) for pin in clues.pins}
    named |= {(told.month, told.day) for told in clues.dates}
    if any((day.month, day.day) in named for day in days):
        # Of "2 December, 1900" on a report of 1991 the last is an hour.
        return published
    weighing = weigh(clues, also=days)
    best = float(weighing.logs.max())
    given = max(weighing.log_at(day.toordinal()) for day in days)
    return inferred if given - best < _RULED_OUT else published
