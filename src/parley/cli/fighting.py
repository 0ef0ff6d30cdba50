"""`parley fighting`: incidents, and the dead and wounded by side and claimant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli import tables
from parley.cli.asking import Asked, filtered
from parley.cli.folding import AllOption, folded, say_folded
from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from parley.cli.showing import LinesOption, reading, say_more, spell, write_data
from parley.cli.terminal import write

if TYPE_CHECKING:
    from parley.views import ClaimedToll, Incident, PeriodRow, TollRow

_COLUMNS = (
    tables.Column("when", wraps=True, least=11, most=14),
    tables.Column("status"),
    tables.Column("what", wraps=True),
    tables.Column("figures", wraps=True),
    tables.Column("id"),
)

EXAMPLES = (
    "parley fighting",
    "parley fighting --since 2023-05-01 --country AZE",
    "parley fighting --weeks",
)


@filtered
def fighting(
    *,
    asked: Asked,
    record: RecordOption = DEFAULT_RECORD,
    weeks: Annotated[
        bool, typer.Option("--weeks", help="Print the dead by week and by place as well.")
    ] = False,
    everything: AllOption = False,
    json: JsonOption = False,
    jsonl: LinesOption = False,
) -> None:
    """Print the incidents of fighting and their toll.

    A figure is the one told most often, with the least and the most that anyone gives.
    Figures add up over incidents that are told as facts; what is only alleged or denied
    stands apart.
    """
    from parley.views import show_fighting  # noqa: PLC0415 - slow to load

    filters = folded(asked.filters, everything=everything or json or jsonl)
    with reading(record) as opened:
        found = show_fighting(opened, filters, asked.paging(20, all_rows=json or jsonl))
        if write_data(found.incidents.rows, json=json, jsonl=jsonl, whole=found):
            return
        if found.incidents.rows:
            tables.write_table(_COLUMNS, [_cells(row) for row in found.incidents.rows])
        say_more(found.incidents, "incident")
        say_folded(opened, filters, shown=found.incidents.total, kinds=("fighting",))
        parts: list[tuple[str, Sequence[TollRow], bool]] = [
            ("Told as facts, by side", found.by_side, False),
            ("The same, by who gives the figures", found.by_claimant, True),
            ("Alleged or denied only", found.alleged, False),
        ]
        for heading, rows, claimants in parts:
            if rows:
                write("")
                tables.write_sheet([(heading, [])])
                _write_tolls(rows, claimants=claimants)
        if weeks:
            _write_periods("The dead by week", found.weeks)
            _write_periods("The dead by place", found.places)


def _cells(row: Incident) -> tuple[str, ...]:
    figures = "; ".join(dict.fromkeys(_figure(toll) for toll in row.tolls))
    event = row.row
    return (event.date, event.status, event.summary, figures, event.short_id)


def _figure(toll: ClaimedToll) -> str:
    side = f" of {toll.side}" if toll.side else ""
    by = f" (says {toll.by})" if toll.by else ""
    return f"{toll.figure} {toll.what}{side}{by}"


def _write_tolls(rows: Sequence[TollRow], *, claimants: bool) -> None:
    columns = [tables.Column("what"), tables.Column("side", wraps=True)]
    if claimants:
        columns.append(tables.Column("says", wraps=True))
    columns += [tables.Column("number", align="right"), tables.Column("incidents", align="right")]
    cells = []
    for row in rows:
        by = [row.by or "the outlets"] if claimants else []
        figure = spell(row.low, row.best, row.high)
        cells.append((row.what, row.side or "not told", *by, figure, f"{row.incidents:,}"))
    tables.write_table(columns, cells)


def _write_periods(heading: str, rows: Sequence[PeriodRow]) -> None:
    from parley.views import phrase_day  # noqa: PLC0415

    if not rows:
        return
    write("")
    tables.write_sheet([(heading, [])])
    titles = ("place", "week of", "killed", "incidents")
    wide = [titles[0] if any(row.place for row in rows) else titles[1], *titles[2:]]
    tables.write_table(
        [
            tables.Column(wide[0], wraps=True),
            *(tables.Column(title, align="right") for title in wide[1:]),
        ],
        [
            (
                row.place or (phrase_day(row.start) if row.start else "not told"),
                spell(row.low, row.best, row.high),
                f"{row.incidents:,}",
            )
            for row in rows
        ],
    )
