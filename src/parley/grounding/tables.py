"""The tables of names: their rows, and how they are read and checked.

A table is a file of tab-separated values beside this module, in `data/`: a line of
column names, then a row a line; several values in one cell stand between semicolons,
and a line that begins with "#" is a remark.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

import msgspec
from msgspec import Struct

from parley.errors import DataError
from parley.model import PartyKind, PlacePrecision

Row = TypeVar("Row", bound=Struct)


class PolityRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A state, a territory with a code of its own, or an authority that acts like a state.

    `code` is ISO 3166-1 alpha-3; that of the state it lies in for what has none.
    """

    name: str
    kind: PartyKind
    code: str
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str
    aliases: tuple[str, ...]
    lat: float
    lon: float


def data_folder() -> Traversable:
    """Return the folder that holds the tables."""
    return files("parley.grounding") / "data"


def read_table(file: Traversable, row: type[Row]) -> tuple[Row, ...]:
    """Read a table, one `row` a line.

    Raises DataError, naming the file and the line, when a row is not as it should be.
    """
    lists = {field.name for field in msgspec.structs.fields(row) if field.type == tuple[str, ...]}
    rows: list[Row] = []
    columns: list[str] | None = None
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if columns is None:
            columns = cells
            continue
        if len(cells) != len(columns):
            raise DataError(
                f"{file.name}, line {number}: {len(cells)} cells where the table has "
                f"{len(columns)} columns; put one tab between cells"
            )
        values = {
            name: _split(cell) if name in lists else cell.strip()
            for name, cell in zip(columns, cells, strict=True)
            if cell.strip() or name in lists or row.__annotations__.get(name) == "str"
        }
        try:
            rows.append(msgspec.convert(values, row, strict=False))
        except msgspec.ValidationError as problem:
            raise DataError(f"{file.name}, line {number}: {problem}; mend the row") from problem
    return tuple(rows)


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
