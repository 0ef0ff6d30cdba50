"""Entries: the lines of a log, a diary or a chronology, each of which opens with its day.

In: a dated report.  Out: where its entries stand and of which day and town each is; drafts that no
word of their own dates are of the day of their entry ("1 March: Shelling of the forest."), those
that name no place in its town ("1 March - Beni: shelling of the forest.").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from parley.coding.drafts import Draft, changed
from parley.coding.places import are_wide
from parley.coding.storyday import PAST, is_told_as_earlier
from parley.dating import Dated
from parley.grounding import Grounding
from parley.model import EventType, Place, Status, Time, Trace, When
from parley.parsing.labels import LEAST, TOWN

_HELD: frozenset[Status] = PAST | {"ongoing"}
# What is said is said anywhere.
_SAID: frozenset[EventType] = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
# What may stand before the day: a bullet, a number, a day of the week, "On the night of", a town.
_BEFORE = re.compile(
    r"[\s*•·–—(\[-]*(?:\d{1,2}[.)]\s+)?(?:on\s+|night of\s+|the night of\s+)?"
    r"(?:(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)[a-z]*[.,]*\s+)?",
    re.IGNORECASE,
)
_TOWN = re.compile(rf"[\s*•·–—-]*(?P<town>{TOWN}),\s*")
_BEHIND = re.compile(r"\s*(?:,\s*[\w ]{1,20})?(?::|\.(?=\s|$)|\s[-–—]+\s|[)\]]|$)")
_TOWN_BEHIND = re.compile(rf"\s*[,(–—-]?\s*(?P<town>{TOWN})(?:[:)\]]|\.\s|\s[-–—]+\s)")
_COLON = re.compile(r"\s*:")


class Entry(Struct, frozen=True):
    """The characters of an entry, the time that it opens with, and the town beside that, if any."""

    start: int
    end: int
    time: Time
    town: tuple[int, int] | None = None


def find_entries(dated: Dated) -> tuple[Entry, ...]:
    """Return the entries of a report that has such of two days or more, in their order.

    A day in a line of its own heads what follows up to the next day.
    """
    text = dated.report.text
    opened: list[Entry] = []
    for time in dated.times:
        if time.value_start is None or time.value_start != time.value_end:
            continue
        start = text.rfind("\n", 0, time.start) + 1
        line_end = text.find("\n", time.end)
        line_end = len(text) if line_end < 0 else line_end
        before, behind = text[start : time.start], text[time.end : line_end]
        opens = _BEFORE.fullmatch(before) is not None
        town = _TOWN_BEHIND.match(behind) if opens else None
        if town is not None:
            place = (time.end + town.start("town"), time.end + town.end("town"))
            opened.append(Entry(start, line_end, time, place))
        elif opens and _BEHIND.match(behind):
            opened.append(Entry(start, line_end, time))
        elif (town := _TOWN.fullmatch(before)) and _COLON.match(behind):
            place = (start + town.start("town"), start + town.end("town"))
            opened.append(Entry(start, line_end, time, place))
    if len({entry.time.value_start for entry in opened}) < LEAST:
        return ()
    found = []
    starts = [*(entry.start for entry in opened[1:]), len(text)]
    for entry, until in zip(opened, starts, strict=True):
        alone = not text[entry.time.end : entry.end].strip(" .:-–—)]")
        found.append(replace(entry, end=until) if alone else entry)
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
    entry = _entry_of(draft, entries)
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


def placed_by_entry(draft: Draft, entries: Sequence[Entry], grounding: Grounding) -> Draft:
    """Give a draft that names no town the one that its entry opens with.

    A name that no list has is a town's where another entry opens with one that is known.
    """
    mention = draft.mention
    if not are_wide(mention.where) or mention.type in _SAID or mention.status not in _HELD:
        return draft
    entry = _entry_of(draft, entries)
    if entry is None or entry.town is None or mention.background or mention.known:
        return draft
    place = _town(entry, grounding)
    if place is None or (place.lat is None and not any(_is_known(e, grounding) for e in entries)):
        return draft
    return changed(draft, where=(place,))


def _entry_of(draft: Draft, entries: Sequence[Entry]) -> Entry | None:
    at = draft.mention.trigger[0]
    return next((each for each in entries if each.start <= at < each.end), None)


def _is_known(entry: Entry, grounding: Grounding) -> bool:
    place = _town(entry, grounding)
    return place is not None and place.lat is not None


def _town(entry: Entry, grounding: Grounding) -> Place | None:
    """Return the town that an entry opens with; a party or a country is none."""
    if entry.town is None:
        return None
    start, end = entry.town
    name = grounding.parse.report.text[start:end]
    for reference in grounding.references:
        whole = (reference.start, reference.end) == entry.town and reference.how != "metonym"
        if whole and any(member.party.kind != "person" for member in reference.members):
            return None
    trace = Trace(report=grounding.parse.report.id, start=start, end=end)
    for called in (name, name.split(",")[0]):
        place = grounding.place_called(called)
        if place is not None:
            return None if place.precision == "country" else replace(place, evidence=(trace,))
    return Place(name=name.split(",")[0], precision="unknown", evidence=(trace,))


def _is_of_entry(draft: Draft, entries: Sequence[Entry]) -> bool:
    """Tell whether a draft has its day from the words that open an entry."""
    when = draft.mention.when
    opening = {entry.time.start for entry in entries}
    return when is not None and any(trace.start in opening for trace in when.evidence)
