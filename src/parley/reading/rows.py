"""A row of a table, a line of JSON: one report with what is known about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import msgspec

from parley.model import Published, Report, digest
from parley.reading.encoding import is_blank
from parley.reading.form import Reading
from parley.reading.plain import compose
from parley.reading.source import LONGEST_REPORT, printable
from parley.reading.unreadable import Unreadable

_DAY = re.compile(r"\s*(\d{4})([-/]?)(\d{2})\2(\d{2})(?:[T ].*)?\s*", re.DOTALL)
_FIRST_YEAR, _LAST_YEAR = 1700, 2100
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9-]+)?", re.IGNORECASE)
# news-please's names of what is called otherwise here; its dates are those of pages' metadata.
_OTHER_NAMES = {"text": "maintext", "outlet": "source_domain"}
_PAGE_DATE = "date_publish"
TEXTS = {"text", "maintext"}
_FROM_METADATA = 0.95
_NONE = {"null", "none", "nan", "nat"}
_SURROGATES = re.compile("[\ud800-\udfff]")


def read_row(fields: Mapping[str, object], *, path: str, number: int, reading: Reading) -> Report:
    """Return the report of one row.

    `text` is required; `id`, `url`, `title`, `outlet`, `author`, `date` and `language` are
    used where present, or what news-please calls `maintext`, `source_domain`, `authors` and
    `date_publish`.  A date that is none is reported, and the row read without it.  The
    report's id follows from all fields, whatever their order and the row's layout.

    Raises `Unreadable` for a row without a usable text.
    """
    fields = {_mend(key): _mended(value) for key, value in fields.items()}
    id_ = digest("r", msgspec.json.encode(fields, order="sorted"))
    for name, other in _OTHER_NAMES.items():
        if _is_empty(fields.get(name)) and not _is_empty(fields.get(other)):
            fields[name] = fields[other]
    text = fields.get("text")
    if not isinstance(text, str):
        raise Unreadable("has no `text`", way_out="put the report's text into a field `text`")
    if is_blank(text):
        raise Unreadable("has an empty `text`", way_out="leave the row out")
    if "\0" in text:
        raise Unreadable("holds NUL characters", way_out="take them out of `text`")
    if len(text) > LONGEST_REPORT:
        raise Unreadable(
            f"is longer than one report may be ({LONGEST_REPORT // 1_000_000} MB)",
            way_out="split it into reports",
        )
    source = f"{path}#{printable(_string(fields, 'id') or str(number))}"
    language = _LANGUAGE.fullmatch(_string(fields, "language") or "")
    return compose(
        text,
        id=id_,
        source=source,
        title=_string(fields, "title"),
        outlet=_string(fields, "outlet"),
        author=_authors(fields),
        url=_string(fields, "url"),
        language=language[1].lower() if language else None,
        published=_published(fields, source, reading),
    )


def parse_day(value: str) -> date | None:
    """Return the day of an ISO date or date and time (2022-09-30, 2022-09-30T10:00Z), or None.

    Years outside 1700..2100 are placeholders, not dates of publication.
    """
    match = _DAY.fullmatch(value)
    if not match or not _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR:
        return None
    try:
        return date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None


def _published(fields: Mapping[str, object], source: str, reading: Reading) -> Published | None:
    given = not _is_empty(fields.get("date"))
    value = fields.get("date" if given else _PAGE_DATE)
    if _is_empty(value) or (not given and str(value).strip().lower() in _NONE):
        return None
    day = parse_day(str(value))
    if day is None:
        shown = str(value)[:40]
        reading.report(
            source,
            Unreadable(
                f"{shown!r} is no date, the report is read without one",
                way_out="write `date` as 2022-09-30",
            ),
        )
        return None
    if not given:
        return Published(start=day, end=day, how="metadata", confidence=_FROM_METADATA)
    return Published(start=day, end=day, how="given", confidence=1.0)


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _authors(fields: Mapping[str, object]) -> str | None:
    """Return `author`, or news-please's list of `authors`, as a line."""
    names = fields.get("authors")
    if _is_empty(fields.get("author")) and isinstance(names, list):
        told = [" ".join(name.split()) for name in names if isinstance(name, str)]
        return "; ".join(filter(None, told)) or None
    return _string(fields, "author")


def _string(fields: Mapping[str, object], key: str) -> str | None:
    """Return a field as a line of text; None where it is absent, empty or a structure."""
    value = fields.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return " ".join(str(value).replace("\0", " ").split()) or None


def _mend(text: str) -> str:
    """Put U+FFFD for lone surrogates: they are no characters, and no UTF-8 can hold them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


def _mended(value: object) -> object:
    """Mend every string of a JSON value."""
    if isinstance(value, str):
        return _mend(value)
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mend(str(key)): _mended(item) for key, item in value.items()}
    return value
