"""Data frames: the rows of a view for those who work in pandas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from parley.errors import ParleyError

if TYPE_CHECKING:
    import pandas as pd


def frame(rows: Iterable[msgspec.Struct]) -> pd.DataFrame:
    """Return rows of a view as a data frame, a column a field.

    A struct within a row becomes columns of its own ("row_summary"); tuples stay one cell.
    Dates are `datetime.date`.  Raises `ParleyError` where pandas is not installed.
    """
    try:
        import pandas as pd  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError as error:
        raise ParleyError("data frames need pandas; pip install 'parley-record[pandas]'") from error
    return pd.DataFrame.from_records([_flat(row) for row in rows])


def _flat(row: msgspec.Struct, before: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for name in row.__struct_fields__:
        value = getattr(row, name)
        if isinstance(value, msgspec.Struct):
            found.update(_flat(value, f"{before}{name}_"))
        else:
            found[before + name] = value
    return found
