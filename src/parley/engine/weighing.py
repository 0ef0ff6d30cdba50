"""Which weights a record is merged by: those that are given, else those of before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parley.merging import Weights
    from parley.record import Record


def choose_weights(
    record: Record, given: Weights | None, *, notice: Callable[[str], None] | None = None
) -> Weights | None:
    """Return the weights that merging is to go by, None for those that Parley ships.

    `given` goes before the file that the adopted project names, that before what the record
    was merged by.  Raises DataError where the project's file is malformed.
    """
    from parley import merging  # noqa: PLC0415 - slow to load
    from parley.grounding.project import adopted  # noqa: PLC0415 - slow to load

    if given is None:
        project = adopted()
        if project is not None and project.weights is not None:
            given = merging.read_weights(Path(project.weights))
    if given is not None:
        return given if merging.fingerprint(given) != merging.fingerprint() else None
    if record.has_outdated_weights and notice is not None:
        notice(
            f"{record.where}: its weights are of another version of Parley, and merging goes by "
            "Parley's own again (parley learn writes new ones)"
        )
    return record.weights
