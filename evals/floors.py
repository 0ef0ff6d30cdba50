"""floors.toml: the figures below which Parley must not fall, and each lowering with its reason.

[sets.samples]
gold = "..."               # the hash of the gold answers that the floors were taken on
floors = { found = 100, "report date" = 14 }

[[lowered]]                # kept for good
date = 2026-11-22
figure = "samples.found"
old = 100
new = 98
because = "..."
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from parley.errors import DataError

FILE = Path(__file__).with_name("floors.toml")
_HEAD = """\
# Below these figures Parley must not fall: `make test` holds them, `python -m evals` prints
# where it stands.  Written by `python -m evals` (--raise, --lower, --repin), not by hand.
"""


class SetFloors(Struct, frozen=True, kw_only=True):
    """The floors of a set, by figure, and the hash of the gold that they were taken on."""

    gold: str
    floors: dict[str, float]


class Lowering(Struct, frozen=True, kw_only=True):
    """A floor that was lowered, and why."""

    date: date
    figure: str
    old: float
    new: float
    because: str


class Floors(Struct, frozen=True, kw_only=True):
    """All that is held."""

    sets: dict[str, SetFloors] = {}
    lowered: tuple[Lowering, ...] = ()

    def with_set(self, name: str, floors: SetFloors) -> Floors:
        """Return these floors with those of one set in place of what it had."""
        return msgspec.structs.replace(self, sets={**self.sets, name: floors})


def read_floors(path: Path = FILE) -> Floors:
    """Read the floors.  Raises `DataError` saying what is malformed, and where."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Floors)
    except FileNotFoundError:
        return Floors()
    except msgspec.DecodeError as error:
        raise DataError(f"{path.name}: {error}; mend it, or take it from the history") from error


def write_floors(floors: Floors, path: Path = FILE) -> None:
    """Write the floors, the same bytes for the same floors."""
    lines = [_HEAD]
    for name, held in sorted(floors.sets.items()):
        lines += [f"[sets.{name}]", f'gold = "{held.gold}"', "", f"[sets.{name}.floors]"]
        lines += [f"{_quoted(key)} = {value:g}" for key, value in held.floors.items()]
        lines.append("")
    for lowering in floors.lowered:
        lines += [
            "[[lowered]]",
            f"date = {lowering.date.isoformat()}",
            f"figure = {_quoted(lowering.figure)}",
            f"old = {lowering.old:g}",
            f"new = {lowering.new:g}",
            f"because = {_quoted(lowering.because)}",
            "",
        ]
    path.write_text("\n".join(lines), encoding="utf-8")


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string.
    return msgspec.json.encode(text).decode()


def raised(
    floors: Floors, name: str, figures: Mapping[str, float], *, gold: str
) -> tuple[Floors, dict[str, tuple[float, float]]]:
    """Return floors raised to the figures, and those that stand above them: (floor, figure).

    A set that has none yet gets the figures as they are.  Raises `DataError` where its
    floors were taken on another gold.
    """
    held = floors.sets.get(name, SetFloors(gold=gold, floors={}))
    if held.gold != gold:
        raise DataError(
            f"{name}: its floors were taken on other gold answers; take them anew with --repin"
        )
    above = {
        key: (old, figures.get(key, 0.0))
        for key, old in held.floors.items()
        if figures.get(key, 0.0) < old
    }
    kept = held.floors | {key: max(new, held.floors.get(key, new)) for key, new in figures.items()}
    return floors.with_set(name, SetFloors(gold=gold, floors=kept)), above


def repinned(
    floors: Floors,
    name: str,
    figures: Mapping[str, float],
    *,
    gold: str,
    because: str,
    day: date,
) -> Floors:
    """Return floors with those of one set taken anew, on another gold.

    What is lower than it was is kept with the reason.  Raises `DataError` without one.
    """
    _check_reason(name, because)
    old = floors.sets[name].floors if name in floors.sets else {}
    lowerings = tuple(
        Lowering(date=day, figure=f"{name}.{key}", old=floor, new=new, because=because.strip())
        for key, floor in old.items()
        if (new := figures.get(key, 0.0)) < floor
    )
    changed = floors.with_set(name, SetFloors(gold=gold, floors=dict(figures)))
    return msgspec.structs.replace(changed, lowered=(*floors.lowered, *lowerings))


def lowered(floors: Floors, figure: str, new: float, *, because: str, day: date) -> Floors:
    """Return floors with one lowered and the reason kept.

    `figure` is the set's name, a dot, and the figure's.  Raises `DataError` where there is
    no such floor, it is no higher than `new`, or the reason is missing.
    """
    name, _, key = figure.partition(".")
    held = floors.sets.get(name)
    if held is None or key not in held.floors:
        known = ", ".join(f"{s}.{k}" for s, floors_ in floors.sets.items() for k in floors_.floors)
        raise DataError(f"{figure}: there is no such floor to lower; there is {known or 'none'}")
    _check_reason(figure, because)
    old = held.floors[key]
    if new >= old:
        raise DataError(f"{figure}: stands at {new:g}, not below its floor of {old:g}; leave it")
    lowering = Lowering(date=day, figure=figure, old=old, new=new, because=because.strip())
    changed = floors.with_set(name, SetFloors(gold=held.gold, floors={**held.floors, key: new}))
    return msgspec.structs.replace(changed, lowered=(*floors.lowered, lowering))


def _check_reason(what: str, because: str) -> None:
    if not because.strip():
        raise DataError(f"{what}: a floor is lowered for a reason; give it with --because")
