"""The rules of merging, read from the data files beside this module and checked.

In: `data/types.toml` (how types compare), `data/weights.toml` (what evidence weighs and
why), `data/words.toml` (offices, scale of fighting).  Out: one frozen `Rules`.
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

from parley.errors import DataError
from parley.model import EventType, digest

Direction = Literal["mutual", "loose", "strict"]
Moment = Literal["always", "ahead"]
_Data = TypeVar("_Data")


class Level(Struct, frozen=True, forbid_unknown_fields=True):
    """One level of one comparison: its weight in bits, why, and whether it forbids joining."""

    weight: float
    reason: str
    veto: bool = False


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The figures that hold for all comparisons; `weights.toml` tells each one's meaning."""

    prior: float
    threshold: float
    floor: float
    state: float
    body: float
    person: float


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
    plural: frozenset[str]
    calendar: frozenset[str]
    generic: frozenset[str]
    agreed: frozenset[str]
    numbers: dict[str, int]
    lengths: dict[str, float]
    counted: dict[str, frozenset[str]]
    offices: tuple[Office, ...]


class _Types(Struct, frozen=True, forbid_unknown_fields=True):
    types: dict[EventType, TypeRule]
    pairs: tuple[PairRule, ...]


class Rules(Struct, frozen=True):
    """All that merging goes by.

    `levels` is comparison -> level -> weight; `partners` type -> the types whose mentions may
    tell the same happening, its own first.
    """

    settings: Settings
    levels: dict[str, dict[str, Level]]
    types: dict[EventType, TypeRule]
    pairs: dict[frozenset[str], PairRule]
    words: Words

    partners: dict[str, tuple[str, ...]]


# Every comparison and its levels, in the order in which an explanation tells them.  The
# weights file must give each exactly one weight: a level without one would count as nothing.
LEVELS: dict[str, tuple[str, ...]] = {
    "cue": ("tied", "none"),
    "type": ("same", "compatible", "other"),
    "mode": ("same", "other", "other_act", "unknown"),
    "when": (
        "same_day",
        "same_span",
        "same_week",
        "same_month",
        "same_season",
        "same_year",
        "recalled_month",
        "recalled_year",
        "recalled_inside",
        "same_start",
        "onset",
        "inside_week",
        "inside_month",
        "inside_season",
        "inside_year",
        "inside_longer",
        "overlap",
        "off_by_one",
        "apart_near",
        "spans_differ",
        "both_unknown",
        "one_unknown",
        "one_unknown_here",
        "ahead_near",
        "undated_near",
        "undated_days",
        "undated_far",
        "context_here",
        "context_told",
        "context_near",
        "context_apart",
        "inside_span",
        "apart",
    ),
    "scale": ("both_whole", "both_part", "whole_and_part", "unknown"),
    "where": (
        "same",
        "near",
        "same_area",
        "within",
        "same_country",
        "other",
        "other_loose",
        "other_country",
        "scene_same",
        "scene_other",
        "unknown",
    ),
    "parties": (
        "same",
        "within",
        "overlap",
        "kin",
        "complement",
        "sides",
        "disjoint",
        "context",
        "no_context",
        "unknown",
    ),
    "direction": (
        "same",
        "reversed",
        "reversed_here",
        "other_target",
        "other_target_here",
        "reversed_strict",
        "unknown",
    ),
    "victims": ("same", "other", "unknown"),
    "persons": ("same", "shared", "other", "unknown"),
    "offices": ("same", "other", "unknown"),
    "brokers": ("same", "overlap", "venue", "party", "other", "unknown"),
    "counts": (
        "same_rare",
        "same_telling",
        "same_common",
        "close",
        "growing",
        "some_way_off",
        "differ",
        "unknown",
    ),
    "lasting": ("same", "other", "unknown"),
    "aim": ("same", "other", "unknown"),
    "matter": ("same", "other", "other_here", "unknown"),
    "words": ("alike", "many", "some", "few", "none", "unknown"),
    "story": (
        *("one", "much", "some", "little", "hardly", "none"),
        *("one_aside", "much_aside", "some_aside"),
        *("recalled", "aside", "here", "unknown"),
    ),
    "names": ("many", "some", "one", "none", "aside", "here", "unknown"),
    "numbers": ("shared", "other", "aside", "here", "unknown"),
    "printed": ("day", "days", "week", "later", "aside", "here", "unknown"),
    "status": (
        "same",
        "moved",
        "backwards",
        "mixed_here",
        "disputed",
        "contradict",
        "contradict_here",
    ),
    "telling": (
        "same_sentence",
        "headline",
        "near",
        "toll_after",
        "same_report",
        "other_wanted",
        "other_report",
        "copied",
    ),
}


_FORM = "4"  # of what a record keeps of merging: traits, keys, edges; another is merged anew


@cache
def load_rules() -> Rules:
    """Return the rules that Parley ships.  Raises DataError, naming file and key."""
    types = read_data("types.toml", _Types)
    weights = read_data("weights.toml", dict[str, dict[str, object]])
    words = read_data("words.toml", Words)
    _check_types(types)
    return Rules(
        settings=_settings(weights.pop("settings", {})),
        levels=_levels(weights),
        types=types.types,
        pairs={frozenset(pair.types): pair for pair in types.pairs},
        words=words,
        partners=_partners(types),
    )


def _partners(data: _Types) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {name: [name] for name in data.types}
    for one, two in (rule.types for rule in data.pairs):
        found[one].append(two)
        found[two].append(one)
    return {name: tuple(types) for name, types in found.items()}


def fingerprint() -> str:
    """Return what changes when the rules, or what is kept of merging, change."""
    names = ("types.toml", "weights.toml", "words.toml", "topics.toml", "commonness.tsv")
    texts = [(files("parley.merging") / "data" / name).read_bytes() for name in names]
    return digest("m", _FORM, *texts)


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


def _settings(raw: dict[str, object]) -> Settings:
    try:
        return msgspec.convert(raw, Settings)
    except msgspec.ValidationError as error:
        raise _malformed("settings", str(error)) from error


def _levels(raw: dict[str, dict[str, object]]) -> dict[str, dict[str, Level]]:
    try:
        levels = msgspec.convert(raw, dict[str, dict[str, Level]])
    except msgspec.ValidationError as error:
        raise _malformed("a level", str(error)) from error
    for comparison in {**LEVELS, **levels}:
        wanted, got = set(LEVELS.get(comparison, ())), set(levels.get(comparison, {}))
        if wanted != got:
            raise _malformed(comparison, f"missing or unknown: {sorted(wanted ^ got)}")
    return levels


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


def _malformed(key: str, problem: str) -> DataError:
    return DataError(f"parley/merging/data/weights.toml: {key}: {problem}; mend the file")
