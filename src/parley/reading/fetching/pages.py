"""A URL to reports: what was fetched, handed to the forms that read files."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from parley.model import Report
from parley.reading.fetching.address import Address, parse_address, without_secrets
from parley.reading.fetching.memory import Remembered
from parley.reading.fetching.rules import Fetching
from parley.reading.form import Reading
from parley.reading.source import Source, printable
from parley.reading.unreadable import Unreadable

if TYPE_CHECKING:
    from parley.reading.fetching.exchange import Wire
    from parley.reading.fetching.fetcher import Fetcher

_log = logging.getLogger("parley.reading")

_FEEDS = {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)\b")
_LOOKED_AT = 4096
_MOST_LINKED = 500  # pages that one feed leads to in one run; feeds have 10 to 100 entries

_MANY = Unreadable(
    f"links to more than {_MOST_LINKED} pages that are new",
    way_out="run the same command again for those that are left",
)


class Pages:
    """The web as one run reads it."""

    def __init__(self, rules: Fetching, *, wire: Wire | None = None) -> None:
        self._rules = rules
        self._wire = wire

    def read(self, url: str, reading: Reading) -> Iterator[Report]:
        """Yield the reports at a URL; none where nothing has changed since the last time.

        Raises `Unreadable` for what keeps it from being fetched.
        """
        address = parse_address(url)
        memory = self._rules.memory
        # A feed is remembered apart for each of the two ways in which it is read.
        key = f"{address.url}#linked" if self._rules.linked else address.url
        known = memory.recall(key) if memory else None
        yield from self._read(url, address, reading, key=key, known=known, given=True)

    @cached_property
    def _fetcher(self) -> Fetcher:
        # Slow to load, and most runs read files only.
        from parley.reading.fetching.fetcher import Fetcher  # noqa: PLC0415

        return Fetcher(self._rules, wire=self._wire)

    def _read(
        self,
        url: str,
        address: Address,
        reading: Reading,
        *,
        key: str,
        known: Remembered | None = None,
        given: bool = False,
    ) -> Iterator[Report]:
        """Yield the reports at an address; what it links to only if the user gave it."""
        with self._fetcher.fetch(address, known) as page:
            if page is None:
                _log.debug("%s: not changed since it was fetched last", printable(url))
                return
            source = Source(printable(without_secrets(url)), page.file, origin=page.origin)
            reports = reading.read(source, reading)
            if given and self._rules.linked and _is_feed(source):
                reports = self._follow(reports, reading, feed=source.name)
            yield from reports
        # All of it was taken: a run that is cut off before here fetches it anew.
        if self._rules.memory:
            self._rules.memory.keep(key, page.remembered)

    def _follow(
        self, entries: Iterator[Report], reading: Reading, *, feed: str
    ) -> Iterator[Report]:
        """Yield, in the place of a feed's entries, the pages that they link to.

        A page that was read once is not read again.  What the feed tells of it stands in
        where the page does not tell.
        """
        memory = self._rules.memory
        seen: set[str] = set()
        for entry in entries:
            if not entry.url:
                yield entry
                continue
            try:
                address = parse_address(entry.url)
                if address.url in seen or (memory and memory.recall(address.url)):
                    continue
                if len(seen) == _MOST_LINKED:
                    reading.report(feed, _MANY)
                    return
                seen.add(address.url)
                for report in self._read(entry.url, address, reading, key=address.url):
                    yield replace(
                        report,
                        title=report.title or entry.title,
                        outlet=report.outlet or entry.outlet,
                        published=report.published or entry.published,
                    )
            except Unreadable as error:
                reading.report(printable(without_secrets(entry.url)), error)


def _is_feed(source: Source) -> bool:
    media_type = source.origin.media_type if source.origin else None
    return media_type in _FEEDS or bool(_FEED.search(source.head[:_LOOKED_AT]))
