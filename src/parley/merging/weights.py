"""Weights: what each level of evidence weighs, read from a file, checked and written.

In: a TOML file as `data/weights.toml`, which Parley ships; one that `parley learn` wrote has
the same form.  Out: one frozen `Weights`.  A file must weigh every level of `levels.py`, no
other, and forbid what the shipped one forbids: vetoes are rules, not evidence, and what is
compared once for all copies of a dispatch (`clustering.node_of`) turns on them.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from math import isfinite
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from parley.errors import DataError
from parley.merging.levels import LEVELS

_SHIPPED = "parley/merging/data/weights.toml"
_AMONG = "parley/merging/data/among.toml"
_LARGEST = 1_000_000  # bytes; what is larger was given by mistake
_MOST = 50.0  # bits: no evidence weighs more
_WAY_OUT = "mend it, or let parley learn write a new one"

How = Literal["hand", "learnt"]


class Level(Struct, frozen=True, forbid_unknown_fields=True):
    """One level of one comparison: its weight in bits, why, and whether it forbids joining.

    `how` says where the weight is from: set by hand, or learnt from pairs, `seen` of which
    reached the level; `was` is then what it began with.
    """

    weight: float
    reason: str
    veto: bool = False
    how: How = "hand"
    seen: int = 0
    was: float | None = None


Levels = dict[str, dict[str, Level]]  # comparison -> level -> what it weighs


class _Among(Struct, frozen=True, forbid_unknown_fields=True):
    """What a level weighs within a report of several happenings: learnt, set by hand, and pairs."""

    weight: float
    was: float
    seen: int


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The figures that hold for all comparisons; `weights.toml` tells each one's meaning."""

    prior: float
    threshold: float
    floor: float
    state: float
    body: float
    person: float


class Held(Struct, frozen=True, forbid_unknown_fields=True):
    """How weights tell pairs whose truth is known and from which they were not learnt.

    `loss` is in bits a pair (the mean of -log2 of the odds given to the truth, 0 at best);
    `together` and `apart` are the shares told right of those that are one, and two.
    """

    loss: float
    together: float
    apart: float


class Learnt(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How weights were learnt.

    `at` is the day (ISO), `version` Parley's, `rules` the fingerprint of the rules and
    weights that it began with.  `mentions` were looked at, in `pairs` of which `together`
    are known to be one and `apart` to be two.  `before` and `after` say how those that are
    known are told by the weights that it began with and by learnt ones, by cross-validation.
    """

    method: str
    at: str
    version: str
    rules: str
    seed: int
    mentions: int
    pairs: int
    together: int
    apart: int
    before: Held | None = None
    after: Held | None = None


class Weights(Struct, frozen=True):
    """What evidence weighs: `levels` is comparison -> level -> weight.

    `learnt` says how, None where all is set by hand; `name` is the file, "" for the shipped.
    """

    settings: Settings
    levels: dict[str, dict[str, Level]]
    learnt: Learnt | None = None
    name: str = ""


@cache
def shipped_weights() -> Weights:
    """Return the weights that Parley ships.  Raises DataError, naming file and key."""
    path = files("parley.merging") / "data" / "weights.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{_SHIPPED}: {error}; install Parley again") from error
    return parse_weights(text, _SHIPPED)


@cache
def levels_among() -> Levels:
    """Return what evidence weighs between two mentions of one report of several happenings.

    Raises DataError, naming file and key.
    """
    path = files("parley.merging") / "data" / "among.toml"
    return parse_among(path.read_text(encoding="utf-8"))


def parse_among(text: str) -> Levels:
    """Return what evidence weighs there: as shipped, but for what the text of a file says.

    Raises DataError, naming file and key.
    """
    table: dict[str, Any] = tomllib.loads(text)
    table.pop("learnt", None)
    found = {comparison: dict(levels) for comparison, levels in shipped_weights().levels.items()}
    for comparison, levels in table.items():
        for name, value in levels.items():
            key = f"{comparison}.{name}"
            if name not in found.get(comparison, {}) or found[comparison][name].veto:
                raise _malformed(_AMONG, key, "there is no such level, or it forbids joining")
            own = _convert(value, _Among, _AMONG, key)
            found[comparison][name] = Level(
                weight=own.weight,
                reason=found[comparison][name].reason,
                how="learnt" if own.seen else "hand",
                seen=own.seen,
                was=own.was,
            )
    return found


def read_weights(path: Path) -> Weights:
    """Return the weights of a file.  Raises DataError, naming file and key."""
    try:
        if path.stat().st_size > _LARGEST:
            raise DataError(f"{path}: too large for a file of weights; name another")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DataError(f"{path}: there is no such file; parley learn writes one") from error
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise DataError(f"{path}: cannot be read ({why}); name another file") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: is not UTF-8; name a file of weights") from error
    return _checked(parse_weights(text, str(path)), str(path))


def unpack_weights(packed: str) -> Weights | None:
    """Return weights that `pack_weights` packed; None where they are of other levels than now."""
    try:
        found = msgspec.json.decode(packed, type=Weights)
        _check_levels(found, "the record's weights")
        return _checked(found, "the record's weights")
    except (msgspec.DecodeError, DataError):
        return None


def pack_weights(weights: Weights) -> str:
    """Return weights in a form that a record keeps."""
    return msgspec.json.encode(weights).decode()


def parse_weights(text: str, where: str) -> Weights:
    """Return the weights that the text of a file has; `where` names it.  Raises DataError."""
    try:
        table: dict[str, Any] = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DataError(f"{where}: is not TOML ({error}); {_WAY_OUT}") from error
    learnt = table.pop("learnt", None)
    settings = table.pop("settings", {})
    found = Weights(
        settings=_convert(settings, Settings, where, "settings"),
        levels=_levels(table, where),
        learnt=None if learnt is None else _convert(learnt, Learnt, where, "learnt"),
        name="" if where == _SHIPPED else where,
    )
    _check_levels(found, where)
    return found


def _levels(table: dict[str, Any], where: str) -> dict[str, dict[str, Level]]:
    for comparison, levels in table.items():
        if comparison not in LEVELS:
            raise _malformed(where, comparison, "no such comparison")
        if not isinstance(levels, dict):
            raise _malformed(where, comparison, "must be a table of levels")
    return {
        comparison: {
            level: _convert(value, Level, where, f"{comparison}.{level}")
            for level, value in levels.items()
        }
        for comparison, levels in table.items()
    }


def _convert(value: object, form: type[Any], where: str, key: str) -> Any:  # noqa: ANN401
    try:
        return msgspec.convert(value, form)
    except msgspec.ValidationError as error:
        raise _malformed(where, key, str(error)) from error


def _check_levels(weights: Weights, where: str) -> None:
    """Refuse levels that are missing or unknown, and figures that are none."""
    for comparison in LEVELS:
        wanted, got = set(LEVELS[comparison]), set(weights.levels.get(comparison, {}))
        if wanted != got:
            raise _malformed(where, comparison, f"missing or unknown: {sorted(wanted ^ got)}")
        for name, level in weights.levels[comparison].items():
            if not isfinite(level.weight) or abs(level.weight) > _MOST:
                problem = f"{level.weight} is no weight, which is within {_MOST:g} bits"
                raise _malformed(where, f"{comparison}.{name}", problem)
    for name, value in msgspec.structs.asdict(weights.settings).items():
        if not isfinite(value) or abs(value) > _MOST:
            raise _malformed(where, f"settings.{name}", f"{value} is no figure in bits")


def _checked(weights: Weights, where: str) -> Weights:
    """Return the weights, once they are known to forbid what the shipped ones forbid."""
    for comparison, levels in shipped_weights().levels.items():
        for name, level in levels.items():
            if weights.levels[comparison][name].veto != level.veto:
                must = "forbids joining" if level.veto else "forbids nothing"
                problem = f"veto must be {str(level.veto).lower()}: this level {must}, always"
                raise _malformed(where, f"{comparison}.{name}", problem)
    return weights


def _malformed(where: str, key: str, problem: str) -> DataError:
    return DataError(f"{where}: {key}: {problem}; {_WAY_OUT}")


def write_weights(weights: Weights, path: Path) -> None:
    """Write weights to a file that `read_weights` reads.  Raises OSError."""
    path.write_text(weights_text(weights), encoding="utf-8")


def weights_text(weights: Weights) -> str:
    """Return weights as the text of their file."""
    lines = [
        "# What each piece of evidence weighs, in bits, for (above 0) or against (below 0) two",
        '# mentions telling one happening.  "learnt" levels are from `seen` pairs; the others are',
        "# as Parley ships them.",
    ]
    if weights.learnt is not None:
        lines += ["", *head_of(weights.learnt)]
    lines += _table("settings", msgspec.to_builtins(weights.settings))
    for comparison in LEVELS:
        for name, level in weights.levels[comparison].items():
            told = {"weight": level.weight, "reason": level.reason}
            told |= {"veto": True} if level.veto else {}
            if level.how == "learnt":
                told |= {"how": level.how, "seen": level.seen, "was": level.was}
            lines += _table(f"{comparison}.{name}", told)
    return "\n".join(lines) + "\n"


def head_of(learnt: Learnt) -> list[str]:
    """Return the lines of the table that says how weights were learnt."""
    return _table("learnt", msgspec.to_builtins(learnt))[1:]


def _table(name: str, values: dict[str, Any]) -> list[str]:
    """Return the lines of a TOML table; what is None is left out."""
    return [
        "",
        f"[{name}]",
        *(f"{key} = {_value(value)}" for key, value in values.items() if value is not None),
    ]


def _value(value: object) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{key} = {_value(one)}" for key, one in value.items())
        return f"{{ {inside} }}"
    # Strings, numbers and booleans of JSON are those of TOML, but for one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
