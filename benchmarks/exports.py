"""How fast a record is written, and in how much memory: `python -m benchmarks.exports FILE`.

FILE is a record, as `python -m benchmarks.records FILE` makes one of 100,000 made-up events;
`--formats` names some.  Each format is written by a process of its own; its seconds are those
of its processor, which do not hang on what else a machine does.  What is aimed at
is JSON Lines at 20,000 events a second or more, in memory that does not grow with the record:
it is measured again on the first tenth of it, by time.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from datetime import date

from parley.export import FORMATS
from parley.record import Record
from parley.record.finding import Filters, Paging, find_events

AIM = 20_000
ROOM = 1.5  # how much more memory ten times the events may take


def write(path: str, name: str, until: str | None) -> dict[str, float]:
    """Return the seconds, the bytes, the events and the memory (MB) that a format takes."""
    filters = Filters(until=date.fromisoformat(until)) if until else Filters()
    with Record.open(path, read_only=True) as record:
        events = find_events(record, filters, Paging(limit=1)).total
        start = time.process_time()
        size = sum(map(len, FORMATS[name].write(record, filters=filters)))
        seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "bytes": size, "events": events, "memory": memory}


def measure(path: str, name: str, until: str | None = None) -> dict[str, float]:
    """Return what `write` does, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.exports", path, "--one", name]
    command += ["--until", until] if until else []
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def tenth(path: str) -> str:
    """Return the day by which a tenth of the events had begun."""
    with Record.open(path, read_only=True) as record:
        total = find_events(record, Filters(), Paging(limit=1)).total
        (event,) = find_events(record, Filters(), Paging(limit=1, offset=total // 10)).rows
    return (event.when.start if event.when else date.max).isoformat()


def main() -> int:
    """Measure and print; return 1 where JSON Lines miss the aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--formats", nargs="*", default=list(FORMATS), choices=list(FORMATS))
    parser.add_argument("--one", choices=list(FORMATS), help=argparse.SUPPRESS)
    parser.add_argument("--until", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        sys.stdout.write(json.dumps(write(asked.file, asked.one, asked.until)))
        return 0
    day, met = tenth(asked.file), True
    for name in asked.formats:
        whole, part = measure(asked.file, name), measure(asked.file, name, day)
        rate = whole["events"] / whole["seconds"]
        grows = whole["memory"] / part["memory"]
        sys.stdout.write(
            f"{name:<11} {rate:8,.0f} events/s  {whole['bytes'] / 1e6:6.0f} MB written  "
            f"{whole['memory']:4.0f} MB of memory, {grows:.2f} of that for a tenth\n"
        )
        if name == "jsonl":
            met = rate >= AIM and grows <= ROOM
    sys.stdout.write(f"aim: jsonl at {AIM:,} events/s, memory flat: {'met' if met else 'missed'}\n")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
