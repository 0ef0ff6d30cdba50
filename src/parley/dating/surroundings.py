"""What surrounds a text: the landmarks of its world, what comes every year, what goes on.

In: the candidate days of a text (`publication.Scale`).  Out: their tracks, how likely a
report of each day would name what this one does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from parley.dating.clues import Count, DateClue, LandmarkClue
from parley.dating.happenings import Moment, days_told, tells_day
from parley.dating.meanings import Calendar, Expression, Shifted
from parley.dating.windows import make_day, unit_window
from parley.dating.words import words

if TYPE_CHECKING:
    from parley.dating.publication import Scale

Track: TypeAlias = NDArray[np.float64]
_MOST_CLUES = 12


def surrounding_tracks(scale: Scale) -> Iterator[Track]:
    """Yield the tracks of landmarks, gatherings, of what goes on, and of units told."""
    yield from _landmarks(scale)
    yield from _counts(scale)
    yield from _gatherings(scale)
    yield from _units(scale)


def _landmarks(scale: Scale) -> Iterator[Track]:
    """Yield what the landmarks say: no report is older than what it tells as past.

    The latest of them is mostly recent, as 1 over the days since; the others say no
    more than that they are past.
    """
    rates = scale.rates
    past = [clue for clue in scale.clues.landmarks if not clue.ahead]
    latest = max(past, key=lambda clue: clue.landmark.since, default=None)
    for clue in scale.clues.landmarks[:_MOST_CLUES]:
        if clue.ahead and (latest is None or clue.landmark.since > latest.landmark.since):
            gap = np.abs(scale.days - clue.landmark.since.toordinal())
            yield -np.log(gap + rates.landmark_gap)
    for clue in past[:_MOST_CLUES]:
        begin = clue.landmark.since.toordinal()
        track = np.zeros(scale.size)
        track[scale.days < begin] = math.log(rates.before_landmark)
        if clue.month == clue.landmark.since.month:
            track[scale.days >= begin + 365] = math.log(rates.after_landmark_month)
        elif clue is latest and not clue.counts:
            track -= np.log(_since(scale, clue) + rates.landmark_gap)
        yield track
        yield from _landmark_days(scale, clue)
        for count in clue.counts:
            yield _of_count(scale, clue, count)


def _landmark_days(scale: Scale, clue: LandmarkClue) -> Iterator[Track]:
    """Yield what the times in a landmark's sentence say, if they are its own."""
    rates, since, until = scale.rates, clue.landmark.since, clue.landmark.until
    ends = {since.toordinal(), *([until.toordinal()] if until else [])}
    best = np.zeros(scale.size)
    for e in clue.told if clue.landmark.exact else ():
        if e.direction == "future" or not tells_day(e.meaning):
            continue
        if isinstance(e.meaning, Calendar) and e.meaning.year is not None:
            continue
        told = days_told(Moment(e.meaning, e.direction, {}, e.start, e.end), scale.days)
        hit = np.isin(told, list(ends))
        if isinstance(e.meaning, Calendar):
            # Its own date told without the year: it is not long ago.
            if hit.any():
                best = np.maximum(best, np.where(hit, math.log(rates.landmark_year), 0.0))
            continue
        ways = max(1, int(hit.sum()) // len(ends))
        same = rates.landmark_told * 3650 / ways
        best = np.maximum(best, np.where(hit, math.log(1 - rates.landmark_told + same), 0.0))
    yield best


def _since(scale: Scale, clue: LandmarkClue) -> Track:
    """Return how far back a landmark lies; what lasts moves along with the days."""
    begin, until = clue.landmark.since.toordinal(), clue.landmark.until
    end = until.toordinal() if until else scale.days[-1]
    during = np.clip(scale.days, begin, end) - begin
    return np.asarray(
        np.maximum(scale.days - end, 0) + scale.rates.landmark_war * during, dtype=np.float64
    )


def _of_count(scale: Scale, clue: LandmarkClue, count: Count) -> Track:
    """Return the track of a number of units told beside a landmark: "two years after"."""
    rates = scale.rates
    size = words().unit_days[count.unit]
    low = (count.number - 1) * size if count.running else (count.number - 0.5) * size
    high = count.number * size if count.running else (count.number + 0.6) * size
    bases = [clue.landmark.since, *([clue.landmark.until] if clue.landmark.until else [])]
    inside = np.zeros(scale.size, dtype=bool)
    for base in bases:
        gap = scale.days - base.toordinal()
        inside |= (gap >= math.floor(low)) & (gap <= math.ceil(high))
    held = max(int(inside.sum()), 1)
    share = np.where(inside, rates.counted / held, 0.0) + (1 - rates.counted) / 3650
    return np.asarray(np.log(share) - math.log((1 - rates.counted) / 3650), dtype=np.float64)


def _counts(scale: Scale) -> Iterator[Track]:
    """Yield the tracks of what has gone on "for a twelfth day" since a day told."""
    rates = scale.rates
    begins = [clue for clue in scale.clues.dates if clue.direction == "past"]
    for count in scale.clues.running[:2]:
        track = np.zeros(scale.size)
        days = [scale.occurs(clue) for clue in [c for c in begins if c.since] or begins]
        days += [
            np.array([c.landmark.since.toordinal()]) for c in scale.clues.landmarks if not c.ahead
        ]
        for begun in days:
            near = np.isin(scale.days - int(count.number), begun)
            hit = np.isin(scale.days - int(count.number) + 1, begun)
            # By chance it would be counted from any day of a month.
            high = math.log(30 * rates.counted_today / (1 - rates.counted_today))
            track = np.maximum(track, np.where(hit, high, np.where(near, high / 2, 0.0)))
        yield track


def _gatherings(scale: Scale) -> Iterator[Track]:
    """Yield the tracks of what comes every year and is told as news."""
    rates = scale.rates
    for clue in scale.clues.gatherings[:2]:
        part = rates.gathering_lead if clue.lead else rates.gathering_behind
        inside = np.zeros(scale.size, dtype=bool)
        for year in scale.years:
            first = make_day(year, *clue.gathering.first)
            last = make_day(year, *clue.gathering.last)
            if first and last:
                low = first.toordinal() - rates.gathering_slack - scale.first
                high = last.toordinal() + rates.gathering_slack - scale.first
                inside[max(0, low) : max(0, high + 1)] = True
        days = max(1, int(inside.sum()) // len(scale.years))
        share = np.where(inside, part * 365 / days, 0.0) + (1 - part)
        yield np.asarray(np.log(share), dtype=np.float64)


def _units(scale: Scale) -> Iterator[Track]:
    """Yield the tracks of "this week" and "last month" beside dates that share their words."""
    for e in scale.clues.units[:_MOST_CLUES]:
        m = e.meaning
        if not isinstance(m, Shifted):
            continue
        best = max(
            (
                (_unit_log(scale, e, clue), at)
                for at, clue in enumerate(scale.clues.dates[:_MOST_CLUES])
                if clue.year is None
            ),
            default=(0.0, 0),
        )
        if best[0] <= 0:
            continue
        track = np.zeros(scale.size)
        for day in scale.occurs(scale.clues.dates[best[1]]):
            window = unit_window(date.fromordinal(int(day)), m.unit, -m.shift)
            if window:
                low = max(0, window[0].toordinal() - scale.first)
                track[low : max(0, window[1].toordinal() - scale.first + 1)] = best[0]
        yield track


def _unit_log(scale: Scale, e: Expression, clue: DateClue) -> float:
    if clue.direction is not None and e.direction is not None:
        if clue.direction != e.direction:
            return 0.0
    shared = len((e.words & clue.source.words) - scale.common)
    near = e.sentence == clue.source.sentence
    one = scale.rates.unit_told if near else 1 - scale.rates.apart ** (min(shared, 5) / 2)
    size = words().unit_days[e.meaning.unit] if isinstance(e.meaning, Shifted) else 7
    return math.log(1 - one + one * 365 / (2 * size)) if one > 0 else 0.0
