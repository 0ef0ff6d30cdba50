"""What a text says about the day on which it was written.

In: a parse and its time expressions.  Out: `Clues`, sorted by kind.  Nothing is weighed
here; `publication.py` does that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec
from msgspec import Struct

from parley.dating.expressions import paragraph_text
from parley.dating.grammar import Grammar
from parley.dating.habits import Landmark, landmarks
from parley.dating.meanings import (
    Calendar,
    Deictic,
    Direction,
    Expression,
    Meaning,
    Months,
    Shifted,
    Span,
    Weekday,
    Years,
)
from parley.dating.windows import make_day
from parley.dating.words import words
from parley.model import Evidence, Report
from parley.parsing import Parse, start_of

# A dateline stands in the first lines, and close to where its line begins.
_DATELINE_LINES = 6
_DATELINE_REACH = 60
_DATELINE_BEFORE = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’/ -]+|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})"
    r"(?:, [A-Z][\w.'’ -]+)?(?: \([^)]{1,40}\)| /[^/]{1,20}/)?,? ?(?:\(|-|–|—)? ?$"
)
_DATELINE_AFTER = re.compile(r"\s*(?:[./:)–—-]|\(|,? ?\d\d:\d\d|$)")
_OWN_LINE = re.compile(
    r"(?:published|posted|updated|last updated|date|on|first published|modified)?[:\s]*", re.I
)
_OWN_LINE_REST = re.compile(r"[\s|,.·–—-]*(?:at )?(?:\d{1,2}[:.]\d\d)?[\s\w|,.·+:–—-]{0,24}$")


class DateClue(Struct, frozen=True):
    """A date in the text, with or without its year."""

    month: int
    day: int
    year: int | None
    weekday: int | None
    direction: Direction | None
    since: bool
    source: Expression
    own_line: bool = False


class WeekdayClue(Struct, frozen=True):
    """A weekday told from the writing: by tense, or (`offset`) as yesterday or tomorrow."""

    weekday: int
    direction: Direction | None
    offset: int | None
    source: Expression

    @property
    def spoken(self) -> bool:
        """Tell whether something was said on that day, which is what news is printed for."""
        return self.source.spoken


class YearClue(Struct, frozen=True):
    """A year that the text names; `bare` where it stands without a month."""

    year: int
    bare: bool
    direction: Direction | None
    source: Expression


class LandmarkClue(Struct, frozen=True):
    """A landmark that the text names, with the month where that stands before it."""

    landmark: Landmark
    start: int
    end: int
    month: int | None


class Clues(Struct, frozen=True):
    """All that a text says about when it was written."""

    dates: tuple[DateClue, ...] = ()
    weekdays: tuple[WeekdayClue, ...] = ()
    deictics: tuple[Expression, ...] = ()
    months: tuple[Expression, ...] = ()
    shifted: tuple[Expression, ...] = ()
    years: tuple[YearClue, ...] = ()
    datelines: tuple[DateClue, ...] = ()
    landmarks: tuple[LandmarkClue, ...] = ()
    page_dates: tuple[tuple[date, Evidence], ...] = ()


def gather(parse: Parse, expressions: Sequence[Expression]) -> Clues:
    """Sort what a text says about the day of its writing."""
    datelines = tuple(clue for e in expressions if (clue := _dateline(parse, e)))
    heads = {clue.source.start for clue in datelines}
    known = tuple(_landmarks(parse))
    heads |= {
        e.start for e in expressions for clue in known if clue.month and e.end + 1 == clue.start
    }
    story = tuple(e for e in expressions if e.start not in heads)
    stories = _stories(story)
    return Clues(
        dates=tuple(_unique(clue for e in story for clue in _dates(e, stories))),
        weekdays=tuple(told for e in story if (told := _weekday(e))),
        deictics=tuple(
            e for e in story if isinstance(e.meaning, Deictic) and e.meaning.first == e.meaning.last
        ),
        months=tuple(e for e in story if _is_bare_month(e)),
        shifted=tuple(e for e in story if isinstance(e.meaning, Shifted)),
        years=tuple(clue for e in story for clue in _years(e)),
        datelines=datelines,
        landmarks=known,
        page_dates=tuple(_page_dates(parse.report)),
    )


def _is_bare_month(e: Expression) -> bool:
    m = e.meaning
    return (
        isinstance(m, Calendar)
        and m.month is not None
        and m.day is None
        and m.year is None
        and m.of is None
    )


def _unique(clues: Iterator[DateClue]) -> Iterator[DateClue]:
    """Leave out a date that was told before in the same way."""
    seen: set[tuple[object, ...]] = set()
    for clue in clues:
        key = (clue.year, clue.month, clue.day, clue.direction)
        if key not in seen:
            seen.add(key)
            yield clue


def _dates(e: Expression, stories: Mapping[int, int]) -> Iterator[DateClue]:
    bounds = (e.meaning.first, e.meaning.last) if isinstance(e.meaning, Span) else (e.meaning,)
    for meaning in bounds:
        if isinstance(meaning, Calendar) and meaning.month and meaning.day:
            if meaning.year is None and _continues(e, stories):
                continue
            yield _date_clue(e, meaning)


def _date_clue(e: Expression, meaning: Calendar) -> DateClue:
    return DateClue(
        meaning.month or 1,
        meaning.day or 1,
        meaning.year,
        meaning.weekday,
        e.direction,
        e.relation == "since",
        e,
    )


def _stories(expressions: Sequence[Expression]) -> dict[int, int]:
    """Return where in each paragraph the first date with its year stands."""
    found: dict[int, int] = {}
    for e in expressions:
        if isinstance(e.meaning, Calendar) and e.meaning.year and e.meaning.month:
            found.setdefault(e.paragraph, e.start)
    return found


def _continues(e: Expression, stories: Mapping[int, int]) -> bool:
    """Tell whether a date without a year goes on from one with a year in its paragraph."""
    return e.direction != "future" and stories.get(e.paragraph, e.start) < e.start


def _weekday(e: Expression) -> WeekdayClue | None:
    meaning = e.meaning
    if isinstance(meaning, Deictic) and meaning.weekday is not None:
        return WeekdayClue(meaning.weekday, e.direction, meaning.first, e)
    if isinstance(meaning, Weekday) and meaning.week is None:
        direction = e.direction
        if meaning.shift:
            direction = "past" if meaning.shift < 0 else "future"
        return WeekdayClue(meaning.weekday, direction, None, e)
    return None


def _years(e: Expression) -> Iterator[YearClue]:
    bounds: tuple[Meaning, ...] = (e.meaning,)
    if isinstance(e.meaning, Span):
        bounds = (e.meaning.first, e.meaning.last)
    direction: Direction | None = "past" if e.relation == "since" else e.direction
    for meaning in bounds:
        if isinstance(meaning, Calendar) and meaning.year is not None:
            yield YearClue(meaning.year, meaning.month is None, direction, e)
        elif isinstance(meaning, Months) and meaning.year is not None:
            yield YearClue(meaning.year, True, direction, e)
        elif isinstance(meaning, Years):
            yield YearClue(meaning.first, True, direction, e)


def _dateline(parse: Parse, e: Expression) -> DateClue | None:
    """Return a date that stands where a dateline stands, or on a line of its own."""
    meaning = e.meaning
    if e.paragraph >= _DATELINE_LINES or not isinstance(meaning, Calendar):
        return None
    if not meaning.month or not meaning.day:
        return None
    text = paragraph_text(parse, parse.docs[e.paragraph])
    start = start_of(parse.docs[e.paragraph])
    before, after = text[: e.start - start], text[e.end - start :]
    if _OWN_LINE.fullmatch(before) and _OWN_LINE_REST.fullmatch(after):
        return msgspec.structs.replace(_date_clue(e, meaning), own_line=True)
    if len(before) > _DATELINE_REACH or not _DATELINE_BEFORE.fullmatch(before):
        return None
    first = before.strip().split(" ")[0].strip(",.")
    shouted = first.isupper() and len(first) > 2
    agency = re.match(r"\s*(?:\.\s*/|\(|/|\.?\s*[–—-])", after)
    return _date_clue(e, meaning) if _DATELINE_AFTER.match(after) and (shouted or agency) else None


def _landmarks(parse: Parse) -> Iterator[LandmarkClue]:
    for doc in parse.docs:
        start, text = start_of(doc), paragraph_text(parse, doc)
        for landmark in landmarks():
            found = landmark.find(text)
            if found:
                before = text[: found.start()].split()
                month = words().months.get(before[-1].lower().strip(".")) if before else None
                yield LandmarkClue(landmark, start + found.start(), start + found.end(), month)


def _page_dates(report: Report) -> Iterator[tuple[date, Evidence]]:
    for part in report.boilerplate:
        if "date" not in part.why.lower():
            continue
        text = report.text[part.start : part.end]
        for found in Grammar(text).find():
            meaning = found.meaning
            if isinstance(meaning, Calendar) and meaning.year and meaning.month and meaning.day:
                day = make_day(meaning.year, meaning.month, meaning.day)
                if day:
                    start, end = part.start + found.start, part.start + found.end
                    yield (
                        day,
                        Evidence(
                            start=start,
                            end=end,
                            text=report.text[start:end],
                            says="the page's own date",
                        ),
                    )
