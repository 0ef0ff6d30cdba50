"""Paragraphs: the lines of a report that are the report."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from parley.model import Report
from parley.parsing.labels import label_ends

ParagraphKind = Literal["headline", "dateline", "label", "item", "body"]

# A line that is longer than any paragraph of a newspaper is cut, so that one line of a
# damaged file costs bounded time and memory (spaCy needs about 1 kB a character).
LONGEST_PARAGRAPH = 10_000
LONGEST_HEADLINE = 200

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BULLET = re.compile(
    r"\s*(?:[•‣▪◦●·*–—-]|\(?\d{1,2}[.)]|\(?[a-z]\)|\([ivxIVX]{1,4}\)|[ivx]{2,4}[.)]"
    r"|(?:Article|Art\.|Point|Clause|Section) \d{1,2}[.:)]?(?: ?[–—-])?"
    r"|(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth)(?:ly)?:)\s+"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+")
_CLOSED = re.compile(r"[.!?:;…][\"'”’»)\]]*$")


# "YEREVAN, May 11 (Agency) - ", "MOSCOW, August 31. /AGENCY/. ": no part of the sentence.
_DATELINE = re.compile(
    r"(?=[A-Z][A-Z'’.-]{2})[^\n]{3,90}?"
    r"(?:\s(?:—|–|--|-)\s+|[—–](?=[\"“‘'A-Z0-9])|/[A-Z][\w .-]{1,24}/[.,]?\s+(?:[—–-]\s+)?|"
    r"\([A-Z][^()]{1,40}\)\s*(?:—|–|--|-|_|:)?\s*)"
)
# "Bamako, March 4 (Agency) - ": so surely none where an agency stands before the dash.
_SIGNED = re.compile(
    r"[A-Z][\w'’.-]+(?:[ /][A-Z][\w'’.-]+){0,3}(?:,\s[A-Z][\w'’ .-]{2,24})?"
    r"(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s\d{4})?|,\s\d{1,2}\s[A-Z][a-z]{2,8}(?:\s\d{4})?)?"
    r",?\s*\([A-Z][^()]{1,60}\)\s*(?:—|–|--|-|_|:)\s+"
)
# "May 3, 2019 (BOR) — ".
_DAY_FIRST = re.compile(
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?),? \d{4} ?\([A-Z][^()]{1,40}\)"
    r"\s*(?:—|–|--|-|_|:)\s+"
)
# "Bamako — ", "New Delhi: ", "Sittwe, Myanmar: ": with no agency, and in the first paragraph alone.
_BARE = re.compile(
    r"(?P<place>[A-Z][\w'’.-]+(?:[ /][A-Z][\w'’.-]+){0,2}"
    r"(?:, [A-Z][\w'’ .-]{2,24}|, \d{1,2} [A-Z][a-z]{2,8})?)"
    r"(?P<mark>\s(?:—|–|--|-)|\s?:)\s+(?=[\"“‘']?[A-Z])"
)
# Who speaks stands like that too, again and again.
_LABELS = re.compile(r"^[A-Z][^\n:.]{1,40}:\s", re.MULTILINE)
_DASHES = re.compile(r"\s(?:—|–|--|-)\s")
# What begins or ends a line and is no letter: marks of direction and of byte order, what
# could not be decoded.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_UNDECODED = "\ufffd"


class Paragraph(Struct, frozen=True):
    """`text[start:end]` of the report, stripped of white space and bullets."""

    start: int
    end: int
    kind: ParagraphKind


def split_paragraphs(report: Report) -> tuple[Paragraph, ...]:
    """Cut the report's text into paragraphs, leaving boilerplate out.

    The first paragraph is a headline if it is short and no sentence; so is every line
    that repeats the report's title.  A line behind a bullet or a number is an item.  A
    dateline is a paragraph of its own: parsed with the sentence behind it, the place and
    the agency would take part in what the sentence tells.  So is the label of an entry of a log.
    """
    found: list[Paragraph] = []
    spoken = len(_LABELS.findall(report.text)) > 1
    lines = list(_kept_lines(report))
    labels = label_ends(
        (begun := _begin(report, *line), report.text[begun : line[1]]) for line in lines
    )
    for start, end in lines:
        begun = _begin(report, start, end)
        label = labels.get(begun)
        if label is not None:
            found.append(Paragraph(begun, begun + len(report.text[begun:label].rstrip()), "label"))
            found += [Paragraph(*piece, "body") for piece in _pieces(report.text, label, end)]
            continue
        if begun > start:
            found.append(Paragraph(begun, end, "item"))
            continue
        text = report.text[start:end]
        first = not found
        headline = len(text) <= LONGEST_HEADLINE and (
            (first and not _CLOSED.search(text)) or text == report.title
        )
        opens = not spoken and not any(paragraph.kind == "body" for paragraph in found)
        dateline = None if headline else _dateline(text, opens=opens)
        if dateline is not None:
            found.append(Paragraph(start, start + len(text[:dateline].rstrip()), "dateline"))
        for piece_start, piece_end in _pieces(report.text, start + (dateline or 0), end):
            found.append(Paragraph(piece_start, piece_end, "headline" if headline else "body"))
    return tuple(found)


def _begin(report: Report, start: int, end: int) -> int:
    """Return where a line begins behind its bullet or number, if it has one."""
    bullet = _BULLET.match(report.text[start:end])
    return start + bullet.end() if bullet and start + bullet.end() < end else start


def _dateline(text: str, *, opens: bool) -> int | None:
    """Return where the sentence behind a dateline begins, None where there is no dateline.

    `opens` tells that nothing of the report stands before it but headlines, and that its
    lines do not open with who speaks.
    """
    for form in (_SIGNED, _DAY_FIRST):
        signed = form.match(text)
        if signed is not None and signed.end() < len(text):
            return signed.end()
    found = _DATELINE.match(text)
    if found is not None and found.end() < len(text):
        place = re.split(r"[,./(—–]| - | -- ", found.group(), maxsplit=1)[0].strip()
        shouted = [word for word in place.split() if word.isupper()]
        if place and len(shouted) == len(place.split()):
            return found.end()
    bare = _BARE.match(text) if opens else None
    return bare.end() if bare is not None and not _is_aside(text, bare) else None


def _is_aside(text: str, bare: re.Match[str]) -> bool:
    """Tell whether a second dash closes what the first opens: "Unity - Northern ally - has"."""
    ends = _SENTENCE_END.search(text, bare.end())
    closing = _DASHES.search(text, bare.end(), ends.start() if ends else len(text))
    return closing is not None and not bare["mark"].endswith(":")


def _kept_lines(report: Report) -> Iterator[tuple[int, int]]:
    """Yield the stripped stretches of lines that no boilerplate covers, in order."""
    left_out = sorted(report.boilerplate)
    at = 0
    for line in _LINE.finditer(report.text):
        start = line.start()
        while at < len(left_out) and left_out[at].end <= start:
            at += 1
        for part in left_out[at:]:
            if part.start >= line.end():
                break
            yield from _stripped(report.text, start, part.start)
            start = max(start, part.end)
        yield from _stripped(report.text, start, line.end())


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    if start < end:
        yield start, end


def _is_blank(char: str) -> bool:
    return char.isspace() or (
        not char.isascii() and (char == _UNDECODED or unicodedata.category(char) in _UNSEEN)
    )


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch into pieces no longer than a paragraph may be, at sentence ends if any."""
    while end - start > LONGEST_PARAGRAPH:
        limit = start + LONGEST_PARAGRAPH
        cut = max((m.end() for m in _SENTENCE_END.finditer(text, start, limit)), default=0)
        cut = cut or text.rfind(" ", start + 1, limit) + 1 or limit
        yield from _stripped(text, start, cut)
        start = cut
    yield from _stripped(text, start, end)
