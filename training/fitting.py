"""The fitting of the network to the corpus, with fixed seeds."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from thinc.api import Adam, fix_random_seed

from parley.learnt.decisions import ANSWERS
from parley.learnt.features import COLUMNS
from parley.learnt.network import Floats, Network
from training.examples import Batch, Example, batch_of

_WORDED = [i for i, (name, _) in enumerate(COLUMNS) if name in ("norm", "lemma", "suffix")]
_RULED = [i for i, (name, _) in enumerate(COLUMNS) if name in ("rule", "ruling")]


class Plan(Struct, frozen=True):
    """How the network is fitted; the figures that measured best stand as defaults."""

    rounds: int = 16
    batch_words: int = 1500
    rate: float = 0.002
    decay: float = 0.01
    dropout: float = 0.3
    hide: float = 0.4
    silence: float = 0.5
    seed: int = 1
    memory: float = 0.998
    weights: tuple[tuple[str, float], ...] = (
        ("event", 1.0),
        ("type", 1.0),
        ("status", 1.0),
        ("background", 0.5),
        ("slot", 1.0),
    )


def fit(
    examples: Sequence[Example], *, plan: Plan, report: Callable[[int, float, Network], None]
) -> Network:
    """Return a network fitted to the examples; `report` is told each round's mean loss."""
    fix_random_seed(plan.seed)
    network = Network(
        {name: len(answers) for name, answers in ANSWERS.items()}, dropout=plan.dropout
    )
    optimizer = Adam(
        plan.rate, L2=plan.decay, grad_clip=1.0, L2_is_weight_decay=True, use_averages=False
    )
    order = random.Random(plan.seed)
    weights = dict(plan.weights)
    total = plan.rounds * max(1, sum(len(e.events) for e in examples) // plan.batch_words)
    step = 0
    mean = _Mean(plan.memory)
    hiding = np.random.default_rng(plan.seed)
    for number in range(plan.rounds):
        losses = []
        for batch in _batches(examples, plan.batch_words, order):
            losses.append(_update(network, _hidden(batch, plan, hiding), weights))
            step += 1
            optimizer.learn_rate = plan.rate * min(1.0, step / 60) * max(0.02, 1 - step / total)
            for layer in network.layers():
                layer.finish_update(optimizer)
            optimizer.step_schedules()
            mean.see(network)
        report(number, float(np.mean(losses)), mean.network())
    return mean.network()


class _Mean:
    """The running mean of a network's parameters: steadier than those of the last step."""

    def __init__(self, memory: float) -> None:
        self._memory, self._steps = memory, 0
        self._arrays: dict[str, NDArray[Any]] = {}

    def see(self, network: Network) -> None:
        self._steps += 1
        memory = min(self._memory, self._steps / (self._steps + 10))
        for name, array in network.to_arrays().items():
            if name in self._arrays:
                self._arrays[name] += (1 - memory) * (array - self._arrays[name])
            else:
                self._arrays[name] = array.copy()

    def network(self) -> Network:
        other = Network({name: len(answers) for name, answers in ANSWERS.items()})
        other.from_arrays(self._arrays)
        return other


def _batches(examples: Sequence[Example], words: int, order: random.Random) -> list[Batch]:
    shuffled = list(examples)
    order.shuffle(shuffled)
    batches: list[list[Example]] = [[]]
    size = 0
    for example in shuffled:
        if size > words:
            batches.append([])
            size = 0
        batches[-1].append(example)
        size += len(example.events)
    return [batch_of(batch) for batch in batches if batch]


def _hidden(batch: Batch, plan: Plan, hiding: np.random.Generator) -> Batch:
    """Return a batch in which some words are known by vector and tag alone, some rules silent.

    No corpus has all words, and no lexicon; what is learnt must hold for those they lack.
    """
    ids = batch.features.ids.copy()
    hidden = np.flatnonzero(hiding.random(len(ids)) < plan.hide)
    ids[hidden[:, None], _WORDED] = 0
    silent = np.flatnonzero(hiding.random(len(ids)) < plan.silence)
    ids[silent[:, None], _RULED] = 0
    return msgspec.structs.replace(batch, features=msgspec.structs.replace(batch.features, ids=ids))


def _update(network: Network, batch: Batch, weights: dict[str, float]) -> float:
    encoded, back = network.encode(batch.features, training=True)
    gradient = np.zeros_like(encoded)
    loss = 0.0
    for name, rows, answers in (
        ("event", batch.words, batch.events),
        ("type", batch.triggers, batch.types),
        ("status", batch.triggers, batch.statuses),
        ("background", batch.triggers, batch.backgrounds),
    ):
        if not len(rows):
            continue
        told, undo = network.decide(name, encoded[rows], training=True)
        wrong, cost = _loss(told, answers, weights[name], share=len(batch.triggers) + 1.0)
        loss += cost
        np.add.at(gradient, rows, undo(wrong))
    if len(batch.pairs):
        told, undo = network.pair(
            encoded, batch.pairs[:, 0], batch.pairs[:, 1], batch.ways, training=True
        )
        wrong, cost = _loss(told, batch.slots, weights["slot"], share=len(batch.triggers) * 2.0)
        loss += cost
        gradient += undo(wrong)
    back(gradient)
    return loss


def _loss(
    told: Floats, answers: NDArray[np.int64], weight: float, *, share: float
) -> tuple[Floats, float]:
    """Return the cross-entropy's gradient and value, over `share`: events, not words, count."""
    wrong = told.copy()
    wrong[np.arange(len(answers)), answers] -= 1.0
    cost = -np.log(np.maximum(told[np.arange(len(answers)), answers], 1e-9)).sum()
    return wrong * np.float32(weight / share), float(cost * weight / share)
