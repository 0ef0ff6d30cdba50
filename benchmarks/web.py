"""How long the app's pages take on a large record, and how much the first one weighs.

    python -m benchmarks.records big.db --events 100000
    python -m benchmarks.web big.db [--times 15] [--readers 20 [--pause 1] [--ingest 400]]

For every page: the time to the first byte, median and 95th percentile, asked one after the
other.  The first of a page's requests is not counted, but printed as what a page costs that
nobody has asked for yet, with the milliseconds of a processor that the server took for it:
these do not hang on what else the machine does.

Then, with readers, the same by so many at once, each asking for one page after the other
in an order of its own, `--pause` seconds apart (0: as fast as answers come).  With
`--ingest` so many made-up reports are ingested meanwhile by a process of its own, into the
record that is given: give a copy.  What is counted then begins with pages that nobody has
asked for.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

from benchmarks.archive import write as write_archive

PAGES = (
    "/",
    "/timeline",
    "/timeline?type=CONSULT&status=happened",
    "/timeline?since=2019-01-01&until=2019-03-31",
    "/timeline?offset=50000",
    "/talks",
    "/calendar",
    "/agreements",
    "/fighting",
    "/claims",
    "/disagreements",
    "/map",
    "/parties",
    "/people",
    "/sources",
    "/reports",
    "/search?q=talks",
    "/search?q=ceasefire&kind=report",
    "/corrections",
    "/add",
    "/api/drawings/timeline",
    "/api/drawings/timeline?from=2019-01-01&to=2019-03-31",
    "/api/drawings/fighting",
    "/api/drawings/map",
    "/api/drawings/meetings",
)


@contextmanager
def served(record: str) -> Iterator[tuple[str, int]]:
    """Serve a record in a process of its own; yield host and port, and the process's id."""
    run = "import sys; from parley.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", run, "serve", record, "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield urlsplit(process.stdout.readline().strip()).netloc, process.pid
        finally:
            process.terminate()


def ask(host: str, path: str) -> tuple[float, bytes]:
    """Return the milliseconds to the first byte of an answer, and the answer."""
    connection = http.client.HTTPConnection(host, timeout=120)
    begin = time.perf_counter()
    connection.request("GET", path, headers={"accept-encoding": "gzip"})
    answer = connection.getresponse()
    first = time.perf_counter() - begin
    body = answer.read()
    connection.close()
    assert answer.status == 200, (path, answer.status, body[:200])
    packed = answer.headers.get("content-encoding") == "gzip"
    return 1000 * first, gzip.decompress(body) if packed else body


def busy(process: int) -> float:
    """Return the milliseconds of a processor that a process has taken, all threads (Linux)."""
    taken = 0
    for file in Path(f"/proc/{process}/task").glob("*/schedstat"):
        with suppress(OSError):
            taken += int(file.read_text().split()[0])
    return taken / 1e6


@contextmanager
def ingested(record: str, reports: int) -> Iterator[None]:
    """Have made-up reports ingested into a record meanwhile; what is not done then is left."""
    if not reports:
        yield
        return
    run = "import sys; from parley.cli import main; sys.exit(main())"
    with tempfile.TemporaryDirectory() as folder:
        write_archive(Path(folder, "reports.jsonl"), reports=reports, seed=3)
        command = [sys.executable, "-c", run, "ingest", folder, "--record", record]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            try:
                yield
                ended = process.poll()
                sys.stdout.write(f"ingest: {'running' if ended is None else 'done'} at the end\n")
            finally:
                process.terminate()


def read_at_once(
    host: str, pages: Sequence[str], *, readers: int, pause: float, rounds: int
) -> list[float]:
    """Return the milliseconds that each answer took, of readers who look around at once."""

    def look_around(number: int) -> list[float]:
        order = list(pages) * rounds
        random.Random(number).shuffle(order)
        times = []
        for path in order:
            time.sleep(pause * random.Random(path).uniform(0.5, 1.5))
            times.append(ask(host, path)[0])
        return times

    with ThreadPoolExecutor(readers) as pool:
        return [taken for some in pool.map(look_around, range(readers)) for taken in some]


def pages_of(host: str) -> Sequence[str]:
    """Return the pages to ask for, with an event and a report of the record."""
    _, found = ask(host, "/timeline?min_sources=2")
    _, listed = ask(host, "/reports")
    event = re.search(rb'href="(/events/[^"]+)"', found)
    report = re.search(rb'href="(/reports/[^"]+)"', listed)
    return (*PAGES, *(each[1].decode() for each in (event, report) if each))


def weigh(host: str) -> int:
    """Return the bytes that the first page and all its parts have as they are sent."""
    connection = http.client.HTTPConnection(host, timeout=60)
    total, ahead, seen = 0, ["/"], set[str]()
    while ahead:
        path = ahead.pop()
        if path in seen:
            continue
        seen.add(path)
        connection.request("GET", path, headers={"accept-encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
        total += len(body)
        if answer.headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        text = body.decode("utf-8", "replace")
        if path == "/":
            ahead += re.findall(r'(?:src|href)="(/static/[^"]+)"', text)
            ahead += re.findall(r'data-source="([^"]+)"', text)
            version = re.search(r"/static/\w+/", text)
            if version:
                ahead.append(f"{version[0]}drawings/timeline.js")
        elif path.endswith(".js"):
            folder = path.rpartition("/")[0]
            for name in re.findall(r"""from ?["'](\.[^"']+)["']""", text):
                ahead.append(_join(folder, name))
    return total


def _join(folder: str, name: str) -> str:
    parts = folder.split("/")
    for part in name.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def main() -> None:
    """Measure, and print a line a page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("record")
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--readers", type=int, default=0)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--ingest", type=int, default=0)
    given = parser.parse_args()
    write = sys.stdout.write
    if given.readers:
        with served(given.record) as (host, _):
            looked_at = [path for path in pages_of(host) if not path.startswith("/api/")]
            with ingested(given.record, given.ingest):
                times = read_at_once(
                    host, looked_at, readers=given.readers, pause=given.pause, rounds=given.rounds
                )
        write(f"{'':9} {'':8} {median(times):8.0f} {_high(times):8.0f}  ")
        write(f"all pages, {given.readers} readers at once, {given.pause:g} s between pages\n")
    with served(given.record) as (host, server):
        pages = pages_of(host)
        write(f"{'processor':>9} {'first':>8} {'median':>8} {'p95':>8}  ms to the first byte\n")
        for path in pages:
            before = busy(server)
            first = ask(host, path)[0]
            taken = busy(server) - before
            times = [ask(host, path)[0] for _ in range(given.times)]
            row = f"{taken:9.0f} {first:8.0f} {median(times):8.0f} {_high(times):8.0f}"
            write(f"{row}  {path}\n")
        write(f"first load: {weigh(host) / 1000:.0f} kB as sent\n")


def _high(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[18] if len(times) > 1 else times[0]


if __name__ == "__main__":
    main()
