"""Weights beside the shipped ones: those of Splink, and what is printed of each."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from evals.splinked import estimate
from evals.weights import rewritten, set_by_hand
from parley.merging import shipped_weights
from parley.merging.levels import LEVELS
from parley.merging.pairing import Pair
from parley.merging.weights import Learnt, parse_weights, weights_text


def drawn(size: int) -> list[Pair]:
    """Return pairs of which one in four is one happening, and its levels tell so by themselves."""
    draw, pairs = random.Random(1), []
    names = list(LEVELS)
    for number in range(size):
        one = draw.random() < 0.25
        levels = [len(LEVELS[name]) - 1 for name in names]
        for name, often, seldom in (("words", 0.8, 0.1), ("where", 0.7, 0.05), ("aim", 0.6, 0.1)):
            if draw.random() < (often if one else seldom):
                levels[names.index(name)] = 0
        pairs.append(Pair(f"a{number}", f"b{number}", tuple(levels), 0.0, one))
    return pairs


@pytest.mark.filterwarnings("default")
def test_splink_finds_what_pairs_were_drawn_by() -> None:
    """Of independent levels its m and u are those of the draw, and levels not seen stay."""
    shipped = shipped_weights()
    found = estimate(drawn(2000), shipped, rounds=20)
    assert found.levels["words"]["alike"].weight == pytest.approx(3.0, abs=0.6)
    assert found.levels["where"]["same"].weight == pytest.approx(3.8, abs=0.8)
    assert found.levels["when"]["same_day"] == shipped.levels["when"]["same_day"]
    assert found.settings.prior == pytest.approx(-1.6, abs=0.5)
    assert found.levels["where"]["other"].veto


def test_learnt_weights_take_the_place_of_those_in_a_file() -> None:
    """Comments and reasons stay, the figures and how they were learnt are put in, and out again."""
    by_hand = set_by_hand(shipped_weights())
    levels = {comparison: dict(found) for comparison, found in by_hand.levels.items()}
    levels["where"]["same"] = replace(
        levels["where"]["same"], weight=3.25, how="learnt", seen=9, was=4.0
    )
    head = Learnt(
        **{"method": "a test", "at": "2024-05-01", "version": "1", "rules": "m", "seed": 1},
        **{"mentions": 3, "pairs": 30, "together": 12, "apart": 14},
    )
    learnt = replace(by_hand, levels=levels, learnt=head)
    text = weights_text(by_hand) + "# the end\n"
    once = rewritten(text, learnt)
    assert parse_weights(once, "a") == replace(learnt, name="a")
    assert once.endswith("# the end\n")
    assert rewritten(once, learnt) == once
    assert set_by_hand(learnt) == by_hand
