"""TimelineJS: the columns of Knight Lab's spreadsheet template, as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from parley.export.delimited import Cell, write_table
from parley.export.format import Format
from parley.export.selection import Selection, Told, counted
from parley.model import When
from parley.views import phrase_when

COLUMNS = (
    "Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date",
    "Headline", "Text", "Media", "Media Credit", "Media Caption", "Media Thumbnail", "Type",
    "Group", "Background",
)  # fmt: skip
# Knight Lab advises some 20 slides; past a few hundred the page becomes slow to load.
MOST_ROWS = 300
_TELLINGS = 5


def write_timelinejs(selection: Selection) -> Iterator[bytes]:
    """Yield the dated events as CSV, and say so where they are more than TimelineJS shows well."""
    return write_table(COLUMNS, _rows(selection), bom=selection.bom)


def _rows(selection: Selection) -> Iterator[Sequence[Cell]]:
    written = undated = 0
    for told in selection.told():
        if told.event.when is None:
            undated += 1
            continue
        written += 1
        yield _row(told, told.event.when)
    if undated:
        selection.notice(f"timelinejs: left out {counted(undated, 'event')} without a date")
    if written > MOST_ROWS:
        selection.notice(
            f"timelinejs: {written:,} rows are more than TimelineJS shows well ({MOST_ROWS}); "
            f"choose fewer with --type, --party, --since or --min-sources"
        )


def _row(told: Told, when: When) -> Sequence[Cell]:
    event = told.event
    end = when.end if when.end != when.start else None
    return (
        *_day(when.start, when),
        None,
        *(_day(end, when) if end else (None, None, None)),
        None,
        phrase_when(when),
        escape(event.summary),
        _text(told),
        "",
        "",
        "",
        "",
        "",
        event.type,
        "",
    )


def _day(day: date, when: When) -> tuple[int, int | None, int | None]:
    """Return year, month and day, none finer than the date is known."""
    if when.precision == "year":
        return day.year, None, None
    if when.precision == "month":
        return day.year, day.month, None
    return day.year, day.month, day.day


def _text(told: Told) -> str:
    """Return what the reports say, as HTML; what they hold of markup shows as it stands."""
    parts = [f"<p>{escape(told.event.status.replace('_', ' '))}</p>"]
    for mention in told.event.mentions[:_TELLINGS]:
        line = told.reports.get(mention.report)
        name = (line.outlet or line.source) if line else mention.report
        words = " ".join(mention.text.split())
        parts.append(f"<blockquote>{escape(words)} <cite>{escape(name)}</cite></blockquote>")
    return "".join(parts)


TIMELINEJS = Format(
    name="timelinejs",
    says="CSV in the columns of TimelineJS's spreadsheet",
    media_type="text/csv; charset=utf-8",
    suffix=".timeline.csv",
    pieces=write_timelinejs,
)
