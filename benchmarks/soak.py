"""A feed polled again and again, from a server that fails: nothing lost, nothing twice, no leak.

`python -m benchmarks.soak --polls 1000 --reports 50` starts a server on this machine and polls its
feed into a record in a temporary folder.  The feed goes on by some reports whenever it was
sent whole; every fourth answer is none: it breaks off, hangs, is a 500 or rubbish.  Told at
the end: reports sent and kept, how the memory of the process stood after a third of the
polls and after the last ones (what it holds of the machine, which an allocator gives back as
it likes, and how many blocks of it are in use: a leak shows in both), what the first and the last
poll with new reports cost (the first loads the models), and whether the record's check passes.
The exit status is 1 where a report is lost or doubled, memory has grown by more than a twentieth,
or the check fails.
`--uncoded` leaves the coding out: what is tried is all else.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.archive import rows
from parley.engine import Steps, built_in, ingest
from parley.engine.steps import CodedReport
from parley.model import Report
from parley.reading import Fetching
from parley.record import Record

TIMEOUT = 1.0
FAULTS = ("reset", "hang", "error", "garbage", "cut")
FAULTY = 0.25
UNCHANGED = 0.1
UNDATED = 20
GROWTH = 1.05


@dataclass
class Feed:
    """What the server has: reports, of which it shows `at_once` from `at` on."""

    reports: list[dict[str, str]]
    at_once: int
    draw: random.Random
    at: int = 0
    sent: set[str] = field(default_factory=set)
    faults: dict[str, int] = field(default_factory=dict)
    calm: bool = False

    def shown(self) -> list[dict[str, str]]:
        """Return the reports that the feed has now."""
        return self.reports[self.at : self.at + self.at_once]

    def body(self) -> bytes:
        """Return the feed as RSS."""
        items = "".join(
            f"<item><title>{escape(row['title'])}</title><guid>{row['id']}</guid>"
            f"<description>{escape(row['text'])}</description>{_printed(row)}</item>"
            for row in self.shown()
        )
        told = f"<rss version='2.0'><channel><title>Soak</title>{items}</channel></rss>"
        return told.encode()

    def fault(self) -> str | None:
        """Return what goes wrong with the next answer, None for nothing."""
        if self.calm or self.draw.random() > FAULTY:
            return None
        fault = self.draw.choice(FAULTS)
        self.faults[fault] = self.faults.get(fault, 0) + 1
        return fault


def _printed(row: dict[str, str]) -> str:
    """Return the day of an item as feeds tell it; every twentieth item has none."""
    if int(row["id"][1:]) % UNDATED == 0:
        return ""
    at = datetime.fromisoformat(row["date"]).replace(hour=6, tzinfo=UTC)
    return f"<pubDate>{format_datetime(at)}</pubDate>"


def serve(feed: Feed) -> ThreadingHTTPServer:
    """Start a server of a feed at /feed.xml on this machine, in threads."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            if self.path != "/feed.xml":
                self.send_error(404)
                return
            body, tag = feed.body(), f'"{feed.at}"'
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
                feed.sent.update(row["id"] for row in feed.shown())

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
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@dataclass
class Soaked:
    """What came of it."""

    polls: int
    sent: int
    kept: int
    lost: int
    refused: int
    faults: dict[str, int]
    early: float
    late: float
    blocks: float
    took: tuple[float, float]
    problems: list[str]

    @property
    def sound(self) -> bool:
        """Tell whether all that was promised holds."""
        grown = self.late > GROWTH * self.early
        return not (self.lost or self.kept != self.sent or self.problems or grown)


def soak(
    folder: Path, *, polls: int, reports: int, seed: int = 1, steps: Steps | None = None
) -> Soaked:
    """Poll a feed of so many new reports each time into a record in a folder."""
    steps = steps or built_in()
    draw = random.Random(seed)
    told = list(rows(polls * reports, seed=seed))
    for number, row in enumerate(told):
        row["text"] = f"No. {number}: {row['text']}"  # no two are the same
    feed = Feed(told, reports, random.Random(seed + 1))
    server = serve(feed)
    url = f"http://127.0.0.1:{server.server_address[1]}/feed.xml"
    refused, held, in_use, took = 0, [], [], []
    for poll in range(polls + 1):
        feed.calm = poll == polls
        known, start = len(feed.sent), time.process_time()
        refused += poll_once(folder / "soak.db", url, steps)
        if len(feed.sent) > known:
            took.append(time.process_time() - start)
        if feed.shown() and feed.shown()[-1]["id"] in feed.sent and draw.random() > UNCHANGED:
            feed.at = min(feed.at + reports, len(told) - reports)
        gc.collect()
        held.append(held_memory())
        in_use.append(sys.getallocatedblocks())
    server.shutdown()
    server.server_close()
    with Record.open(str(folder / "soak.db")) as record:
        kept = [report.source.rpartition("#")[2] for report in record.reports()]
        problems = list(record.faults())
    tenth = max(1, polls // 10)
    early, late = held[polls // 3 : polls // 3 + tenth], held[-tenth:]
    return Soaked(
        polls=polls,
        sent=len(feed.sent),
        kept=len(kept),
        lost=len(feed.sent - set(kept)),
        refused=refused,
        faults=feed.faults,
        early=statistics.median(early),
        late=statistics.median(late),
        blocks=statistics.median(in_use[-tenth:])
        / statistics.median(in_use[polls // 3 : polls // 3 + tenth]),
        took=(took[0], took[-1]) if took else (0.0, 0.0),
        problems=problems,
    )


def poll_once(where: Path, url: str, steps: Steps) -> int:
    """Ingest the feed once, as a command that runs every ten minutes does; return refusals."""
    refused: list[Exception] = []
    fetching = Fetching(allow_private=True, timeout=TIMEOUT, pause=0.0)
    with Record.open(str(where), create=True) as record:
        ingest(record, [url], refuse=refused.append, steps=steps, fetching=fetching)
    return len(refused)


def uncoded() -> Steps:
    """Return Parley's own steps, but for the coding."""

    def load() -> Callable[[Report], CodedReport]:
        return lambda report: CodedReport(report, ())

    return replace(built_in(), load=load, settle=None, apart=None)


def held_memory() -> float:
    """Return how many bytes this process holds."""
    with suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return float(pages * os.sysconf("SC_PAGE_SIZE"))
    return 0.0


def main() -> None:
    """Soak, and tell what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--polls", type=int, default=1000)
    parser.add_argument("--reports", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--uncoded", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done = soak(
            Path(folder),
            polls=given.polls,
            reports=given.reports,
            seed=given.seed,
            steps=uncoded() if given.uncoded else None,
        )
    sys.stdout.write(
        f"{done.polls} polls, {done.refused} of them failed {done.faults}\n"
        f"{done.sent} reports sent, {done.kept} kept, {done.lost} lost\n"
        f"memory {done.early / 1e6:.0f} MB after a third, {done.late / 1e6:.0f} MB at the end: "
        f"{done.late / (done.early or 1):.3f}; blocks in use {done.blocks:.3f}\n"
        f"{done.took[0]:.1f} s of the processor for the first poll with new reports, "
        f"{done.took[1]:.1f} s for the last\n"
        f"check: {'; '.join(done.problems) or 'passed'}\n"
    )
    raise SystemExit(not done.sound)


if __name__ == "__main__":
    main()
