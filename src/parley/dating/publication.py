"""On which days a report can have been written: constraints over candidate days.

Every clue gives each candidate day a ratio: how likely news written on that day would
put the thing so, against how it usually does (`data/habits.toml`).  Ratios multiply, so
their logarithms add up; a clue that a day contradicts all but takes it out.  What
remains, if it is narrow and holds enough of the whole, is the window.
docs/decisions/dating.md tells the method and its measure.

A `Track` holds one number for each candidate day; tracks are built whole, from runs that
repeat with the year or the week, which keeps ten thousand days in a few milliseconds.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeAlias

from msgspec import Struct

from parley.dating.clues import Clues, DateClue, WeekdayClue
from parley.dating.habits import habits
from parley.dating.meanings import Calendar, Deictic, Direction, Expression, Shifted
from parley.dating.windows import make_day, month_window

Track: TypeAlias = list[float]

# Later years than these after the latest that a text names are not considered.
_YEARS_ON = 11
_MOST_CLUES = 10
_RULED_OUT = -20.0


class Weighing(Struct, frozen=True):
    """Candidate days from the day of ordinal `first` on, and the logarithms of their weights."""

    first: int
    logs: Sequence[float]

    @property
    def best(self) -> int:
        """Return the ordinal of the day with the most weight."""
        return self.first + max(range(len(self.logs)), key=self.logs.__getitem__)

    def log_at(self, ordinal: int) -> float:
        """Return the logarithm of the weight of a day; minus infinity for no candidate."""
        index = ordinal - self.first
        return self.logs[index] if 0 <= index < len(self.logs) else -math.inf

    def share(self, start: int, end: int) -> float:
        """Return the share of the whole that the days from `start` to `end` hold."""
        top = max(self.logs)
        weights = [math.exp(log - top) for log in self.logs]
        return sum(weights[start - self.first : end - self.first + 1]) / sum(weights)


def weigh(clues: Clues, *, also: Sequence[date] = ()) -> Weighing | None:
    """Weigh the days on which a text can have been written.

    The candidates are the days of the years that its clues bound, and of the years of
    `also`.  None where no year is told.
    """
    years = _candidate_years(clues, also)
    if not years:
        return None
    scale = _Scale(clues, years)
    tracks = [scale.base(), *scale.dates(), scale.coincidences(), *scale.specials()]
    return Weighing(scale.first, [sum(logs) for logs in zip(*tracks, strict=True)])


def _candidate_years(clues: Clues, also: Sequence[date]) -> range:
    latest, _ = _latest_year(clues)
    years = [day.year for day, _ in clues.page_dates]
    years += [clue.year for clue in clues.datelines if clue.year]
    bounds = [clue.landmark.day.year for clue in clues.landmarks]
    if latest is not None:
        bounds.append(latest)
    if bounds:
        years += [max(bounds), max(bounds) + _YEARS_ON]
    if not years:
        return range(0)
    years += [day.year for day in also]
    return range(max(1, min(years)), min(9999, max(years)) + 1)


def _latest_year(clues: Clues) -> tuple[int | None, bool]:
    """Return the latest year named that may bound the writing, and if it stands bare."""
    behind = [clue for clue in clues.years if clue.direction == "past"]
    behind = behind or [clue for clue in clues.years if clue.direction is None]
    if not behind:
        return None, False
    latest = max(clue.year for clue in behind)
    return latest, any(
        clue.bare and clue.direction == "past" for clue in behind if clue.year == latest
    )


class _Scale:
    """Builds the tracks of one text over a range of years."""

    def __init__(self, clues: Clues, years: range) -> None:
        self.clues = clues
        self.years = years
        self.rates = habits()
        self.first = date(years.start, 1, 1).toordinal()
        self.end = date(years.stop - 1, 12, 31).toordinal() + 1
        self.size = self.end - self.first
        self._occurs = {id(c): self._occurrences(c) for c in clues.dates[:_MOST_CLUES]}

    # What repeats with the year, the month and the week

    def base(self) -> Track:
        """Return the track of the years named, the months named and the weekdays."""
        months = [
            sum(self._month_log(e, month) for e in self.clues.months[:_MOST_CLUES])
            for month in range(1, 13)
        ]
        track: Track = []
        for year in self.years:
            log = self._year_log(year)
            for month in range(1, 13):
                following = date(year + month // 12, month % 12 + 1, 1) if year < 9999 else None
                days = (following - date(year, month, 1)).days if following else 31
                track += [log + months[month - 1]] * days
        track = track[: self.size]
        week = self._week()
        start = (self.first + 6) % 7
        turned = week[start:] + week[:start]
        return [log + turned[index % 7] for index, log in enumerate(track)]

    def _year_log(self, year: int) -> float:
        rates = self.rates
        log = 0.0
        latest, bare = _latest_year(self.clues)
        if latest is not None and year >= latest:
            table = rates.bare_year if bare else rates.full_year
            log += math.log(table[min(year - latest, len(table) - 1)])
        for named, direction in {(clue.year, clue.direction) for clue in self.clues.years}:
            if direction == "future":
                log += math.log(rates.after_ahead) if year > named else 0.0
            elif year < named:
                log += math.log(rates.before_past if direction == "past" else rates.before_open)
        return log

    def _month_log(self, e: Expression, written: int) -> float:
        month = e.meaning.month or 1 if isinstance(e.meaning, Calendar) else 1
        back, forth = (written - month) % 12, (month - written) % 12
        months = {"past": back, "future": forth}.get(e.direction or "", min(back, forth))
        log = max(-months / 3, math.log(self.rates.near_floor))
        for other in self.clues.shifted[:_MOST_CLUES]:
            meaning = other.meaning
            if (
                isinstance(meaning, Shifted)
                and meaning.unit == "month"
                and other.direction == e.direction
                and (written + meaning.shift - month) % 12 == 0
            ):
                log += math.log(self.rates.same_window)
        return log

    def _week(self) -> Track:
        """Return the weights of the seven weekdays of writing, Monday first."""
        distinct = {(c.weekday, c.direction, c.offset, c.spoken) for c in self.clues.weekdays}
        return [
            sum(math.log(self._weekday_ratio(*key, today)) for key in sorted(distinct, key=repr))
            for today in range(7)
        ]

    def _weekday_ratio(
        self,
        weekday: int,
        direction: Direction | None,
        offset: int | None,
        spoken: bool,
        today: int,
    ) -> float:
        ahead = (weekday - today) % 7
        if offset is not None:
            return 1.0 if ahead == offset % 7 else self.rates.contradiction
        forward = self.rates.weekday_ahead[ahead]
        behind = self.rates.spoken_behind if spoken else self.rates.weekday_behind
        backward = behind[(7 - ahead) % 7]
        if direction == "future":
            return forward
        return backward if direction == "past" else max(backward, forward * 0.3)

    # Dates in the text

    def _occurrences(self, clue: DateClue) -> list[int]:
        """Return the ordinals of a date in its year, or in every year and those beside."""
        near = range(max(1, self.years.start - 8), min(9999, self.years.stop + 8) + 1)
        days = (make_day(year, clue.month, clue.day) for year in (*near, clue.year or 0))
        return sorted(
            {d.toordinal() for d in days if d and (clue.year is None or d.year == clue.year)}
        )

    def dates(self) -> Iterator[Track]:
        """Yield a track for each date in the text: how near it lies to the writing."""
        for clue in self.clues.dates[:_MOST_CLUES]:
            yield self._of_full_date(clue) if clue.year is not None else self._of_date(clue)

    def _of_full_date(self, clue: DateClue) -> Track:
        rates = self.rates
        floor = math.log(rates.full_floor)
        before = {"past": rates.before_past, "future": 1.0}.get(
            clue.direction or "", rates.before_open
        )
        after = rates.after_ahead if clue.direction == "future" else 1.0
        day = next(iter(self._occurs[id(clue)]), 0)
        return [
            math.log(before)
            if ordinal < day
            else max((day - ordinal) / rates.full_days, floor)
            + (math.log(after) if after < 1 else 0)
            for ordinal in range(self.first, self.end)
        ]

    def _of_date(self, clue: DateClue) -> Track:
        occurs = self._occurs[id(clue)]
        near = self._nearness(clue)
        track: Track = []
        at = bisect_right(occurs, self.first) - 1
        if at < 0 or len(occurs) < 2:
            return [0.0] * self.size
        while len(track) < self.size and at + 1 < len(occurs):
            length = occurs[at + 1] - occurs[at]
            skip = max(0, self.first - occurs[at])
            back = near[:length]
            forth = [near[0], *near[length - 1 : 0 : -1]]
            if clue.direction == "past":
                run = back
            elif clue.direction == "future":
                run = forth
            else:
                run = [max(pair) for pair in zip(back, forth, strict=True)]
            track += run[skip:]
            at += 1
        track = (track + [0.0] * self.size)[: self.size]
        return self._with_weekday(clue, self._with_month(clue, track))

    def _with_month(self, clue: DateClue, track: Track) -> Track:
        """Weigh up the days from which "last month" holds a date that is told as well."""
        shifts = {
            e.meaning.shift
            for e in self.clues.shifted[:_MOST_CLUES]
            if isinstance(e.meaning, Shifted)
            and e.meaning.unit == "month"
            and e.direction == clue.direction
        }
        for shift in shifts:
            for year in self.years:
                for month in range(1, 13):
                    if (month + shift - clue.month) % 12 == 0:
                        window = month_window(year, month)
                        first = window[0].toordinal() - self.first if window else 0
                        last = window[1].toordinal() - self.first if window else -1
                        for index in range(first, last + 1):
                            track[index] += math.log(self.rates.same_window)
        return track

    def _nearness(self, clue: DateClue) -> Track:
        """Return the weight of a date by how many days it lies from the writing."""
        rates = self.rates
        floor = math.log(rates.near_floor)
        spread = rates.since_days if clue.since else rates.near_days
        logs = [max(-gap / spread, floor) for gap in range(8 * 366 + 1)]
        if self.clues.weekdays and not clue.since:
            for gap in range(1, 7):
                logs[gap] += math.log(rates.date_within_week)
        return logs

    def _with_weekday(self, clue: DateClue, track: Track) -> Track:
        """Weigh down the days from which a date does not fall on the weekday told with it."""
        if clue.weekday is None:
            return track
        wrong = math.log(self.rates.contradiction)
        occurs = self._occurs[id(clue)]
        for index in range(self.size):
            day = _meant(occurs, self.first + index, clue.direction)
            if (day + 6) % 7 != clue.weekday:
                track[index] += wrong
        return track

    # Two ways of telling one day

    def _pairs(self) -> Iterator[tuple[WeekdayClue | Expression, DateClue, float]]:
        """Yield weekdays and "yesterday"s, and the dates that may be the same days."""
        rates = self.rates
        told: list[WeekdayClue | Expression] = [
            *self.clues.weekdays[:_MOST_CLUES],
            *self.clues.deictics[:_MOST_CLUES],
        ]
        for clue in told:
            source = clue.source if isinstance(clue, WeekdayClue) else clue
            side = _side(clue)
            for named in self.clues.dates[:_MOST_CLUES]:
                if side is None or named.direction not in (None, side) or named.since:
                    continue
                if side == "past" and source.spoken != named.source.spoken:
                    continue
                ratio = rates.coincidence if named.direction else rates.open_coincidence
                if source.words & named.source.words:
                    ratio *= rates.shared_words
                if named.year is not None:
                    ratio *= rates.full_coincidence
                elif self.clues.weekdays:
                    ratio /= rates.date_within_week
                yield clue, named, math.log(ratio)

    def coincidences(self) -> Track:
        """Return the track of the days on which a weekday and a date are one day.

        Of several such pairs on either side of the writing the best counts alone: three
        mentions of one Wednesday prove no more than one.
        """
        best: dict[tuple[Direction, int], float] = {}
        for clue, named, log in self._pairs():
            side = _side(clue)
            if side is None:
                continue
            for day in self._occurs[id(named)]:
                for written in _written_on(clue, day):
                    key = (side, written)
                    best[key] = max(best.get(key, 0.0), log)
        track = [0.0] * self.size
        for (_, written), log in best.items():
            if self.first <= written < self.end:
                track[written - self.first] += log
        return track

    # Datelines, landmarks, the page

    def specials(self) -> Iterator[Track]:
        """Yield the tracks of the dateline, the landmarks and the page's own date."""
        rates = self.rates
        for clue in self.clues.datelines[:1]:
            yield self._of_dateline(clue)
        for landmark in self.clues.landmarks[:_MOST_CLUES]:
            begin = landmark.landmark.day.toordinal()
            before = max(0, min(self.size, begin - self.first))
            track = [math.log(rates.before_landmark)] * before + [0.0] * (self.size - before)
            if landmark.month == landmark.landmark.day.month:
                for index in range(min(self.size, max(0, before + 365)), self.size):
                    track[index] = math.log(rates.after_landmark_month)
            yield track
        pages = [day.toordinal() for day, _ in self.clues.page_dates]
        if pages:
            later, same = math.log(rates.page_later), math.log(rates.page_same)
            yield [
                same if day in pages else later if day > max(pages) else 0.0
                for day in range(self.first, self.end)
            ]

    def _of_dateline(self, clue: DateClue) -> Track:
        rates = self.rates
        outside = -math.log(rates.own_line) if clue.own_line else _RULED_OUT
        track = [outside] * self.size
        for year in [clue.year] if clue.year else self.years:
            day = make_day(year, clue.month, clue.day)
            if day is None:
                continue
            wrong = clue.weekday is not None and day.weekday() != clue.weekday
            for late, ratio in enumerate(rates.dateline):
                index = day.toordinal() + late - self.first
                if 0 <= index < self.size:
                    log = math.log(ratio) + (math.log(rates.contradiction) if wrong else 0.0)
                    track[index] = max(track[index], log)
        return track


def _side(clue: WeekdayClue | Expression) -> Direction | None:
    """Return on which side of the writing a day lies; None for "today" and open weekdays."""
    if isinstance(clue, WeekdayClue):
        return clue.direction if not clue.offset else "past" if clue.offset < 0 else "future"
    first = clue.meaning.first if isinstance(clue.meaning, Deictic) else 0
    return "past" if first < 0 else "future" if first > 0 else None


def _written_on(clue: WeekdayClue | Expression, day: int) -> Iterator[int]:
    """Yield the days of writing from which a weekday or a "yesterday" means a day."""
    if isinstance(clue, WeekdayClue):
        if (day + 6) % 7 != clue.weekday:
            return
        if clue.offset is None:
            yield from (
                range(day - 6, day + 1) if clue.direction == "future" else range(day, day + 7)
            )
        else:
            yield day - clue.offset
    elif isinstance(clue.meaning, Deictic):
        yield day - clue.meaning.first


def _meant(occurs: Sequence[int], today: int, direction: Direction | None) -> int:
    """Return which occurrence of a date is meant on a day."""
    behind = bisect_right(occurs, today) - 1
    ahead = bisect_left(occurs, today)
    back = occurs[behind] if behind >= 0 else occurs[0]
    forth = occurs[ahead] if ahead < len(occurs) else occurs[-1]
    if direction == "past":
        return back
    if direction == "future":
        return forth
    return back if today - back <= forth - today else forth
