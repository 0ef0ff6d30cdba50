"""The learnt components: a file of weights, loaded once, asked of each paragraph.

The file is pinned by its hash and its version in `data/components.toml`, which also holds
the calibration and who decides what.  Loading takes some tenths of a second.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from spacy.tokens import Doc, Token

from parley.errors import DataError
from parley.learnt.card import FOLDER, VERSION, WAY_OUT, Card, read_card
from parley.learnt.decisions import ANSWERS, SLOTS, STATUSES, TYPES
from parley.learnt.features import Hints, Rows, fillers, paths, see
from parley.learnt.network import PADDING, Floats, Network
from parley.model import EventType, Status

_WEIGHTS = "components.npz"


class Components:
    """The network with its weights."""

    def __init__(self, network: Network, card: Card) -> None:
        self._network = network
        self.card = card

    def judge(self, docs: Sequence[Doc], hints: Sequence[Hints]) -> list[Judgement]:
        """Return what the network makes of paragraphs, given what the rules say of each.

        They are looked at together, which costs a quarter; none has a part in another's.
        """
        if not docs:
            return []
        features = see(docs, hints, padding=PADDING)
        encoded, _ = self._network.encode(features)
        told = {
            name: self._network.decide(
                name, encoded, temperature=self.card.temperature.get(name, 1.0)
            )[0]
            for name in ANSWERS
            if name != "slot"
        }
        return [
            Judgement(self._network, encoded, told, rows, own)
            for rows, own in zip(features.rows, hints, strict=True)
        ]


class Judgement:
    """What the network makes of one paragraph; asked of its tokens."""

    def __init__(
        self,
        network: Network,
        encoded: Floats,
        told: Mapping[str, Floats],
        rows: Rows,
        hints: Hints,
    ) -> None:
        self._network, self._hints, self._rows = network, hints, rows
        self._encoded, self._told = encoded, told
        self._slots: dict[int, list[tuple[Token, str, float]]] = {}

    def event(self, token: Token) -> float:
        """Return how likely a word names an event."""
        return float(self._told["event"][self._rows[token.i], 1])

    def types(self, token: Token) -> dict[EventType, float]:
        """Return how likely each type is for the event that a word names."""
        row = self._told["type"][self._rows[token.i]]
        return dict(zip(TYPES, row.tolist(), strict=True))

    def statuses(self, token: Token) -> dict[Status, float]:
        """Return how likely each status is for the event that a word names."""
        row = self._told["status"][self._rows[token.i]]
        return dict(zip(STATUSES, row.tolist(), strict=True))

    def background(self, token: Token) -> float:
        """Return how likely the event that a word names is recalled from before the news."""
        return float(self._told["background"][self._rows[token.i], 1])

    def slots(self, trigger: Token) -> list[tuple[Token, str, float]]:
        """Return the words that fill a slot of a trigger: the word, the slot, how likely."""
        if trigger.i not in self._slots:
            self._slots[trigger.i] = self._filled(trigger)
        return self._slots[trigger.i]

    def _filled(self, trigger: Token) -> list[tuple[Token, str, float]]:
        words = fillers(trigger)
        if not words:
            return []
        rows = self._rows[[word.i for word in words]]
        at = np.full(len(words), self._rows[trigger.i])
        ways = paths(trigger, words, self._hints.get(trigger.i))
        told, _ = self._network.pair(self._encoded, at, rows, ways)
        best = told.argmax(axis=1)
        return [
            (word, SLOTS[slot], float(told[number, slot]))
            for number, (word, slot) in enumerate(zip(words, best.tolist(), strict=True))
            if slot
        ]


def load(folder: Path | None = None) -> Components:
    """Return the components that Parley brings, or those of a folder.

    Raises `DataError` where a file is missing, is not the one that is pinned, or is of another
    version.
    """
    return _brought() if folder is None else _load(folder)


@cache
def _brought() -> Components:
    return _load(FOLDER)


def _load(folder: Path) -> Components:
    card = read_card(folder)
    path = folder / _WEIGHTS
    if card.version != VERSION:
        raise DataError(
            f"{path}: the models are of version {card.version}, this Parley reads {VERSION};"
            f" {WAY_OUT}"
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: the models cannot be read ({error}); {WAY_OUT}") from error
    if hashlib.sha256(content).hexdigest() != card.sha256:
        raise DataError(f"{path}: the models are not those that were measured; {WAY_OUT}")
    network = Network({name: len(answers) for name, answers in ANSWERS.items()})
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            network.from_arrays(dict(arrays))
    except (ValueError, KeyError, zipfile.BadZipFile) as error:
        raise DataError(
            f"{path}: the models do not fit this Parley ({error}); {WAY_OUT}"
        ) from error
    return Components(network, card)


def save(network: Network, folder: Path) -> str:
    """Write a network's weights into a folder as half floats; return their SHA-256."""
    buffer = io.BytesIO()
    halves = {name: array.astype("float16") for name, array in network.to_arrays().items()}
    np.savez_compressed(buffer, **halves)  # type: ignore[arg-type]
    content = buffer.getvalue()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _WEIGHTS).write_bytes(content)
    return hashlib.sha256(content).hexdigest()
