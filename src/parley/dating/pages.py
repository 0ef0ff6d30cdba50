"""What the page about a report says of its day: its own date, when it was changed, ©.

In: a report, with what is not its text marked.  Out: `PageClue`s.  A page is not older
than its report: whatever day it names is a bound, and may be the report's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from parley.dating.grammar import Grammar
from parley.dating.meanings import Calendar
from parley.dating.windows import make_day
from parley.model import Report

# "own": said to be the report's; "open": the report's or the page's; "later": the
# page's; "rights": of a copyright notice, whose only year may be that of its beginning.
# "other": of another story or a picture, which is not later than the report; "day": the
# page's own without its year, above the report.
PageKind = Literal["own", "open", "later", "rights", "other", "day"]

_OWN = re.compile(r"\b(?:published|posted|first published|issued|filed)\b[\s:on]*$|^by ", re.I)
# "Press release no. 14 of", "Joint statement, Doha,", "Issued in Geneva on": a paper's own line.
_PAPER = re.compile(
    r"\W*(?:(?:joint|press|news|media|official|public|final|situation) )*"
    r"(?:statement|release|communiqu[eé]|declaration|announcement|proclamation|bulletin|notice"
    r"|briefing|issued|released|given|dated)\b[^\n!?;]{0,70}$",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:updated?|modified|changed|revised|printed|accessed|retrieved|archived|page)\b", re.I
)
_OTHER_BEFORE = re.compile(r"\barchive\b|\bphoto\b", re.I)
_OTHER_AFTER = re.compile(r"\s*[-–—:]\s*[^\W\d]\w+ \w+")
_PLACE = re.compile(r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3},? $")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[^\n\d]{0,60}((?:19|20)\d\d)(?:\s?[-–—]\s?((?:19|20)\d\d))?", re.I
)
_LINE = re.compile(r"[^\n]+")
_A_SENTENCE = 12
# What may stand beside a day on a line of its own: a label, brackets, a time and its zone.
_BESIDE_DAY = re.compile(
    r"[\[(]?\s*(?:(?:published|posted|updated|date)\b:?)?[\s|,.·–—-]*"
    r"(?:(?:at )?\d{1,2}[:.]\d\d)?[\s,|]*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{1,5})?\s*[\])]?",
    re.IGNORECASE,
)
# Pages are of these years, as far as a day without its year can tell.
_YEARS = (1990, 2041)
_AMBIGUOUS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-]\d{4}")


class PageClue(Struct, frozen=True):
    """A day that the page names (`days`: as either order of day and month reads it)."""

    days: tuple[date, ...]
    kind: PageKind
    start: int
    end: int
    since: int | None = None


def in_margins(report: Report) -> list[tuple[int, int]]:
    """Return the spans whose dates are the page's: they tell nothing of what is reported."""
    marked = [(part.start, part.end) for part in report.boilerplate if "date" in part.why.lower()]
    return marked + [found.span() for found in _RIGHTS.finditer(report.text)]


def page_clues(report: Report) -> Iterator[PageClue]:
    """Yield the dates of the page, and the years of its copyright."""
    above = _body_start(report)
    for part in report.boilerplate:
        dated = "date" in part.why.lower()
        if dated:
            yield from _dated(report.text, part.start, part.end)
        if part.start < above and (dated or "caption" not in part.why.lower()):
            yield from _days_without_year(report.text, part.start, part.end)
    legal = [part for part in report.boilerplate if "date" not in part.why.lower()]
    for part in legal:
        for found in re.finditer(r"(?i)last updated:? ([^\n]{6,40})", report.text[part.start :]):
            if part.start + found.end() <= part.end:
                # In the small print it is the site's, which need not be later than the report.
                for clue in _dated(
                    report.text, part.start + found.start(), part.start + found.end()
                ):
                    yield PageClue(clue.days, "rights", clue.start, clue.end)
    for found in _RIGHTS.finditer(report.text):
        first, last = int(found[1]), int(found[2] or found[1])
        since = first if found[2] and last > first else None
        yield PageClue((date(last, 12, 31),), "rights", *found.span(), since)


def _dated(text: str, start: int, end: int) -> Iterator[PageClue]:
    for found in Grammar(text[start:end]).find():
        meaning = found.meaning
        if not (isinstance(meaning, Calendar) and meaning.year and meaning.month and meaning.day):
            continue
        days = [make_day(meaning.year, meaning.month, meaning.day)]
        written = text[start + found.start : start + found.end]
        if _AMBIGUOUS.fullmatch(written):
            days.append(make_day(meaning.year, meaning.day, meaning.month))
        real = tuple(dict.fromkeys(day for day in days if day))
        if real:
            kind = _kind(text, start, start + found.start, start + found.end)
            yield PageClue(real, kind, start + found.start, start + found.end)


def _body_start(report: Report) -> int:
    """Return where the first line begins that is a sentence of the report's own."""
    for line in _LINE.finditer(report.text):
        own = not any(
            part.start < line.end() and line.start() < part.end for part in report.boilerplate
        )
        if own and len(line[0].split()) >= _A_SENTENCE:
            return line.start()
    return 0


def _days_without_year(text: str, start: int, end: int) -> Iterator[PageClue]:
    """Yield "Sunday, December 3", alone on its line, as the days of all years that are a Sunday."""
    line = text[start:end]
    for found in Grammar(line).find():
        meaning = found.meaning
        if not _BESIDE_DAY.fullmatch(line[: found.start] + line[found.end :]):
            continue
        if not isinstance(meaning, Calendar) or meaning.year or meaning.of:
            continue
        if not (meaning.month and meaning.day):
            continue
        days = [make_day(year, meaning.month, meaning.day) for year in range(*_YEARS)]
        real = tuple(day for day in days if day and meaning.weekday in (None, day.weekday()))
        if real:
            yield PageClue(real, "day", start + found.start, start + found.end)


def _kind(text: str, part: int, start: int, end: int) -> PageKind:
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - 80) : start]
    near = text[min(part, start) : start] or before
    after = text[end : end + 30].partition("\n")[0]
    if _OTHER_BEFORE.search(before) or _OTHER_AFTER.match(after):
        return "other"
    if (_LATER.search(near[-30:]) or _LATER.search(before)) and not _OWN.search(before):
        return "later"
    own = _OWN.search(before) or _PLACE.match(before) or is_paper(before)
    return "own" if own else "open"


def is_paper(before: str) -> bool:
    """Tell whether the words before a date at a line's end say what paper is of that day."""
    return _PAPER.fullmatch(before) is not None


def caption_dates(report: Report) -> Iterator[tuple[date, int, int]]:
    """Yield the days told by captions, as the first that each may mean: pictures are past."""
    for part in report.boilerplate:
        if "caption" not in part.why.lower():
            continue
        for found in Grammar(report.text[part.start : part.end]).find():
            meaning = found.meaning
            if isinstance(meaning, Calendar) and meaning.year and meaning.month:
                day = make_day(meaning.year, meaning.month, meaning.day or 1)
                if day:
                    yield day, part.start + found.start, part.start + found.end
