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

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from parley.dating.clues import Clues
from parley.dating.publication import Bound, Weighing, weigh
from parley.dating.says import prove
from parley.dating.telling import Near, Telling
from parley.model import Evidence, Published, Report

# A report whose date is as sure as this stands; it pins others and is not pinned.
SURE = 0.8
_ROUNDS = 4
# How far apart two reports are that are alike by so much: a mixture of news of one day,
# one affair, one year, some years, and nothing to do with each other.  Scales in days.
# The shares are set by 570 pairs of neighbours of known date (docs/decisions/dating.md).
_SCALES = (3.0, 40.0, 250.0, 800.0)
_ALL_ALIKE = 0.3
# What is independent is somewhere in the twenty years of an archive.
_APART = 1 / 7300
# Neighbours know of each other: the words of several count for less than if each came alone,
# by the root of their number, down to this.
_TEMPER = 0.5
_FIRST_YEAR, _LAST_YEAR = 1970, 2050

Track = NDArray[np.float32]
# So many are worked out together at most: each takes about a megabyte.
_TOGETHER = 100


class Undated(Struct, frozen=True):
    """A report whose text leaves its day open, with what it says of it all the same."""

    report: Report
    clues: Clues
    bounds: tuple[Bound, ...] = ()


def is_open(published: Published | None) -> bool:
    """Tell whether other reports may pin a date: there is none, or it is inferred and unsure."""
    if published is None:
        return True
    return published.how == "inferred" and published.confidence < SURE


def pin(
    undated: Sequence[Undated],
    near: Mapping[str, Sequence[Near]],
    others: Mapping[str, Report],
    tellings: Mapping[str, Telling],
) -> dict[str, Published | None]:
    """Return for each undated report when it was written, by all that is known.

    `near` has each one's neighbours by id; those that are not undated themselves are in
    `others`, with their dates.  `tellings` has what each undated report tells.
    """
    found: dict[str, Published | None] = {}
    settled = dict(others)
    for group in _groups(undated, near):
        known = {**{one.report.id: one.report for one in undated}, **settled}
        graph = _Graph(group, near, known)
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
        confidence=round(min(window[2], 0.99), 2),
        evidence=tuple(sorted(proof, key=lambda e: (e.start, e.end))),
    )


class _Graph:
    """The reports, the days, and what they tell each other."""

    def __init__(
        self,
        undated: Sequence[Undated],
        near: Mapping[str, Sequence[Near]],
        others: Mapping[str, Report],
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
        self._width = 2 ** math.ceil(math.log2(2 * self.size))
        gaps = np.arange(self._width)
        gaps = np.minimum(gaps, self._width - gaps)
        self._kernels = [np.fft.rfft(np.exp(-gaps / s) / (2 * s)) for s in _SCALES]

    def _own(self, one: Undated) -> Track:
        weighing = weigh(one.clues, bounds=one.bounds)
        track = np.full(self.size, -60.0, dtype=np.float32)
        if weighing:
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
        edges = [(n.report, id_, n.likeness) for id_ in self.open for n in self.near.get(id_, ())]
        for _ in range(_ROUNDS):
            self.told = {(a, b): self._message(a, b, likeness) for a, b, likeness in edges}

    def _logs(self, id_: str, *, without: str | None = None) -> Track:
        logs = self.own[id_].copy()
        for n in self.near.get(id_, ()) if id_ in self.open else ():
            if n.report != without and (n.report, id_) in self.told:
                logs += self.told[(n.report, id_)]
        return logs

    def _message(self, sender: str, to: str, likeness: float) -> Track:
        logs = self._logs(sender, without=to)
        share = np.exp(logs - logs.max())
        share /= share.sum()
        *shares, apart = _shares(likeness)
        kernel = sum(part * k for part, k in zip(shares, self._kernels, strict=True))
        spread = np.fft.irfft(np.fft.rfft(share, self._width) * kernel, self._width)
        held = np.maximum(spread[: self.size], 0.0)
        temper = max(_TEMPER, 1 / math.sqrt(len(self.near[to])))
        return np.asarray(temper * np.log(held + apart * _APART), dtype=np.float32)

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


def _shares(likeness: float) -> tuple[float, float, float, float, float]:
    """Return how often two reports so alike are of one day, affair, year, some years, or none."""
    like = min(1.0, likeness / _ALL_ALIKE)
    news, affair, apart = 0.02 + 0.4 * like**3, 0.1 + 0.2 * like, 0.03 + 0.3 * (1 - like)
    rest = 1 - news - affair - apart
    return news, affair, 0.65 * rest, 0.35 * rest, apart
