"""The tables of names: their rows, and how they are read and checked.

A table is a file of tab-separated values beside this module, in `data/`: a line of
column names, then a row a line; several values in one cell stand between semicolons,
and a line that begins with "#" is a remark.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct

from parley.errors import DataError
from parley.grounding.folding import fold
from parley.model import PartyKind, PlacePrecision

Row = TypeVar("Row", bound=Struct)
Label = Literal["GPE", "NORP", "ORG", "LOC", "FAC"]


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
    capital_lat: float | None = None
    capital_lon: float | None = None


class PartyRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A party that is no polity: an organisation, a national body, an armed group, a people.

    `country` is ISO 3166-1 alpha-3 of its home, None for what is at home in several.
    """

    name: str
    kind: PartyKind
    aliases: tuple[str, ...]
    country: str | None = None


class MetonymRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A building, street or town that stands for a party; `place` is the town it lies in.

    A row without `party` names a place of talks that stands for nobody.
    """

    name: str
    label: Label
    party: str
    place: str
    aliases: tuple[str, ...]
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


class RegionRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A province, disputed region, strait, conflict area or a town under its press names."""

    name: str
    precision: PlacePrecision
    lat: float
    lon: float
    aliases: tuple[str, ...]
    country: str | None = None


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


def read_names(file: Traversable) -> frozenset[str]:
    """Read a list of names, one a line, into their folded forms."""
    lines = file.read_text("utf-8").splitlines()
    return frozenset(fold(line) for line in lines if not line.startswith("#")) - {""}


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
