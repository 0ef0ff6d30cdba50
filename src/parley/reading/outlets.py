"""What the reports of one outlet repeat: learnt as they are read, and marked.

Lines are counted once a story, by outlet.  A report waits until some more are read, so
that the first of a folder is marked by what the last one taught; memory is bounded, and
what is counted does not depend on the order as long as all fits into one window.  What
was counted may be kept from run to run (`HabitMemory`): a feed brings few reports at once.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from typing import Protocol

import msgspec

from parley.errors import ParleyError
from parley.model import Boilerplate, Report

WHY = "repeated by the outlet"
# How many reports wait, and how many characters of them.
_WINDOW = 200
_WINDOW_LENGTH = 4_000_000
# A short line is a habit once three stories, and a fifth of them, have it at their edge;
# within the report, or for a whole sentence, half of them must.
_FEWEST, _SHARE = 3, 0.2
_FEWEST_SURE, _SHARE_SURE = 5, 0.5
_SHORT = 12
# A sentence with a year tells of something: agencies end with the history of a conflict.
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Without a line of this many words left there would be no report.
_A_SENTENCE = 8
# Who shares this much of the sentences with what was read before tells it anew.
_SAME_STORY = 0.6
# Bounds of what is remembered.
_MOST_OUTLETS = 500
_MOST_LINES = 4_000
_EDGE = 60
# The key of all lines that tell of something: none of them is counted.
_TELLING = -1
_LINE = re.compile(r"[^\s][^\r\n]*")
_WORDS = re.compile(r"[^\W_]+")


class Habits(msgspec.Struct, kw_only=True):
    """How many stories of one outlet have which line: `counts` by the line's key, in 64 bits."""

    stories: int = 0
    counts: dict[int, int] = {}

    def learn(self, report: Report) -> bool:
        """Count the lines of a report, unless another version of its story was counted.

        Return whether they were counted.
        """
        lines = _lines(report.text)
        long = [key for _, _, key, words in lines if words >= _A_SENTENCE and key != _TELLING]
        if sum(key in self.counts for key in long) >= _SAME_STORY * len(long):
            return False
        self.stories += 1
        keys = [key for _, _, key, _ in lines]
        for key in {*keys[:_EDGE], *keys[-_EDGE:]} - {_TELLING}:
            self.counts[key] = self.counts.get(key, 0) + 1
        if len(self.counts) > _MOST_LINES:
            self.counts = {key: count for key, count in self.counts.items() if count > 1}
        return True

    def mark(self, report: Report) -> Report:
        """Return the report with the lines marked that its outlet repeats."""
        lines = _lines(report.text)
        marked = [
            any(part.start < end and start < part.end for part in report.boilerplate)
            for start, end, _, _ in lines
        ]
        found = set(self._edge(lines, marked, range(len(lines))))
        found |= set(self._edge(lines, marked, range(len(lines) - 1, -1, -1)))
        found |= {
            at for at, (_, _, key, words) in enumerate(lines) if words <= _SHORT and self._sure(key)
        }
        found = {at for at in found if not marked[at]}
        left = [at for at in range(len(lines)) if not marked[at] and at not in found]
        if not found or not any(lines[at][3] >= _A_SENTENCE for at in left):
            return report
        own = [Boilerplate(start=lines[at][0], end=lines[at][1], why=WHY) for at in found]
        boilerplate = tuple(sorted([*report.boilerplate, *own]))
        return msgspec.structs.replace(report, boilerplate=boilerplate)

    def _edge(
        self, lines: list[tuple[int, int, int, int]], marked: list[bool], order: range
    ) -> Iterator[int]:
        """Yield the repeated lines from one end of the text up to the first that is new."""
        for at in order:
            _, _, key, words = lines[at]
            if not (marked[at] or (self._often(key) if words <= _SHORT else self._sure(key))):
                return
            yield at

    def _often(self, key: int) -> bool:
        return self.counts.get(key, 0) >= max(_FEWEST, _SHARE * self.stories)

    def _sure(self, key: int) -> bool:
        return self.counts.get(key, 0) >= max(_FEWEST_SURE, _SHARE_SURE * self.stories)


class HabitMemory(Protocol):
    """What was learnt of outlets in earlier runs, by name in lower case."""

    def recall_habits(self, outlet: str) -> Habits | None:
        """Return what is remembered of an outlet, None where nothing is."""

    def keep_habits(self, outlet: str, habits: Habits) -> None:
        """Remember it, in the place of what was remembered."""

    def has_report(self, id_: str, /) -> bool:
        """Tell whether a report was read in an earlier run: it teaches nothing new."""


class Outlets:
    """What is known of the outlets met so far."""

    def __init__(self, memory: HabitMemory | None) -> None:
        self._memory = memory
        self._habits: dict[str, Habits] = {}
        self._changed: set[str] = set()

    def learn(self, report: Report) -> None:
        """Count the lines of a report for its outlet."""
        if not (key := _outlet(report)):
            return
        habits = self._habits.pop(key, None)
        if habits is None:
            habits = (self._memory and self._memory.recall_habits(key)) or Habits()
        self._habits[key] = habits
        if len(self._habits) > _MOST_OUTLETS:
            self._keep(oldest := next(iter(self._habits)))
            del self._habits[oldest]
        if self._memory and self._memory.has_report(report.id):
            return
        if habits.learn(report):
            self._changed.add(key)

    def mark(self, report: Report) -> Report:
        """Return the report with the lines marked that its outlet repeats."""
        habits = self._habits.get(_outlet(report) or "")
        return habits.mark(report) if habits else report

    def keep(self) -> None:
        """Remember all that was learnt."""
        for key in tuple(self._habits):
            self._keep(key)

    def _keep(self, key: str) -> None:
        if self._memory and key in self._changed:
            self._memory.keep_habits(key, self._habits[key])
            self._changed.discard(key)


def mark_habits(
    reports: Iterable[Report], *, memory: HabitMemory | None = None
) -> Iterator[Report]:
    """Yield the reports in their order, with what their outlets repeat marked.

    A report of an outlet that is not known is passed on as it is.  What is learnt goes to
    `memory` when the reports end, or when whoever takes them stops taking.
    """
    outlets = Outlets(memory)
    waiting: deque[Report] = deque()
    length = 0
    try:
        for report in reports:
            outlets.learn(report)
            if not report.outlet and not waiting:
                yield report
                continue
            waiting.append(report)
            length += len(report.text)
            while len(waiting) > _WINDOW or length > _WINDOW_LENGTH:
                first = waiting.popleft()
                length -= len(first.text)
                yield outlets.mark(first)
        for report in waiting:
            yield outlets.mark(report)
    except GeneratorExit:
        # Whoever took them has stopped, it may be for the same reason, such as a full disk:
        # what cannot be kept now is learnt again from the same reports.
        with suppress(ParleyError):
            outlets.keep()
        raise
    outlets.keep()


def mark_outlet(reports: Iterable[tuple[int, Report]]) -> Iterator[tuple[int, Report]]:
    """Yield the reports of one outlet with what it repeats marked, as `mark_habits` marks them.

    Each comes and goes with its place among all reports that are read, from 0, in that order.
    Which lines are marked is the same as if all reports were read one after another (but where
    `mark_habits` waits for fewer of them since they are very long).
    """
    habits = Habits()
    waiting: deque[tuple[int, Report]] = deque()
    for place, report in reports:
        while waiting and waiting[0][0] + _WINDOW < place:
            first, waited = waiting.popleft()
            yield first, habits.mark(waited)
        habits.learn(report)
        waiting.append((place, report))
    for first, waited in waiting:
        yield first, habits.mark(waited)


def _outlet(report: Report) -> str | None:
    return report.outlet.casefold() if report.outlet else None


def _lines(text: str) -> list[tuple[int, int, int, int]]:
    """Return start, end, key and length in words of the lines."""
    lines = []
    for found in _LINE.finditer(text):
        line = found[0].rstrip()
        words = _WORDS.findall(line.casefold())
        telling = len(words) > _SHORT and _YEAR.search(line)
        key = _TELLING if telling else _key(" ".join(words))
        lines.append((found.start(), found.start() + len(line), key, len(words)))
    return lines


def _key(line: str) -> int:
    """Return a number for a line, the same in every run and positive, as `_TELLING` is not."""
    return int.from_bytes(blake2b(line.encode(), digest_size=8).digest()) >> 1
