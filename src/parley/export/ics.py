"""iCalendar (RFC 5545): talks, agreements and whatever is announced, for a calendar program.

Without a type or status among the filters these are the talks and agreements of every
status, and of the other types what is or was ahead; with one, what the filters ask for.
Every entry is of whole days, in no time zone; one on some day of a month lasts that month
and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from parley.export.format import Format
from parley.export.selection import Selection, Told, counted
from parley.model import Event, Status
from parley.views import phrase_when

_MEETINGS = ("AGREE", "CONSULT")
_ANNOUNCED: tuple[Status, ...] = ("scheduled", "expected", "proposed", "called_off")
_STATUS = {
    "happened": "CONFIRMED", "ongoing": "CONFIRMED", "scheduled": "CONFIRMED",
    "expected": "TENTATIVE", "proposed": "TENTATIVE", "alleged": "TENTATIVE",
    "called_off": "CANCELLED", "denied": "CANCELLED",
}  # fmt: skip
_LONGEST_LINE = 75  # octets, RFC 5545, 3.1
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def write_ics(selection: Selection) -> Iterator[bytes]:
    """Yield a calendar."""
    yield _lines("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parley//Parley record//EN",
                 "CALSCALE:GREGORIAN", "X-WR-CALNAME:Parley")  # fmt: skip
    asked = bool(selection.filters.type or selection.filters.status)
    undated = 0
    for told in selection.told():
        event = told.event
        if not asked and event.type not in _MEETINGS and event.status not in _ANNOUNCED:
            continue
        if event.when is None:
            undated += 1
            continue
        yield _entry(told, event.when.start, event.when.end)
    yield _lines("END:VCALENDAR")
    if undated:
        selection.notice(f"ics: left out {counted(undated, 'event')} without a date")


def _entry(told: Told, start: date, end: date | None) -> bytes:
    event = told.event
    # What lasts has an entry on the day on which it began: nobody knows when it ends.
    last = end or start
    after = last + timedelta(days=1) if last < date.max else last
    located = next((p for p in event.where if p.lat is not None and p.lon is not None), None)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.id}@parley",
        f"DTSTAMP:{_stamp(told):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{_basic(start)}",
        f"DTEND;VALUE=DATE:{_basic(after)}",
        f"SUMMARY:{_escaped(_headline(event))}",
        f"DESCRIPTION:{_escaped(_description(told))}",
        f"STATUS:{_STATUS[event.status]}",
        f"CATEGORIES:{event.type}",
        "TRANSP:TRANSPARENT",
    ]
    if event.where:
        lines.append(f"LOCATION:{_escaped(', '.join(dict.fromkeys(p.name for p in event.where)))}")
    if located is not None:
        lines.append(f"GEO:{located.lat:.6f};{located.lon:.6f}")
    return _lines(*lines, "END:VEVENT")


def _stamp(told: Told) -> datetime:
    """Return when this was last told: the clock has no part in it, so the file is the same."""
    days = [line.published.end for line in told.reports.values() if line.published]
    day = max(days, default=date(1970, 1, 1))
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _basic(day: date) -> str:
    return day.isoformat().replace("-", "")


def _headline(event: Event) -> str:
    """Return the summary, with the status and the date where they are not what they seem."""
    notes = []
    if event.status not in ("happened", "scheduled"):
        notes.append(event.status.replace("_", " "))
    if event.when is not None and event.when.precision not in ("day", "span"):
        notes.append(f"some day of {phrase_when(event.when)}")
    elif event.when is not None and event.when.end is None:
        notes.append("lasts")
    return f"{event.summary} ({'; '.join(notes)})" if notes else event.summary


def _description(told: Told) -> str:
    """Return what the reports say, and who they are."""
    lines = [f"{told.event.status.replace('_', ' ')}, {phrase_when(told.event.when)}"]
    for mention in told.event.mentions:
        line = told.reports.get(mention.report)
        name = (line.outlet or line.source) if line else mention.report
        lines.append(f"{name}: “{mention.text}”")
    lines.append(f"Parley {told.event.id}")
    return "\n".join(lines)


def _escaped(text: str) -> str:
    """Return a text as a value (RFC 5545, 3.3.11)."""
    text = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def _lines(*lines: str) -> bytes:
    return b"".join(_folded(line) for line in lines)


def _folded(line: str) -> bytes:
    """Return a line in pieces of at most 75 octets, none cut within a character."""
    pieces, piece = [], b""
    for character in line:
        raw = character.encode("utf-8", "replace")
        if len(piece) + len(raw) > _LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += raw
    pieces.append(piece)
    return b"\r\n".join(pieces) + b"\r\n"


ICS = Format(
    name="ics",
    says="iCalendar: talks, agreements and what is announced, for calendar programs",
    media_type="text/calendar; charset=utf-8",
    suffix=".ics",
    pieces=write_ics,
)
