"""Measure Parley, print the figures beside their floors, and move a floor."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from evals.floors import Floors, lowered, raised, read_floors, repinned, write_floors
from evals.gate import complaints
from evals.sets import SETS, Failed, Measured
from parley.errors import ParleyError


def main(args: Sequence[str] | None = None) -> int:
    """Run; return the exit status: 0 all stands, 1 something has fallen or failed."""
    options = _parse(args)
    try:
        measured = _measure(options.sets)
        floors = read_floors()
        if options.raise_:
            return _raise(floors, measured)
        if options.lower or options.repin:
            return _let_down(floors, measured, options)
        return _report(floors, measured, misses=options.misses)
    except (ParleyError, Failed) as error:
        print(f"evals: {error}", file=sys.stderr)
        return 1


def _parse(args: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m evals",
        description="Measure how accurate Parley is on the sets that are here, and print each "
        "figure beside its floor.",
    )
    parser.add_argument(
        "sets", nargs="*", metavar="SET", help=f"the sets (default: all): {', '.join(SETS)}"
    )
    parser.add_argument("--misses", action="store_true", help="list all that was missed")
    moves = parser.add_mutually_exclusive_group()
    moves.add_argument(
        "--raise", dest="raise_", action="store_true", help="raise the floors to where it stands"
    )
    moves.add_argument(
        "--lower", metavar="SET.FIGURE", help="lower this floor to where the figure stands"
    )
    moves.add_argument("--repin", metavar="SET", help="take a set's floors anew, on another gold")
    parser.add_argument("--because", default="", metavar="REASON", help="why: kept in floors.toml")
    options = parser.parse_args(args)
    if move := options.lower or options.repin:
        options.sets = [move.partition(".")[0]]
        if not options.because.strip():
            parser.error("a floor is lowered for a reason, which is kept; give it with --because")
    if unknown := set(options.sets) - set(SETS):
        parser.error(f"no set {', '.join(sorted(unknown))}; there is {', '.join(SETS)}")
    return options


def _measure(names: Sequence[str]) -> Mapping[str, Measured]:
    measured = {}
    with tempfile.TemporaryDirectory() as folder:
        for set_ in (SETS[name] for name in names or SETS):
            if set_.present:
                measured[set_.name] = set_.measure(Path(folder))
            else:
                print(f"evals: left out: {set_.missing}", file=sys.stderr)
    return measured


def _report(floors: Floors, measured: Mapping[str, Measured], *, misses: bool) -> int:
    fallen: list[str] = []
    for name, taken in measured.items():
        held = floors.sets.get(name)
        print(name)
        for key, figure in taken.figures.items():
            floor = held.floors.get(key) if held else None
            print(
                f"  {key:22}{figure!s:>12}" + (f"   floor {floor:g}" if floor is not None else "")
            )
        if misses:
            print("\n".join(f"  - {miss}" for miss in taken.misses))
        if held:
            fallen += complaints(SETS[name], taken.figures, held)
    for line in fallen:
        print(f"evals: {line}", file=sys.stderr)
    return 1 if fallen else 0


def _raise(floors: Floors, measured: Mapping[str, Measured]) -> int:
    status = 0
    for name, taken in measured.items():
        figures = {key: figure.value for key, figure in taken.figures.items()}
        floors, fallen = raised(floors, name, figures, gold=SETS[name].sha256())
        for key, (old, new) in fallen.items():
            print(
                f"evals: {name}.{key} stands at {new:g}, below its floor of {old:g}; the floor "
                f'stays, or: python -m evals --lower "{name}.{key}" --because "..."',
                file=sys.stderr,
            )
            status = 1
    write_floors(floors)
    return status


def _let_down(floors: Floors, measured: Mapping[str, Measured], options: argparse.Namespace) -> int:
    """Lower one floor, or take a set's floors anew, and keep the reason."""
    (name,) = options.sets
    if name not in measured:
        return 1
    figures = {key: figure.value for key, figure in measured[name].figures.items()}
    day = datetime.now().astimezone().date()
    if options.repin:
        gold = SETS[name].sha256()
        floors = repinned(floors, name, figures, gold=gold, because=options.because, day=day)
    else:
        key = options.lower.partition(".")[2]
        new = figures.get(key, 0.0)
        floors = lowered(floors, options.lower, new, because=options.because, day=day)
    write_floors(floors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
