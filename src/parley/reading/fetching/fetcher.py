"""A URL to a page: redirects, each hop checked; robots.txt; waiting; what did not change."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import BinaryIO, cast

from msgspec import Struct

from parley.reading.contenttype import parse_content_type
from parley.reading.fetching.address import Address, join, without_secrets
from parley.reading.fetching.deadline import Deadline
from parley.reading.fetching.exchange import Answer, Wire, ask
from parley.reading.fetching.hosts import Checked, Unreachable, check_host
from parley.reading.fetching.memory import Remembered
from parley.reading.fetching.robots import EVERYTHING, LARGEST, Robots, parse_robots
from parley.reading.fetching.rules import Fetching
from parley.reading.fetching.unpacking import ACCEPTED, unpack
from parley.reading.source import Origin, printable
from parley.reading.unreadable import Unreadable
from parley.version import __version__

AGENT = f"Parley/{__version__}"
_TOKEN = "parley"  # what a robots.txt calls it
_ACCEPT = "text/html, application/rss+xml, application/atom+xml, text/plain, */*;q=0.5"
_REDIRECTS = {301, 302, 303, 307, 308}
_MOST_REDIRECTS = 10
_ROBOTS_REDIRECTS = 5
_ROBOTS_SECONDS = 20.0
_IN_MEMORY = 16_000_000  # what is larger is kept on disk until it is read
_LONGEST_VALIDATOR = 1_000
_NO_REPORTS = {"image", "audio", "video", "font"}
_FURTHEST_ZONE = timedelta(hours=14)  # where the day begins first
_SAVE = "save the page and give the file"


class Page(Struct, frozen=True):
    """What was fetched: where from, its bytes, and what to remember of it."""

    origin: Origin
    file: BinaryIO
    remembered: Remembered


class Fetcher:
    """Fetches, and keeps for the length of a run what each site said of robots and waiting."""

    def __init__(self, rules: Fetching, *, wire: Wire | None = None) -> None:
        self._rules = rules
        self._wire = wire or Wire()
        self._robots: dict[str, Robots | Unreadable] = {}
        self._unreachable: dict[tuple[str, bool], Unreachable] = {}
        self._delays: dict[str, float] = {}
        self._asked: dict[str, float] = {}
        self._told_to_wait: dict[str, Unreadable] = {}

    @contextmanager
    def fetch(self, address: Address, known: Remembered | None) -> Iterator[Page | None]:
        """Give the page at an address; None where it has not changed since it was `known`.

        Raises `Unreadable` for all that keeps it from being fetched.
        """
        self._pause(address)
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
            yield self._follow(address, known, _Visit(self._rules), cast(BinaryIO, file))

    def _follow(
        self, address: Address, known: Remembered | None, visit: _Visit, file: BinaryIO
    ) -> Page | None:
        """Go from hop to hop until there is a page."""
        seen: set[str] = set()
        while True:
            try:
                if address.url in seen:
                    raise Unreadable("redirects in a circle", way_out=_SAVE)
                seen.add(address.url)
                self._ask_leave(address, visit)
                conditions = _conditions(known) if known and known.url == address.url else {}
                self._asked[address.site] = time.monotonic()
                with visit.ask(address, conditions, self._wire) as answer:
                    if answer.status in _REDIRECTS and (leads := answer.header("Location")):
                        address = _redirected(address, leads, hops=len(seen))
                        continue
                    if answer.status == 304 and conditions:
                        return None
                    self._refuse_status(address, answer)
                    return _take(address, answer, file, largest=self._rules.largest)
            except _Elsewhere:
                raise
            except Unreadable as error:
                if len(seen) > 1:
                    raise _Elsewhere.told(address.url, error) from error
                raise

    def _pause(self, address: Address) -> None:
        """Wait as long as a site may expect between two requests of one run."""
        if (asked := self._asked.get(address.site)) is None:
            return
        delay = max(self._delays.get(address.site, 0.0), self._rules.pause)
        time.sleep(max(0.0, asked + delay - time.monotonic()))

    def _ask_leave(self, address: Address, visit: _Visit) -> None:
        """Raise `Unreadable` where a site forbids an address, or asked to be left alone."""
        if error := self._told_to_wait.get(address.site):
            raise error
        # A private address may be asked by one way to it and not by another.
        if error := self._unreachable.get((address.site, visit.allow_private)):
            raise error
        if address.site not in self._robots:
            try:
                self._robots[address.site] = self._read_robots(address, visit)
            except Unreachable as error:
                self._unreachable[address.site, visit.allow_private] = error
                raise
        robots = self._robots[address.site]
        if isinstance(robots, Unreadable):
            raise robots
        self._delays[address.site] = robots.delay
        if not robots.allows(address.target):
            raise Unreadable(
                "may not be fetched by programs (its site's robots.txt says so)",
                way_out="open it in a browser, save the page and give the file",
            )

    def _read_robots(self, address: Address, visit: _Visit) -> Robots | Unreadable:
        """Return a site's rules: all is allowed where it has none, nothing where it fails.

        Raises `Unreachable` where the site itself is, and its pages with it.
        """
        at = join(address, "/robots.txt")
        hops = 0
        try:
            with visit.shorter(_ROBOTS_SECONDS) as brief:
                while True:
                    with brief.ask(at, {}, self._wire) as answer:
                        if answer.status in _REDIRECTS and (leads := answer.header("Location")):
                            hops += 1
                            if hops > _ROBOTS_REDIRECTS:
                                return EVERYTHING
                            at = join(at, leads)
                            continue
                        if answer.status == 429 or answer.status >= 500:
                            raise Unreadable(f"status {answer.status}", way_out=_SAVE)
                        if answer.status != 200:
                            return EVERYTHING
                        return parse_robots(_robots_body(answer), agent=_TOKEN)
        except Unreadable as error:
            if isinstance(error, Unreachable) and not hops:
                raise
            return Unreadable(
                f"may be one that programs are not to fetch: its site's robots.txt cannot be "
                f"read ({error.problem})",
                way_out=f"try again later, or {_SAVE}",
            )

    def _refuse_status(self, address: Address, answer: Answer) -> None:
        """Raise `Unreadable` for an answer that is no page."""
        status = answer.status
        if status in {200, 203}:
            return
        if status in {404, 410}:
            raise Unreadable(f"is not there (status {status})", way_out="check the address")
        if status in {401, 402, 403, 407, 451}:
            raise Unreadable(
                f"is not given to everyone (status {status})",
                way_out="open it in a browser, save the page and give the file",
            )
        later = answer.header("Retry-After")
        if status == 429 or (status == 503 and later):
            error = Unreadable(
                f"is at a site that asks to come later (status {status})",
                way_out=f"try again {_wait(later)}",
            )
            self._told_to_wait[address.site] = error
            raise error
        if status >= 500:
            raise Unreadable(f"makes its server fail (status {status})", way_out="try again later")
        raise Unreadable(f"is answered with status {status}, not with a page", way_out=_SAVE)


class _Elsewhere(Unreadable):
    """What went wrong went wrong at an address that the one given leads to."""

    @classmethod
    def told(cls, url: str, error: Unreadable) -> _Elsewhere:
        """Return the error with the other address in it."""
        where = printable(without_secrets(url))[:200]
        return cls(f"redirects to {where}, which {error.problem}", way_out=error.way_out)


class _Visit:
    """One fetch: the time it has, and the hosts it has looked up and checked."""

    def __init__(self, rules: Fetching) -> None:
        self._deadline = Deadline(rules.timeout, way_out="--timeout gives it more")
        self.allow_private = rules.allow_private
        self._checked: dict[tuple[str, int], Checked] = {}

    @contextmanager
    def ask(self, address: Address, conditions: Mapping[str, str], wire: Wire) -> Iterator[Answer]:
        """Ask one address, if its host may be asked."""
        key = address.host, address.port
        if key not in self._checked:
            self._checked[key] = check_host(
                address,
                look_up=wire.look_up,
                allow_private=self.allow_private,
                deadline=self._deadline,
            )
        checked = self._checked[key]
        if not checked.private:
            # Whatever the user allows: no public site sends anyone into a private network.
            self.allow_private = False
        headers = {
            "User-Agent": AGENT,
            "Accept": _ACCEPT,
            "Accept-Encoding": ACCEPTED,
            **conditions,
        }
        with ask(address, checked, headers=headers, wire=wire, deadline=self._deadline) as answer:
            yield answer

    @contextmanager
    def shorter(self, seconds: float) -> Iterator[_Visit]:
        """Give this visit with less time, for a part of it."""
        whole = self._deadline
        self._deadline = Deadline(min(seconds, whole.left()), way_out="try again later")
        try:
            yield self
        finally:
            self._deadline = whole


def _redirected(address: Address, leads: str, *, hops: int) -> Address:
    """Return where a redirect leads."""
    if hops > _MOST_REDIRECTS:
        raise Unreadable(f"redirects more than {_MOST_REDIRECTS} times", way_out=_SAVE)
    # Headers are bytes; those beyond ASCII are nearly always UTF-8.
    raw = leads.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return join(address, raw)
    except Unreadable as error:
        raise _Elsewhere.told(raw, error) from error


def _conditions(known: Remembered) -> dict[str, str]:
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in headers.items() if value}


def _take(address: Address, answer: Answer, file: BinaryIO, *, largest: int) -> Page:
    """Return the page of an answer, its body written to a file."""
    media_type, charset = parse_content_type(answer.header("Content-Type"))
    if media_type and media_type.partition("/")[0] in _NO_REPORTS:
        raise Unreadable(
            f"is no report but {printable(media_type)[:60]}", way_out="give the page that it is on"
        )
    too_large = Unreadable(f"is larger than {largest / 1e6:g} MB", way_out="--max-size allows more")
    told = answer.header("Content-Length") or ""
    if told.isascii() and told.isdigit() and int(told[:20]) > largest:
        raise too_large
    pieces = unpack(
        _counted(answer.chunks(), largest, too_large), answer.header("Content-Encoding")
    )
    for piece in _counted(pieces, largest, too_large):
        file.write(piece)
    file.seek(0)
    origin = Origin(
        url=address.url,
        media_type=media_type,
        charset=charset,
        until=(datetime.now(UTC) + _FURTHEST_ZONE).date(),
    )
    remembered = Remembered(
        url=address.url,
        etag=_validator(answer.header("ETag")),
        modified=_validator(answer.header("Last-Modified")),
    )
    return Page(origin, file, remembered)


def _robots_body(answer: Answer) -> bytes:
    """Return the beginning of a robots.txt; the half line at the cut is left out."""
    body = bytearray()
    for piece in unpack(answer.chunks(), answer.header("Content-Encoding")):
        body += piece
        if len(body) > LARGEST:
            return bytes(body[:LARGEST].rpartition(b"\n")[0])
    return bytes(body)


def _counted(pieces: Iterator[bytes], largest: int, too_large: Unreadable) -> Iterator[bytes]:
    """Yield pieces until they are too large together."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > largest:
            raise too_large
        yield piece


def _validator(value: str | None) -> str | None:
    """Return a validator that can be sent back, None for one that no server needs."""
    if value and len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable():
        return value
    return None


def _wait(value: str | None) -> str:
    """Say when to come again, by a Retry-After of seconds or a date."""
    if value and value.isascii() and value.isdigit():
        return f"in {int(value[:9]):,} s"
    try:
        return f"after {parsedate_to_datetime(value or ''):%Y-%m-%d %H:%M} UTC"
    except (ValueError, TypeError):
        return "later"
