"""Rows of a record: read when they are looped over, each time anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    import pandas

Row = TypeVar("Row")


class Rows(Generic[Row]):
    """Rows that the record is asked for when they are needed, a few hundred in memory.

    Loop over them as often as you like; each time the record is asked anew.
    """

    def __init__(
        self,
        read: Callable[[], Iterable[Row]],
        cells: Callable[[Iterable[Row]], Iterable[Mapping[str, Any]]],
    ) -> None:
        self._read = read
        self._cells = cells

    def __iter__(self) -> Iterator[Row]:
        return iter(self._read())

    def __repr__(self) -> str:
        some = [*islice(iter(self), 4)]
        shown = ", ".join(type(row).__name__ for row in some[:3])
        return f"<Rows: {shown or 'none'}{', ...' if len(some) > 3 else ''}>"

    def first(self) -> Row | None:
        """Return the first row, None where there is none."""
        return next(iter(self), None)

    def list(self) -> list[Row]:
        """Return all rows."""
        return [*self]

    def count(self) -> int:
        """Return how many rows there are."""
        return sum(1 for _ in self)

    def to_frame(self) -> pandas.DataFrame:
        """Return the rows as a data frame: a column a field, days as `datetime64`.

        Raises `MissingExtra` where pandas is not installed.
        """
        from parley.views.frames import frame_of  # noqa: PLC0415 - slow to load

        return frame_of(self._cells(self))
