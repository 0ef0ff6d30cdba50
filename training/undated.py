"""How well a report whose date is taken away is dated: by its own words, and by other reports.

In: the reports of a conflict with their dates.  Out: how far each one's date is off, taken away
from it alone: by its own words; with those of two others, printed last before and next after it,
as in a small folder; and with those of all others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct, field

from parley import dating
from parley.engine.coder import BuiltIn
from parley.engine.settling import LEAST, NEIGHBOURS
from parley.errors import DataError
from parley.model import Published, Report
from training.items import Item

Found = Literal["right", "near", "weeks", "far", "none"]
Way = Literal["alone", "with two others", "with the others"]
# Days off, at most.
_NEAR, _WEEKS = 7, 60
# From this confidence on a date that is wrong misleads.
_SURE = 0.5
_LONGEST = 8


class Dates(Struct):
    """How many dates were found how, alone and with the others."""

    found: dict[Way, Counter[Found]] = field(default_factory=lambda: {})
    surely_wrong: Counter[Way] = field(default_factory=Counter)

    def take(self, way: Way, told: Published | None, true: date) -> Found:
        """Count one report's date; return how it was found."""
        how = _judged(told, true)
        self.found.setdefault(way, Counter())[how] += 1
        wrong = told is not None and how != "right" and told.confidence >= _SURE
        self.surely_wrong[way] += wrong
        return how

    def lines(self) -> Iterator[str]:
        """Yield a line for each way of dating."""
        kinds: tuple[Found, ...] = ("right", "near", "weeks", "far", "none")
        for way, counts in self.found.items():
            told = "  ".join(f"{kind} {counts[kind]}" for kind in kinds)
            yield f"{way:16} {told}  of {counts.total()}; sure and wrong {self.surely_wrong[way]}"


def _judged(told: Published | None, true: date) -> Found:
    """Return how a date was found: "right" if its window has the day and is a week at most."""
    if told is None:
        return "none"
    off = max((told.start - true).days, (true - told.end).days, 0)
    if off == 0:
        return "right" if (told.end - told.start).days < _LONGEST else "near"
    return "near" if off <= _NEAR else "weeks" if off <= _WEEKS else "far"


def dates_of(name: str, items: Sequence[Item]) -> Iterator[tuple[Item, Way, Published | None]]:
    """Yield each report of a conflict with the date that it is given when its own is taken away."""
    built = BuiltIn(coder="rules")
    reports = [_report(name, item) for item in items]
    by_id = {report.id: report for report in reports}
    tellings = {report.id: dating.telling(report) for report in reports}
    nearest = dating.Nearest(list(tellings.values()))
    in_time = sorted(tellings, key=lambda id_: (_printed(by_id[id_]), id_))
    moments = {report.id: built.find_moments(report) for report in reports}
    for item, report in zip(items, reports, strict=True):
        undated = built.find_clues(report)
        yield item, "alone", undated.report.published
        at = in_time.index(report.id)
        two = dating.Nearest([tellings[report.id]])
        for other in in_time[max(0, at - 1) : at + 2]:
            two.see(tellings[other])
        yield item, "with two others", _pinned(undated, two, by_id, moments)
        yield item, "with the others", _pinned(undated, nearest, by_id, moments)


def _printed(report: Report) -> date:
    return report.published.start if report.published else date.max


def _pinned(
    undated: dating.Undated,
    nearest: dating.Nearest,
    reports: Mapping[str, Report],
    moments: Mapping[str, tuple[dating.Moment, ...]],
) -> Published | None:
    id_, alone = undated.report.id, undated.report.published
    if not dating.is_open(alone):
        return alone
    near = nearest.of(id_, most=NEIGHBOURS, least=LEAST)
    linked = {one.report for one in near}
    pinned = dating.pin(
        [undated],
        {id_: near},
        {other: reports[other] for other in linked},
        {id_: dating.telling(reports[id_])},
        {other: moments[other] for other in linked},
    )
    return pinned[id_] or alone


def day_of(item: Item) -> date:
    """Return a report's own day.  Raises DataError where it has none."""
    if item.date is None:
        raise DataError(f"{item.id}: a report without its date; add it to the text's head")
    return date.fromisoformat(item.date)


def _report(name: str, item: Item) -> Report:
    day = day_of(item)
    given = Published(start=day, end=day, how="given", confidence=1.0)
    return Report(id=f"{name}-{item.id}", source=item.id, text=item.text, published=given)
