"""How long the first page of each view takes on a large record: `python -m benchmarks.views FILE`.

FILE is a record, as `python -m benchmarks.records FILE` makes one of 100,000 made-up events.
Every view is asked by a process of its own, without a filter and with each of several,
wide ones too: milliseconds of its processor, the median of `--times`, which do not hang on what
else a machine does.  Memory is what the process took at most, and how much more that is
than where only the first tenth of the record, by time, is asked for.  What is aimed at is
300 ms for the first page of all that there is, and memory that does not grow.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from statistics import median
from typing import Any

from msgspec.structs import replace

from benchmarks.exports import tenth
from parley import views
from parley.errors import NotFound
from parley.record import Record
from parley.record.finding import Filters, Paging, find_events, last_day

AIM = 300
ROOM = 1.5  # how much more memory ten times the events may take


@lru_cache
def _commonest(path: str) -> str:
    """Return the party that most events have."""
    with Record.open(path, read_only=True) as record:
        return views.show_parties(record, Filters(), Paging(limit=1)).rows[0].name


def show_last_month(record: Record, asked: Filters) -> views.Brief:
    """Return the brief of the last thirty days that reports tell of."""
    until = asked.until or last_day(record) or date.today()
    plain = replace(asked, since=None, until=None)
    return views.show_brief(record, since=until - timedelta(days=30), until=until, filters=plain)


VIEWS: Mapping[str, Callable[[Record, Filters], Any]] = {
    "timeline": lambda record, asked: views.show_timeline(record, asked, Paging(limit=50)),
    "talks": views.show_talks,
    "calendar": views.show_calendar,
    "agreements": views.show_agreements,
    "fighting": views.show_fighting,
    "claims": views.show_claims,
    "disagreements": views.show_disagreements,
    "parties": views.show_parties,
    "party": lambda record, asked: views.show_party(record, _commonest(record.where), asked),
    "persons": views.show_persons,
    "sources": views.show_sources,
    "brief": show_last_month,
}


def filters_for(record: Record) -> Mapping[str, Filters]:
    """Return filters that keep much or little of a record, by what they are."""
    (event,) = find_events(record, Filters(), Paging(limit=1, offset=50)).rows
    day = event.when.start if event.when else date.max
    outlet = views.show_sources(record, Filters(), Paging(limit=1)).rows[0].outlet
    return {
        "none": Filters(),
        "party": Filters(party=(_commonest(record.where),)),
        "type": Filters(type=("ASSAULT",)),
        "quarter": Filters(since=day, until=day + timedelta(days=90)),
        "text": Filters(text="ceasefire"),
        "outlet": Filters(outlet=outlet),
        "source": Filters(source=outlet.split()[-1]),
    }


def ask(path: str, name: str, times: int, until: str | None) -> dict[str, Any]:
    """Return the milliseconds by filter, and the most memory (MB) that was taken."""
    found: dict[str, Any] = {}
    with Record.open(path, read_only=True) as record:
        asked = filters_for(record)
        if until:
            asked = {"none": Filters(until=date.fromisoformat(until))}
        for label, filters in asked.items():
            taken = []
            for _ in range(times):
                start = time.process_time()
                try:
                    VIEWS[name](record, filters)
                except NotFound:
                    break
                taken.append(1000 * (time.process_time() - start))
            found[label] = median(taken) if taken else None
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def measure(path: str, name: str, times: int, until: str | None = None) -> dict[str, Any]:
    """Return what `ask` does, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.views", path, "--one", name]
    command += ["--times", str(times), *(["--until", until] if until else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def main() -> int:
    """Measure and print; return 1 where the aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--one", choices=list(VIEWS), help=argparse.SUPPRESS)
    parser.add_argument("--until", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        sys.stdout.write(json.dumps(ask(asked.file, asked.one, asked.times, asked.until)))
        return 0
    day, met = tenth(asked.file), True
    for name in VIEWS:
        whole = measure(asked.file, name, asked.times)
        memory = whole.pop("memory")
        grows = memory / measure(asked.file, name, 1, day)["memory"]
        told = "  ".join(
            f"{label} {'-' if taken is None else round(taken):>3}" for label, taken in whole.items()
        )
        sys.stdout.write(f"{name:<14} {told}  {memory:4.0f} MB, {grows:.2f} of a tenth's\n")
        met = met and whole["none"] <= AIM and grows <= ROOM
    sys.stdout.write(f"aim: {AIM} ms without a filter, memory flat: {'met' if met else 'missed'}\n")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
