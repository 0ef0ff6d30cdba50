"""Thin events folded away: those of which hardly anything is known, in lists that a person reads.

A program (--json, --jsonl) gets all of them, and so does every export.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.terminal import many, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from parley.record import Record
    from parley.record.finding import Filters, Kind

AllOption = Annotated[
    bool,
    typer.Option(
        "--all", help="Show thin events too: told once, with hardly a name, place or figure."
    ),
]


def folded(filters: Filters, *, everything: bool) -> Filters:
    """Return the filters, without thin events unless everything is asked for."""
    from msgspec.structs import replace  # noqa: PLC0415 - slow to load

    return filters if everything else replace(filters, thin=False)


def say_folded(
    record: Record,
    filters: Filters,
    *,
    shown: int,
    kinds: Sequence[Kind] = ("any",),
    on: date | None = None,
    way: str = "--all",
) -> None:
    """Say how many events these filters leave out beside those shown, and which way shows them."""
    from msgspec.structs import replace  # noqa: PLC0415 - slow to load

    from parley.record.finding import Paging, find_events  # noqa: PLC0415

    if filters.thin is not False:
        return
    every, one = replace(filters, thin=None), Paging(limit=1)
    found = sum(find_events(record, every, one, kind=kind, on=on).total for kind in kinds)
    if hidden := found - shown:
        them = "it" if hidden == 1 else "them"
        told = many(hidden, "thin event")
        say(f"{told} not shown, as little is known of {them}; {way} shows {them}")
