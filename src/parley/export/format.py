"""What a format is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import BinaryIO

from msgspec import Struct

from parley.errors import MissingExtra
from parley.export.selection import Selection
from parley.record import Record
from parley.record.finding import Filters

_NO_FILTERS = Filters()


def _say_nothing(notice: str) -> None:
    """Pass over a notice."""


class Format(Struct, frozen=True, kw_only=True):
    """A form that a record is written in.

    `says` describes it in a phrase; `media_type` and `suffix` (with its dot) are those of
    its files; `extra` is the extra of Parley that must be installed for it, None where
    nothing must, `needs` the modules that come with it.  `pieces` yields the whole as
    bytes, piece by piece.
    """

    name: str
    says: str
    media_type: str
    suffix: str
    pieces: Callable[[Selection], Iterator[bytes]]
    extra: str | None = None
    needs: tuple[str, ...] = ()

    @property
    def missing(self) -> str | None:
        """The module that is not installed, None where all are."""
        return next((name for name in self.needs if find_spec(name) is None), None)

    def write(
        self,
        record: Record,
        *,
        filters: Filters = _NO_FILTERS,
        bom: bool = False,
        notice: Callable[[str], None] = _say_nothing,
    ) -> Iterator[bytes]:
        """Yield the events that pass the filters, and what belongs to them, as bytes.

        All of it is of one moment, that of the first piece.

        `bom` begins a CSV file with the mark by which spreadsheets know UTF-8.  `notice`
        is told, in a sentence, what a file lacks that the record has.  Raises `WrongFilter`
        for filters that make no sense, and `MissingExtra` where a library is missing,
        both before the first piece.
        """
        filters.check()
        if (missing := self.missing) is not None:
            raise MissingExtra(
                f"the format {self.name} needs {missing}, which is not installed; "
                f"install it with: pip install 'parley-record[{self.extra}]'"
            )
        return self._pieces_at_once(record, filters, bom, notice)

    def _pieces_at_once(
        self, record: Record, filters: Filters, bom: bool, notice: Callable[[str], None]
    ) -> Iterator[bytes]:
        """Yield the pieces of the record as it is now, whatever is written to it meanwhile."""
        with record.snapshot() as same:
            yield from self.pieces(Selection(record=same, filters=filters, bom=bom, notice=notice))

    def write_to(
        self,
        stream: BinaryIO,
        record: Record,
        *,
        filters: Filters = _NO_FILTERS,
        bom: bool = False,
        notice: Callable[[str], None] = _say_nothing,
    ) -> None:
        """Write what `write` yields to a binary stream."""
        for piece in self.write(record, filters=filters, bom=bom, notice=notice):
            stream.write(piece)
