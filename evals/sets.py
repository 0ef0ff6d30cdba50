"""The sets of reports with gold answers, and how the figures of each are taken.

Of the project's own: `samples` (the shipped reports), `dev` and `dev2` (four other conflicts
each, open to whoever writes rules), `dev3` (four more, to see whether the rules carry over)
and `heldout` (yet four more, for checking only).  Three lie in a
folder `shared` beside the clone: `seeds` (real reports) and two public benchmarks, scored
by the scorers that come with them.

A set is ingested and exported by the commands that a user has, into a fresh record.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.answers import read_gold
from evals.clustering import measure_clustering
from evals.outcome import read_outcome
from evals.scoring import score

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True)
class Figure:
    """A figure: `value` is what is held, a number right or a share; `of` how many were asked."""

    value: float
    of: int | None = None

    def __str__(self) -> str:
        """Return it for a table."""
        if self.of is None:
            return f"{self.value:.3f}"
        return f"{self.value:g} of {self.of}"


@dataclass(frozen=True)
class Measured:
    """The figures of a set, and a line for each thing missed."""

    figures: Mapping[str, Figure]
    misses: Sequence[str]


class Failed(Exception):
    """A command that measures has failed; the message is what it said."""


@dataclass(frozen=True)
class Set:
    """A set: its gold file, what is ingested, and how an export of that is scored.

    What was missed of a `closed` set is not told: once read, it would hold nothing out.
    """

    name: str
    gold: Path
    reports: Path
    take: Callable[[Set, Path], Measured]
    closed: bool = False

    @property
    def present(self) -> bool:
        """Whether its files are here."""
        return self.gold.exists() and self.reports.exists()

    @property
    def missing(self) -> str:
        """What is not here, in a phrase."""
        absent = [path for path in (self.gold, self.reports) if not path.exists()]
        names = ", ".join(_name(path) for path in absent)
        return f"the set {self.name} cannot be measured without {names}"

    def sha256(self) -> str:
        """Return the hash of the gold answers, and of what they are read with."""
        beside = self.gold.with_name("aliases.json")
        parts = [self.gold, *([beside] if beside.exists() else [])]
        return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()

    def measure(self, folder: Path) -> Measured:
        """Ingest and export the set by Parley's commands, in the folder given, and score it."""
        record = folder / f"{self.name}.db"
        export = folder / f"{self.name}.jsonl"
        # Of a folder only the reports: that of the samples is a package as well.
        files = sorted(self.reports.glob("*.txt")) if self.reports.is_dir() else [self.reports]
        parley("ingest", *map(str, files), "--record", str(record), "--quiet")
        parley("export", "--format", "jsonl", "--record", str(record), "-o", str(export))
        measured = self.take(self, export)
        return Measured(measured.figures, ()) if self.closed else measured


def parley(*args: str) -> str:
    """Run a command of Parley; return its output.  Raises `Failed` with what it said."""
    return _run([str(Path(sys.executable).with_name("parley")), *args]).stdout


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, check=False)
    if done.returncode:
        said = done.stderr.strip() or f"exit status {done.returncode}"
        raise Failed(f"{' '.join(command[:2])}: {said}")
    return done


def _name(path: Path) -> str:
    """Return a path as it is named in messages: from the root of the project."""
    base = ROOT if path.is_relative_to(ROOT) else ROOT.parent
    return ("" if base == ROOT else "../") + path.relative_to(base).as_posix()


def _take_gold(set_: Set, export: Path) -> Measured:
    gold, outcome = read_gold(set_.gold, reports=set_.reports), read_outcome(export)
    result = score(gold, outcome)
    figures = {key: Figure(tally.right, tally.of) for key, tally in result.figures.items()}
    clustering = measure_clustering(gold, outcome)
    figures["grouping F1"] = Figure(round(clustering.f1, 3))
    return Measured(figures, [*result.misses, *clustering.misses])


def _take_plover(set_: Set, export: Path) -> Measured:
    return _take_shared("score_plover.py", set_.gold, export)


def _take_meantime(set_: Set, export: Path) -> Measured:
    """Score the events of an export, and the time expressions of the same articles."""
    folder = export.with_suffix(".dates")
    folder.mkdir()
    times = defaultdict(list)
    for line in parley("dates", str(set_.reports), "--format", "jsonl").splitlines():
        times[json.loads(line)["source"].rpartition("#")[2]].append(line)
    for name, lines in times.items():
        (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return _take_shared("score_meantime.py", set_.gold, export, "--dates", str(folder))


def _take_shared(tool: str, gold: Path, export: Path, *options: str) -> Measured:
    """Take the figures of a scorer that comes with a benchmark: shares, to three places."""
    command = [sys.executable, str(SHARED / "tools" / tool), str(gold), str(export)]
    done = _run([*command, "--json", "--misses", *options])
    figures = {}
    for key, value in json.loads(done.stdout).items():
        if isinstance(value, dict):
            figures[key] = Figure(round(value["right"] / value["of"] if value["of"] else 0.0, 3))
        elif isinstance(value, float):
            figures[key] = Figure(round(value, 3))
    return Measured(figures, done.stderr.splitlines())


_GOLD = ROOT / "evals" / "gold"
_REPORTS = ROOT / "evals" / "reports"
_BENCH = SHARED / "bench"

SETS: Mapping[str, Set] = {
    set_.name: set_
    for set_ in (
        Set("samples", _GOLD / "samples.jsonl", ROOT / "src" / "parley" / "sample", _take_gold),
        Set("dev", _GOLD / "dev.jsonl", _REPORTS / "dev", _take_gold),
        Set("dev2", _GOLD / "dev2.jsonl", _REPORTS / "dev2", _take_gold),
        Set("dev3", _GOLD / "dev3.jsonl", _REPORTS / "dev3", _take_gold),
        Set("heldout", _GOLD / "heldout.jsonl", _REPORTS / "heldout", _take_gold, closed=True),
        Set("seeds", SHARED / "gold" / "seeds.jsonl", SHARED / "seeds", _take_gold),
        Set(
            "plover_dev",
            _BENCH / "plover_dev.gold.jsonl",
            _BENCH / "plover_dev.input.jsonl",
            _take_plover,
        ),
        Set(
            "meantime_dev",
            _BENCH / "meantime_dev.gold.jsonl",
            _BENCH / "meantime_dev.input.jsonl",
            _take_meantime,
        ),
    )
}
