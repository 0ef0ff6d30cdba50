"""The card of a file of weights: what is pinned of it, and what the coder goes by.

In: a folder with `components.toml`.  Out: a `Card`.  Nothing of the network is loaded for it.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

from parley.errors import DataError

# Parley's own coders: the rules and what was learnt together, or the rules alone.
CoderName: TypeAlias = Literal["learnt", "rules"]
# Which of them codes where none is named.
DEFAULT_CODER: CoderName = "learnt"

# Raised when features, network or answers change: weights of another version do not fit.
VERSION = 1
FOLDER = Path(str(files("parley.learnt") / "data"))
WAY_OUT = "install Parley anew, run `make train`, or code without the models (--coder rules)"
_CARD = "components.toml"
# What the coder asks the thresholds for.
THRESHOLDS = frozenset(
    {
        "trigger",
        "type",
        "status",
        "background",
        "bare",
        "slot",
        "beside",
        "turned",
        "unlikely",
        "replaced",
        "speaker",
        "place",
        "unlisted",
        "disbelieved",
        "doubt",
    }
)


class Card(Struct, frozen=True, forbid_unknown_fields=True):
    """What is pinned of a file of weights, and what was measured when it was made.

    `corpus` is the hash of the corpus that it was fitted to.  `temperature` divides the scores
    of a decision so that its probabilities are what comes true.  `thresholds` are read by the
    coder.
    """

    version: int
    sha256: str
    corpus: str
    temperature: dict[str, float]
    thresholds: dict[str, float]

    @property
    def name(self) -> str:
        """By what one can tell the models from others: "learnt 6f566329036f"."""
        return f"learnt {self.sha256[:12]}"


def read_card(folder: Path | None = None) -> Card:
    """Return the card of a folder, of the models that Parley brings where none is given.

    Raises DataError where it is missing or malformed.
    """
    path = (folder or FOLDER) / _CARD
    try:
        card = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Card)
    except FileNotFoundError as error:
        raise DataError(f"{path}: the models are not there; {WAY_OUT}") from error
    except (OSError, ValueError) as error:  # of TOML, of its encoding and of the schema
        raise DataError(f"{path}: {error}; {WAY_OUT}") from error
    for name, value in card.temperature.items():
        if not 0 < value < float("inf"):
            raise DataError(f"{path}: temperature.{name} is {value}, no number over 0; {WAY_OUT}")
    for name in sorted(THRESHOLDS | card.thresholds.keys()):
        if not 0 <= card.thresholds.get(name, -1) <= 1:
            told = card.thresholds.get(name, "missing")
            raise DataError(
                f"{path}: thresholds.{name} is {told}, no number from 0 to 1; {WAY_OUT}"
            )
    return card
