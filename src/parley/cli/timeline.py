"""`parley timeline`: what happened, in order."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli import tables
from parley.cli.asking import Asked, filtered
from parley.cli.folding import AllOption, folded, say_folded
from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from parley.cli.showing import LinesOption, reading, say_more, write_data
from parley.cli.terminal import clean, is_terminal, many, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from parley.views import TimelineDate, TimelineRow

_NARROW = 100

_COLUMNS = (
    tables.Column("when"),
    tables.Column("status"),
    tables.Column("type"),
    tables.Column("what"),
    tables.Column("reports", align="right"),
    tables.Column("id"),
)


EXAMPLES = (
    "parley timeline",
    "parley timeline --type CONSULT --status scheduled --since 2023-05-01",
    "parley timeline --party Armenia --place Brussels --json",
    "parley timeline --near 39.82,46.75,30 --min-sources 2 --latest",
)


@filtered
def timeline(
    *,
    asked: Asked,
    record: RecordOption = DEFAULT_RECORD,
    latest: Annotated[bool, typer.Option("--latest", help="The latest events first.")] = False,
    everything: AllOption = False,
    json: JsonOption = False,
    jsonl: LinesOption = False,
) -> None:
    """Print the events in the order of time.

    A date is never finer than it is known: "May 2023" is some day of May.  Undated
    events come last.  "10 of 1 source" reports are copies of one text, or by one outlet.
    Names are whole words, without regard to case and accents; a party is found by any of
    its names, its adjective and its country's code (ARM).  The id at the end of a line,
    or its first characters, is what `parley show` takes.

    A thin event (told by one source, with hardly a name, a place or a figure, and hardly
    understood) is left out unless --all asks for it; --json and --jsonl have them all.
    """
    from parley.views import by_date, show_timeline  # noqa: PLC0415 - slow to load

    filters = folded(asked.filters, everything=everything or json or jsonl)
    with reading(record) as opened:
        page = show_timeline(
            opened,
            filters,
            asked.paging(100, all_rows=json or jsonl),
            order="latest" if latest else "time",
        )
        if not write_data(page.rows, json=json, jsonl=jsonl):
            if page.rows:
                print_timeline(list(by_date(page.rows)))
            say_more(page, "event")
            say_folded(opened, filters, shown=page.total)


def print_timeline(dates: Sequence[TimelineDate]) -> None:
    """Print events as a table: for a person, or aligned text for a pipe."""
    if not dates:
        say("no events")
    elif is_terminal():
        _print_table(dates)
    else:
        tables.write_plain(
            _COLUMNS,
            [
                (
                    row.date,
                    row.status,
                    row.type,
                    row.summary,
                    _reports(row),
                    row.id,
                )
                for group in dates
                for row in group.rows
            ],
        )


def _print_table(dates: Sequence[TimelineDate]) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - slow to load
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=sys.stdout, highlight=False, markup=False)
    narrow = console.width < _NARROW
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("when", min_width=11, max_width=13 if narrow else 18)
    table.add_column("status", no_wrap=True)
    if not narrow:
        table.add_column("type", no_wrap=True)
    table.add_column("what", ratio=1, overflow="fold")
    if not narrow:
        table.add_column("reports", justify="right", no_wrap=True)
    table.add_column("id", no_wrap=True)
    for group in dates:
        for number, row in enumerate(group.rows):
            when = Text("" if number else clean(row.date))
            status = Text(tables.status_words(row.status), style=tables.status_style(row.status))
            type_ = Text(row.type, style="dim")
            what = _what(row, with_reports=narrow)
            told = Text(_reports(row))
            id_ = Text(row.short_id, style="dim")
            if narrow:
                status = Text.assemble(status, "\n", type_)
                table.add_row(when, status, what, id_)
            else:
                table.add_row(when, status, type_, what, told, id_)
        if narrow:
            table.add_section()
    console.print(table)


def _reports(row: TimelineRow) -> str:
    """Return how many reports tell it, and from how many sources where these are fewer."""
    return f"{row.reports}{_sources(row)}"


def _sources(row: TimelineRow) -> str:
    return f" of {many(row.sources, 'source')}" if row.sources < row.reports else ""


def _what(row: TimelineRow, *, with_reports: bool) -> Text:
    """Return the summary, and after it what does not show in a column of its own."""
    from rich.text import Text  # noqa: PLC0415

    notes = [f"{row.reports} reports{_sources(row)}"] if with_reports and row.reports > 1 else []
    if row.disputed:
        notes.append(f"they differ: {', '.join(row.disputed)}")
    what = Text(clean(row.summary))
    if notes:
        what.append(f"  ({'; '.join(notes)})", style="yellow" if row.disputed else "dim")
    return what
