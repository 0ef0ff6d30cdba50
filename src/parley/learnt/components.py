"""The learnt components: a file of weights, loaded once, and what they are asked.

The file is pinned by its hash and its version in `data/components.toml`, which also holds
the calibration and who decides what.  Loading takes some tenths of a second.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from parley.errors import DataError
from parley.learnt.card import FOLDER, VERSION, WAY_OUT, Card, read_card
from parley.learnt.decisions import ANSWERS
from parley.learnt.features import Hints
from parley.learnt.inference import Inference
from parley.learnt.judgement import Judgement, judge
from parley.learnt.network import Network

_WEIGHTS = "components.npz"


class Components:
    """The network with its weights."""

    def __init__(self, network: Network, card: Card) -> None:
        self._inference = Inference(network)
        self.card = card

    def judge(self, docs: Sequence[Doc], hints: Sequence[Hints]) -> list[Judgement]:
        """Return what the network makes of paragraphs, given what the rules say of each."""
        return judge(self._inference, docs, hints, temperature=self.card.temperature)


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
    network = Network({name: len(answers) for name, answers in ANSWERS.items()}, drawn=False)
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
