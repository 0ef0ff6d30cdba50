"""Learning weights: from pairs of known truth, and from a record that was corrected."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loads import Load, b_cubed

from builders import FakeSteps
from parley.engine import Taught, confirm_event, ingest, learn_weights, merge_events, split_event
from parley.errors import Refused
from parley.merging import Weights, merge, read_weights, rules_by, shipped_weights, write_weights
from parley.merging.learning import LEAST, Lesson, learn
from parley.merging.levels import LEVELS, ORDERED
from parley.merging.pairing import Pair
from parley.record import Record

_SILENT = {"unknown", "none", "here", "both_part", "other_report"}
# What tells in a made-up record: the counts' levels mean more than shipped, the words' less.
_TRUE = {("counts", "same_common"): 6.0, ("words", "many"): -1.0, ("where", "same"): 6.5}


def made_up(size: int, *, seed: int = 1, known: float = 0.5) -> list[Pair]:
    """Return pairs drawn by weights that differ from the shipped in a few levels."""
    draw = random.Random(seed)
    shipped = shipped_weights()
    pairs = []
    for number in range(size):
        levels, score = [], 1.0
        for comparison, names in LEVELS.items():
            silent = next((name for name in names if name in _SILENT), names[0])
            told = [name for name in names if not shipped.levels[comparison][name].veto]
            # What whole reports tell would settle nearly every pair.
            told = [silent] if comparison == "story" else told
            name = draw.choice(told) if draw.random() < 0.3 else silent
            levels.append(names.index(name))
            bits = shipped.levels[comparison][name].weight
            score += _TRUE.get((comparison, name), bits)
        one = 1 / (1 + 2.0 ** -(score + shipped.settings.prior))
        truth = draw.random() < one if draw.random() < known else None
        ids = f"a{number:05d}", f"b{number:05d}"
        said = None if truth is None else number
        pairs.append(Pair(*ids, tuple(levels), 0.0, truth, said))
    return pairs


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    """Learn from made-up pairs."""
    return learn(made_up(4000), shipped_weights(), seed=1)


def weight(weights: Weights, comparison: str, name: str) -> float:
    """Return what a level weighs."""
    return weights.levels[comparison][name].weight


def test_what_is_true_of_a_record_is_learnt(lesson: Lesson) -> None:
    """Levels move from where they began towards what the pairs were drawn by."""
    for (comparison, name), true in _TRUE.items():
        before = weight(shipped_weights(), comparison, name)
        now = lesson.weights.levels[comparison][name]
        assert abs(now.weight - true) < abs(before - true)
        assert now.how == "learnt"
        assert now.seen > 0
    assert lesson.after.loss < lesson.before.loss


def test_weights_that_are_far_off_are_learnt_too() -> None:
    """From a beginning that is sure of the wrong no step is taken that leads farther away."""
    weights = shipped_weights()
    sure = msgspec.structs.replace(
        weights, settings=msgspec.structs.replace(weights.settings, prior=-15.0)
    )
    found = learn(made_up(1500, known=1.0), sure, seed=1, pulls=(3.0,))
    learnt = [level.weight for levels in found.weights.levels.values() for level in levels.values()]
    assert max(map(abs, learnt)) < 30
    assert found.after.loss < found.before.loss


def test_pairs_that_were_not_seen_are_told_better(lesson: Lesson) -> None:
    """On fresh pairs of the same kind the learnt weights are in less doubt."""

    def doubt(weights: Weights) -> float:
        total = 0.0
        fresh = made_up(1000, seed=2, known=1.0)
        for pair in fresh:
            score = weights.settings.prior + 1.0
            for at, (comparison, names) in zip(pair.levels, LEVELS.items(), strict=True):
                score += weight(weights, comparison, names[at])
            total += np.log2(1 + 2.0 ** (-score if pair.truth else score))
        return float(total / len(fresh))

    assert doubt(lesson.weights) < doubt(shipped_weights())


def test_the_order_of_pairs_changes_nothing(lesson: Lesson) -> None:
    """The same pairs the other way round teach the same, to the last figure."""
    again = learn(made_up(4000)[::-1], shipped_weights(), seed=1)
    assert again == lesson


def test_vetoes_and_seldom_levels_stay(lesson: Lesson) -> None:
    """What forbids goes on forbidding, and what hardly any pair reached weighs as before."""
    for comparison, levels in lesson.weights.levels.items():
        for name, level in levels.items():
            before = shipped_weights().levels[comparison][name]
            assert level.veto == before.veto
            assert level.reason == before.reason
            if level.how == "hand":
                assert level.weight == before.weight
    assert lesson.weights.settings == shipped_weights().settings


def is_ordered(weights: Weights) -> bool:
    """Tell whether no level outweighs one that tells more."""
    return all(
        weight(weights, comparison, more) >= weight(weights, comparison, less) - 0.011
        for comparison, chains in ORDERED.items()
        for chain in chains
        for more, less in pairwise(chain)
    )


def test_the_shipped_weights_are_in_order() -> None:
    """Every chain of levels names levels that there are, from the most telling down."""
    assert is_ordered(shipped_weights())


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 1000))
def test_learnt_weights_keep_the_order(seed: int) -> None:
    """Whatever the pairs are, more agreement never weighs less."""
    try:
        found = learn(made_up(200, seed=seed), shipped_weights(), seed=seed)
    except Refused:
        return
    assert is_ordered(found.weights)


@pytest.mark.parametrize("truths", [(True,) * 40, (False,) * 40, (True, False) * (LEAST - 1), ()])
def test_too_little_teaches_nothing(truths: tuple[bool, ...]) -> None:
    """Fewer than ten pairs of a kind are refused with how many there are, and the way out."""
    pairs = [
        Pair(pair.one, pair.two, pair.levels, 0.0, truth, at)
        for at, (pair, truth) in enumerate(zip(made_up(100), truths, strict=False))
    ]
    with pytest.raises(Refused, match=f"at least {LEAST} of each"):
        learn(pairs, shipped_weights(), seed=1)


def test_levels_that_are_held_stay() -> None:
    """What is not to be learnt keeps its weight, and the others are learnt beside it."""
    pairs = made_up(4000)
    free = learn(pairs, shipped_weights(), seed=1).weights
    moved = [
        (comparison, name)
        for comparison, levels in free.levels.items()
        for name, level in levels.items()
        if level.how == "learnt"
    ]
    found = learn(pairs, shipped_weights(), seed=1, held=moved[:1]).weights
    comparison, name = moved[0]
    assert found.levels[comparison][name] == shipped_weights().levels[comparison][name]
    assert any(found.levels[c][n].how == "learnt" for c, n in moved[1:])


def test_what_is_drawn_by_lot_teaches_nothing() -> None:
    """Where known pairs are one or two by chance alone, there is nothing to gain: refused."""
    draw, shipped, pairs = random.Random(4), shipped_weights(), []
    for at, pair in enumerate(made_up(300, known=1.0)):
        bits = sum(
            weight(shipped, comparison, names[level])
            for level, (comparison, names) in zip(pair.levels, LEVELS.items(), strict=True)
        )
        even = -shipped.settings.prior - bits
        pairs.append(Pair(pair.one, pair.two, pair.levels, even, draw.random() < 0.5, at))
    with pytest.raises(Refused, match="nothing is gained"):
        learn(pairs, shipped, seed=1)


@pytest.fixture(scope="module")
def load() -> Load:
    """Draw some three hundred tellings of known truth."""
    return Load(300, seed=5)


@pytest.fixture(scope="module")
def corrected(load: Load, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the path of a record of them that an analyst went over."""
    where = str(tmp_path_factory.mktemp("learn") / "load.db")
    told: dict[str, list] = {}
    for mention in load.mentions:
        told.setdefault(mention.report, []).append(mention)
    with Record.open(where, create=True) as record:
        for id_, report in load.reports.items():
            record.add_report(report, told.get(id_, ()))
        ingest(record, [], refuse=pytest.fail, steps=FakeSteps().steps())
        _go_over(record, load)
    return where


def _go_over(record: Record, load: Load) -> None:
    """Split what holds two, put together what is one, and confirm what is right."""
    of: dict[int, list[str]] = {}
    for event in list(record.events()):
        truths = [load.truth[mention.id] for mention in event.mentions]
        if len(set(truths)) == 1:
            of.setdefault(truths[0], []).append(event.id)
        elif len(truths) == 2:
            split_event(record, event.id, ["2"], by="Ana")
    for at, (truth, ids) in enumerate(sorted(of.items())):
        if len(ids) > 1:
            merge_events(record, ids, by="Ana")
        elif at % 2:
            confirm_event(record, ids[0], by="Ana")
        assert truth >= 0


@pytest.fixture(scope="module")
def taught(corrected: str) -> Taught:
    """Learn from the record."""
    with Record.open(corrected, read_only=True) as record:
        return learn_weights(record)


def test_a_corrected_record_is_helped(taught: Taught, load: Load, tmp_path: Path) -> None:
    """Weights learnt of corrections group the tellings as well or better, without those."""
    how = taught.weights.learnt
    assert how is not None
    assert how.before is not None
    assert how.after is not None
    assert how.after.loss < how.before.loss
    assert min(how.together, how.apart) >= LEAST
    assert taught.moved
    path = tmp_path / "weights.toml"
    write_weights(taught.weights, path)
    weights = read_weights(path)

    def f1(weights: Weights | None) -> float:
        rules = rules_by(weights)
        precision, recall = b_cubed(
            merge(load.mentions, reports=load.reports, rules=rules), load.truth
        )
        return 2 * precision * recall / (precision + recall)

    assert f1(weights) >= f1(None) - 0.002


def test_learning_is_repeatable(corrected: str, taught: Taught) -> None:
    """Twice the same lesson; the record, opened to be read only, stays as it is."""
    with Record.open(corrected, read_only=True) as record:
        assert learn_weights(record) == taught
        assert record.weights is None


def test_learnt_weights_know_no_order_of_arrival(taught: Taught, load: Load) -> None:
    """Reports merged by learnt weights in any order make the same events."""
    rules = rules_by(taught.weights)
    outcome = merge(load.mentions, reports=load.reports, rules=rules)
    turned = merge(load.mentions[::-1], reports=load.reports, rules=rules)
    assert outcome == turned
