"""RSS and Atom: an entry is a report."""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from parley.model import Report
from parley.reading.encoding import is_blank
from parley.reading.form import Form, Reading
from parley.reading.headline import normal
from parley.reading.markup import fragment_text, line_of, mend
from parley.reading.rows import read_row
from parley.reading.source import Source
from parley.reading.tablelines import head_of
from parley.reading.unreadable import Unreadable

_LONGEST = 20_000_000
_OPENS = re.compile(
    r"(?:\s++|<!--.*?-->|<\?[^>]*+>|<!doctype\s[^>\[]*+(?:\[.*?\]\s*+)?>)*+"
    r"<(?:rss|feed|(?:rdf:)?RDF)\b",
    re.I | re.S,
)
_LOOKED_AT = 8_192
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>|&#?\w+;")


def looks_like_feed(source: Source) -> bool:
    """Tell whether a source begins as a feed does."""
    return _OPENS.match(head_of(source)[:_LOOKED_AT].decode("utf-8", "replace")) is not None


def _read(source: Source, reading: Reading) -> Iterator[Report]:
    raw = source.read_whole(_LONGEST, "a feed may be", way_out="give its pages one by one")
    parsed = _parse(raw, source)
    entries = parsed.get("entries") or []
    if not entries:
        raise Unreadable("is a feed without entries", way_out="look whether it is whole")
    outlet = _line(parsed.get("feed", {}).get("title"))
    for number, entry in enumerate(entries, 1):
        try:
            # As a plain dict: feedparser's own answers for one name with another.
            fields = _fields(dict(entry), outlet)
            yield read_row(fields, path=source.name, number=number, reading=reading)
        except Unreadable as error:
            reading.report(f"{source.name}#{number}", error)


def _parse(raw: bytes, source: Source) -> dict[str, Any]:
    import feedparser  # noqa: PLC0415 - few runs need it

    charset = source.origin.charset if source.origin else None
    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    try:
        # A stream, never a string: that could be taken for an address.
        parsed: dict[str, Any] = feedparser.parse(
            io.BytesIO(raw),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # whatever damaged markup makes it stumble over
        raise Unreadable(
            f"is a feed that cannot be parsed ({type(error).__name__})",
            way_out="fetch it again, or save its entries as text",
        ) from error
    return parsed


def _fields(entry: dict[str, Any], outlet: str | None) -> dict[str, object]:
    """Return what an entry says as the fields of a row."""
    title = _line(entry.get("title"))
    body = _body(entry)
    first = body.partition("\n")[0]
    headed = title and normal(title) != normal(first)
    link = _line(entry.get("link"))
    day = _day(entry)
    fields = {
        "id": _line(entry.get("id")) or link,
        "text": f"{title}\n{body}".rstrip() if headed else body,
        "title": title,
        "url": link if link and link.startswith(("http://", "https://")) else None,
        "outlet": _line((entry.get("source") or {}).get("title")) or outlet,
        "author": _line(entry.get("author")),
        "date_publish": day.isoformat() if day else None,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _body(entry: dict[str, Any]) -> str:
    """Return the longest of an entry's contents and its summary, as a reader sees it."""
    pieces = [piece for piece in entry.get("content") or [] if isinstance(piece, dict)]
    values = [piece.get("value") for piece in pieces] + [entry.get("summary")]
    texts = [_seen(value) for value in values if isinstance(value, str)]
    return max(texts, key=len, default="")


def _seen(value: str) -> str:
    value = mend(value.replace("\0", ""))
    if _TAG.search(value):
        return fragment_text(value)
    return "" if is_blank(value) else value.strip()


def _line(value: object) -> str | None:
    return line_of(_seen(value).replace("\n", " ")) if isinstance(value, str) else None


def _day(entry: dict[str, Any]) -> date | None:
    """Return the day of publication as the entry's own zone has it, else that of the update."""
    for key in ("published", "updated"):
        if day := _day_of(entry.get(key), entry.get(f"{key}_parsed")):
            return day
    return None


def _day_of(told: object, parsed: Any) -> date | None:  # noqa: ANN401 - a struct_time
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(str(told).strip()).date()
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).date() if parsed else None
    except (ValueError, TypeError, OverflowError, OSError):
        return None


FORM = Form("feed", looks_like_feed, _read)
