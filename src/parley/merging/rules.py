"""The rules of merging, read from the data files beside this module and checked.

In: `data/types.toml` (how types compare), `data/words.toml` (offices, scale of fighting), and
what evidence weighs (`weights.py`).  Out: one frozen `Rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Literal, TypeVar, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from parley.errors import DataError
from parley.merging.weights import Level, Levels, Settings, Weights, levels_among, shipped_weights
from parley.model import EventType, digest

Direction = Literal["mutual", "loose", "strict"]
Moment = Literal["always", "ahead"]
_Data = TypeVar("_Data")


class TypeRule(Struct, frozen=True, forbid_unknown_fields=True):
    """How mentions of one type compare; `types.toml` tells each key's meaning."""

    direction: Direction
    venue: bool
    persons: bool
    acts: bool = False


class PairRule(Struct, frozen=True, forbid_unknown_fields=True):
    """Two types that may tell one happening, the one that names it first."""

    types: tuple[EventType, EventType]
    when: Moment
    reason: str


class Office(Struct, frozen=True, forbid_unknown_fields=True):
    """A rank of office: its name, its plural, and the words that tell it."""

    name: str
    plural: str
    words: tuple[str, ...]


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell scale, another happening, lengths, what is counted, and offices."""

    whole: frozenset[str]
    part: frozenset[str]
    onset: frozenset[str]
    other: frozenset[str]
    other_beside: frozenset[str]
    several: frozenset[str]
    bouts: frozenset[str]
    plural: frozenset[str]
    before_names: frozenset[str]
    openings: frozenset[str]
    calendar: frozenset[str]
    generic: frozenset[str]
    agreed: frozenset[str]
    same: tuple[tuple[str, ...], ...]
    deeds: frozenset[str]
    numbers: dict[str, int]
    lengths: dict[str, float]
    due: tuple[str, ...]
    counted: dict[str, frozenset[str]]
    offices: tuple[Office, ...]


class _Types(Struct, frozen=True, forbid_unknown_fields=True):
    types: dict[EventType, TypeRule]
    pairs: tuple[PairRule, ...]


class Rules(Struct, frozen=True):
    """All that merging goes by.

    `among` is what evidence weighs between two mentions of one report that tells of several.
    `partners` is type -> the types whose mentions may tell the same happening, its own first.
    """

    weights: Weights
    among: Levels
    types: dict[EventType, TypeRule]
    pairs: dict[frozenset[str], PairRule]
    words: Words
    partners: dict[str, tuple[str, ...]]

    @property
    def settings(self) -> Settings:
        """The figures that hold for all comparisons."""
        return self.weights.settings

    @property
    def levels(self) -> dict[str, dict[str, Level]]:
        """Comparison -> level -> weight."""
        return self.weights.levels


_FORM = "29"  # of what a record keeps of merging: traits, keys, edges; another is merged anew


@cache
def load_rules() -> Rules:
    """Return the rules that Parley ships.  Raises DataError, naming file and key."""
    types = read_data("types.toml", _Types)
    words = read_data("words.toml", Words)
    _check_types(types)
    return Rules(
        weights=shipped_weights(),
        among=levels_among(),
        types=types.types,
        pairs={frozenset(pair.types): pair for pair in types.pairs},
        words=words,
        partners=_partners(types),
    )


def rules_by(weights: Weights | None) -> Rules:
    """Return the rules with other weights than the shipped ones; None for those."""
    return replace(load_rules(), weights=weights) if weights is not None else load_rules()


def _partners(data: _Types) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {name: [name] for name in data.types}
    for one, two in (rule.types for rule in data.pairs):
        found[one].append(two)
        found[two].append(one)
    return {name: tuple(types) for name, types in found.items()}


def fingerprint(weights: Weights | None = None) -> str:
    """Return what changes when the rules, or what is kept of merging, change.

    `weights` are those that merging goes by, None for the shipped ones; of them the figures
    count, and not the reasons.
    """
    names = (
        "types.toml",
        "among.toml",
        "words.toml",
        "topics.toml",
        "commonness.tsv",
        "proper.toml",
        "kinds.toml",
        "scenes.toml",
        "likeness.toml",
        "points.toml",
    )
    texts = [(files("parley.merging") / "data" / name).read_bytes() for name in names]
    by = weights or shipped_weights()
    figures = {
        f"{comparison}.{name}": (level.weight, level.veto)
        for comparison, levels in by.levels.items()
        for name, level in levels.items()
    }
    said = msgspec.json.encode((by.settings, dict(sorted(figures.items()))))
    return digest("m", _FORM, said, *texts)


def read_data(name: str, form: type[_Data]) -> _Data:
    """Return `data/<name>`, a TOML file, as `form`.  Raises DataError, naming file and key."""
    path = files("parley.merging") / "data" / name
    try:
        return msgspec.toml.decode(path.read_bytes(), type=form)
    except (OSError, msgspec.DecodeError) as error:
        raise DataError(
            f"parley/merging/data/{name}: {error}; mend the file or install Parley again"
        ) from error


def starred(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of `words`, whole; a star is any ending, one alone any word."""
    longest = sorted(words, key=len, reverse=True)
    told = "|".join(
        re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in longest
    )
    return re.compile(rf"\b(?:{told})\b", re.IGNORECASE)


def _check_types(data: _Types) -> None:
    missing = set(get_args(EventType)) - set(data.types)
    if missing:
        raise DataError(
            f"parley/merging/data/types.toml: types: missing {sorted(missing)}; add each"
        )
    known = {frozenset(pair) for pair in combinations(get_args(EventType), 2)}
    for pair in data.pairs:
        if frozenset(pair.types) not in known:
            raise DataError(
                f"parley/merging/data/types.toml: pairs: {pair.types} is no pair of two types; "
                "name two different ones"
            )
