"""How fast Parley is, as ratios in one table: `python -m benchmarks [--reports N] [--long]`.

The whole way and each step of it against the bare parse (`whole.py`), on three loads: made-up
reports that repeat each other as those of an archive do (`archive.py`), the sample reports,
and reports that repeat nothing (`natural.py`); the same again, with what the model said of it
kept on disk; one process against two, and their memory (`cores.py`); start-up.  With `--long`
also what has its own module: Spark, records that grow, views and exports of a large record.
Each part that runs by itself is given so many seconds; one that takes longer is ended and named.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import archive, cores, natural
from benchmarks.whole import compare, ingest_once
from parley.sample import sample_paths

# What follows with `--long`: title, module, options, seconds that it may take.
LONG = (
    ("a large record, made", "records", ("{large}", "--events", "{events}"), 400),
    ("its views, first page", "views", ("{large}", "--times", "3"), 400),
    ("its exports", "exports", ("{large}",), 400),
    ("the next 1,000 reports", "merging_growth", ("--sizes", "1000", "10000"), 1200),
    # Of which the record of 100,000 takes 1,100, to be made.
    ("the next 1,000 reports, large", "merging_growth", ("--sizes", "1000", "100000"), 2700),
    ("each step on a cluster", "scale", ("--reports", "200", "--copies", "2000"), 400),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--events", type=int, default=100_000, help="of the large record")
    parser.add_argument("--long", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PARLEY_CACHE"] = os.environ.get("PARLEY_BENCH_CACHE", f"{folder}/cache")
        made, real = f"{folder}/archive.jsonl", f"{folder}/natural.jsonl"
        archive.write(Path(made), reports=given.reports)
        natural.write(Path(real))
        ingest_once(folder)
        compare("archive", [made])
        compare("samples", [str(path) for path in sample_paths()])
        compare("natural", [real])
        say("cores, over the natural reports")
        cores.compare(real, spark=given.long)
        say("start-up, seconds of the processor, the best of three")
        for command in (["--help"], ["timeline", "--record", f"{folder}/once.db"]):
            say(f"  parley {command[0]:<21}{started(*command):9.2f} s")
        if given.long:
            for title, module, options, seconds in LONG:
                filled = [
                    o.format(large=f"{folder}/large.db", events=given.events) for o in options
                ]
                follow(title, module, filled, seconds)


def started(*given: str) -> float:
    """Return the seconds of the processor that a command takes, the best of three."""
    parley = str(Path(sys.executable).with_name("parley"))
    return min(cores.run(parley, *given).processor for _ in range(3))


def follow(title: str, module: str, options: list[str], seconds: float) -> None:
    """Run a benchmark that has a module of its own, for so long at most."""
    say(f"{title} (benchmarks.{module})")
    command = [sys.executable, "-m", f"benchmarks.{module}", *options]
    try:
        status = subprocess.run(command, check=False, timeout=seconds).returncode
    except subprocess.TimeoutExpired:
        say(f"  - not done within {seconds:.0f} s")
        return
    if status:
        say(f"  ended with status {status}")


def say(line: str) -> None:
    """Print a line of the table."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
