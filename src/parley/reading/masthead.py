"""Names of sites, and strips: several short things in one line, with bars between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from parley.reading.cues import recognise
from parley.reading.furniture import recognise_furniture
from parley.reading.lexicon import load
from parley.reading.lines import Line

SITE = "site name, section or slogan"
_BAR = re.compile(r"\s+(?:[|·•»›>/]+|>>)\s+|\s*[|·•]\s*|\s{2,}|\t+")
_DASH = re.compile(r"\s+[–—-]+\s+")
_DOMAIN = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\s*\([^()]*\)$")
_LONGEST_NAME = 6
_LONGEST_SEGMENT = 6
_LONGEST_STRIP = 300
_SHORTEST_HEADLINE = 4
_AGENCY = re.compile(
    r"[^\W\d_][^()/\n]{1,80}?(?:\((?P<round>[^()]{2,40})\)\s*(?:--|[-–—])|/(?P<slash>[^/()]{2,30})/)"
)


class Outlets(Struct, frozen=True, forbid_unknown_fields=True):
    """The data file: words of outlets' names."""

    last: tuple[str, ...]
    first: tuple[str, ...]
    inside: tuple[str, ...]


class Segment(Struct, frozen=True):
    """A part of a strip, `text[start:end]` with the bar behind it, and what it is.

    `known` is false where that is only concluded from the company it keeps.
    """

    start: int
    end: int
    why: str
    known: bool


def is_masthead(text: str) -> bool:
    """Tell whether a line is the name of an outlet: capitalised words, one of them telling."""
    if len(text) > _LONGEST_STRIP:
        return False
    text = _PARENTHESIS.sub("", text)
    if _DOMAIN.fullmatch(text):
        return True
    words = re.findall(r"[^\s,]+", text)
    outlets = _outlets()
    if not 2 <= len(words) <= _LONGEST_NAME or not re.fullmatch(r"[\w\s.,&'’-]+", text):
        return False
    named = all(word[:1].isupper() or word in outlets.inside for word in words)
    telling = words[-1].lower() in outlets.last or words[0].lower() in outlets.first
    return named and telling


def split_strip(line: Line) -> list[Segment] | None:
    """Return the parts of a line that is a strip of short things, None where it is none.

    It is one if all its parts are short and no sentence, or if one of them is
    recognised and the others are no paragraph.
    """
    for bars in (_BAR, _DASH):
        parts = _split(line, bars)
        if len(parts) < 2 or any(part.is_paragraph for part in parts):
            continue
        reasons = [_reason(part) for part in parts]
        short = all(p.words <= _LONGEST_SEGMENT and not p.closed for p in parts)
        if (short and bars is _BAR) or any(reasons):
            starts = [part.start for part in parts]
            ends = [*starts[1:], len(line.text)]
            return [
                Segment(
                    line.start + start,
                    line.start + len(line.text[:end].rstrip()),
                    reason or SITE,
                    reason is not None,
                )
                for start, end, reason in zip(starts, ends, reasons, strict=True)
            ]
    return None


def headline_part(line: Line) -> Line:
    """Return the part of a headline's line that is no name of a site ("Talks resume | Echo").

    The part is a line of its own, with offsets into the text of `line`; the line itself
    where nothing is to be taken off.
    """
    for bars in (_BAR, _DASH):
        parts = _split(line, bars)
        if len(parts) < 2:
            continue
        unknown = [part for part in parts if not _reason(part)]
        if len(unknown) == 1 and unknown[0].words >= _SHORTEST_HEADLINE:
            return unknown[0]
    return line


def outlet_of(lines: Sequence[Line], first: int) -> str | None:
    """Return the outlet that a page names itself, None where it does not.

    Looks for a name above the first paragraph (of index `first`), then for the agency
    in that paragraph's dateline ("GENEVA, Oct. 2 (Name) -", "GENEVA, October 2. /NAME/").
    """
    for line in lines[:first]:
        for part in [line, *_split(line, _BAR), *_split(line, _DASH)]:
            if is_masthead(part.text) and not _DOMAIN.fullmatch(part.text):
                return part.text
    if first < len(lines) and (match := _AGENCY.match(lines[first].text)):
        before = match[0][: match.start("round" if match["round"] else "slash") - match.start()]
        if re.match(r"[^\W\d_a-z]{3,}", before):  # a dateline's place stands in capitals
            return (match["round"] or match["slash"]).strip()
    return None


def _reason(part: Line) -> str | None:
    if found := recognise(part, edge=True):
        return found.why
    return recognise_furniture(part, edge=True) or (SITE if is_masthead(part.text) else None)


def _split(line: Line, bars: re.Pattern[str]) -> list[Line]:
    """Return the parts of a line between bars, with offsets into the line's own text."""
    if len(line.text) > _LONGEST_STRIP:
        return [Line(line.text, 0, len(line.text))]
    parts, start = [], 0
    for bar in bars.finditer(line.text):
        if bar.start() > start:
            parts.append(Line(line.text, start, bar.start()))
        start = bar.end()
    if start < len(line.text):
        parts.append(Line(line.text, start, len(line.text)))
    return parts


@cache
def _outlets() -> Outlets:
    return load("outlets.toml", Outlets)
