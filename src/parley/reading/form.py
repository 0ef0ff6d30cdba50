"""What a form of input is, and what it is given to work with."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from parley.errors import InputError
from parley.model import Report
from parley.reading.source import Source
from parley.reading.unreadable import Unreadable


class Reading(Struct, frozen=True):
    """One run of `read`, as the forms see it.

    `report` takes a failing row or file, `read` reads a source that was found inside
    another one by whatever form it has.
    """

    refuse: Callable[[InputError], None]
    read: Callable[[Source, Reading], Iterator[Report]]
    depth: int = 0

    def report(self, source: str, error: Unreadable) -> None:
        """Say that one part of a source cannot be read; the others still are."""
        self.refuse(error.of(source))


class Form(Struct, frozen=True):
    """A form of input: how it is recognised and how it is read.

    `matches` looks at the source's `head` and `suffix` and must not touch its stream.
    `read` yields the reports as they come and may raise `Unreadable`.
    """

    name: str
    matches: Callable[[Source], bool]
    read: Callable[[Source, Reading], Iterator[Report]]
