"""Learn the shipped weights from what is known, and measure them and others beside them.

`python -m evals.weights FOLDER [--splink] [--analyst] [--write FILE]`.  FOLDER keeps the
records, which are made where they are missing (some minutes): of the sets, of the told incidents,
and of the corpus's conflicts whose labels name happenings (`chronicles.py`), which are measured
and not fitted.  The weights are learnt of `samples`, `dev`, `dev2` and `told`; `dev3`, `seeds` and
`apart` are not fitted, and say whether what was learnt carries over.  Printed are, for each,
the B-cubed F1 of the groups and the doubt (bits a known pair), by the weights as they are, by
learnt ones, with `--splink` by those that Splink's expectation-maximisation finds in all
pairs, with `--analyst` by those that `parley learn` learns where an analyst put 20 events of
one record right that were wrong, and confirmed 60 that were right.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from benchmarks import told as loads
from evals.analyst import learn_of_corrections
from evals.chronicles import read_chronicles
from evals.marked import Marked, read_marked
from evals.sets import SETS, Failed, parley
from parley.errors import ParleyError
from parley.merging import Learnt, Weights, fingerprint, shipped_weights
from parley.merging.learning import Lesson, learn
from parley.merging.levels import LEVELS
from parley.merging.pairing import Pair
from parley.merging.weights import head_of
from parley.version import __version__

FITTED = ("samples", "dev", "dev2", "told")
UNSEEN = ("dev3", "seeds", "apart")
_SEED = 1
# Bits: with 1, as cross-validation over the fitted records has it, dev3 is grouped worse.
_PULL = 0.5
_KEPT = ("weight", "how", "seen", "was")


def main(args: Sequence[str] | None = None) -> int:
    """Run; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evals.weights", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the records are kept")
    parser.add_argument("--splink", action="store_true", help="measure Splink's weights too")
    parser.add_argument("--analyst", action="store_true", help="measure parley learn too")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put what is learnt into it")
    options = parser.parse_args(args)
    try:
        names = (*FITTED, *UNSEEN, *read_chronicles())
        marked = {name: marked_record(name, options.folder) for name in names}
        shipped, by_hand = shipped_weights(), set_by_hand(shipped_weights())
        _print("by hand", by_hand, marked.values())
        if shipped != by_hand:
            _print("as shipped", shipped, marked.values())
        learnt = _learnt([marked[name] for name in FITTED], by_hand)
        _print("learnt", learnt, marked.values())
        if options.splink:
            _print_splink(marked.values(), by_hand)
        if options.analyst:
            _print_analyst([marked[name] for name in (*FITTED, *UNSEEN)], options.folder)
        if options.write:
            options.write.write_text(rewritten(options.write.read_text(), learnt))
    except (ParleyError, Failed) as error:
        sys.stderr.write(f"evals: {error}\n")
        return 1
    return 0


def marked_record(name: str, folder: Path) -> Marked:
    """Return a record of known truth, made where it is missing."""
    record = folder / f"{name}.db"
    if not record.exists():
        if name in SETS:
            files = [str(file) for file in sorted(SETS[name].reports.glob("*.txt"))]
        elif (chronicle := read_chronicles().get(name)) is not None:
            files = [str(folder / f"{name}.jsonl")]
            chronicle.write(Path(files[0]))
        else:
            loads.write(folder / name, stories=loads.SETS[name], alone=0.0, seed=_SEED)
            files = [str(folder / name / "reports.jsonl")]
        parley("ingest", *files, "--record", str(record), "--quiet")
    return read_marked(name, folder)


def _learnt(marked: Sequence[Marked], shipped: Weights) -> Weights:
    """Return weights learnt of several records, and how."""
    pairs = list(_together(marked))
    lesson = learn(pairs, shipped, seed=_SEED, pulls=(_PULL,))
    head = head_of_lesson(lesson, mentions=sum(len(one.mentions) for one in marked))
    return replace(lesson.weights, learnt=head)


def head_of_lesson(lesson: Lesson, *, mentions: int = 0) -> Learnt:
    """Return how the weights of a lesson were learnt, as their file says it at its head."""
    return Learnt(
        method=f"logistic regression drawn towards the weights set by hand ({lesson.pull:g} bits)",
        at=datetime.now().astimezone().date().isoformat(),
        version=__version__,
        rules=fingerprint(),
        seed=_SEED,
        mentions=mentions,
        pairs=lesson.together + lesson.apart,
        together=lesson.together,
        apart=lesson.apart,
        before=lesson.before,
        after=lesson.after,
    )


def _together(marked: Iterable[Marked]) -> Iterable[Pair]:
    """Yield the pairs of several records; what was said in one is not said in another."""
    for at, one in enumerate(marked):
        for pair in one.pairs:
            said = None if pair.said is None else pair.said * 1000 + at
            yield Pair(pair.one, pair.two, pair.levels, pair.more, pair.truth, said)


def _print_analyst(marked: Sequence[Marked], folder: Path) -> None:
    """Print what `parley learn` gains in the record that was corrected, and in the others."""
    for one in marked:
        with tempfile.TemporaryDirectory() as scratch:
            weights = learn_of_corrections(
                one, folder / f"{one.name}.db", Path(scratch), wrong=20, right=60, seed=_SEED
            )
        if weights == shipped_weights():
            sys.stdout.write(f"corrected {one.name}: nothing is learnt\n")
            continue
        _print(
            f"corrected {one.name}",
            weights,
            [one, *(m for m in marked if m.name in SETS and m is not one)],
        )


def _print_splink(marked: Iterable[Marked], shipped: Weights) -> None:
    """Print what Splink's expectation-maximisation makes of all pairs, round by round."""
    from evals.splinked import estimate  # noqa: PLC0415 - an extra

    pairs = list(_together(marked))
    for rounds in (1, 2, 3, 5):
        began = time.process_time()
        try:
            weights = estimate(pairs, shipped, rounds=rounds)
        except ValueError as error:
            # A level that no likely pair has gets no probability at all.
            sys.stdout.write(f"Splink, {rounds} rounds: {error}\n")
            return
        spent = time.process_time() - began
        _print(f"Splink, {rounds} rounds ({spent:.1f} s)", weights, marked)


def set_by_hand(weights: Weights) -> Weights:
    """Return weights as they were before anything was learnt."""
    levels = {
        comparison: {
            name: replace(level, weight=level.was, how="hand", seen=0, was=None)
            if level.was is not None
            else level
            for name, level in found.items()
        }
        for comparison, found in weights.levels.items()
    }
    return replace(weights, levels=levels, learnt=None)


def rewritten(text: str, weights: Weights) -> str:
    """Return the text of a file of weights with others in it, its comments and order kept."""
    lines: list[str] = []
    table = ""
    for line in text.splitlines():
        if line.startswith("["):
            table = line.strip("[]")
            if table == "settings" and weights.learnt is not None:
                lines += [*head_of(weights.learnt), ""]
        if table == "learnt":
            continue
        comparison, _, name = table.partition(".")
        level = weights.levels.get(comparison, {}).get(name)
        key = line.partition("=")[0].strip()
        if level is None or key not in _KEPT:
            lines.append(line)
        elif key == "weight":
            lines.append(f"weight = {level.weight}")
            if level.how == "learnt":
                lines += ['how = "learnt"', f"seen = {level.seen}", f"was = {level.was}"]
    return "\n".join(lines) + "\n"


def _print(title: str, weights: Weights, marked: Iterable[Marked]) -> None:
    sys.stdout.write(f"{title}\n")
    for one in marked:
        note = "  fitted" if title == "learnt" and one.name in FITTED else ""
        known = sum(pair.truth is not None for pair in one.pairs)
        sys.stdout.write(
            f"  {one.name:24} {one.grouped(weights):.3f}   doubt {_doubt(one.pairs, weights):.3f} "
            f"of {known} known in {len(one.pairs)} pairs{note}\n"
        )
        sys.stdout.flush()


def _doubt(pairs: Sequence[Pair], weights: Weights) -> float:
    """Return how many bits of doubt weights have of known pairs, in the mean."""
    bits = [
        [weights.levels[comparison][name].weight for name in names]
        for comparison, names in LEVELS.items()
    ]
    found = []
    for pair in pairs:
        if pair.truth is not None:
            score = weights.settings.prior + pair.more
            score += sum(told[level] for told, level in zip(bits, pair.levels, strict=True))
            found.append(np.log2(1 + np.exp2(min(60.0, -score if pair.truth else score))))
    return float(np.mean(found)) if found else 0.0


if __name__ == "__main__":
    sys.exit(main())
