"""The pieces of a text that prove when it was written, each with what it says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from parley.dating.clues import Clues, DateClue, WeekdayClue
from parley.dating.meanings import Calendar, Deictic, Expression
from parley.dating.resolution import resolve_meaning
from parley.dating.windows import Window
from parley.model import Evidence, Report

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MOST = 8
# A date farther off than this proves the year at best, and others do that better.
_NEAR_DAYS = 60


def prove(report: Report, clues: Clues, written: Window) -> Iterator[Evidence]:
    """Yield the evidence for a window of writing, in the order of the text."""
    found = [
        *_pins(report, clues, written),
        *_pages(report, clues, written),
        *_weekdays(report, clues, written),
        *_dates(report, clues, written),
        *_landmarks(report, clues, written),
        *_years(report, clues, written),
    ]
    seen: set[int] = set()
    for evidence in sorted(found[:_MOST], key=lambda e: (e.start, e.end)):
        if evidence.start not in seen:
            seen.add(evidence.start)
            yield evidence


def _evidence(report: Report, start: int, end: int, says: str) -> Evidence:
    return Evidence(start=start, end=end, text=report.text[start:end], says=says)


def _of(report: Report, source: Expression, says: str) -> Evidence:
    return _evidence(report, source.start, source.end, says)


def _name(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} {day.isoformat()}"


def _pins(report: Report, clues: Clues, written: Window) -> Iterator[Evidence]:
    for pin in clues.pins[:2]:
        if pin.kind == "dateline":
            yield _of(report, pin.source, f"the dateline: {_name(written[0])}")
        else:
            word = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(pin.offset, "near")
            yield _of(report, pin.source, f"is {word}: written on {_name(written[0])}")


def _pages(report: Report, clues: Clues, written: Window) -> Iterator[Evidence]:
    for page in clues.pages:
        inside = [day for day in page.days if written[0] <= day <= written[1]]
        if inside and page.kind in ("own", "open", "day"):
            yield _evidence(
                report, page.start, page.end, f"the page's own date: {_name(inside[0])}"
            )
        elif page.kind != "day" and min(page.days) > written[1]:
            year = min(page.days).isoformat() if page.kind != "rights" else page.days[0].year
            yield _evidence(
                report, page.start, page.end, f"the page is of {year}, the report not later"
            )


def _weekdays(report: Report, clues: Clues, written: Window) -> Iterator[Evidence]:
    seen: set[tuple[int, str | None]] = set()
    for clue in clues.weekdays:
        if (clue.weekday, clue.direction) in seen:
            continue
        seen.add((clue.weekday, clue.direction))
        yield _of(report, clue.source, _weekday_says(clue, written))
    for source in clues.deictics:
        day = resolve_meaning(source.meaning, written[0], None)
        named = isinstance(source.meaning, Deictic) and source.meaning.weekday is not None
        if day and written[0] == written[1] and not named:
            yield _of(report, source, f"is {_name(day[0])}")


def _weekday_says(clue: WeekdayClue, written: Window) -> str:
    weekday = _WEEKDAYS[clue.weekday]
    if clue.offset is not None:
        today = _WEEKDAYS[(clue.weekday - clue.offset) % 7]
        return f"written on a {today}"
    days = [resolve_meaning(clue.source.meaning, day, clue.direction) for day in written]
    if days[0] and days[0] == days[1]:
        side = "still ahead" if clue.direction == "future" else "the latest before the writing"
        return f"{weekday}, {days[0][0].isoformat()}, {side}"
    return f"a {weekday} within the week of the writing"


def _dates(report: Report, clues: Clues, written: Window) -> Iterator[Evidence]:
    near = [clue for clue in clues.dates if (_gap(clue, written) or 9999) <= _NEAR_DAYS]
    for clue in sorted(near, key=lambda clue: _gap(clue, written) or 0)[:3]:
        meaning = Calendar(year=clue.year, month=clue.month, day=clue.day)
        day = resolve_meaning(meaning, written[0], clue.direction)
        if day:
            side = "ahead of the writing" if day[0] > written[0] else "behind the writing"
            yield _of(report, clue.source, f"{_name(day[0])}, {side}")


def _gap(clue: DateClue, written: Window) -> int | None:
    meaning = Calendar(year=clue.year, month=clue.month, day=clue.day)
    day = resolve_meaning(meaning, written[0], clue.direction)
    return abs((day[0] - written[0]).days) if day else None


def _landmarks(report: Report, clues: Clues, written: Window) -> Iterator[Evidence]:
    for clue in sorted(clues.landmarks, key=lambda clue: clue.landmark.since)[-1:]:
        says = f"{clue.landmark.name} began on {clue.landmark.since.isoformat()}"
        if clue.month == clue.landmark.since.month:
            says += ", named by its month alone: less than a year ago"
        yield _evidence(report, clue.start, clue.end, says)


def _years(report: Report, clues: Clues, written: Window) -> Iterator[Evidence]:
    behind = [clue for clue in clues.years if clue.year <= written[0].year]
    for clue in sorted(behind, key=lambda clue: clue.year)[-1:]:
        if clue.year == written[0].year:
            yield _of(report, clue.source, f"written in {clue.year} or later")
        else:
            yield _of(report, clue.source, f"written after {clue.year}, the latest year named")
