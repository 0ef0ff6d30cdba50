"""The part of the grammar that tells time from the day of writing or from an event."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Literal, NamedTuple

from parley.dating.lexing import HYPHENS, Lexes
from parley.dating.meanings import (
    Anniversary,
    Clock,
    Deictic,
    Hanging,
    Length,
    Meaning,
    Moved,
    Recurring,
    Shifted,
    Stretch,
    Weekday,
)
from parley.dating.words import Unit, words

_AFTER = frozenset({"after", "following"})
_BEFORE = frozenset({"before", "prior", "ahead"})
_BACK = frozenset({"last", "past", "previous", "recent", "preceding"})
# How many words before "in a week" a count may stand: "the third such shooting in ...".
_COUNTED = 5
# How many words before one that tells a time an expression may begin with one that tells none.
_CLOSE = 5
# Words that can open a time expression and tell no time themselves.
_STARTERS = frozenset(
    {
        *("the", "this", "that", "last", "next", "past", "previous", "coming", "upcoming"),
        *("following", "current", "same", "early", "mid", "late", "middle", "beginning"),
        *("start", "end", "close", "very", "every", "each", "fiscal", "fy", "q", "final"),
        *("earlier", "later", "from", "between", "recent", "in", "within", "over", "'", "’"),
        *words().numbers,
        *words().ordinals,
    }
)


class Match(NamedTuple):
    """What words mean (None: a date that does not exist), and the index after them."""

    meaning: Meaning | None
    after: int


@functools.cache
def _telling_words() -> frozenset[str]:
    """Return the words that tell a time by themselves."""
    known = words()
    return frozenset(
        {
            *known.months,
            *known.weekdays,
            *(name + "s" for name in known.weekdays),
            *known.units,
            *known.seasons,
            *known.deictics,
            *known.decades,
            *known.lists.recurring,
            *known.lists.day_parts,
            *(name.split()[0].split("'")[0].split("’")[0] for name in known.holidays),
            *(name.split()[0] for name in (*known.easter, *known.feasts)),
            "overnight",
            "half",
        }
    )


class PhraseRules:
    """Rules for weekdays, units and lengths; `Grammar` adds those for the calendar."""

    def __init__(self, lexes: Lexes) -> None:
        self.lexes = lexes

    def starts(self) -> Iterator[int]:
        """Yield the words with which a time expression can begin.

        Most are found out cheaply: a word that tells no time, such as "the", begins one
        only where one that does stands close behind it.
        """
        told, word, last = _telling_words(), self.lexes.word, -1
        for at, lex in enumerate(self.lexes):
            if lex.word in told or lex.word.isdecimal():
                close = range(max(last + 1, at - _CLOSE), at)
                yield from (before for before in close if word(before) in _STARTERS)
                yield at
                last = at

    def weekday_name(self, at: int, *, short: bool) -> tuple[int, int] | None:
        """Return a weekday and the index after it; short names only where asked for."""
        lex = self.lexes[at]
        number = words().weekdays.get(lex.word)
        if number is None or not lex.raw[0].isupper() or (len(lex.word) < 6 and not short):
            return None
        return number, at + 1 + (len(lex.word) < 6 and self.lexes.word(at + 1) == ".")

    def neighbour(self, at: int, unit: Unit | None) -> tuple[int, int, Unit] | None:
        """Match "last year", "the year", "this month": shift, index after, unit."""
        lexes = self.lexes
        begin = lexes.skip(at, "the")
        shift = words().shifts.get(lexes.word(begin))
        if shift is None and begin == at:
            return None
        after = begin + (shift is not None)
        kind = words().units.get(lexes.word(after))
        if kind is None or lexes.word(after).endswith("s") or (unit and kind != unit):
            return None
        return shift or 0, after + 1, kind

    def number(self, at: int) -> tuple[int, int, int] | None:
        """Return a count as least and most, and the index after it."""
        lexes = self.lexes
        word = lexes.word(at)
        if word.isdecimal():
            grouped = lexes.joined(at) and lexes.word(at - 1) in ",.$€£"
            return None if len(word) > 3 or grouped else (int(word), int(word), at + 1)
        if word == "a" and lexes.word(at + 1) in ("couple", "few"):
            at, word = at + 1, lexes.word(at + 1)
        found = words().numbers.get(word)
        if not found:
            return None
        after = at + 1
        if word == "couple":
            after = lexes.skip(after, "of")
        tens = found[0] >= 20 and found[0] % 10 == 0 and found[0] < 100
        ones = words().numbers.get(lexes.word(after + 1), (0, 0))
        if tens and lexes.word(after) in HYPHENS and 0 < ones[0] < 10:
            return found[0] + ones[0], found[0] + ones[0], after + 2
        return found[0], found[1], after

    def deictic(self, at: int) -> Match | None:
        """Match "yesterday", "tomorrow, Friday", "overnight", "this morning", "last night"."""
        lexes = self.lexes
        word, following = lexes.word(at), lexes.word(at + 1)
        if word == "the" and lexes.word(at + 1) == "day":
            ends = {("before", "yesterday"): -2, ("after", "tomorrow"): 2}
            days = ends.get((lexes.word(at + 2), lexes.word(at + 3)))
            return Match(Deictic(days, days), at + 4) if days else None
        if word == "overnight":
            return Match(Deictic(-1, 0), at + 1)
        if word in ("earlier", "later") and following == "today":
            return Match(Deictic(0, 0), at + 2)
        parts = words().lists.day_parts
        if word in ("this", "last") and following in parts:
            days = -1 if word == "last" else 0
            return Match(Deictic(days, days), at + 2)
        days = words().deictics.get(word)
        if days is None:
            return None
        after = at + 1
        named = self.weekday_name(lexes.skip(after, ",", "("), short=False)
        if named and lexes.word(after) in (",", "("):
            return Match(Deictic(days, days, named[0]), lexes.skip(named[1], ")"))
        return Match(Deictic(days, days), lexes.skip(after, *parts))

    def weekday(self, at: int) -> Match | None:
        """Match "Friday", "last Friday", "Wednesday evening", "Monday of last week"."""
        lexes = self.lexes
        begin, shift = at, None
        if lexes.word(at) in ("last", "next", "this", "coming", "past"):
            begin, shift = at + 1, words().shifts[lexes.word(at)]
            if shift == 0 and lexes.word(begin) in ("past", "coming"):
                begin, shift = begin + 1, words().shifts[lexes.word(begin)]
            if lexes.word(begin - 1) == "coming":
                shift = 2
        name = self.weekday_name(begin, short=False)
        if not name:
            plural = lexes.word(begin)
            if plural.endswith("s") and plural[:-1] in words().weekdays and len(plural) > 6:
                return Match(Recurring(), begin + 1) if lexes[begin].raw[0].isupper() else None
            return None
        weekday, after = name
        after = lexes.skip(after, *words().lists.day_parts)
        week = self.neighbour(lexes.skip(after, "of"), "week")
        if week:
            return Match(Weekday(weekday, shift, week[0]), week[1])
        deictic = words().deictics.get(lexes.word(after + 1))
        if deictic is not None and lexes.word(after) in (",", "("):
            return Match(Deictic(deictic, deictic, weekday), lexes.skip(after + 2, ")"))
        return Match(Weekday(weekday, shift), after)

    def anniversary(self, at: int) -> Match | None:
        """Match "this time last year", "two years ago today", "a year ago this week"."""
        lexes = self.lexes
        if lexes.word(at) == "this" and lexes.word(at + 1) == "time":
            last = lexes.word(at + 2) in ("last", "a") and lexes.word(at + 3) == "year"
            ago = lexes.word(at + 2) == "last" or lexes.word(at + 4) == "ago"
            if last and ago:
                return Match(Anniversary(1, 14), at + 4 + (lexes.word(at + 2) == "a"))
            return None
        found = self._count(at)
        if not found or found[0] != found[1] or found[2] != "year":
            return None
        after = found[3]
        if lexes.word(after) != "ago":
            return None
        if lexes.word(after + 1) == "today":
            return Match(Anniversary(found[0], 0), after + 2)
        spans = {"week": 7, "month": 30}
        if lexes.word(after + 1) == "this" and lexes.word(after + 2) in spans:
            return Match(Anniversary(found[0], spans[lexes.word(after + 2)]), after + 3)
        return None

    def recurring(self, at: int) -> Match | None:
        """Match "every Friday", "each year", "annually"."""
        lexes = self.lexes
        if lexes.word(at) in words().lists.recurring:
            return Match(Recurring(), at + 1)
        if lexes.word(at) not in ("every", "each"):
            return None
        begin = lexes.skip(at + 1, "other", "single")
        number = self.number(begin)
        if number:
            begin = number[2]
        known = words()
        word = lexes.word(begin)
        if word in known.units or word in known.weekdays or word in known.seasons:
            return Match(Recurring(), begin + 1)
        if word in known.months and lexes[begin].raw[0].isupper():
            return Match(Recurring(), begin + 1)
        return None

    def unit(self, at: int) -> Match | None:
        """Match a unit told from the day of writing or from an event: "last month"."""
        lexes = self.lexes
        begin = at
        if lexes.word(at) in ("earlier", "later"):
            begin = lexes.skip(lexes.skip(at + 1, "in"), "the", "this")
            kind = words().units.get(lexes.word(begin))
            if begin == at + 1 or not kind or lexes.word(begin).endswith("s"):
                return None
            part: Literal["earlier", "later"] = "later"
            if lexes.word(at) == "earlier":
                part = "earlier"
            if kind == "day":
                return Match(Deictic(0, 0), begin + 1)
            return Match(Shifted(kind, 0, part), begin + 1)
        the = lexes.word(begin) == "the"
        begin += the
        begin += lexes.word(begin) == "this" and lexes.word(begin + 1) in ("past", "coming")
        word = lexes.word(begin)
        if word in ("same", "that") and (the or word == "that"):
            begin = lexes.skip(begin, "that")
            begin = lexes.skip(lexes.skip(begin, "very"), "same")
            kind = words().units.get(lexes.word(begin))
            plural = lexes.word(begin).endswith("s")
            if lexes.word(begin) in words().lists.day_parts:
                kind = "day"
            return (
                Match(Hanging(kind, 0, 0, 0, following=False), begin + 1)
                if kind and not plural
                else None
            )
        if word == "recent":
            kind = words().units.get(lexes.word(begin + 1))
            several = kind and lexes.word(begin + 1).endswith("s")
            return Match(Stretch(kind, 2, 5, -1), begin + 2) if kind and several else None
        shift = words().shifts.get(word)
        if shift is None:
            if the and lexes.word(begin) in words().units:
                return self._of_event(begin, (1, 1), begin, definite=True) or self._weekend(at)
            if the and lexes.word(begin) in words().lists.day_parts:
                return self._of_event(begin, (1, 1), begin, definite=True)
            return None
        return self._neighbours(begin, shift, the=the, at=at)

    def _weekend(self, at: int) -> Match | None:
        if self.lexes.word(at + 1) == "weekend" and self.lexes.word(at - 1) in (
            *("over", "at", "during", "on"),
            "for",
        ):
            return Match(Shifted("weekend", 0), at + 2)
        return None

    def _neighbours(self, begin: int, shift: int, *, the: bool, at: int) -> Match | None:
        """Match what follows "last", "this", "the next": a unit, or a number of units."""
        lexes = self.lexes
        word = lexes.word(begin)
        sign = -1 if word in _BACK else 1
        number = self.number(begin + 1)
        after = number[2] if number else begin + 1
        name = lexes.word(after)
        kind = words().units.get(name)
        if kind is None or (shift == 0 and number):
            if the and sign and lexes.word(begin + 1) in words().lists.day_parts and not number:
                return Match(Hanging("day", 1, 1, sign, following=False), begin + 2)
            return None
        if number:
            return Match(Stretch(kind, number[0], number[1], sign), after + 1)
        if name.endswith("s"):
            return Match(Stretch(kind, 2, 5, sign), after + 1) if shift else None
        if word in ("following", "previous", "preceding") or (the and kind == "day" and shift):
            if kind == "year" and word == "previous":
                return Match(Shifted("year", -1), after + 1)
            return Match(Hanging(kind, 1, 1, sign, following=False), after + 1)
        stretching = lexes.word(at - 1) in ("over", "in", "during", "within", "throughout", "for")
        small = kind in ("minute", "hour", "day")
        past = word in ("past", "coming") and kind not in ("weekend",)
        if shift and (
            past or small or (the and ((stretching and kind != "quarter") or kind == "decade"))
        ):
            return Match(Stretch(kind, 1, 1, sign), after + 1)
        return Match(Shifted(kind, shift), after + 1)

    def length(self, at: int) -> Match | None:
        """Match a number of units, and what makes it a point in time: "two days ago"."""
        lexes = self.lexes
        word = lexes.word(at)
        if word in ("in", "within") and (inner := self._count(at + 1)):
            low, high, kind, after, days = inner
            if lexes.word(after) not in ("ago", "before", "after", "earlier", "later"):
                if self._is_counted(at):
                    return Match(Length(days), after)
                if word == "within":
                    return Match(Stretch(kind, low, high, 1), after)
                return Match(Moved(kind, low, high, 1), after) if kind != "decade" else None
        if word in words().units and word.endswith("s"):
            return self._of_event(at, (2, 6), at, definite=False)
        if word in ("the", "in") and lexes.word(at + lexes[at + 1].word.count("the") + 1) in (
            words().lists.day_parts
        ):
            after = lexes.skip(at + 1, "the")
            whole = word == "in" and after == at + 2
            return Match(Clock(), after + 1) if whole else None
        found = self._count(at)
        if not found:
            return None
        low, high, kind, after, days = found
        if lexes.word(after) == "old" or lexes.word(after + 1) == "old":
            return Match(None, after + 1)
        if lexes.word(after) == "ago":
            return Match(Moved(kind, low, high, -1), after + 1)
        if lexes.word(after) == "from" and lexes.word(after + 1) == "now":
            return Match(Moved(kind, low, high, 1), after + 2)
        event = self._of_event(after - 1, (low, high), after - 1, definite=False)
        if event:
            return event
        if word == "a" and kind == "quarter":
            return None
        if word in ("a", "an", "one") and kind != "century" and after == at + 2 and low == high:
            # "15 a year" is a rate, "a day" mostly no time at all: only with a preposition.
            if lexes.word(at - 1) not in ("for", "than", "within", "over", "after", "about"):
                return None
        return Match(Length(days), after)

    def _is_counted(self, at: int) -> bool:
        """Tell whether what lies behind is counted: "the second attack in a week"."""
        known = words()
        told = {self.lexes.word(i) for i in range(max(0, at - _COUNTED), at)}
        return not told.isdisjoint(known.lists.counting) or any(w in known.ordinals for w in told)

    def _count(self, at: int) -> tuple[int, int, Unit, int, float] | None:
        """Match a number of units: least, most, unit, index after, length in days."""
        lexes = self.lexes
        if lexes.word(at) == "half":
            begin = lexes.skip(at + 1, "a", "an", *HYPHENS)
            kind = words().units.get(lexes.word(begin))
            if begin == at + 1 or not kind:
                return None
            return 1, 1, kind, begin + 1, words().unit_days[kind] / 2
        number = self.number(at)
        if not number:
            return None
        low, high, after = number
        extra = 0.0
        if [lexes.word(after + k) for k in range(3)] == ["and", "a", "half"]:
            after, extra = after + 3, 0.5
        elif lexes.word(after) in ("to", "or", *HYPHENS) and (more := self.number(after + 1)):
            if more[0] > low:
                high, after = more[1], more[2]
        hyphen = lexes.word(after) in HYPHENS
        after += hyphen
        kind = words().units.get(lexes.word(after))
        if not kind:
            return None
        after += 1
        if lexes.word(after) in HYPHENS and lexes.word(after + 1) == "long":
            after += 2
        return low, high, kind, after, ((low + high) / 2 + extra) * words().unit_days[kind]

    def _of_event(
        self, at: int, count: tuple[int, int], unit_at: int, *, definite: bool
    ) -> Match | None:
        """Match "after", "before", "later" behind a unit: a distance from an event."""
        lexes = self.lexes
        part = definite and lexes.word(unit_at) in words().lists.day_parts
        kind = "day" if part else words().units.get(lexes.word(unit_at))
        if not kind:
            return None
        after = at + 1
        word = lexes.word(after)
        if word in ("later", "earlier") and not definite:
            sign = 1 if word == "later" else -1
            follows = lexes.word(after + 1) == "than"
            return Match(Hanging(kind, *count, sign, following=follows), after + 1 + follows)
        sign = 1 if word in _AFTER else -1 if word in _BEFORE else 0
        if not sign or (word == "ahead" and lexes.word(after + 1) != "of"):
            return None
        end = lexes.skip(after + 1, "to", "of")
        follows = lexes.word(end).isalnum() or lexes.word(end) in ("“", '"')
        follows = follows and lexes.word(end) not in words().lists.going_on
        return Match(Hanging(kind, *count, sign, following=follows), end)
