"""The weights that Parley brings are those of this corpus and of these settings."""

from __future__ import annotations

import numpy as np

from parley.learnt import read_card
from parley.learnt.card import THRESHOLDS
from training.fitting import Plan, fit
from training.making import corpus_hash, settings


def test_the_card_is_of_this_corpus_and_these_settings() -> None:
    """Who changes a label or a threshold makes the components, or their card, anew."""
    card = read_card()
    assert card.corpus == corpus_hash()
    assert card.thresholds == settings().thresholds
    assert set(card.thresholds) == THRESHOLDS


def test_the_same_seed_gives_the_same_network(examples) -> None:
    """Fitted twice to the same paragraphs, every parameter is the same; another seed differs."""
    plan = Plan(rounds=2, batch_words=200)
    once, again, other = (
        fit(examples, plan=each, report=lambda number, loss, network: None).to_arrays()
        for each in (plan, plan, Plan(rounds=2, batch_words=200, seed=2))
    )
    assert all(np.array_equal(once[name], again[name]) for name in once)
    assert any(not np.array_equal(once[name], other[name]) for name in once)


def test_fitting_brings_the_loss_down(examples) -> None:
    """Ten rounds over some paragraphs leave less than half of the first round's loss."""
    losses: list[float] = []
    fit(
        examples,
        plan=Plan(rounds=10, batch_words=200),
        report=lambda number, loss, network: losses.append(loss),
    )
    assert losses[-1] < losses[0] / 2
