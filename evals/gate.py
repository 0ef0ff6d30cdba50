"""Figures against floors: what has fallen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evals.floors import SetFloors
from evals.sets import Figure, Set

# A share is kept to three places: the last one may differ by rounding.
_SLACK = 0.0005


def complaints(set_: Set, figures: Mapping[str, Figure], held: SetFloors) -> Iterator[str]:
    """Yield in a line each thing that is wrong: another gold, or a figure below its floor."""
    if held.gold != set_.sha256():
        yield (
            f"{set_.name}: the gold answers are not those that its floors were taken on; "
            f"if the change is right, take them anew with "
            f'python -m evals --repin {set_.name} --because "..."'
        )
        return
    for key, floor in held.floors.items():
        figure = figures.get(key)
        if figure is None:
            yield f"{set_.name}.{key}: is not measured any more, its floor is {floor:g}"
        elif figure.value < floor - _SLACK:
            look = "" if set_.closed else f" (python -m evals {set_.name} --misses shows it)"
            yield (
                f"{set_.name}.{key}: {figure} is below its floor of {floor:g}; mend what is missed"
                f"{look}, or say why it has to fall: "
                f'python -m evals --lower "{set_.name}.{key}" --because "..."'
            )
