"""The grammar of time expressions: what a stretch of words means, the calendar aside.

A rule is a method that takes the index of a word and returns a `Match`, what the words
from there mean and the index after them, or None.  Of several rules the longest match
wins.  A date that the calendar does not have ("31 April") is read and means None, so
that no part of it is taken for a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from parley.dating.lexing import APOSTROPHES, HYPHENS, Lexes
from parley.dating.meanings import (
    Calendar,
    Clock,
    Deictic,
    Holiday,
    Inside,
    Meaning,
    Months,
    PartOf,
    Shifted,
    Span,
    Weekday,
    Years,
)
from parley.dating.phrases import Match, PhraseRules
from parley.dating.windows import make_day
from parley.dating.words import words

_MINUTES = 60
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")
_NUMERIC = re.compile(
    r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)|(\d{1,2})/(\d{1,2})/(\d\d)(?![\d/])"
)
_CLOCK = re.compile(
    r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[:.][0-5]\d)?(?:\s?[ap]\.?m\b\.?)?|(?:0?\d|1[0-2])\s?[ap]\.?m\b\.?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\s*\(?(?:local time|(?:[A-Za-z]+ )?(?:standard )?time|[A-Z]{2,4})\)?")
_SUFFIXES = ("st", "nd", "rd", "th")


class Found(NamedTuple):
    """A match in a text: offsets, meaning (None for no such date), preceding word."""

    start: int
    end: int
    meaning: Meaning | None
    before: str


class Grammar(PhraseRules):
    """Finds time expressions in one text.

    `day_first` says how "05/06/2023" is to be read.
    """

    def __init__(self, text: str, *, day_first: bool = True) -> None:
        super().__init__(Lexes(text))
        self.day_first = day_first
        self._times: dict[int, Match | None] = {}

    def find(self) -> Iterator[Found]:
        """Yield the time expressions of the text in order; none overlaps another."""
        after = 0
        for at in self.starts():
            if at < after or not (found := self.range(at) or self.time(at)):
                continue
            meaning, after = found
            yield Found(
                self.lexes[at].start,
                self.lexes[after - 1].end,
                meaning,
                self.lexes.word(at - 1),
            )

    def time(self, at: int) -> Match | None:
        """Return the longest match of a single time at `at`; it may be asked more than once."""
        if at not in self._times:
            best: Match | None = None
            for rule in _RULES:
                found = rule(self, at)
                if found and (best is None or found.after > best.after):
                    best = found
            self._times[at] = best
        return self._times[at]

    def range(self, at: int) -> Match | None:
        """Match two times with "from ... to", "between ... and" or a hyphen about them."""
        word = self.lexes.word(at)
        begin = at + (word in ("from", "between"))
        joints = {"from": ("to", "until", "till", "through"), "between": ("and",)}.get(word, ())
        if word == "between":
            days = self.days_of_month(begin)
            if days:
                return days
        first = self.time(begin)
        if not first or first.meaning is None or not _bounds(first.meaning):
            return None
        joint = self.lexes.word(first.after)
        tight = joint in HYPHENS and self.lexes.joined(first.after) == self.lexes.joined(
            first.after + 1
        )
        if joint not in joints and not (not joints and (tight or joint == "through")):
            return None
        last = self.time(self.lexes.skip(first.after + 1, "the"))
        if not last or last.meaning is None or not _bounds(last.meaning):
            return None
        return Match(_span(first.meaning, last.meaning), last.after)

    def numeric(self, at: int) -> Match | None:
        """Match "2023-05-19", "19/05/2023", "19.05.2023"."""
        lex = self.lexes[at]
        if not lex.word.isdecimal() or (
            self.lexes.joined(at) and self.lexes.word(at - 1) in "./-–:,$€£#"
        ):
            return None
        iso = _ISO.match(self.lexes.text, lex.start)
        if iso:
            year, month, day = (int(group) for group in iso.groups())
            return self._dated(year, month, day, self.lexes.index_at(iso.end()))
        found = _NUMERIC.match(self.lexes.text, lex.start)
        if not found:
            return None
        a, _, b, y, a2, b2, y2 = found.groups()
        first, second = int(a or a2), int(b or b2)
        year = int(y) if y else 2000 + int(y2) - (100 if int(y2) > 69 else 0)
        if first > 12 or (self.day_first and second <= 12):
            first, second = second, first
        return self._dated(year, first, second, self.lexes.index_at(found.end()))

    def _dated(self, year: int | None, month: int, day: int, after: int) -> Match:
        # A leap year stands in where none is told, so that 29 February is a date.
        real = make_day(2000 if year is None else year, month, day)
        return Match(Calendar(year=year, month=month, day=day) if real else None, after)

    def clock(self, at: int) -> Match | None:
        """Match a time of day, with the day if it follows."""
        lexes = self.lexes
        found = _CLOCK.match(lexes.text, lexes[at].start) if lexes.word(at).isdecimal() else None
        if not found or (lexes.joined(at) and lexes.word(at - 1) in "./-–:,$€£#"):
            return None
        end = found.end()
        clear = ":" in found.group() or "m" in found.group().lower()
        zone = _ZONE.match(lexes.text, end)
        if zone and (zone.group().strip(" ()").lower() in words().lists.zones | {"local time"}):
            end, clear = zone.end(), True
        if not clear and lexes.word(at - 1) not in ("at", "by", "until", "around"):
            return None
        after = lexes.index_at(end)
        day = self.time(lexes.skip(after, "on", ","))
        if day and isinstance(day.meaning, Calendar | Weekday | Deictic):
            return day
        # "The dollar stood at 1.40": with a point alone it is a price as well.
        return Match(Clock(), after) if clear else None

    def night(self, at: int) -> Match | None:
        """Match "in the night to Monday", and "in the night of Sunday to Monday" as both days."""
        lexes = self.lexes
        if [lexes.word(at + ahead) for ahead in range(3)] != ["in", "the", "night"]:
            return None
        joint, first = lexes.word(at + 3), self.time(at + 4)
        if joint not in ("to", "of", "from") or not first or first.meaning is None:
            return None
        if not _is_day(first.meaning):
            return None
        last = self.time(first.after + 1) if lexes.word(first.after) in ("to", "into") else None
        if joint == "to" or last is None or last.meaning is None or not _is_day(last.meaning):
            return first
        return Match(_span(first.meaning, last.meaning), last.after)

    def month(self, at: int) -> tuple[int, int] | None:
        """Return a month's number and the index after its name."""
        lex = self.lexes[at]
        number = words().months.get(lex.word)
        if number is None or lex.raw[0] != lex.raw[0].upper():
            return None
        dotted = self.lexes.word(at + 1) == "." and self.lexes.joined(at + 1)
        dotted = dotted and lex.word not in ("may", "june", "july") and len(lex.word) < 5
        return number, at + 1 + dotted

    def day(self, at: int) -> tuple[int, int] | None:
        """Return a day of the month ("9", "9th", "ninth") and the index after it."""
        lex = self.lexes[at]
        if lex.word.isdecimal() and len(lex.word) <= 2 and 1 <= int(lex.word) <= 99:
            after = at + 1
            if self.lexes.word(after) in _SUFFIXES and self.lexes.joined(after):
                after += 1
            elif self.lexes.word(after) in (":", ".", ",", "%") and (
                self.lexes.joined(after)
                and self.lexes.joined(after + 1)
                and self.lexes.word(after + 1).isdecimal()
                and len(self.lexes.word(after + 1)) != 4
            ):
                return None
            return int(lex.word), after
        ordinal = words().ordinals.get(lex.word)
        return (ordinal, at + 1) if ordinal else None

    def year(self, at: int) -> tuple[int, int] | None:
        """Return a year of four digits and the index after it."""
        word = self.lexes.word(at)
        if not (word.isdecimal() and len(word) == 4) or int(word) == 0:
            return None
        after = at + 1
        if self.lexes.joined(after) and self.lexes.word(after) in (",", ".", "s"):
            if self.lexes.word(after) == "s" or (
                self.lexes.joined(after + 1) and self.lexes.word(after + 1).isdecimal()
            ):
                return None
        return int(word), after

    def date(self, at: int) -> Match | None:
        """Match a date in words, with or without weekday, day or year."""
        lexes = self.lexes
        begin, weekday = at, None
        name = self.weekday_name(at, short=True)
        if name:
            weekday, begin = name
            begin = lexes.skip(begin, ",", "(", "-", "–")
        shift = words().shifts.get(lexes.word(at))
        if shift is not None and self.month(at + 1):
            found = self._month_first(at + 1)
            if found and isinstance(found.meaning, Calendar) and not found.meaning.day:
                return Match(msgspec.structs.replace(found.meaning, shift=shift), found.after)
        begin = lexes.skip(begin, "the")
        found = self._month_first(begin) or self._day_first(begin)
        if not found or (weekday is not None and not _has_day(found.meaning)):
            return None
        meaning, after = found
        if isinstance(meaning, Calendar) and meaning.day:
            if weekday is None:
                at = lexes.skip(after, ",", "(")
                later = self.weekday_name(lexes.skip(at, "a"), short=False)
                if later and lexes.word(after) in (",", "("):
                    weekday, after = later
                    after = lexes.skip(after, ")")
            meaning = msgspec.structs.replace(meaning, weekday=weekday)
        return Match(meaning, after)

    def _month_first(self, at: int) -> Match | None:
        lexes = self.lexes
        month = self.month(at)
        if not month:
            return None
        number, after = month
        day = self.day(lexes.skip(after, "the"))
        if day and not (lexes.word(after).isalpha() and lexes.word(after) != "the"):
            low, next_at = day
            joint = lexes.word(next_at)
            if joint in HYPHENS or joint in ("to", "and", "through"):
                high = self.day(next_at + 1)
                if joint not in HYPHENS and high and not self._ends_days(high[1]):
                    high = None
                if high and high[0] > low and not self.month(high[1]):
                    return self._days(number, low, high[0], *self._year_after(high[1]))
            return self._day_of_year(number, low, next_at)
        year = self.year(lexes.skip(after, "of", ","))
        if year:
            return Match(Calendar(year=year[0], month=number), year[1])
        if lexes.word(after) == "of":
            of = self.neighbour(after + 1, "year")
            if of:
                return Match(Calendar(month=number, of=of[0]), of[1])
        if lexes.word(after) in ("last", "this", "next") and lexes.word(after + 1) == "year":
            return Match(Calendar(month=number, of=words().shifts[lexes.word(after)]), after + 2)
        return Match(Calendar(month=number), after)

    def _ends_days(self, at: int) -> bool:
        """Tell whether "May 12 to 13" ends here and goes not on as "13 people"."""
        word = self.lexes.word(at)
        return not word.isalnum() or word in words().lists.after_days or len(word) == 4

    def _day_first(self, at: int) -> Match | None:
        lexes = self.lexes
        days = self.days_of_month(at)
        if days:
            return days
        day = self.day(at)
        if not day:
            return None
        month = self.month(lexes.skip(day[1], "of"))
        if not month:
            return None
        return self._day_of_year(month[0], day[0], month[1])

    def _day_of_year(self, month: int, day: int, at: int) -> Match:
        """Return a day with the year that follows at `at`: "2023", "last year", or "last" alone."""
        year, after = self._year_after(at)
        found = self._dated(year, month, day, after)
        if year is not None or not isinstance(found.meaning, Calendar):
            return found
        of = self.neighbour(self.lexes.skip(at, "of", ","), "year")
        if of:
            return Match(msgspec.structs.replace(found.meaning, of=of[0]), of[1])
        if self.lexes.word(at) == "last" and not self.lexes.word(at + 1).isalnum():
            return Match(msgspec.structs.replace(found.meaning, shift=-1), at + 1)
        return found

    def days_of_month(self, at: int) -> Match | None:
        """Match "3-5 June", "3 and 5 June", "3 to 5 June 2023"."""
        first = self.day(at)
        if not first or self.lexes.word(first[1]) not in HYPHENS | {"and", "to"}:
            return None
        last = self.day(first[1] + 1)
        month = self.month(self.lexes.skip(last[1], "of")) if last else None
        if not last or not month or last[0] <= first[0]:
            return None
        return self._days(month[0], first[0], last[0], *self._year_after(month[1]))

    def _days(self, month: int, first: int, last: int, year: int | None, after: int) -> Match:
        begin = self._dated(year, month, first, after).meaning
        end = self._dated(year, month, last, after).meaning
        return Match(Span(begin, end) if begin and end else None, after)

    def _year_after(self, at: int) -> tuple[int | None, int]:
        """Return the year of a date that ends before `at`, and the index after it."""
        begin = self.lexes.skip(at, ",", "of")
        year = None if self._is_hour(begin) else self.year(begin)
        return year or (None, at)

    def _is_hour(self, at: int) -> bool:
        """Tell whether a number is no year but a time of day: "3 September 0900"."""
        word = self.lexes.word(at)
        hour = len(word) == 4 and word.isdecimal() and word[0] == "0" != word[1]
        return hour and int(word[2:]) < _MINUTES

    def years(self, at: int) -> Match | None:
        """Match a year, years joined by a hyphen, a fiscal year, a decade or a century."""
        lexes = self.lexes
        begin = lexes.skip(at, "the")
        if lexes.word(begin) in ("fiscal", "fy"):
            year = self.year(lexes.skip(begin + 1, "year"))
            return Match(Calendar(year=year[0]), year[1]) if year else None
        decade = self._decade(begin)
        if decade:
            return decade
        ordinal = self.day(begin)
        if ordinal and lexes.word(lexes.skip(ordinal[1], "-")) == "century" and ordinal[0] < 22:
            return Match(Years((ordinal[0] - 1) * 100 + 1, 100), lexes.skip(ordinal[1], "-") + 1)
        year = self.year(at)
        if not year or (lexes.joined(at) and lexes.word(at - 1) in "./:,$€£#"):
            return None
        local = lexes.word(year[1]) == "local" and lexes.word(year[1] + 1) == "time"
        if local or lexes.word(year[1]) in words().lists.zones:
            return Match(Clock(), year[1] + 1)  # "(2000 GMT)"
        if self._is_hour(at):
            return None
        short = lexes.word(year[1] + 1)
        if lexes.word(year[1]) in HYPHENS and lexes.joined(year[1]) and short.isdecimal():
            last = year[0] // 100 * 100 + int(short) if len(short) == 2 else int(short)
            if len(short) in (2, 4) and year[0] < last < year[0] + 60:
                return Match(Span(Calendar(year=year[0]), Calendar(year=last)), year[1] + 2)
        return Match(Calendar(year=year[0]), year[1])

    def _decade(self, at: int) -> Match | None:
        lexes = self.lexes
        named = words().decades.get(lexes.word(at))
        if named and lexes.word(at - 1) in ("the", "early", "mid", "late"):
            return Match(Years(named, 10), at + 1)
        digits = lexes.skip(at, *APOSTROPHES)
        number = lexes.word(digits)
        after = digits + 1
        if lexes.word(after) in APOSTROPHES:
            after += 1
        if lexes.word(after) != "s" or not lexes.joined(after) or not number.endswith("0"):
            return None
        if len(number) == 4 and number.isdecimal() and int(number) >= 1000 and after == digits + 1:
            return Match(Years(int(number), 10), after + 1)
        if len(number) == 2 and digits > at and number.isdecimal():
            return Match(Years(1900 + int(number), 10), after + 1)
        return None

    def months(self, at: int) -> Match | None:
        """Match a quarter, a half or a season, with its year where one is told."""
        lexes = self.lexes
        begin = lexes.skip(at, "the")
        word = lexes.word(begin)
        season = words().seasons.get(word)
        shift = words().shifts.get(word)
        if season:
            found = self._with_year(Months(*season), begin + 1)
            return None if self._is_downfall(begin, found.after) else found
        if shift is not None and lexes.word(begin + 1) in words().seasons:
            months = words().seasons[lexes.word(begin + 1)]
            return Match(Months(*months, shift=shift), begin + 2)
        first = self._first_months(begin)
        if first:
            return first
        if len(word) == 1 and word == "q" and lexes.word(begin + 1) in ("1", "2", "3", "4"):
            number, after, size = int(lexes.word(begin + 1)), begin + 2, 3
        else:
            ordinal = 4 if word in ("final", "last") else words().ordinals.get(word)
            if ordinal is None and (day := self.day(begin)) and day[1] == begin + 2:
                ordinal, begin = day[0], begin + 1
            after = begin + 1 + (lexes.word(begin + 1) in HYPHENS)
            kind = lexes.word(after)
            if ordinal is None or kind not in ("quarter", "half") or ordinal > 4:
                return None
            size = 3 if kind == "quarter" else 6
            number, after = (2 if size == 6 and word in ("final", "last") else ordinal), after + 1
        if number * size > 12:
            return None
        found = self._with_year(Months((number - 1) * size + 1, number * size), after)
        tells = isinstance(found.meaning, Months) and (
            found.meaning.year is not None or found.meaning.of is not None
        )
        # "the last quarter" is another thing; "half" without a year is rarely a time.
        return found if tells or (size == 3 and word not in ("last", "final")) else None

    def _is_downfall(self, at: int, after: int) -> bool:
        """Tell whether "fall" is no season: "the fall of the city", "a fall in prices"."""
        lexes = self.lexes
        if lexes.word(at) != "fall" or after > at + 1:
            return False
        begun = lexes.word(at - 1 - (lexes.word(at - 1) == "the"))
        return lexes.word(after) == "of" or (lexes.word(after) == "in" and begun != "in")

    def _first_months(self, at: int) -> Match | None:
        """Match "the first nine months of the year": months counted from either end."""
        word = self.lexes.word(at)
        count = self.number(at + 1) if word in ("first", "last", "final") else None
        if not count or count[0] != count[1] or self.lexes.word(count[2]) != "months":
            return None
        months = Months(1, count[0]) if word == "first" else Months(13 - count[0], 12)
        found = self._with_year(months, count[2] + 1)
        return found if found.after > count[2] + 1 and 1 <= count[0] <= 12 else None

    def _with_year(self, months: Months, after: int) -> Match:
        year_at = self.lexes.skip(self.lexes.skip(after, "of", "in", ","), "fiscal")
        year = self.year(year_at)
        if year:
            return Match(msgspec.structs.replace(months, year=year[0]), year[1])
        of = self.neighbour(self.lexes.skip(after, "of"), "year")
        if of:
            return Match(msgspec.structs.replace(months, of=of[0]), of[1])
        return Match(months, after)

    def part(self, at: int) -> Match | None:
        """Match "early May", "mid-2021", "the end of last year", "late Wednesday"."""
        lexes = self.lexes
        begin = lexes.skip(at, "the")
        begin = lexes.skip(begin, "very")
        part = words().parts.get(lexes.word(begin))
        if not part:
            return None
        after = begin + 1
        if lexes.word(begin) in ("early", "mid", "late"):
            after = lexes.skip(after, "in", "on", *HYPHENS)
            after = lexes.skip(after, "the")
        elif lexes.word(after) == "of":
            after += 1
        else:
            return None
        inner = self.neighbour(after, None)
        if inner and lexes.word(after) in ("the", "this", "last", "next"):
            return Match(Shifted(inner[2], inner[0], part), inner[1])
        found = self.date(after) or self.years(after) or self.months(after) or self.weekday(after)
        if not found or found.meaning is None:
            return None
        meaning = found.meaning
        if (isinstance(meaning, Calendar) and meaning.day is None) or isinstance(meaning, Years):
            return Match(msgspec.structs.replace(meaning, part=part), found.after)
        if isinstance(meaning, Months):
            return Match(msgspec.structs.replace(meaning, part=part), found.after)
        return found if lexes.word(begin) in ("early", "late") else None

    def holiday(self, at: int) -> Match | None:
        """Match a holiday, with its year where one is told."""
        lexes = self.lexes
        begin, shift = at, None
        if lexes.word(at) in ("last", "this", "next"):
            begin, shift = at + 1, words().shifts[lexes.word(at)]
        if not lexes[begin].raw[:1].isupper():
            return None
        start = lexes[begin].start
        rest = lexes.text[start : start + 20].lower()
        names = [*words().holidays, *words().easter, *words().feasts]
        name = max((n for n in names if rest.startswith(n)), key=len, default="")
        after = lexes.index_at(start + len(name))
        if not name or lexes[after - 1].end != start + len(name):
            return None
        year = self.year(lexes.skip(after, ",", "of", "in"))
        fixed = words().holidays.get(name, (0, 0))
        if lexes.word(at - 1) == "of" and lexes.word(at - 2) == "eve":
            # "on the eve of Christmas": the day before, where that is a day of the month.
            if not fixed[0] or fixed[1] < 2:
                return Match(None, year[1] if year else after)
            fixed = fixed[0], fixed[1] - 1
        return Match(
            Holiday(
                *fixed,
                words().easter.get(name),
                year[0] if year else None,
                shift,
                name if name in words().feasts else None,
            ),
            year[1] if year else after,
        )

    def inside(self, at: int) -> Match | None:
        """Match a week or a half of a month: "the last week of March"."""
        lexes = self.lexes
        begin = lexes.skip(at, "the")
        word = lexes.word(begin)
        number = -1 if word in ("last", "final") else words().ordinals.get(word)
        if number is None or lexes.word(begin + 1) not in ("week", "weekend", "half"):
            return None
        half = lexes.word(begin + 1) == "half"
        if half and number not in (1, 2, -1):
            return None
        if lexes.word(begin + 2) not in ("of", "in"):
            return None
        month = self._month_first(begin + 3)
        if not month or not isinstance(month.meaning, Calendar) or month.meaning.day:
            return None
        if half:
            return Match(Inside(2 if number < 0 else number, month.meaning, half=True), month.after)
        return Match(Inside(number, month.meaning), month.after)


# Functions, not methods of one grammar: it would lead back to itself, and only a search for garbage
# would free it.
_RULES: tuple[Callable[[Grammar, int], Match | None], ...] = (
    Grammar.numeric,
    Grammar.clock,
    Grammar.date,
    Grammar.years,
    Grammar.months,
    Grammar.part,
    Grammar.deictic,
    Grammar.anniversary,
    Grammar.weekday,
    Grammar.holiday,
    Grammar.inside,
    Grammar.recurring,
    Grammar.unit,
    Grammar.length,
    Grammar.night,
)


def _has_day(meaning: Meaning | None) -> bool:
    return meaning is None or (isinstance(meaning, Calendar) and meaning.day is not None)


def _bounds(meaning: Meaning) -> bool:
    """Tell whether a meaning can begin or end a span."""
    return isinstance(
        meaning, Calendar | Weekday | Deictic | Years | Months | Shifted | Holiday | PartOf
    )


def _is_day(meaning: Meaning) -> bool:
    """Tell whether a meaning is a day: a weekday, a date, "yesterday"."""
    return isinstance(meaning, Weekday | Deictic) or (
        isinstance(meaning, Calendar) and meaning.day is not None
    )


def _span(first: Meaning, last: Meaning) -> Span:
    """Join two bounds; the first takes the year or the month that only the last tells."""
    if isinstance(first, Calendar) and isinstance(last, Calendar):
        year, month = first.year, first.month
        if year is None and last.year is not None and month is not None:
            later = last.month is not None and (month, first.day or 1) > (
                last.month,
                last.day or 31,
            )
            first = msgspec.structs.replace(first, year=last.year - later)
    return Span(first, last)
