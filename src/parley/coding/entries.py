"""Entries: the lines of a log, a diary or a chronology, each of which opens with its day.

In: a dated report.  Out: where its entries stand and of which day each is; drafts that no word of
their own dates are of the day of their entry ("1 March: Shelling of the forest.").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from parley.coding.drafts import Draft, changed
from parley.coding.storyday import PAST, is_told_as_earlier
from parley.dating import Dated
from parley.model import Status, Time, Trace, When

_LEAST = 2  # days that make a log: one line with a day in front is a dateline
_HELD: frozenset[Status] = PAST | {"ongoing"}
# What may stand before the day: a bullet, a number, a day of the week, "On the night of", a town.
_BEFORE = re.compile(
    r"[\s*•·–—(\[-]*(?:\d{1,2}[.)]\s+)?(?:on\s+|night of\s+|the night of\s+)?"
    r"(?:(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)[a-z]*[.,]*\s+)?",
    re.IGNORECASE,
)
_TOWN = re.compile(r"[\s*•·–—-]*[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,2},\s*")
_BEHIND = re.compile(r"\s*(?:,\s*[\w ]{1,20})?(?::|\.(?=\s|$)|\s[-–—]+\s|[)\]]|$)")
_COLON = re.compile(r"\s*:")


class Entry(Struct, frozen=True):
    """The characters of an entry, and the time that it opens with."""

    start: int
    end: int
    time: Time


def find_entries(dated: Dated) -> tuple[Entry, ...]:
    """Return the entries of a report that has such of two days or more, in their order.

    A day in a line of its own heads what follows up to the next day.
    """
    text = dated.report.text
    opened: list[tuple[int, int, Time]] = []
    for time in dated.times:
        if time.value_start is None or time.value_start != time.value_end:
            continue
        start = text.rfind("\n", 0, time.start) + 1
        line_end = text.find("\n", time.end)
        line_end = len(text) if line_end < 0 else line_end
        before, behind = text[start : time.start], text[time.end : line_end]
        labelled = _BEFORE.fullmatch(before) and _BEHIND.match(behind)
        placed = _TOWN.fullmatch(before) and _COLON.match(behind)
        if labelled or placed:
            opened.append((start, line_end, time))
    if len({time.value_start for _, _, time in opened}) < _LEAST:
        return ()
    found = []
    starts = [*(start for start, _, _ in opened[1:]), len(text)]
    for (start, end, time), until in zip(opened, starts, strict=True):
        alone = not text[time.end : end].strip(" .:-–—)]")
        found.append(Entry(start=start, end=until if alone else end, time=time))
    return tuple(found)


def dated_by_entry(draft: Draft, drafts: Sequence[Draft], entries: Sequence[Entry]) -> Draft:
    """Give a draft that no word of its own dates the day of the entry in which it stands."""
    mention = draft.mention
    told = mention.when is not None and mention.when.basis == "told"
    if told and mention.status == "denied" and _is_of_entry(draft, entries):
        # "2 March: The army denies the raid": the raid was before that.
        return changed(draft, when=None)
    if told or mention.status not in _HELD or draft.content or mention.known:
        return draft
    if draft.over is not None or draft.pluperfect or is_told_as_earlier(draft, drafts):
        return draft
    at = mention.trigger[0]
    entry = next((each for each in entries if each.start <= at < each.end), None)
    if entry is None or entry.time.value_start is None:
        return draft
    when = When(
        start=entry.time.value_start,
        end=entry.time.value_end,
        precision="day",
        basis="told",
        evidence=(Trace(report=mention.report, start=entry.time.start, end=entry.time.end),),
    )
    return changed(draft, when=when)


def _is_of_entry(draft: Draft, entries: Sequence[Entry]) -> bool:
    """Tell whether a draft has its day from the words that open an entry."""
    when = draft.mention.when
    opening = {entry.time.start for entry in entries}
    return when is not None and any(trace.start in opening for trace in when.evidence)
