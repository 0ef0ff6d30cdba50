"""Undated reports pinned by what other reports tell.

In: reports whose own text leaves their day open, and for each the reports that tell
much the same (`telling.py`).  Out: for each the window that all of them together prove,
or None.

Method: belief propagation (Pearl 1988) over the graph of neighbours.  Every report has a
likelihood of its own over the days.  Two that are alike by so much are with some
probability about the same time, a few days, weeks or a year apart, and else have
nothing to do with each other; what one believes, its neighbour's word left out, is sent
through that kernel to the other.  A few rounds, all at once, so that no order matters;
a report that is pinned so pins others in the next.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from parley.dating.clues import Clues
from parley.dating.happenings import (
    Days,
    Moment,
    Rarity,
    days_told,
    likeness,
    same_agreement,
    sameness,
)
from parley.dating.meanings import Calendar, Direction, Meaning, Weekday
from parley.dating.publication import Bound, Weighing, weigh
from parley.dating.says import prove
from parley.dating.telling import Near, Telling
from parley.model import Evidence, Published, Report

# A report whose date is as sure as this stands; it pins others and is not pinned.
SURE = 0.8
_BY_OTHERS = 0.79
_ROUNDS = 4
# How far apart two reports are that are alike by so much: a mixture of news of one day,
# one affair, one year, some years, and nothing to do with each other.  Scales in days.
# The shares are set by 570 pairs of neighbours of known date (docs/decisions/dating.md).
_SCALES = (3.0, 40.0, 250.0, 800.0)
_ALL_ALIKE = 0.3
_STRANGERS, _ACQUAINTED = 0.92, 0.2
# What is independent is somewhere in the twenty years of an archive.
_APART = 1 / 7300
# Neighbours know of each other: the words of several count for less than if each came alone,
# by the root of their number, down to this.
_TEMPER = 0.5
# That two texts are alike says little beside happenings that both tell: of a whole word so much.
_LIKE = 0.6
# Of two reports so many pairs of sentences may be one happening; the least likely do not count.
_MOST_PAIRS = 16
_LEAST_SAME = 0.01
_MOST_SAME = 0.9
_TEMPER_SAME = 0.7
_DAY_OFF = 0.03
_TRUST = 0.5
_MEANINGS_AT_HAND = 100  # half a megabyte each
_SPREAD_OVER = 6500  # days: eight times the largest scale, beyond which nothing is left
_CLAIMS = {"full": 300.0, "date": 60.0, "weekday": 5.0}
_FIRST_YEAR, _LAST_YEAR = 1970, 2050

Track = NDArray[np.float32]
# So many are worked out together at most: each takes about a megabyte.
_TOGETHER = 100


class Undated(Struct, frozen=True):
    """A report whose text leaves its day open, with what it says of it all the same."""

    report: Report
    clues: Clues
    bounds: tuple[Bound, ...] = ()
    moments: tuple[Moment, ...] = ()


def is_open(published: Published | None, *, sure: float = SURE) -> bool:
    """Tell whether other reports may pin a date: there is none, or it is inferred and unsure."""
    if published is None:
        return True
    return published.how == "inferred" and published.confidence < sure


def pin(
    undated: Sequence[Undated],
    near: Mapping[str, Sequence[Near]],
    others: Mapping[str, Report],
    tellings: Mapping[str, Telling],
    moments: Mapping[str, Sequence[Moment]] | None = None,
) -> dict[str, Published | None]:
    """Return for each undated report when it was written, by all that is known.

    `near` has each one's neighbours by id; those that are not undated themselves are in
    `others`, with their dates.  `tellings` has what each undated report tells, `moments`
    the happenings that the others tell with a day.
    """
    moments = {**(moments or {}), **{one.report.id: one.moments for one in undated}}
    found: dict[str, Published | None] = {}
    settled = dict(others)
    for group in _groups(undated, near):
        known = {**{one.report.id: one.report for one in undated}, **settled}
        graph = _Graph(group, near, known, moments)
        graph.run()
        for one in group:
            published = _published(one, graph, tellings[one.report.id])
            found[one.report.id] = published
        for one in group:
            settled[one.report.id] = msgspec.structs.replace(
                one.report, published=found[one.report.id]
            )
    return found


def _groups(
    undated: Sequence[Undated], near: Mapping[str, Sequence[Near]]
) -> Iterator[list[Undated]]:
    """Yield the reports in groups, those that tell the same together as far as they fit."""
    left = {one.report.id: one for one in sorted(undated, key=lambda one: one.report.id)}
    linked: dict[str, set[str]] = {id_: set() for id_ in left}
    for id_ in left:
        for n in near.get(id_, ()):
            if n.report in left:
                linked[id_].add(n.report)
                linked[n.report].add(id_)
    group: list[Undated] = []
    while left:
        waiting = [min(left)]
        while waiting:
            id_ = waiting.pop(0)
            if id_ not in left:
                continue
            group.append(left.pop(id_))
            waiting += sorted(linked[id_] & left.keys())
            if len(group) == _TOGETHER:
                yield group
                group = []
    if group:
        yield group


def _published(one: Undated, graph: _Graph, told: Telling) -> Published | None:
    window = graph.belief(one.report.id).window()
    if window is None:
        return None
    start, end = date.fromordinal(window[0]), date.fromordinal(window[1])
    proof = [*prove(one.report, one.clues, (start, end)), *graph.proof(one.report.id, told, window)]
    return Published(
        start=start,
        end=end,
        how="inferred",
        # What others tell may come to be told otherwise: it never closes a report.
        confidence=min(round(window[2], 2), _BY_OTHERS),
        evidence=tuple(sorted(proof, key=lambda e: (e.start, e.end))),
    )


_Key: TypeAlias = tuple[Meaning, Direction | None]


def _key(moment: Moment) -> _Key:
    """Return what a moment's days hang on: many mean the same ("on Monday")."""
    return moment.meaning, moment.direction


class _Pair(NamedTuple):
    """Two moments that are one happening with the probability `same`."""

    same: float
    one: Moment
    other: Moment


class _Meant(NamedTuple):
    """Which day a moment means, for each day of writing; all are days of the axis.

    `inside` is false where it means none of them, `parts` what one of the days of writing is of
    all that mean the same day, 0 there.
    """

    days: Days
    inside: NDArray[np.bool_]
    parts: Track


class _Belief:
    """What a report believes of its day: a share for each, and what follows from that."""

    def __init__(self, logs: Track) -> None:
        share = np.exp(logs - logs.max())
        self.share: Track = share / share.sum()
        self.events: dict[_Key, Track] = {}
        self._waves: NDArray[np.complex64] | None = None

    def waves(self, width: int) -> NDArray[np.complex64]:
        """Return the share as waves, to be spread over the days about."""
        if self._waves is None:
            self._waves = np.asarray(np.fft.rfft(self.share, width), dtype=np.complex64)
        return self._waves


class _Graph:
    """The reports, the days, and what they tell each other."""

    def __init__(
        self,
        undated: Sequence[Undated],
        near: Mapping[str, Sequence[Near]],
        others: Mapping[str, Report],
        moments: Mapping[str, Sequence[Moment]],
    ) -> None:
        self.first = date(_FIRST_YEAR, 1, 1).toordinal()
        self.size = date(_LAST_YEAR, 1, 1).toordinal() - self.first
        self.near = near
        self.reports = {**others, **{one.report.id: one.report for one in undated}}
        self.own = {one.report.id: self._own(one) for one in undated}
        self.open = list(self.own)
        linked = {n.report for id_ in self.open for n in near.get(id_, ())}
        for id_ in linked - set(self.own):
            self.own[id_] = self._fixed(others[id_].published)
        self.told: dict[tuple[str, str], Track] = {}
        self.days = np.arange(self.first, self.first + self.size, dtype=np.int64)
        self.moments = moments
        self.rarity = Rarity([moments[id_] for id_ in sorted(self.own) if id_ in moments])
        self.pairs: dict[tuple[str, str], list[_Pair]] = {}
        self._meant: dict[_Key, _Meant] = {}
        for id_ in self.open:
            for n in near.get(id_, ()):
                self.pairs[(n.report, id_)] = self._pairs(n.report, id_, n.likeness)
        self._width = _width_for(self.size)
        gaps = np.arange(self._width)
        gaps = np.minimum(gaps, self._width - gaps)
        # They are the same forwards and backwards in time: there is no imaginary part.
        self._kernels = [
            np.fft.rfft(np.exp(-gaps / s) / (2 * s)).real.astype(np.float32) for s in _SCALES
        ]

    def _own(self, one: Undated) -> Track:
        weighing = weigh(one.clues, bounds=one.bounds)
        track = np.full(self.size, -60.0, dtype=np.float32)
        low = max(weighing.first, self.first)
        high = min(weighing.first + len(weighing.logs), self.first + self.size)
        if low < high:
            part = weighing.logs[low - weighing.first : high - weighing.first]
            track[low - self.first : high - self.first] = np.maximum(
                part - weighing.logs.max(), -60.0
            )
        return track

    def _fixed(self, published: Published | None) -> Track:
        share = np.full(self.size, 1e-3 / self.size)
        if published:
            low = max(0, published.start.toordinal() - self.first)
            high = min(self.size, published.end.toordinal() - self.first + 1)
            if low < high:
                share[low:high] += published.confidence / (high - low)
        return np.asarray(np.log(share), dtype=np.float32)

    def run(self) -> None:
        """Let the reports tell each other what they believe."""
        listeners: dict[str, list[tuple[str, float]]] = {}
        for id_ in self.open:
            for n in self.near.get(id_, ()):
                listeners.setdefault(n.report, []).append((id_, n.likeness))
        # What has its date says the same in every round.
        steady: dict[tuple[str, str], Track] = {}
        for sender in listeners.keys() - self.near.keys():
            steady.update(self._tell(sender, listeners[sender]))
        for _ in range(_ROUNDS):
            told = dict(steady)
            for sender in listeners.keys() & self.near.keys():
                told.update(self._tell(sender, listeners[sender]))
            self.told = told

    def _tell(
        self, sender: str, listeners: Sequence[tuple[str, float]]
    ) -> Iterator[tuple[tuple[str, str], Track]]:
        """Yield what a report tells each of its listeners, whose own word is left out."""
        common: _Belief | None = None
        for to, alike in listeners:
            if (to, sender) in self.told:
                belief = _Belief(self._logs(sender, without=to))
            else:
                belief = common = common or _Belief(self._logs(sender))
            yield (sender, to), self._message(belief, sender, to, alike)

    def _logs(self, id_: str, *, without: str | None = None) -> Track:
        logs = self.own[id_].copy()
        for n in self.near.get(id_, ()) if id_ in self.open else ():
            if n.report != without and (n.report, id_) in self.told:
                logs += self.told[(n.report, id_)]
        return logs

    def _message(self, belief: _Belief, sender: str, to: str, alike: float) -> Track:
        *shares, apart = _shares(alike)
        kernel = sum(np.float32(part) * k for part, k in zip(shares, self._kernels, strict=True))
        spread = np.fft.irfft(belief.waves(self._width) * kernel, self._width)
        held = np.maximum(spread[: self.size], 0.0) + apart * _APART
        temper = max(_TEMPER, 1 / math.sqrt(len(self.near[to])))
        # What is open itself has its word partly from those whom it tells.
        trust = _TRUST if sender in self.near and sender in self.open else 1.0
        pairs = self.pairs[(sender, to)]
        whole = sum(pair.same for pair in pairs)
        if not whole:
            return np.asarray(trust * _LIKE * temper * np.log(held), dtype=np.float32)
        scale = min(1.0, _MOST_SAME / whole)
        one = scale * self._carry(belief, pairs)
        # Of what is one happening in both the day is known, whoever else knows of it.
        same = np.log(1 - scale * whole + one / _APART)
        return np.asarray(
            trust * (_LIKE * temper * np.log(held) + _TEMPER_SAME * same),
            dtype=np.float32,
        )

    def _pairs(self, sender: str, to: str, alike: float) -> list[_Pair]:
        """Return the happenings that two reports may both tell, the likeliest ones."""
        found = []
        for one in self.moments.get(sender, ()):
            for other in self.moments.get(to, ()):
                same = one.share * other.share
                same *= sameness(*likeness(one, other, self.rarity), alike)
                same = max(same, same_agreement(one, other))
                if same >= _LEAST_SAME:
                    found.append(_Pair(same, one, other))
        found.sort(key=lambda pair: (-pair.same, pair.one.start, pair.other.start))
        return found[:_MOST_PAIRS]

    def _carry(self, belief: _Belief, pairs: Sequence[_Pair]) -> Track:
        """Return what the sender's days say of the receiver's, if each pair is one happening.

        The receiver's moments that mean the same are carried over together.
        """
        events: dict[_Key, Track] = {}
        others: dict[_Key, Moment] = {}
        for pair in pairs:
            key = _key(pair.other)
            weight = np.float32(pair.same * _claim(pair.other.meaning))
            share = weight * self._event(belief, pair.one)
            events[key] = events[key] + share if key in events else share
            others[key] = pair.other
        found = np.zeros(self.size, dtype=np.float32)
        for key, event in events.items():
            meant = self._days_of(others[key])
            found += np.take(event, meant.days) * meant.parts
        return found

    def _event(self, belief: _Belief, moment: Moment) -> Track:
        """Return on which days a moment was, by what is believed of its report's day."""
        key = _key(moment)
        if key not in belief.events:
            meant = self._days_of(moment)
            weights = belief.share * meant.inside
            told = np.bincount(meant.days, weights=weights, minlength=self.size)
            event = np.asarray((1 - 2 * _DAY_OFF) * told, dtype=np.float32)
            # Clocks and nights put one happening on two days.
            event[1:] += _DAY_OFF / (1 - 2 * _DAY_OFF) * event[:-1]
            belief.events[key] = event
        return belief.events[key]

    def _days_of(self, moment: Moment) -> _Meant:
        """Return which days a moment means; few meanings come up again and again, and are kept."""
        key = _key(moment)
        if key not in self._meant:
            if len(self._meant) >= _MEANINGS_AT_HAND:
                self._meant.clear()
            told = days_told(moment, self.days) - self.first
            inside = (told >= 0) & (told < self.size)
            days = np.where(inside, told, 0)
            ways = np.bincount(days[inside], minlength=self.size)[days]
            parts = np.where(inside, 1 / np.maximum(ways, 1), 0.0)
            self._meant[key] = _Meant(days, inside, parts.astype(np.float32))
        return self._meant[key]

    def belief(self, id_: str) -> Weighing:
        """Return what is believed of a report's day in the end."""
        return Weighing(self.first, self._logs(id_).astype(np.float64))

    def proof(self, id_: str, told: Telling, window: tuple[int, int, float]) -> list[Evidence]:
        """Return the words that a report shares with the neighbour that pins it most."""
        best: tuple[float, str, Near] | None = None
        for n in self.near.get(id_, ()):
            message = self.told[(n.report, id_)]
            gain = float(message[window[0] - self.first : window[1] - self.first + 1].max())
            gain -= max(_TEMPER, 1 / math.sqrt(len(self.near[id_]))) * math.log(_APART)
            if gain > 0 and (best is None or (gain, n.report) > best[:2]):
                best = (gain, n.report, n)
        if best is None:
            return []
        near = best[2]
        start, end = told.places[near.shared]
        day = self.first + int(self._logs(near.report).argmax())
        source = self.reports[near.report].source
        says = f"tells the same as {source}, dated {date.fromordinal(day).isoformat()}"
        text = self.reports[id_].text[start:end]
        return [Evidence(start=start, end=end, text=text, says=says)]


def _width_for(size: int) -> int:
    """Return a width for waves over so many days that what is spread off one end does not matter.

    It is one of small factors, by which the transform is fast.
    """
    least = size + _SPREAD_OVER
    widths = (int(2**a * 3**b * 5**c) for a in range(5, 17) for b in range(4) for c in range(4))
    return min(width for width in widths if width >= least)


def _claim(meaning: Meaning) -> float:
    """Return how much likelier the words of a time agree where two moments are one than by chance.

    Reports of one affair share a month and a day, or a weekday, by chance more often than
    any two do.
    """
    if isinstance(meaning, Calendar):
        return _CLAIMS["full"] if meaning.year is not None else _CLAIMS["date"]
    return _CLAIMS["weekday"] if isinstance(meaning, Weekday) else 1.0


def _shares(likeness: float) -> tuple[float, float, float, float, float]:
    """Return how often two reports so alike are of one day, affair, year, some years, or none."""
    like = min(1.0, likeness / _ALL_ALIKE)
    # What is hardly alike is mostly of another affair altogether.
    apart = 0.03 + _STRANGERS * max(0.0, 1 - likeness / _ACQUAINTED) ** 1.2
    kin = 1 - apart
    news, affair = kin * (0.02 + 0.4 * like**3), kin * (0.1 + 0.2 * like)
    rest = kin - news - affair
    return news, affair, 0.65 * rest, 0.35 * rest, apart
