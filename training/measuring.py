"""How good each decision is on conflicts that were held out: the network's and the rules'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct

from parley.learnt.decisions import SLOTS, STATUSES
from parley.learnt.network import Network
from training.examples import Example, batch_of


class Tally(Struct):
    """True positives, what was told wrongly, what was missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was told that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of what is right that was told."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} F {self.f1:.3f}"


def measure(network: Network, examples: Sequence[Example], *, least: float = 0.5) -> dict[str, str]:
    """Return the network's figures: triggers by argmax, all else at the gold triggers."""
    found, typed = Tally(), Tally()
    slots: dict[str, Tally] = {name: Tally() for name in SLOTS if name}
    status = Counter[bool]()
    by_status: dict[str, Tally] = {name: Tally() for name in STATUSES}
    back = Tally()
    kinds = Counter[bool]()
    for example in examples:
        batch = batch_of([example])
        encoded, _ = network.encode(batch.features)
        likely = network.decide("event", encoded[batch.words])[0][:, 1]
        types = network.decide("type", encoded[batch.words])[0].argmax(axis=1)
        wanted = np.full(len(likely), -1)
        wanted[batch.triggers - batch.words[0]] = batch.types
        for share, best, answer in zip(likely, types, wanted, strict=True):
            said = share > least
            found.right += bool(said and answer >= 0)
            found.wrong += bool(said and answer < 0)
            found.missed += bool(answer >= 0 and not said)
            right = bool(said and answer == best)
            typed.right += right
            typed.wrong += bool(said and not right)
            typed.missed += bool(answer >= 0 and not right)
            if answer >= 0:
                kinds[bool(answer == best)] += 1
        if len(batch.triggers):
            for row, answer in zip(
                network.decide("status", encoded[batch.triggers])[0], batch.statuses, strict=True
            ):
                best = int(row.argmax())
                status[best == answer] += 1
                _tell(by_status, STATUSES[best], STATUSES[answer])
            for row, answer in zip(
                network.decide("background", encoded[batch.triggers])[0],
                batch.backgrounds,
                strict=True,
            ):
                said = row[1] > 0.5
                back.right += bool(said and answer)
                back.wrong += bool(said and not answer)
                back.missed += bool(answer and not said)
        if len(batch.pairs):
            told = network.pair(encoded, batch.pairs[:, 0], batch.pairs[:, 1], batch.ways)[0]
            for row, answer in zip(told, batch.slots, strict=True):
                _tell(slots, SLOTS[int(row.argmax())], SLOTS[answer])
    return {
        "triggers": str(found),
        "types": f"{typed} acc {kinds[True] / max(1, kinds.total()):.3f}",
        "status": f"{status[True] / max(1, status.total()):.3f} macro F "
        f"{np.mean([t.f1 for t in by_status.values()]):.3f}",
        "background": str(back),
        **{f"slot {name}": str(tally) for name, tally in slots.items()},
        "slots": str(total(slots.values())),
    }


def total(tallies: Iterable[Tally]) -> Tally:
    """Return tallies added up."""
    whole = Tally()
    for tally in tallies:
        whole.right += tally.right
        whole.wrong += tally.wrong
        whole.missed += tally.missed
    return whole


def _tell(tallies: dict[str, Tally], said: str, true: str) -> None:
    if said == true:
        if said:
            tallies[said].right += 1
        return
    if said:
        tallies[said].wrong += 1
    if true:
        tallies[true].missed += 1
