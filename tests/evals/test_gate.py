"""The accuracy of the whole product, held at the floors of evals/floors.toml."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from evals.floors import read_floors
from evals.gate import complaints
from evals.outcome import read_outcome
from evals.sets import SETS, SHARED, Measured

FLOORS = read_floors()
SCORER = SHARED / "tools" / "score_gold.py"
# What a first release must reach on the real reports: these floors may not be lowered.
SEEDS_AT_LEAST = {
    "spans": 1,
    "report date": 5,
    "found": 26,
    "whole": 14,
    "merged": 4,
    "trap": 7,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the records and exports of the sets are made."""
    return tmp_path_factory.mktemp("evals")


@pytest.fixture(scope="module")
def measure(folder: Path) -> Iterator[Callable[[str], Measured]]:
    """Measure a set once for all tests, or skip where its files are absent."""

    @cache
    def run(name: str) -> Measured:
        set_ = SETS[name]
        if not set_.present:
            need(set_.missing, shared=set_.gold.is_relative_to(SHARED))
        return set_.measure(folder)

    yield run
    run.cache_clear()


def need(missing: str, *, shared: bool) -> None:
    """Skip for want of shared files; fail where they must be there."""
    if shared and os.environ.get("CI") != "true":
        pytest.skip(missing)
    pytest.fail(missing)


@pytest.mark.parametrize("name", FLOORS.sets)
def test_nothing_has_fallen(name: str, measure: Callable[[str], Measured]) -> None:
    """Every figure of a set stands at its floor or above, on the gold it was taken on."""
    measured = measure(name)
    fallen = list(complaints(SETS[name], measured.figures, FLOORS.sets[name]))
    assert not fallen, "\n".join([*fallen, *measured.misses])


def test_all_sets_that_are_here_are_held() -> None:
    """A set with gold answers has floors: none is forgotten when it is added."""
    here = {name for name, set_ in SETS.items() if set_.present}
    assert here <= set(FLOORS.sets)


def test_the_floors_of_the_real_reports_are_no_lower_than_promised() -> None:
    """What the first release promises on the real reports stands in the floors."""
    floors = FLOORS.sets["seeds"].floors
    assert {k: floors.get(k) for k, least in SEEDS_AT_LEAST.items() if floors[k] < least} == {}


# Not `dev2`, `dev3` and `heldout`: the shared scorer has no code for all of their countries.
@pytest.mark.parametrize("name", ["seeds", "samples", "dev"])
def test_the_figures_are_those_of_the_shared_scorer(
    name: str, folder: Path, measure: Callable[[str], Measured]
) -> None:
    """Two scorers written apart give the same figures: neither has a mistake of its own."""
    if not SCORER.exists():
        need(f"../shared/tools/{SCORER.name} is not here to compare with", shared=True)
    set_, measured = SETS[name], measure(name)
    command = [sys.executable, SCORER, set_.gold, folder / f"{name}.jsonl", "--json"]
    done = subprocess.run(
        [*map(str, command), "--reports", str(set_.reports)], capture_output=True, check=True
    )
    theirs = {key: (row["right"], row["of"]) for key, row in json.loads(done.stdout).items()}
    # A figure "of" nothing is a share, which that scorer does not take: how tellings are grouped.
    ours = {key: (f.value, f.of) for key, f in measured.figures.items() if f.of is not None}
    assert ours == theirs


@pytest.mark.parametrize("name", FLOORS.sets)
def test_every_mention_stands_where_it_says(
    name: str, folder: Path, measure: Callable[[str], Measured]
) -> None:
    """Every mention of every set's export is the very text at its offsets, and not empty."""
    measure(name)
    outcome = read_outcome(folder / f"{name}.jsonl")
    texts = read_texts(SETS[name].reports)
    assert outcome.reports
    for event in outcome.events:
        assert event.mentions
        for mention in event.mentions:
            text = texts[outcome.file_of[mention.report].rpartition("#")[2]]
            assert mention.text
            assert text[mention.start : mention.end] == mention.text


def read_texts(path: Path) -> dict[str, str]:
    """Read the texts of a set by file name, or by the id of a row."""
    if path.is_dir():
        return {file.name: file.read_bytes().decode() for file in path.glob("*.txt")}
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row["text"] for row in rows}
