"""What should be nowhere twice: near-duplicates and shared frames, and sentences of the benchmarks.

A frame is a text with its names and numbers taken out: two sentences of one frame with other
names put in share the runs of words between.  In: the corpus, and texts of sets that
accuracy is measured on.  Out: the pairs that share too much, with how much.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from training.corpus import FOLDER, conflicts, texts

# Words of a run; so much of the shorter text's runs makes two texts too like.
RUN = 4
MOST = 0.5
# A run of so many words in common with a benchmark is no chance.
_QUOTED = 8
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_NAME = re.compile(r"\d|[A-Z]")


class Shared(Struct, frozen=True):
    """Two texts by their names, and the share of the shorter one's runs that both have."""

    first: str
    second: str
    share: float


def across_folds(folder: Path = FOLDER) -> Iterator[Shared]:
    """Yield the items of "test" that share too much with one of the other folds."""
    seen: dict[tuple[str, ...], list[str]] = defaultdict(list)
    sizes: dict[str, int] = {}
    held: dict[str, set[tuple[str, ...]]] = {}
    for name, text, fold in _items(folder):
        runs = _runs(framed(text), RUN)
        if fold == "test":
            held[name] = runs
            continue
        sizes[name] = len(runs)
        for run in runs:
            seen[run].append(name)
    for name, runs in held.items():
        common = Counter(other for run in runs for other in seen.get(run, ()))
        for other, count in common.most_common(1):
            share = count / max(1, min(len(runs), sizes[other]))
            if share >= MOST:
                yield Shared(name, other, share)


def with_benchmarks(benchmarks: Mapping[str, str], folder: Path = FOLDER) -> Iterator[Shared]:
    """Yield the items that have a run of eight words, names included, from a benchmark's text."""
    known: dict[tuple[str, ...], str] = {}
    for name, text in benchmarks.items():
        for run in _runs(_words(text), _QUOTED):
            known[run] = name
    for name, text, _ in _items(folder):
        runs = _runs(_words(text), _QUOTED)
        found = [run for run in runs if run in known]
        if found:
            yield Shared(name, known[found[0]], len(found) / len(runs))


def benchmark_texts(shared: Path, evals: Path) -> dict[str, str]:
    """Return the texts that accuracy is measured on, by name."""
    found = {}
    for path in [*shared.glob("seeds/*.txt"), *evals.glob("reports/*/*.txt")]:
        found[path.name] = path.read_text(encoding="utf-8", errors="replace")
    for path in shared.glob("bench/*.input.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[f"{path.name}#{row['id']}"] = row["text"]
    return found


def framed(text: str) -> list[str]:
    """Return a text's words with names and numbers taken out."""
    return ["_" if _NAME.search(word[0]) else word.lower() for word in _WORD.findall(text)]


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _runs(words: Iterable[str], length: int) -> set[tuple[str, ...]]:
    row = list(words)
    return {tuple(row[i : i + length]) for i in range(len(row) - length + 1)}


def _items(folder: Path) -> Iterator[tuple[str, str, str]]:
    for conflict in conflicts(folder):
        for item in texts(conflict, folder):
            yield f"{conflict.name} {item.id}", item.text, conflict.fold
