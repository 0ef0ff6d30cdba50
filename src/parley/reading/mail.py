"""E-mail: a message is a report, in a file of its own (.eml) or among others (mbox).

The text is what the message says: its HTML part as a reader sees it, else its plain part
with the breaks taken out that mail programs set within paragraphs.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import date
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from urllib.parse import urlsplit

from parley.model import Published, Report, digest
from parley.reading.encoding import decode, is_blank
from parley.reading.form import Form, Reading
from parley.reading.headline import normal
from parley.reading.markup import decode_markup, line_of, mend, parse_markup, text_of
from parley.reading.plain import compose
from parley.reading.source import Origin, Source
from parley.reading.unreadable import Unreadable
from parley.reading.webpage import read_page

# With its attachments, which are not read.
LONGEST_MESSAGE = 40_000_000
_LONGEST_LINE = 65_536
_KNOWN = frozenset(
    "return-path received delivered-to from to cc subject date message-id mime-version "
    "content-type content-transfer-encoding reply-to sender dkim-signature list-id "
    "list-unsubscribe snapshot-content-location x-mailer x-priority".split()
)
_FIELD = re.compile(rb"([!-9;-~]{1,76}):")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_SAVED_PAGE = "Snapshot-Content-Location"
_WRAPPED = range(45, 81)
_FIRST_YEAR, _LAST_YEAR = 1970, 2100
_SURE = 0.95


def _is_message(source: Source) -> bool:
    known = _count_fields(source.head)
    return known >= 3 or (known >= 1 and source.suffix in {".eml", ".mht", ".mhtml"})


def _is_mailbox(source: Source) -> bool:
    first, _, rest = source.head.partition(b"\n")
    return first.startswith(b"From ") and _count_fields(rest) >= 2


def _count_fields(head: bytes) -> int:
    """Return how many known fields a header has, 0 where the bytes do not begin with one."""
    known = set()
    for number, line in enumerate(head.split(b"\n", 200)[:200]):
        if not line.strip():
            break
        if line[:1] in b" \t" and number:
            continue
        field = _FIELD.match(line)
        if field is None:
            return 0
        known.add(field[1].decode("ascii").lower())
    return len(known & _KNOWN)


def _read_message(source: Source, reading: Reading) -> Iterator[Report]:
    raw = source.read_whole(
        LONGEST_MESSAGE, "a message may be", way_out="save it without its attachments"
    )
    yield read_message(raw, name=source.name)


def _read_mailbox(source: Source, reading: Reading) -> Iterator[Report]:
    for number, raw in enumerate(_messages(source), 1):
        name = f"{source.name}#{number}"
        try:
            if raw is None:
                raise Unreadable(
                    f"is longer than {LONGEST_MESSAGE // 1_000_000} MB",
                    way_out="save it without its attachments",
                )
            yield read_message(raw, name=name)
        except Unreadable as error:
            reading.report(name, error)


def _messages(source: Source) -> Iterator[bytes | None]:
    """Yield the messages of a mailbox, None for one that is too long, which is not held."""
    held = bytearray()
    begun = too_long = False
    blank = True
    while line := source.stream.readline(_LONGEST_LINE):
        if blank and line.startswith(b"From "):
            if begun:
                yield None if too_long else _QUOTED_FROM.sub(rb"\1", bytes(held))
            held.clear()
            begun, too_long, blank = True, False, False
            continue
        blank = not line.strip()
        if not too_long:
            held += line
            if too_long := len(held) > LONGEST_MESSAGE:
                held.clear()
    if begun:
        yield None if too_long else _QUOTED_FROM.sub(rb"\1", bytes(held))


def read_message(raw: bytes, *, name: str) -> Report:
    """Return the report of a message's bytes.

    A page that a browser saved as a message is read as the page.  Raises `Unreadable`
    where there is no text in it.
    """
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        plain, page = _bodies(message)
    except (RecursionError, ValueError, LookupError, AssertionError) as error:
        raise Unreadable(
            f"is a message that cannot be taken apart ({type(error).__name__})",
            way_out="save its text as plain text",
        ) from error
    if page is not None and (url := line_of(_header(message, _SAVED_PAGE))):
        return read_page(page[0], name=name, origin=Origin(url=url, charset=page[1]))
    body = text_of(parse_markup(decode_markup(page[0], charset=page[1]))) if page else ""
    if is_blank(body):
        body = _unwrapped(decode(plain[0], declared=plain[1])[0]) if plain else ""
    if is_blank(body):
        raise Unreadable("is a message without text", way_out="leave it out")
    return _compose(message, mend(body), raw, name)


def _compose(message: Message, body: str, raw: bytes, name: str) -> Report:
    title = line_of(_header(message, "Subject"))
    headed = title and all(normal(title) != normal(line) for line in body.split("\n", 8)[:8])
    day = _day(_header(message, "Date"))
    return compose(
        f"{title}\n{body}" if headed else body,
        id=digest("r", raw),
        source=name,
        title=title,
        outlet=_sender(_header(message, "From")),
        url=_address(_header(message, "Archived-At")),
        published=Published(start=day, end=day, how="metadata", confidence=_SURE) if day else None,
    )


def _bodies(
    message: Message,
) -> tuple[tuple[bytes, str | None] | None, tuple[bytes, str | None] | None]:
    """Return the bytes and the charset of the first plain and the first HTML part."""
    found: dict[str, tuple[bytes, str | None]] = {}
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_multipart() or kind in found or kind not in {"text/plain", "text/html"}:
            continue
        if part.get_content_disposition() == "attachment":
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            found[kind] = payload, part.get_content_charset()
    return found.get("text/plain"), found.get("text/html")


def _unwrapped(text: str) -> str:
    """Take out the breaks within paragraphs where all lines are of about one length."""
    paragraphs = re.split(r"\r?\n[ \t]*\r?\n", text.replace("\0", ""))
    return "\n\n".join(
        paragraph if not _is_wrapped(lines := paragraph.splitlines()) else _joined(lines)
        for paragraph in paragraphs
    )


def _is_wrapped(lines: list[str]) -> bool:
    return len(lines) > 1 and all(len(line.rstrip()) in _WRAPPED for line in lines[:-1])


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines)


def _header(message: Message, name: str) -> str | None:
    """Return a field decoded, as far as it can be; None where there is none."""
    value = message.get(name)
    if value is None:
        return None
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError, AssertionError):
        return str(value)


def _sender(value: str | None) -> str | None:
    """Return who sent a message: the name, else the host of the address."""
    name, address = parseaddr(value or "")
    return line_of(name.strip("\"' ")) or line_of(address.rpartition("@")[2])


def _address(value: str | None) -> str | None:
    line = (line_of(value) or "").strip("<>")
    try:
        return line if urlsplit(line).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _day(value: str | None) -> date | None:
    """Return the day of a Date field in the sender's own zone, None for what is no date."""
    try:
        day = parsedate_to_datetime((value or "").strip()).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


MAILBOX = Form("mailbox", _is_mailbox, _read_mailbox)
FORM = Form("e-mail", _is_message, _read_message)
