"""What a text says about the day on which it was written.

In: a parse and its time expressions.  Out: `Clues`, sorted by kind.  Nothing is weighed
here; `publication.py` does that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Literal

import msgspec
from msgspec import Struct
from spacy.tokens import Doc, Token

from parley.dating.direction import direction_of
from parley.dating.expressions import paragraph_text
from parley.dating.landmarks import Gathering, Landmark, find_named
from parley.dating.meanings import (
    Calendar,
    Deictic,
    Direction,
    Expression,
    Hanging,
    Holiday,
    Length,
    Meaning,
    Months,
    Moved,
    Shifted,
    Span,
    Stretch,
    Weekday,
    Years,
)
from parley.dating.pages import PageClue, caption_dates, in_margins, is_paper, page_clues
from parley.dating.windows import add_days, make_day
from parley.dating.words import Unit, words
from parley.parsing import Parse, kind_of, start_of

# A dateline stands in the first lines, and close to where its line begins.
_DATELINE_LINES = 6
_DATELINE_REACH = 60
LEAD_PARAGRAPHS = 3
_DATELINE_BEFORE = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’/ -]+|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})"
    r"(?:, [A-Z][\w.'’ -]+)?(?: \([^)]{1,40}\)| /[^/]{1,20}/)?,? ?(?:\(|-|–|—)? ?$"
)
_DATELINE_AFTER = re.compile(r"\s*(?:[./:)–—-]|\(|,? ?\d\d:\d\d|$)")
_WHOLE_AFTER = re.compile(r"\s*(?:$|[.:]\s+[\"“‘A-Z])")
# Markdown may set it off: "*Friday 7 January 2005*".
_OWN_LINE = re.compile(
    r"[*_#>\s]*[(\[]?"
    r"(?:(?:published|posted|updated|last updated|date|first published|modified)(?: on)?|on)?"
    r"[:\s*_]*",
    re.I,
)
_OWN_LINE_REST = re.compile(
    r"[\s|,.·–—-]*(?:at )?(?:\d{1,2}[:.]\d\d)?[\s\w|,.·+:–—-]{0,24}[)\]]?[*_\s]*$"
)
# What may stand between two ways of telling one day: "today, May 3", "Thursday's meeting (28 May)".
_APPOSED = re.compile(r"\s*[,(–—-]?\s*(?:on |the |that is,? )*|[’']s [\w-]+ \(")
# How far behind "ten days after" its date may stand, in characters.
_ANCHOR_REACH = 90
# Units whose window may hold a date that is told elsewhere: "this week", "last month".
_TOLD = frozenset({"week", "weekend", "month", "year"})
_ORDINAL_UNIT = re.compile(
    r"\b([a-z]+|\d{1,3}(?:st|nd|rd|th))[ -](day|week|month|year|anniversary)\b", re.I
)
_OF_WAR = re.compile(
    r"(?: of (?:the )?|[- ]old |[- ]long )"
    r"(?:war|fighting|siege|conflict|bombardment|uprising|revolt)\b"
)
_NTH_DAY = re.compile(
    r"\b(?:for|on|in|into|enter(?:ed|s|ing)|now in|then in|went into) (?:a|the|its|their)"
    r" ([a-z]+|\d{1,3}(?:st|nd|rd|th))(?: straight| consecutive| successive)? day\b",
    re.I,
)
# A year that stands in for none, so that every day of the year has a date.
_LEAP = 2000


class DateClue(Struct, frozen=True):
    """A date in the text, with or without its year.

    `derived`: counted from one that is told.  `holiday`: told by its name, which then
    stands for `month` and `day`.  `beside`: the shift of the weekday that stands by it ("next
    Friday, May 5").
    """

    month: int
    day: int
    year: int | None
    weekday: int | None
    direction: Direction | None
    since: bool
    source: Expression
    derived: bool = False
    holiday: Holiday | None = None
    beside: int | None = None


class PinClue(Struct, frozen=True):
    """A date that is the day of writing but for `offset` days: a dateline, "today, May 3"."""

    month: int
    day: int
    year: int | None
    weekday: int | None
    offset: int
    source: Expression
    kind: Literal["dateline", "deictic"]


class WeekdayClue(Struct, frozen=True):
    """A weekday told from the writing: by tense, or (`offset`) as yesterday or tomorrow.

    `shift` is -1 for "last Friday", 0 for "this Friday"; `lead` where it stands in the
    first paragraphs, which tell the news itself.
    """

    weekday: int
    direction: Direction | None
    offset: int | None
    shift: int | None
    lead: bool
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


class Count(Struct, frozen=True):
    """A number of units told beside a landmark or of what goes on: "three years after".

    `ago` is true where it is counted from the writing, `running` where it says how long
    something has gone on ("for a twelfth day"): then `number` is that of the last.
    """

    unit: Unit
    number: float
    start: int
    end: int
    ago: bool
    running: bool


class LandmarkClue(Struct, frozen=True):
    """A landmark that the text names, with the month where that stands before it.

    `ahead` where its clause puts it ahead; `counts` are the numbers of units that stand
    in its sentence, `told` the times that do.
    """

    landmark: Landmark
    start: int
    end: int
    month: int | None
    ahead: bool
    counts: tuple[Count, ...]
    told: tuple[Expression, ...] = ()


class GatheringClue(Struct, frozen=True):
    """A gathering of every year that the text names; `lead` in its first paragraphs."""

    gathering: Gathering
    start: int
    end: int
    lead: bool


class Clues(Struct, frozen=True):
    """All that a text says about when it was written."""

    dates: tuple[DateClue, ...] = ()
    pins: tuple[PinClue, ...] = ()
    weekdays: tuple[WeekdayClue, ...] = ()
    deictics: tuple[Expression, ...] = ()
    months: tuple[Expression, ...] = ()
    years: tuple[YearClue, ...] = ()
    units: tuple[Expression, ...] = ()
    landmarks: tuple[LandmarkClue, ...] = ()
    gatherings: tuple[GatheringClue, ...] = ()
    running: tuple[Count, ...] = ()
    pages: tuple[PageClue, ...] = ()
    floors: tuple[tuple[date, int, int], ...] = ()


def gather(parse: Parse, expressions: Sequence[Expression]) -> Clues:
    """Sort what a text says about the day of its writing."""
    pages = list(page_clues(parse.report))
    skipped = in_margins(parse.report)
    expressions = [e for e in expressions if not any(a < e.end and e.start < b for a, b in skipped)]
    lines = [line for e in expressions if (line := _dateline(parse, e)) is not None]
    pages += [line for line in lines if isinstance(line, PageClue)]
    pins = [line for line in lines if isinstance(line, PinClue)]
    heads = {clue.source.start for clue in pins}
    heads |= {page.start for page in pages}
    known, gatherings = _named(parse, expressions)
    heads |= {
        e.start for e in expressions for clue in known if clue.month and e.end + 1 == clue.start
    }
    story = [e for e in expressions if e.start not in heads]
    apposed = _Apposed(parse.report.text, story)
    stories = _stories(story)
    dates = [clue for e in story for clue in _dates(e, stories, apposed)]
    dates += _derived(story)
    dates = [clue for clue in dates if not _explained(clue, known)]
    return Clues(
        dates=tuple(_unique(dates)),
        pins=(*pins, *apposed.pins),
        weekdays=tuple(told for e in story if (told := _weekday(e, apposed))),
        deictics=tuple(
            e for e in story if isinstance(e.meaning, Deictic) and e.meaning.first == e.meaning.last
        ),
        months=tuple(e for e in story if _is_bare_month(e)),
        years=tuple(clue for e in story for clue in _years(e)),
        units=tuple(e for e in story if isinstance(e.meaning, Shifted) and e.meaning.unit in _TOLD),
        landmarks=known,
        gatherings=gatherings,
        running=tuple(_running(parse)),
        pages=tuple(page for page in pages if page.kind != "other"),
        floors=(
            *caption_dates(parse.report),
            *((min(page.days), page.start, page.end) for page in pages if page.kind == "other"),
        ),
    )


class _Apposed:
    """Days told in two ways side by side.

    `weekdays` maps the start of a date to the weekday that stands by it, `offsets` the
    start of a weekday to the "tomorrow" that does; `pins` are "today, May 3".
    """

    def __init__(self, text: str, story: Sequence[Expression]) -> None:
        self.pins: list[PinClue] = []
        self.weekdays: dict[int, Weekday] = {}
        self.offsets: dict[int, int] = {}
        for a, b in pairwise(story):
            if a.paragraph != b.paragraph or not _APPOSED.fullmatch(text[a.end : b.start]):
                continue
            self._read(a, b)

    def _read(self, a: Expression, b: Expression) -> None:
        one, other = a.meaning, b.meaning
        if isinstance(one, Deictic) and one.first == one.last:
            if isinstance(other, Calendar) and other.month and other.day:
                self.pins.append(
                    PinClue(
                        *(other.month, other.day, other.year, other.weekday or one.weekday),
                        *(one.first, b, "deictic"),
                    )
                )
            elif isinstance(other, Weekday) and one.weekday is None and other.shift is None:
                self.offsets[b.start] = one.first
        elif isinstance(one, Weekday) and isinstance(other, Calendar) and other.day:
            if other.weekday is None:
                self.weekdays[b.start] = one


def _is_bare_month(e: Expression) -> bool:
    m = e.meaning
    return (
        isinstance(m, Calendar)
        and m.month is not None
        and m.day is None
        and m.year is None
        and m.of is None
    )


def _unique(clues: Sequence[DateClue]) -> Iterator[DateClue]:
    """Leave out a date that was told before in the same way; one with a weekday goes first."""
    seen: set[tuple[object, ...]] = set()
    for clue in sorted(clues, key=lambda clue: clue.weekday is None):
        key = (clue.year, clue.month, clue.day, clue.holiday)
        if key not in seen:
            seen.add(key)
            yield clue


def _dates(e: Expression, stories: Mapping[int, int], apposed: _Apposed) -> Iterator[DateClue]:
    bounds = (e.meaning.first, e.meaning.last) if isinstance(e.meaning, Span) else (e.meaning,)
    for meaning in bounds:
        if isinstance(meaning, Calendar) and meaning.month and meaning.day:
            if meaning.of or (meaning.year is None and _continues(e, stories)):
                continue  # not of the year of writing: what lies a year back is no news
            clue = _date_clue(e, meaning)
            beside = apposed.weekdays.get(e.start)
            if beside:
                clue = msgspec.structs.replace(clue, weekday=beside.weekday, beside=beside.shift)
            yield clue
        elif isinstance(meaning, Holiday):
            yield _holiday(e, meaning)


def _holiday(e: Expression, meaning: Holiday) -> DateClue:
    direction = e.direction
    if meaning.shift:
        direction = "past" if meaning.shift < 0 else "future"
    since = e.relation == "since"
    day = (meaning.month or 1, meaning.day or 1)
    return DateClue(*day, meaning.year, None, direction, since, e, holiday=meaning)


def _date_clue(e: Expression, meaning: Calendar) -> DateClue:
    direction = e.direction
    if meaning.shift:
        direction = "past" if meaning.shift < 0 else "future"
    return DateClue(
        meaning.month or 1,
        meaning.day or 1,
        meaning.year,
        meaning.weekday,
        direction,
        e.relation == "since",
        e,
    )


def _derived(story: Sequence[Expression]) -> Iterator[DateClue]:
    """Yield dates counted from a date: "ten days after May 2", "within 30 days, by June 1"."""
    for at, e in enumerate(story):
        m = e.meaning
        if isinstance(m, Hanging) and m.following and m.sign and e.anchor and m.low == m.high:
            days = {"day": 1, "week": 7}.get(m.unit, 0) * m.low * m.sign
            reach = max(e.anchor[1], e.end + _ANCHOR_REACH)
            inside = [o for o in story[at + 1 :] if o.start < reach and o.sentence == e.sentence]
            yield from (clue for o in inside[:1] if days and (clue := _counted(e, o, days, "past")))
        forth = isinstance(m, Stretch | Moved) and m.sign > 0 and m.low == m.high
        if forth and isinstance(m, Stretch | Moved) and at + 1 < len(story):
            days = {"day": 1, "week": 7}.get(m.unit, 0) * m.low
            following = story[at + 1]
            close = following.start - e.end <= len(", that is by ")
            if days and close and following.direction != "past":
                clue = _counted(e, following, -days, "past")
                yield from (clue,) if clue else ()


def _counted(e: Expression, other: Expression, days: int, side: Direction) -> DateClue | None:
    m = other.meaning
    if not (isinstance(m, Calendar) and m.month and m.day):
        return None
    base = make_day(m.year or _LEAP, m.month, m.day)
    day = add_days(base, days) if base else None
    if day is None:
        return None
    year = day.year if m.year else None
    source = msgspec.structs.replace(e, end=other.end, words=e.words | other.words)
    return DateClue(day.month, day.day, year, None, side, False, source, derived=True)


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


def _weekday(e: Expression, apposed: _Apposed) -> WeekdayClue | None:
    meaning = e.meaning
    lead = e.paragraph < LEAD_PARAGRAPHS
    if isinstance(meaning, Deictic) and meaning.weekday is not None:
        return WeekdayClue(meaning.weekday, e.direction, meaning.first, None, lead, e)
    if isinstance(meaning, Weekday) and meaning.week is None:
        direction, offset = e.direction, apposed.offsets.get(e.start)
        if meaning.shift:
            direction = "past" if meaning.shift < 0 else "future"
        return WeekdayClue(meaning.weekday, direction, offset, meaning.shift, lead, e)
    return None


def _years(e: Expression) -> Iterator[YearClue]:
    bounds: tuple[Meaning, ...] = (e.meaning,)
    if isinstance(e.meaning, Span):
        bounds = (e.meaning.first, e.meaning.last)
    direction: Direction | None = "past" if e.relation == "since" else e.direction
    if e.planned:
        direction = None  # "was told to leave in 2017": by now that may be over
    for meaning in bounds:
        if isinstance(meaning, Calendar) and meaning.year is not None:
            yield YearClue(meaning.year, meaning.month is None, direction, e)
        elif isinstance(meaning, Months) and meaning.year is not None:
            yield YearClue(meaning.year, True, direction, e)
        elif isinstance(meaning, Years):
            yield YearClue(meaning.first, True, direction, e)


def _dateline(parse: Parse, e: Expression) -> PinClue | PageClue | None:
    """Return a date that stands where a dateline stands, or on a line of its own."""
    meaning = e.meaning
    if e.paragraph >= _DATELINE_LINES or not isinstance(meaning, Calendar):
        return None
    if not meaning.month or not meaning.day or kind_of(parse.docs[e.paragraph]) == "label":
        return None
    text = paragraph_text(parse, parse.docs[e.paragraph])
    start = start_of(parse.docs[e.paragraph])
    before, after = text[: e.start - start], text[e.end - start :]
    pin = PinClue(meaning.month, meaning.day, meaning.year, meaning.weekday, 0, e, "dateline")
    if _OWN_LINE.fullmatch(before) and _OWN_LINE_REST.fullmatch(after):
        day = make_day(meaning.year, meaning.month, meaning.day) if meaning.year else None
        return PageClue((day,), "open", e.start, e.end) if day else pin
    if is_paper(before) and not after.strip(" .)]"):
        day = make_day(meaning.year, meaning.month, meaning.day) if meaning.year else None
        return PageClue((day,), "own", e.start, e.end) if day else pin
    if len(before) > _DATELINE_REACH or not _DATELINE_BEFORE.fullmatch(before):
        return None
    first = before.strip().split(" ")[0].strip(",.")
    shouted = first.isupper() and len(first) > 2
    agency = re.match(r"\s*(?:\.\s*/|\(|/|\.?\s*[–—-])", after)
    # "Tbilisi, 5 April 2023. The envoys ...": with its year, a sentence may follow at once.
    whole = meaning.year is not None and _WHOLE_AFTER.match(after) is not None
    if _DATELINE_AFTER.match(after) and (shouted or agency or whole):
        return pin
    return None


def _named(
    parse: Parse, expressions: Sequence[Expression]
) -> tuple[tuple[LandmarkClue, ...], tuple[GatheringClue, ...]]:
    """Return the landmarks and the gatherings that a text names, each where it does so first."""
    known: dict[str, LandmarkClue] = {}
    yearly: dict[str, GatheringClue] = {}
    for number, doc in enumerate(parse.docs):
        start, text = start_of(doc), paragraph_text(parse, doc)
        for named in find_named(text):
            first, last = start + named.start, start + named.end
            if isinstance(named.what, Gathering):
                yearly.setdefault(
                    named.what.name,
                    GatheringClue(named.what, first, last, number < LEAD_PARAGRAPHS),
                )
                continue
            token = _token_at(doc, named.start)
            before = text[: named.start].split()
            month = words().months.get(before[-1].lower().strip(".")) if before else None
            sentence = token.sent
            span = (start + sentence.start_char, start + sentence.end_char)
            counts = tuple(_counts(parse.report.text, expressions, span))
            clue = LandmarkClue(
                *(
                    named.what,
                    first,
                    last,
                    month,
                    direction_of(token) == "future"
                    and _may_be_ahead(named.what, text[named.start : named.end]),
                    counts,
                ),
                told=tuple(e for e in expressions if span[0] <= e.start < span[1]),
            )
            if named.what.name not in known or (month and not known[named.what.name].month):
                known[named.what.name] = clue
    return tuple(known.values()), tuple(yearly.values())


def _may_be_ahead(landmark: Landmark, words_: str) -> bool:
    """Tell whether a landmark can be named before it is there; a numbered resolution cannot."""
    return landmark.exact and not words_.lower().startswith("resolution")


def _explained(clue: DateClue, known: Sequence[LandmarkClue]) -> bool:
    """Tell whether a date without a year is that of a landmark told with it."""
    return clue.year is None and any(
        (clue.month, clue.day) in ((day.month, day.day) for day in _ends(named.landmark))
        for named in known
        if named.landmark.exact and not named.ahead
    )


def _ends(landmark: Landmark) -> Iterator[date]:
    yield landmark.since
    if landmark.until:
        yield landmark.until


def _token_at(doc: Doc, offset: int) -> Token:
    return next((token for token in doc if token.idx + len(token) > offset), doc[-1])


def _counts(text: str, expressions: Sequence[Expression], span: tuple[int, int]) -> Iterator[Count]:
    """Yield the numbers of units in a sentence that can be counted from a landmark."""
    for e in expressions:
        if not span[0] <= e.start < span[1]:
            continue
        m = e.meaning
        if isinstance(m, Moved) and m.sign < 0 and m.low == m.high:
            yield Count(m.unit, m.low, e.start, e.end, ago=True, running=False)
        elif isinstance(m, Hanging) and m.sign > 0 and m.low == m.high:
            yield Count(m.unit, m.low, e.start, e.end, ago=False, running=False)
        elif isinstance(m, Length) and m.days >= 1 and _OF_WAR.match(text, e.end):
            yield Count("day", m.days, e.start, e.end, ago=False, running=False)
    for found in _ORDINAL_UNIT.finditer(text, *span):
        number = words().ordinals.get(found[1].lower()) or _digits(found[1])
        if number:
            unit = words().units.get(found[2].lower(), "year")
            running = found[2].lower() != "anniversary"
            yield Count(unit, number, *found.span(), ago=not running, running=running)


def _running(parse: Parse) -> Iterator[Count]:
    """Yield what has gone on "for a twelfth day", wherever that is told."""
    for doc in parse.docs:
        start, text = start_of(doc), paragraph_text(parse, doc)
        for found in _NTH_DAY.finditer(text):
            number = words().ordinals.get(found[1].lower()) or _digits(found[1])
            if number and number > 1:
                span = (start + found.start(1), start + found.end())
                yield Count("day", number, *span, ago=False, running=True)


def _digits(text: str) -> int:
    digits = text.rstrip("abcdefghijklmnopqrstuvwxyz")
    return int(digits) if digits.isdecimal() else 0


def day_of(clue: DateClue | PinClue) -> date | None:
    """Return the day of a clue that tells its year."""
    return make_day(clue.year, clue.month, clue.day) if clue.year else None
