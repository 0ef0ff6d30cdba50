"""Statuses: how far an event is, and how the press told that it came there.

In: the mentions of one event, sorted by report's date and place in the report, and the reports.
Out: its status, and the steps to it in the order in which the press told them: scheduled on one
day, called off on another.  They follow from the dates of the reports, not from when these came
into the record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from parley.merging.postponing import find_superseded
from parley.merging.traits import stage_of
from parley.model import Mention, Report, Status, StatusStep

# What of one day comes first: it is scheduled before it is held, and held before it breaks off.
_ORDER = {"ahead": 0, "claim": 1, "done": 2, "off": 3}
_PUT_OFF = -1
_TWO = 2  # mentions: an event that is told once has one step


def tell_course(
    mentions: Sequence[Mention], reports: Mapping[str, Report]
) -> tuple[StatusStep, ...]:
    """Return the statuses that an event had, the last of which it has.

    Each is what the reports printed until then say, with the first of those printed last that
    says it: a claim gives way to what an outlet tells as a fact, and what lies ahead to what was
    held or called off; of such facts the later report's stands.  Of one day "called off" stands
    over "happened", but where that is told of a later day: what was put off was held then.
    What is put off to another day is called off first, and then ahead again.
    """
    if len(mentions) < _TWO:
        return tuple(_step(mention.status, _printed(mention, reports), 0) for mention in mentions)
    steps: list[StatusStep] = []
    replaced = find_superseded(mentions)
    known = _Known(mentions, replaced)
    days = [_printed(mention, reports) for mention in mentions]

    def turn(index: int) -> tuple[date, int]:
        order = _PUT_OFF if index in replaced else _ORDER[stage_of(mentions[index])]
        return days[index], order

    for (day, _), same in groupby(sorted(range(len(mentions)), key=turn), key=turn):
        known.learn(day, same)
        status, mention = known.status()
        if not steps or steps[-1].status != status:
            steps.append(_step(status, day, mention))
    return tuple(steps)


def _step(status: Status, day: date, mention: int) -> StatusStep:
    return StatusStep(status=status, published=None if day == date.min else day, mention=mention)


class _Known:
    """What is known up to a day: of claims and of what lies ahead or behind, the latest."""

    def __init__(self, mentions: Sequence[Mention], replaced: Mapping[int, int]) -> None:
        self._mentions = mentions
        self._replaced = replaced
        self._learnt: set[int] = set()
        self._latest: dict[str, tuple[date, list[int]]] = {}  # "claim", "ahead", "past", "done"
        self._stages: set[str] = set()

    def learn(self, day: date, indexes: Iterable[int]) -> None:
        """Take in what is told on a day; days come in their order."""
        for index in indexes:
            stage = stage_of(self._mentions[index])
            kind = "past" if stage in ("done", "off") else stage
            self._learnt.add(index)
            if kind == "past":
                self._stages.add(stage)
            # A claim stays one whoever claims it later.
            self._take(kind, day, index, stays=kind == "claim")
            if stage == "done":
                self._take("done", day, index)

    def _take(self, kind: str, day: date, index: int, *, stays: bool = False) -> None:
        stood, told = self._latest.get(kind, (day, []))
        self._latest[kind] = day, [*(told if stood == day or stays else ()), index]

    def status(self) -> tuple[Status, int]:
        """Return how far it is, and the first mention of those that tell it last."""
        kind = next(kind for kind in ("past", "ahead", "claim") if kind in self._latest)
        told = self._latest[kind][1]
        if kind == "past" and all(self._is_replaced(index) for index in told):
            # Put off, and to be: unless it is known already to have been held.
            kind = "past" if "done" in self._latest else "ahead"
            told = self._latest["done" if kind == "past" else kind][1]
        status = self._past(told) if kind == "past" else self._first(told, _BEFORE[kind])
        return status, next(index for index in told if self._mentions[index].status == status)

    def _is_replaced(self, index: int) -> bool:
        """Tell whether what was called off has another day by now, or was held already."""
        if index not in self._replaced:
            return False
        return self._replaced[index] in self._learnt or "done" in self._latest

    def _first(self, told: Sequence[int], order: Sequence[Status]) -> Status:
        return min((self._mentions[index].status for index in told), key=order.index)

    def _past(self, told: Sequence[int]) -> Status:
        counted = Counter(self._mentions[index].status for index in told)
        if set(counted) <= {"ongoing", "happened"}:
            order: Sequence[Status] = ("ongoing", "happened")
            if len(self._stages) > 1:
                order = order[::-1]
            return max(counted, key=lambda status: (counted[status], -order.index(status)))
        if self._held_later(told):
            return self._past([i for i in told if stage_of(self._mentions[i]) == "done"])
        return "called_off"

    def _held_later(self, told: Sequence[int]) -> bool:
        """Tell whether what happened is told of a later day than any that it was called off for."""
        days: dict[str, list[date]] = {"done": [], "off": []}
        for mention in (self._mentions[index] for index in told):
            if mention.when is not None and mention.when.basis == "told":
                days[stage_of(mention)].append(mention.when.start)
        return bool(days["done"] and days["off"]) and max(days["done"]) > max(days["off"])


_BEFORE: dict[str, tuple[Status, ...]] = {
    "ahead": ("scheduled", "expected", "proposed"),
    "claim": ("alleged", "denied"),
}


def _printed(mention: Mention, reports: Mapping[str, Report]) -> date:
    """Return when a mention's report was printed, the first of all days where nothing tells."""
    report = reports.get(mention.report)
    return report.published.start if report and report.published else date.min
