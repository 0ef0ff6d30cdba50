"""`parley parties`: who takes part, who met whom, and who held which office."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli import tables
from parley.cli.asking import Asked, filtered
from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from parley.cli.showing import LinesOption, quoted, reading, say_more, told, write_data
from parley.cli.terminal import many, say

if TYPE_CHECKING:
    from parley.record.finding import Presence
    from parley.views import PersonRow, Profile

_COLUMNS = (
    tables.Column("party", wraps=True, least=14),
    tables.Column("kind", wraps=True, most=12),
    tables.Column("events", align="right"),
    tables.Column("types", wraps=True),
    tables.Column("first"),
    tables.Column("last"),
)

EXAMPLES = (
    "parley parties",
    "parley parties --since 2023-01-01 --json",
    "parley parties Armenia",
)


@filtered
def parties(
    *,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Tell of this party; else list all.")
    ] = None,
    asked: Asked,
    record: RecordOption = DEFAULT_RECORD,
    everybody: Annotated[
        bool, typer.Option("--all", help="List populations too: villagers, women, a town.")
    ] = False,
    json: JsonOption = False,
    jsonl: LinesOption = False,
) -> None:
    """Print the parties, or all that is told of one.

    Of one party are told the offices of its persons, in the order of time, with the words
    that say so; whom it held talks with, and how often; and the latest events.  Populations
    (villagers, women, a town) are listed with --all, and with --json and --jsonl.
    """
    from parley.record.finding import Paging  # noqa: PLC0415 - slow to load
    from parley.views import show_parties, show_party  # noqa: PLC0415 - slow to load

    with reading(record) as opened:
        if name is not None:
            profile = show_party(opened, name, asked.filters, asked.paging(10))
            if not write_data([profile], json=json, jsonl=jsonl, whole=profile):
                tables.write_sheet([(profile.name, list(profile_pairs(profile)))])
            return
        whole = everybody or json or jsonl
        page = show_parties(
            opened,
            asked.filters,
            asked.paging(50, all_rows=json or jsonl),
            populations=whole,
        )
        if not write_data(page.rows, json=json, jsonl=jsonl):
            if page.rows:
                tables.write_table(_COLUMNS, [_cells(row) for row in page.rows])
            say_more(page, "party", "parties")
            if not whole:
                every = show_parties(opened, asked.filters, Paging(limit=1)).total
                if every > page.total:
                    say(f"{many(every - page.total, 'population')} not shown; --all shows them")


def _cells(row: Presence) -> tuple[str, ...]:
    types = ", ".join(f"{type_} {number:,}" for type_, number in list(row.by_type.items())[:4])
    kind = ", ".join(part for part in (row.kind.replace("_", " "), row.country) if part)
    return (row.name, kind, f"{row.events:,}", types, *days(row))


def days(row: Presence | PersonRow) -> tuple[str, str]:
    """Return the first and the last day on which somebody took part."""
    return tuple("" if day is None else day.isoformat() for day in (row.first, row.last))  # type: ignore[return-value]


def profile_pairs(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield what is told of one party or person, label and value."""
    yield "events", f"{profile.events:,}"
    yield "types", ", ".join(f"{type_} {number:,}" for type_, number in profile.by_type.items())
    if profile.met:
        yield "talks with", ", ".join(f"{name} ({n:,})" for name, n in profile.met.items())
    for office in profile.offices:
        first, last = office.first, office.last
        when = "undated" if first is None else f"{first}" + ("" if first == last else f" to {last}")
        title = f", {office.title}" if office.title else ""
        yield when, f"{office.person}{title}, for {office.party} {quoted(office.quote)}"
    for row in profile.latest:
        yield "event", told(row)
