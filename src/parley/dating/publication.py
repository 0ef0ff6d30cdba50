"""On which days a report can have been written: a likelihood over candidate days.

Every clue gives each candidate day a probability: how likely a report of that day would
tell the thing so.  Their logarithms add up.  What a day contradicts (a weekday that its
date does not have, a past day that lies ahead) all but takes it out; all else are a few
densities, whose parameters are in `data/habits.toml`:

    a bare weekday           by days behind or ahead, 0 to 6
    a date without a year    two exponentials: news, days old, and background, months old
    the latest year named    a power of the years since, which has no scale of its own
    the page's own date      the report's, or else a bound from which reports thin out
    a weekday and a date     that fall on one day are likelier one day than by chance

docs/decisions/dating.md tells the method and its measure.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import chain
from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from parley.dating.clues import (
    LEAD_PARAGRAPHS,
    Clues,
    DateClue,
    PinClue,
    WeekdayClue,
    day_of,
)
from parley.dating.feasts import holiday_windows
from parley.dating.habits import habits
from parley.dating.meanings import Calendar, Deictic, Direction, Expression, Holiday
from parley.dating.pages import PageClue
from parley.dating.surroundings import surrounding_tracks
from parley.dating.windows import make_day
from parley.dating.words import words
from parley.dating.years import Days, days_of, occurrences

Track: TypeAlias = NDArray[np.float64]
# A bound from without: given the ordinals of the candidate days, the logarithm of how
# well each fits what else is known (an office holder's term, what other reports tell).
Bound: TypeAlias = Callable[[Days], Track]

# Later years than these after the latest that a text names are not considered.
_YEARS_ON = 30
_OPEN_YEARS = 5
# Press that comes as files is of these years; nothing else is known of a bare text.
_ERA = (1990, 2040)
_MOST_CLUES = 12
_RULED_OUT = -20.0
_IMPOSSIBLE = -1e4
# How many days behind a weekday's date lies that stands by "last", "this", "next", "coming".
_BESIDE = {-1: (1, 8), 0: (-6, 6), 1: (-13, -2), 2: (-7, -1)}
# Days: farther off is as good as never, and no date lies as far off as the second.
_FAR = 40000
_EVER = 10_000_000


class Weighing(Struct, frozen=True):
    """Candidate days from the day of ordinal `first` on, and the logarithms of their weights."""

    first: int
    logs: Track

    def shares(self) -> Track:
        """Return the share of the whole that each day holds."""
        weights = np.exp(self.logs - self.logs.max())
        return np.asarray(weights / weights.sum(), dtype=np.float64)

    def log_at(self, ordinal: int) -> float:
        """Return the logarithm of the weight of a day; minus infinity for no candidate."""
        index = ordinal - self.first
        return float(self.logs[index]) if 0 <= index < len(self.logs) else -math.inf

    def window(self) -> tuple[int, int, float] | None:
        """Return the window that tells the day, as ordinals, and its share of the whole.

        The narrowest one that holds the share that is asked for, or nine tenths of what
        the longest allowed holds; a day alone where it stands out from all others.  None
        where the longest holds too little.
        """
        rates = habits()
        shares = self.shares()
        sums = np.concatenate(([0.0], np.cumsum(shares)))

        def best(length: int) -> tuple[int, int, float]:
            held = sums[length:] - sums[:-length]
            at = int(held.argmax())
            return self.first + at, self.first + at + length - 1, float(held[at])

        longest = min(rates.longest_window, len(self.logs))
        most = best(longest)[2]
        if most < rates.least_share:
            return None
        day = best(1)
        if self._stands_out(day, shares):
            return day
        wider = (best(length) for length in range(2, longest + 1))
        wanted = min(rates.share, 0.9 * most)
        return next(window for window in chain([day], wider) if window[2] >= wanted)

    def _stands_out(self, day: tuple[int, int, float], shares: Track) -> bool:
        """Tell whether the likeliest day stands for its window: two Wednesdays are no week."""
        rates = habits()
        if day[2] < rates.day_share:
            return False
        others = np.delete(shares, day[0] - self.first)
        return day[2] >= rates.day_apart * float(others.max())


def weigh(
    clues: Clues,
    *,
    also: Sequence[date] = (),
    bounds: Sequence[Bound] = (),
    today: date | None = None,
) -> Weighing:
    """Weigh the days on which a text can have been written.

    The candidates are the days of the years that its clues bound, and of the years of
    `also`; `bounds` add what is known from without.  None lies behind `today`, the day on
    which the text is read (default: that of this machine), or behind the day after it:
    somewhere it is tomorrow already.
    """
    years = _candidate_years(clues, also)
    scale = Scale(clues, years)
    logs = np.zeros(scale.size)
    for track in scale.tracks():
        logs += track
    for bound in bounds:
        logs += bound(scale.days)
    limit = (today or date.today()).toordinal() + 1
    logs[max(0, limit + 1 - scale.first) :] = _IMPOSSIBLE
    return Weighing(scale.first, logs)


def _candidate_years(clues: Clues, also: Sequence[date]) -> range:
    """Return the years from the latest that is told as past, or from what bounds it."""
    told = [day.year for page in clues.pages if page.kind != "day" for day in page.days]
    told += [pin.year for pin in clues.pins if pin.year]
    told += [day.year for day in also]
    # A year of no clear tense may lie ahead: "the 2026 World Cup".
    floors = [clue.landmark.since.year for clue in clues.landmarks if not clue.ahead]
    floors += [clue.year for clue in clues.years if clue.direction == "past"]
    floors += [day.year for day, _, _ in clues.floors]
    floors += [clue.year - _OPEN_YEARS for clue in clues.years if clue.direction is None]
    low = min([*told, max(floors, default=_ERA[0])])
    high = max([*told, max([*floors, _ERA[0]]) + _YEARS_ON, _ERA[1]])
    low, high = max(2, low), min(9998, high)
    return range(min(low, 9990), max(high, 10) + 1)


def latest_year(clues: Clues) -> int | None:
    """Return the latest year that a text names and does not put ahead."""
    years = [clue.year for clue in clues.years if clue.direction != "future"]
    return max([*years, *(day.year for day, _, _ in clues.floors)], default=None)


@cache
def _near(*, since: bool, lead: bool, today: bool, in_week: bool) -> Track:
    """Return how likely a date is told without its year from so many days off, by the days.

    `today`: that of today is told less often so; `in_week`: so are those of a week that the
    report tells by their weekdays.
    """
    rates, gaps = habits(), np.arange(_FAR + 1, dtype=np.int64)
    if since:
        near = np.exp(-gaps / rates.since_days) / rates.since_days + rates.date_floor
    else:
        days = rates.date_lead_days if lead else rates.date_news_days
        news = rates.date_news * np.exp(-gaps / days) / days
        back = (1 - rates.date_news) * np.exp(-gaps / rates.date_back_days) / rates.date_back_days
        near = news + back + rates.date_floor
    if today:
        near[0] *= rates.date_today
    if in_week:
        near[1:7] *= rates.date_within_week
    return np.asarray(near, dtype=np.float64)


@cache
def _near_ahead() -> Track:
    """Return how likely a date is told so many days before it comes, by the days."""
    rates, gaps = habits(), np.arange(_FAR + 1, dtype=np.int64)
    soon, far = rates.ahead_days
    near = np.exp(-gaps / soon) / soon + np.exp(-gaps / far) / far
    return np.asarray(near / 2 + rates.date_floor, dtype=np.float64)


@cache
def _log_near(*, since: bool, lead: bool, today: bool, in_week: bool) -> Track:
    return np.log(_near(since=since, lead=lead, today=today, in_week=in_week))


@cache
def _log_near_ahead() -> Track:
    return np.log(_near_ahead())


class Scale:
    """Builds the tracks of one text over a range of years."""

    def __init__(self, clues: Clues, years: range) -> None:
        self.clues = clues
        self.years = years
        self.rates = habits()
        calendar = days_of(years)
        self.days, self.weekday = calendar.days, calendar.weekday
        self.month, self.year = calendar.month, calendar.year
        self.first, self.size = int(self.days[0]), len(self.days)
        self.common = words().lists.speech | _common(clues)

    def tracks(self) -> Iterator[Track]:
        """Yield the track of every clue."""
        yield self._years()
        yield self._weekdays()
        dates = self.clues.dates[:_MOST_CLUES]
        # Dates of one text go together: many of one month prove hardly more than one.
        partial = [clue for clue in dates if clue.year is None]
        for clue in dates:
            if clue.year is not None:
                yield self._of_full_date(clue)
            else:
                yield self._of_date(clue, share=1 / math.sqrt(len(partial)))
        for e in self.clues.months[:_MOST_CLUES]:
            yield self._of_month(e) / math.sqrt(len(self.clues.months))
        for pin in self.clues.pins[:_MOST_CLUES]:
            yield self._of_pin(pin)
        for page in self._pages():
            yield self._of_page(page)
        yield from surrounding_tracks(self)
        yield self._coincidences()

    # Years

    def _years(self) -> Track:
        """Return what the years say that are named: the same for all days of a year."""
        rates = self.rates
        years = np.arange(self.years.start, self.years.stop, dtype=np.int64)
        logs = np.where(years < _ERA[0], -2.0, 0.0)
        latest = latest_year(self.clues)
        since = [c.landmark.since.year for c in self.clues.landmarks if not c.ahead]
        if latest is not None and latest > max(since, default=0):
            told = [clue for clue in self.clues.years if clue.year == latest]
            bare = all(clue.bare for clue in told)
            itself = rates.year_itself_bare if bare else rates.year_itself_full
            behind = np.maximum(years - latest, 0)
            lasting = told and all(clue.source.relation == "since" for clue in told)
            recent = rates.year_since if lasting else rates.year_recent
            logs = logs + self._years_behind(np.where(behind > 0, behind, 1), recent=recent)
            logs[behind == 0] += math.log(itself)
        for named, direction in {(clue.year, clue.direction) for clue in self.clues.years}:
            if direction == "future":
                logs[years > named] += math.log(rates.after_ahead)
                logs -= rates.year_ahead * np.log1p(np.maximum(named - years, 0))
            else:
                before = rates.before_past if direction == "past" else rates.before_open
                logs[years < named] += math.log(before)
        track: Track = logs[self.year - self.years.start]
        for day, _, _ in self.clues.floors:
            track[self.days < day.toordinal()] += math.log(rates.before_past)
        return track

    def _years_behind(self, behind: Days, *, recent: float) -> Track:
        """Return how likely the latest year that is named lies so many years back.

        `recent` is how often it is a year of the news and its background.
        """
        fall, far = self.rates.year_fall, self.rates.year_far
        near = behind * fall**behind * (1 - fall) ** 2 / fall
        return np.asarray(np.log(recent * near + (1 - recent) * far / (behind + far) ** 2))

    # Weekdays

    def _weekdays(self) -> Track:
        # Told several times, a weekday counts once: as its offset or the lead tell it.
        ranked = sorted(self.clues.weekdays, key=lambda c: (c.offset is None, not c.lead))
        distinct: dict[tuple[int, Direction | None], WeekdayClue] = {}
        for clue in ranked:
            distinct.setdefault((clue.weekday, clue.direction), clue)
        week = np.zeros(7)
        for today in range(7):
            # Of several days behind, that of the news is told first, or spoken of.
            past = [c for c in distinct.values() if c.direction == "past" and c.offset is None]
            first = min(past, key=lambda c: c.source.start, default=None)
            heads = [c for c in past if c is first or c.spoken]
            news = min(heads, key=lambda c: (today - c.weekday) % 7, default=None)
            for clue in distinct.values():
                is_news = clue is news or clue.direction != "past"
                week[today] += math.log(self._weekday_share(clue, today, is_news=is_news))
        return np.asarray(week[self.weekday], dtype=np.float64)

    def _weekday_share(self, clue: WeekdayClue, today: int, *, is_news: bool) -> float:
        rates = self.rates
        ahead = (clue.weekday - today) % 7
        if clue.offset is not None:
            return 1.0 if ahead == clue.offset % 7 else rates.error
        back = (7 - ahead) % 7
        if clue.shift is not None and clue.shift < 0:
            return rates.weekday_last[(back - 1) % 7]
        behind = rates.weekday_lead if clue.lead else rates.weekday_behind
        behind = rates.weekday_spoken if clue.spoken else behind
        if any(pin.kind == "dateline" for pin in self.clues.pins) and (clue.lead or clue.spoken):
            behind = rates.weekday_dated
        if clue.shift == 0:
            behind = rates.weekday_dated
        elif not is_news:
            # Were it today, it would be the news.
            behind = rates.weekday_behind
            if back == 0:
                return behind[0] * rates.weekday_not_news
        if clue.direction == "future":
            return rates.weekday_ahead[ahead]
        if clue.direction == "past":
            return behind[back]
        return (
            rates.weekday_open * behind[back]
            + (1 - rates.weekday_open) * (rates.weekday_ahead[ahead])
        )

    # Dates

    def occurs(self, clue: DateClue | PinClue) -> Days:
        """Return the ordinals of a date in the years about: those of its weekday, if told."""
        first, last = self.years.start - 8, self.years.stop + 8
        years = range(clue.year, clue.year + 1) if clue.year else range(first, last + 1)
        if isinstance(clue, DateClue) and clue.holiday is not None:
            return self._of_holiday(clue.holiday, years)
        return occurrences(years, clue.month, clue.day, clue.weekday)

    @staticmethod
    def _of_holiday(holiday: Holiday, years: Sequence[int]) -> Days:
        days = [
            low.toordinal() + at
            for year in years
            for low, high in holiday_windows(holiday, year)
            for at in range((high - low).days + 1)
        ]
        return np.array(sorted(set(days)) or [0], dtype=np.int64)

    def _inside(self, days: Days) -> Days:
        """Return where on the scale those of some days stand that are on it."""
        return days[(days >= self.first) & (days < self.first + self.size)] - self.first

    def _gaps(self, occurs: Days) -> tuple[Days, Days]:
        """Return for each day how far the date lies behind it, and how far ahead."""
        days = self.days
        starts = np.zeros(self.size, dtype=np.int64)
        starts[self._inside(occurs)] = 1
        # How many occurrences lie before each day, and on it.
        before = int(np.searchsorted(occurs, self.first))
        upto = np.cumsum(starts) + before
        edged = np.concatenate(([-_EVER], occurs, [_EVER]))
        back = np.minimum(days - edged[upto], _FAR)
        forth = np.minimum(edged[upto + 1 - starts] - days, _FAR)
        return back, forth

    def _of_date(self, clue: DateClue, *, share: float) -> Track:
        back, forth = self._gaps(self.occurs(clue))
        lead = clue.weekday is not None or clue.source.spoken or clue.derived
        lead = lead or clue.source.paragraph < LEAD_PARAGRAPHS
        plain = not clue.since and not clue.derived
        how = {
            "since": clue.since,
            "lead": lead,
            "today": plain,
            "in_week": plain and bool(self.clues.weekdays) and clue.weekday is None,
        }
        share = 1.0 if clue.weekday is not None else share
        if clue.beside not in _BESIDE and clue.direction is not None:
            # Looked up as a logarithm: to work it out takes longest.
            past = clue.direction == "past"
            logs = _log_near(**how)[back] if past else _log_near_ahead()[forth]
            return np.asarray(logs * share)
        behind, ahead = _near(**how)[back], _near_ahead()[forth]
        if clue.direction == "past":
            near = behind
        elif clue.direction == "future":
            near = ahead
        else:
            near = self.rates.date_open * behind + (1 - self.rates.date_open) * ahead
        if clue.beside in _BESIDE:
            low, high = _BESIDE[clue.beside]
            off = np.where(back < forth, back, -forth)
            near = np.where((off >= low) & (off <= high), near, near * self.rates.error)
        return np.asarray(np.log(near) * share)

    def _of_full_date(self, clue: DateClue) -> Track:
        rates = self.rates
        day = day_of(clue)
        logs = np.zeros(self.size)
        if day is None:
            return logs
        at = day.toordinal()
        if clue.direction == "future":
            logs[self.days > at] = math.log(rates.after_ahead)
            gap = np.maximum(at - self.days, 0)
            return np.asarray(logs + np.log(_near_ahead()[np.minimum(gap, _FAR)] + 1e-4))
        before = rates.before_past if clue.direction == "past" else rates.before_open
        if clue.source.paragraph < LEAD_PARAGRAPHS and not clue.since:
            news = np.exp(-np.maximum(self.days - at, 0) / rates.date_lead_days)
            far = (1 - rates.full_news) / 3650
            logs = np.log(rates.full_news * news / rates.date_lead_days + far) - math.log(far)
        logs[self.days < at] = math.log(before)
        return logs

    def _of_month(self, e: Expression) -> Track:
        month = (e.meaning.month or 1) if isinstance(e.meaning, Calendar) else 1
        back, forth = (self.month - month) % 12, (month - self.month) % 12
        if isinstance(e.meaning, Calendar) and e.meaning.shift == -1:
            back = np.where(back == 0, 12, back)
        if e.direction == "future":
            gap = forth
        elif e.direction == "past" or (isinstance(e.meaning, Calendar) and e.meaning.shift == -1):
            gap = back
        else:
            gap = np.minimum(back, forth + 1)
        return np.asarray(-gap / self.rates.month_spread, dtype=np.float64)

    def _of_pin(self, pin: PinClue) -> Track:
        rates = self.rates
        share = np.full(self.size, math.exp(_RULED_OUT))
        wrong = 1.0
        days = [d for y in self._pin_years(pin) if (d := make_day(y, pin.month, pin.day))]
        for day in days:
            wrong = 1.0
            if pin.weekday is not None and day.weekday() != pin.weekday:
                wrong = rates.error
            for late, part in ((0, rates.pin_same), (1, rates.pin_next)):
                index = day.toordinal() - pin.offset + late - self.first
                if 0 <= index < self.size:
                    share[index] = max(share[index], part * wrong)
        return np.asarray(np.log(share), dtype=np.float64)

    def _pin_years(self, pin: PinClue) -> Sequence[int]:
        return [pin.year] if pin.year else self.years

    # The page

    def _pages(self) -> list[PageClue]:
        """Return one clue of the page: its own date, else the earliest bound."""
        kinds = ("own", "open", "later", "rights")
        full = [page for page in self.clues.pages if page.kind != "day"]
        full.sort(key=lambda p: (kinds.index(p.kind), min(p.days)))
        return full[:1] + [page for page in self.clues.pages if page.kind == "day"][:1]

    def _of_page(self, page: PageClue) -> Track:
        rates = self.rates
        share = np.zeros(self.size)
        if page.kind == "day":
            named = np.isin(self.days, [day.toordinal() for day in page.days])
            track = np.log(np.where(named, rates.page_day, (1 - rates.page_day) / 365))
            return np.asarray(track, dtype=np.float64)
        for day in page.days:
            gap = day.toordinal() - self.days
            own = {"own": 0.95, "open": rates.page_own}.get(page.kind, 0.0)
            wrong = rates.rights_wrong if page.kind == "rights" else rates.page_wrong
            wrong = wrong if page.since is None else rates.span_wrong
            # A density over the days behind: (gap + s) ** -2, whose integral is 1 / s.
            behind = rates.page_days / (np.maximum(gap, 0) + rates.page_days) ** 2.0
            out = (gap < 0) if page.since is None else (gap < 0) | (self.year < page.since)
            one = np.where(out, wrong / 3650, (1 - own - wrong) * behind)
            share += np.where(gap == 0, one + own, one)
        return np.asarray(np.log(share), dtype=np.float64)

    # Two ways of telling one day

    def _coincidences(self) -> Track:
        """Return the track of the days on which a weekday and a date are one day.

        Of several such pairs on either side of the writing the best counts alone: three
        mentions of one Wednesday prove no more than one.
        """
        tracks: dict[Direction, Track] = {}
        told: list[WeekdayClue | Expression] = [
            *self.clues.weekdays[:_MOST_CLUES],
            *self.clues.deictics[:_MOST_CLUES],
        ]
        for clue in told:
            side = _side(clue)
            for named in self.clues.dates[:_MOST_CLUES]:
                log = self._pair_log(clue, named, side)
                if side is None or log <= 0:
                    continue
                track = tracks.setdefault(side, np.zeros(self.size))
                days = self._inside(_written_on(clue, self.occurs(named)))
                track[days] = np.maximum(track[days], log)
        return sum(tracks.values(), np.zeros(self.size))

    def _pair_log(
        self, clue: WeekdayClue | Expression, named: DateClue, side: Direction | None
    ) -> float:
        rates = self.rates
        source = clue.source if isinstance(clue, WeekdayClue) else clue
        if named.direction not in (None, side) or named.since:
            return 0.0
        if source.sentence == named.source.sentence and not named.derived:
            # Of two times in one sentence each tells a day of its own.
            return 0.0
        shared = len((source.words & named.source.words) - self.common)
        least = rates.derived if named.derived else rates.together
        one = max(least, 1 - rates.apart ** min(shared, 5))
        return math.log(1 + 7 * one / (1 - one))


def _common(clues: Clues) -> frozenset[str]:
    """Return the words that too many sentences of a text share to tell which belong together."""
    sources = [*(c.source for c in clues.dates), *(c.source for c in clues.weekdays)]
    sources += clues.deictics
    sentences = {source.sentence: source.words for source in sources}
    counts = Counter(word for told in sentences.values() for word in told)
    return frozenset(word for word, n in counts.items() if n > max(2, len(sentences) / 3))


def _side(clue: WeekdayClue | Expression) -> Direction | None:
    """Return on which side of the writing a day lies; None for "today" and open weekdays."""
    if isinstance(clue, WeekdayClue):
        return clue.direction if not clue.offset else "past" if clue.offset < 0 else "future"
    first = clue.meaning.first if isinstance(clue.meaning, Deictic) else 0
    return "past" if first < 0 else "future" if first > 0 else None


def _written_on(clue: WeekdayClue | Expression, days: Days) -> Days:
    """Return the days of writing from which a weekday or a "yesterday" means one of some days."""
    if isinstance(clue, WeekdayClue):
        days = days[(days + 6) % 7 == clue.weekday]
        if clue.offset is not None:
            return days - clue.offset
        week = np.arange(-6, 1) if clue.direction == "future" else np.arange(7)
        return (days[:, None] + week).ravel()
    if isinstance(clue.meaning, Deictic):
        return days - clue.meaning.first
    return days[:0]
