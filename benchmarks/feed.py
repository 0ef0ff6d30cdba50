"""A feed that fails as feeds of the world do, from a server in a process of its own.

Every fourth answer is none: it breaks off, hangs, is a 500 or rubbish.  `Feeds` starts the process
that a `Feed` lives in, so that what the server holds is not taken for what its reader holds.
"""

from __future__ import annotations

import random
import socket
import threading
import time
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from multiprocessing.managers import BaseManager
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from benchmarks.archive import rows

TIMEOUT = 1.0
FAULTS = ("reset", "hang", "error", "garbage", "cut")
FAULTY = 0.25
UNDATED = 20
_ABORTING = b"\1\0\0\0\0\0\0\0"  # struct linger: on, for no second


class Feed:
    """What the server has: reports, of which it shows some at once, and goes on by as many."""

    def __init__(self, *, reports: int, at_once: int, seed: int, whole: bool = True) -> None:
        """Write so many reports, no two the same; the same seed gives the same ones and faults.

        Not `whole`, they are summaries, as most feeds have: a headline and a first paragraph.
        """
        self._reports = list(rows(reports, seed=seed))
        for number, row in enumerate(self._reports):
            text = row["text"] if whole else "\n\n".join(row["text"].split("\n\n")[:2])
            row["text"] = f"No. {number}: {text}"
        self._at_once = at_once
        self._at = 0
        self._sent: set[str] = set()
        self._calm = False
        self._faults: dict[str, int] = {}
        self.draw = random.Random(seed + 1)

    def start(self) -> str:
        """Serve at a free port of this machine, in threads; return the address of the feed."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}/feed.xml"

    def calm(self) -> None:
        """Fail no more."""
        self._calm = True

    def go_on(self) -> None:
        """Show the next reports, if those shown now were sent whole."""
        if self._shown()[-1]["id"] in self._sent:
            self._at = min(self._at + self._at_once, len(self._reports) - self._at_once)

    def sent(self) -> set[str]:
        """Return the numbers of the reports that were sent whole."""
        return self._sent

    def count(self) -> int:
        """Return how many reports were sent whole."""
        return len(self._sent)

    def faults(self) -> dict[str, int]:
        """Return how often which fault was made."""
        return self._faults

    def tag(self) -> str:
        """Return the mark of what is shown now, as HTTP's ETag."""
        return f'"{self._at}"'

    def body(self) -> bytes:
        """Return the feed as RSS."""
        items = "".join(
            f"<item><title>{escape(row['title'])}</title><guid>{row['id']}</guid>"
            f"<description>{escape(row['text'])}</description>{_printed(row)}</item>"
            for row in self._shown()
        )
        told = f"<rss version='2.0'><channel><title>Soak</title>{items}</channel></rss>"
        return told.encode()

    def fault(self) -> str | None:
        """Return what goes wrong with the next answer, None for nothing."""
        if self._calm or self.draw.random() > FAULTY:
            return None
        fault = self.draw.choice(FAULTS)
        self._faults[fault] = self._faults.get(fault, 0) + 1
        return fault

    def keep(self) -> None:
        """Take down that what is shown was sent whole."""
        self._sent.update(row["id"] for row in self._shown())

    def _shown(self) -> list[dict[str, str]]:
        return self._reports[self._at : self._at + self._at_once]


class Feeds(BaseManager):
    """The process that a feed lives in: `with Feeds.started() as feeds: feeds.Feed(...)`."""

    if TYPE_CHECKING:
        Feed = Feed

    @classmethod
    def started(cls) -> Feeds:
        """Return it, ready to be entered, as a new process that shares nothing with this one."""
        return cls(ctx=get_context("spawn"))


Feeds.register("Feed", Feed)


def _printed(row: dict[str, str]) -> str:
    """Return the day of an item as feeds tell it; every twentieth item has none."""
    if int(row["id"][1:]) % UNDATED == 0:
        return ""
    at = datetime.fromisoformat(row["date"]).replace(hour=6, tzinfo=UTC)
    return f"<pubDate>{format_datetime(at)}</pubDate>"


def _handler(feed: Feed) -> type[BaseHTTPRequestHandler]:
    """Return what answers for a feed at /feed.xml."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            if self.path != "/feed.xml":
                self.send_error(404)
                return
            body, tag = feed.body(), feed.tag()
            fault = feed.fault()
            if fault == "error":
                self.send_error(500)
            elif fault == "hang":
                time.sleep(2 * TIMEOUT)
                self.close_connection = True
            elif fault == "garbage":
                self._send(feed.draw.randbytes(2000), '"rubbish"')
            elif fault is not None:
                self._send(body[: len(body) // 2], tag, promised=len(body))
                self._break(reset=fault == "reset")
            elif self.headers.get("If-None-Match") == tag:
                self.send_response(304)
                self.end_headers()
            else:
                self._send(body, tag)
                feed.keep()

        def _send(self, body: bytes, tag: str, promised: int | None = None) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body) if promised is None else promised))
            self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(body)

        def _break(self, *, reset: bool) -> None:
            self.wfile.flush()
            if reset:  # the connection ends with an error, not with an end
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORTING)
            self.close_connection = True

    return Handler
