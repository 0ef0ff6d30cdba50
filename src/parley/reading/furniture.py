"""What stands around a report by custom: page dates, bylines, photo captions."""

from __future__ import annotations

import re
from functools import lru_cache

from parley.reading.lines import Line

_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_ZONE = r"gmt|utc|bst|cet|cest|est|edt|et|pst|pdt|msk|ist|eet|local time|z"
_DATE_PART = re.compile(
    rf"\b\d+ (?:minute|min|hour|day|week|month|year)s? ago\b|\b(?:gmt|utc)[+-]\d{{1,2}}\b"
    rf"|\b(?:{_MONTH}|{_WEEKDAY}|{_ZONE}|a\.?m\.?|p\.?m\.?|at|on|of|the|updated|published|posted"
    r"|last|modified|created|first|date|time|edited|h|hrs|hours)\b"
    r"|\b\d{1,4}(?:st|nd|rd|th)?\b|\bt(?=\d)|[\s,.:;/|()+•·–—-]",
    re.IGNORECASE,
)
_YEAR = r"(?:1[89]|20)\d\d"
_DAY = re.compile(
    rf"\b(?:{_MONTH})\b\.?,?\s*\d{{1,2}}(?!\d)|\b\d{{1,2}}(?:st|nd|rd|th)?\.?\s*(?:of\s+)?(?:{_MONTH})\b"
    rf"|\b{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\b\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:{_YEAR}|\d\d)\b",
    re.IGNORECASE,
)
_SURE_DATE = re.compile(rf"\b{_YEAR}\b|\b{_WEEKDAY}\b|\d[-/.]\d\d$", re.IGNORECASE)
# A label ("Date of the page:") or a place ("Port Louis, ") may stand before it.
_BEFORE_DATE = re.compile(
    r"^(?:[^\W\d_][^:,.\d|·•]{0,40}:\s*|(?:[^\W\d_a-z][^:,.\d]{1,25},\s*){1,2})"
)
_LONGEST_DATE = 120
_EMPHASIS = "*_ "

_NAME = r"[^\W\d_a-z][\w.'’-]*"
_BYLINE = re.compile(
    rf"(?i:by)\s+{_NAME}(?:[\s,]+(?:and|in|of|for|the|de|van|von|bin|al|&|{_NAME}))*"
    rf"(?:\s*[,|/•·–—-].*)?\W*$"
)
_NOT_A_NAME = re.compile(
    rf"by\s+(?:{_MONTH}|{_WEEKDAY}|the\s|an?\s|now\b|then\b|all\b|land\b|sea\b|air\b|far\b)",
    re.IGNORECASE,
)
_LONGEST_BYLINE = 100
_CREDITS = re.compile(
    r"\(\s*(?:reporting|writing|editing|additional reporting) by [^()]{3,300}\)$", re.I
)

_AGENCY = (
    r"reuters|ap|afp|epa(?:-efe)?|getty(?: images)?|tass|ria(?: novosti)?|sputnik|anadolu|aa|dpa"
    r"|xinhua|shutterstock|alamy|istock|unsplash|pexels|wikimedia(?: commons)?|afp via getty images"
    r"|ap photo|file photo|handout|pool|courtesy|photo|picture|image|file|archive|bloomberg"
)
# A credit with a word for a picture in it tells wherever it stands; the bare name of an
# agency at the end closes paragraphs of text as well, and tells only above the first one.
_CREDIT = re.compile(
    r"[(\[](?:[^()\[\]]{0,60}\b)?"
    r"(?:photo|photograph|picture|image|credit|file|archive|handout|getty|shutterstock)s?\b"
    r"[^()\[\]]{0,80}[)\]]\W*$"
    r"|\b(?:photo|picture|image|credit|courtesy)s?(?:\s+(?:by|courtesy of|credit))?"
    r"\s*[:/]\s*[^.]{1,60}$"
    r"|/(?:AFP|AP|Reuters|EPA|Getty)\b[^.]{0,40}$",
    re.IGNORECASE,
)
_CREDIT_SIGNS = "([:/"  # one of which each credit has
_AGENCY_ALONE = re.compile(
    rf"[(\[]\s*(?:[^()\[\]/]{{0,60}}/\s*)?(?:{_AGENCY})(?:\s*/[^()\[\]]{{0,60}})?\s*[)\]]\W*$"
    rf"|(?:[/|©]|–|—|\s-)\s*(?:{_AGENCY})(?:\s*/[\w .'’-]{{0,40}})?\W*$",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"(?:\(?FILE\)?(?: PHOTO| IMAGE| PICTURE)?\)?\s*[-–—:]|\[?(?:PHOTO|IMAGE|PICTURE)\s*[\]:|/])"
)
_PHOTOGRAPHER = re.compile(
    r"\b(?:REUTERS|AFP|AP|EPA(?:-EFE)?|TASS|Getty Images|Anadolu)\s*/\s*[^\W\d_a-z][\w .'’-]{2,40}$"
)
_CREDITED_AT_END = re.compile(r"\w\W+\w+\W+\w+\W+\w.*\([^()]{3,60}\)$")
_POSED = re.compile(
    r",\s(?:(?:second|third|far|top|bottom) )?(?:from )?(?:left|right|cent(?:er|re))\s?,"
    r"|\((?:L|R|C|(?:2nd |second |third )?(?:left|right|cent(?:er|re)))\)"
)
_LONGEST_CAPTION = 500


def recognise_furniture(line: Line, *, edge: bool, top: bool = False) -> str | None:
    """Return "page date", "byline" or "photo caption" where a line is one, else None.

    Page dates and names alone on a line count only at the edge of the report (above the
    first or below the last paragraph): elsewhere a date heads an entry of a chronology.
    `top` is true above the first paragraph and for the line that may be it.
    """
    if edge and is_date_line(line.text):
        return "page date"
    if edge and _is_byline(line.text):
        return "byline"
    if is_caption(line.text, top=top):
        return "photo caption"
    return None


def is_date_line(text: str) -> bool:
    """Tell whether a line is a date and nothing else (a time, a zone, "Updated:" may stand by).

    Markdown may set it off: "*Friday 7 January 2005*".
    """
    text = text.strip(_EMPHASIS)
    if len(text) > _LONGEST_DATE or not (_DAY.search(text) and _SURE_DATE.search(text)):
        return False
    return not _DATE_PART.sub("", _BEFORE_DATE.sub("", text))


@lru_cache(maxsize=256)  # headline, outlet and clutter are looked for in the same lines
def is_caption(text: str, *, top: bool) -> bool:
    """Tell whether a line describes a picture: by its credit, or the word "FILE" before it."""
    if len(text) > _LONGEST_CAPTION:
        return False
    if top and (_AGENCY_ALONE.search(text) or _POSED.search(text)):
        return True
    if top and text.endswith(")") and _CREDITED_AT_END.search(text):
        return True
    if _FILE.match(text):
        return True
    if not any(map(text.__contains__, _CREDIT_SIGNS)):
        return False
    return bool(_CREDIT.search(text) or ("/" in text and _PHOTOGRAPHER.search(text)))


def find_credits(text: str) -> tuple[int, int] | None:
    """Return where a paragraph's closing "(Reporting by ...; Editing by ...)" stands."""
    match = _CREDITS.search(text)
    return match.span() if match else None


def _is_byline(text: str) -> bool:
    return (
        len(text) <= _LONGEST_BYLINE and not _NOT_A_NAME.match(text) and bool(_BYLINE.match(text))
    )
