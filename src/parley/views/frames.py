"""Data frames: the rows of a view for those who work in pandas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from parley.errors import MissingExtra

if TYPE_CHECKING:
    import pandas


def frame(rows: Iterable[msgspec.Struct]) -> pandas.DataFrame:
    """Return rows of a view as a data frame, a column a field.

    A struct within a row becomes columns of its own ("row_summary"); tuples stay one cell.
    Dates are `datetime.date`.  Raises `MissingExtra` where pandas is not installed.
    """
    return frame_of(flat(row) for row in rows)


def frame_of(rows: Iterable[Mapping[str, Any]]) -> pandas.DataFrame:
    """Return rows, column by name, as a data frame; raises `MissingExtra` without pandas."""
    try:
        import pandas  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError as error:
        raise MissingExtra(
            "data frames need pandas, which is not installed; "
            "install it with: pip install 'parley-record[frames]'"
        ) from error
    return pandas.DataFrame(list(rows))


def flat(row: msgspec.Struct, before: str = "") -> dict[str, object]:
    """Return the cells of a row, column by name; those of a struct in it under "field_"."""
    found: dict[str, object] = {}
    for name in row.__struct_fields__:
        value = getattr(row, name)
        if isinstance(value, msgspec.Struct):
            found.update(flat(value, f"{before}{name}_"))
        else:
            found[before + name] = value
    return found
