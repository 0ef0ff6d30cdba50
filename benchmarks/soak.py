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
`--summaries` has the feed show a headline and a first paragraph of each report, as most feeds
do; `--uncoded` leaves the coding out: what is tried is all else.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.feed import TIMEOUT, Feeds
from parley.engine import Steps, built_in, ingest
from parley.engine.steps import CodedReport
from parley.model import Report
from parley.reading import Fetching
from parley.record import Record

UNCHANGED = 0.1
GROWTH = 1.05


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
    folder: Path,
    *,
    polls: int,
    reports: int,
    seed: int = 1,
    whole: bool = True,
    steps: Steps | None = None,
) -> Soaked:
    """Poll a feed of so many new reports each time into a record in a folder."""
    steps = steps or built_in()
    draw = random.Random(seed)
    refused, held, in_use, took = 0, [], [], []
    with Feeds.started() as feeds:
        feed = feeds.Feed(reports=polls * reports, at_once=reports, seed=seed, whole=whole)
        url = feed.start()
        for poll in range(polls + 1):
            if poll == polls:
                feed.calm()
            known, start = feed.count(), time.process_time()
            refused += poll_once(folder / "soak.db", url, steps)
            if feed.count() > known:
                took.append(time.process_time() - start)
            if draw.random() > UNCHANGED:
                feed.go_on()
            gc.collect()
            held.append(held_memory())
            in_use.append(sys.getallocatedblocks())
        sent, faults = feed.sent(), feed.faults()
    with Record.open(str(folder / "soak.db")) as record:
        kept = [report.source.rpartition("#")[2] for report in record.reports()]
        problems = list(record.faults())
    tenth = max(1, polls // 10)
    early, late = held[polls // 3 : polls // 3 + tenth], held[-tenth:]
    return Soaked(
        polls=polls,
        sent=len(sent),
        kept=len(kept),
        lost=len(sent - set(kept)),
        refused=refused,
        faults=faults,
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
    parser.add_argument("--summaries", action="store_true")
    parser.add_argument("--uncoded", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done = soak(
            Path(folder),
            polls=given.polls,
            reports=given.reports,
            seed=given.seed,
            whole=not given.summaries,
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
