"""Fits the weights by which two whole reports are compared (`data/likeness.toml` of merging).

`python -m benchmarks.likeness RECORD=TRUTH ... [--write] [--l2 2]` takes records made of loads
with known truth (`benchmarks.told`, `benchmarks.incidents`; `RECORD=TRUTH*0.3` counts one less),
compares all reports printed within sixty days of each other, and fits a logistic regression with
an L2 penalty by Newton's method.  It prints how well held-apart pairs are told (five folds over
the incidents' first words, which are their towns), and the weights in bits; `--write` puts them
into the data file.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import parley.merging
from benchmarks.stories import read_truth
from parley.merging.describing import traits_of
from parley.merging.frequencies import Frequencies
from parley.merging.likeness import features
from parley.merging.rules import load_rules
from parley.merging.stories import Story
from parley.record import Record

_DAYS = 60  # between two reports that are compared
_FOLDS = 5
_TO_BITS = 1 / np.log(2)
_DATA = Path(parley.merging.__file__).parent / "data" / "likeness.toml"

Floats = NDArray[np.float64]


def read_stories(record: Path) -> dict[str, Story]:
    """Return report's own id -> what it tells, of a record that was made of a load."""
    with Record.open(str(record), read_only=True) as opened:
        reports = {report.id: report for report in opened.reports()}
        mentions = list(opened.mentions())
    told = traits_of(mentions, Frequencies(mentions, rules=load_rules()), reports=reports)
    return {
        reports[trait.report].source.rpartition("#")[2]: trait.story
        for trait in told
        if trait.story is not None
    }


def compare_all(
    stories: dict[str, Story], truth: dict[str, str]
) -> tuple[list[dict[str, float]], list[bool], list[tuple[int, int]]]:
    """Return the features of each pair of reports, whether it is one, and its folds."""
    told, same, folds = [], [], []
    fold = {name: zlib.crc32(truth[name].split("-")[0].encode()) % _FOLDS for name in stories}
    for one, two in combinations(sorted(stories), 2):
        here, there = stories[one].printed, stories[two].printed
        if here is None or there is None or abs(here - there) <= _DAYS:
            told.append(features(stories[one], stories[two]))
            same.append(truth[one] == truth[two])
            folds.append((fold[one], fold[two]))
    return told, same, folds


def fit(told: Floats, same: Floats, counted: Floats, *, l2: float) -> Floats:
    """Return the weights in nats; the first, of what all pairs have, is not held down."""
    weights = np.zeros(told.shape[1])
    penalty = np.eye(told.shape[1]) * l2
    penalty[0, 0] = 1e-6
    for _ in range(50):
        odds = 1 / (1 + np.exp(-np.clip(told @ weights, -30, 30)))
        slope = told.T @ (counted * (same - odds)) - penalty @ weights
        bend = (told * (counted * odds * (1 - odds))[:, None]).T @ told + penalty
        step = np.linalg.solve(bend, slope)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def main() -> None:
    """Fit, print, and write where that is asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("loads", nargs="+", metavar="RECORD=TRUTH[*WEIGHT]")
    parser.add_argument("--l2", type=float, default=2.0)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    rows: list[list[float]] = []
    same: list[bool] = []
    counted: list[float] = []
    folds: list[tuple[int, int]] = []
    names: list[str] = []
    for load in given.loads:
        record, _, rest = load.partition("=")
        path, _, weight = rest.partition("*")
        told, one, fold = compare_all(read_stories(Path(record)), read_truth(Path(path))[0])
        names = list(told[0])
        rows += [[pair[name] for name in names] for pair in told]
        same += one
        folds += fold
        counted += [float(weight or 1)] * len(told)
    told_, same_ = np.array(rows), np.array(same, dtype=float)
    counted_, folds_ = np.array(counted), np.array(folds)
    held = np.zeros(len(same_))
    for fold_ in range(_FOLDS):
        apart = (folds_ != fold_).all(axis=1)
        weights = fit(told_[apart], same_[apart], counted_[apart], l2=given.l2)
        inside = folds_[:, 0] == fold_
        held[inside] = told_[inside] @ weights * _TO_BITS
    found, right = held > 0, same_ > 0
    both = int((found & right).sum())
    sys.stdout.write(
        f"{len(same_)} pairs, {int(right.sum())} of one incident; held apart: "
        f"precision {both / max(1, int(found.sum())):.3f}, recall {both / int(right.sum()):.3f}\n"
    )
    fitted = fit(told_, same_, counted_, l2=given.l2) * _TO_BITS
    lines = [f"{name} = {weight:.2f}" for name, weight in zip(names, fitted, strict=True)]
    sys.stdout.write("\n".join(lines) + "\n")
    if given.write:
        head, _, _ = _DATA.read_text(encoding="utf-8").partition("[weights]\n")
        _DATA.write_text(head + "[weights]\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
