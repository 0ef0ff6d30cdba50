"""Rows of data as a table: for a person in a terminal, or aligned text for a pipe.

Nothing is ever cut off: a terminal's table wraps; in a pipe a long cell stands out of its
column, so that one of them does not pad all the others.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from parley.cli.terminal import clean, is_terminal, write

# How a status is shown: a sign that can be told apart without colour, and a colour.
SIGNS = {
    "happened": ("●", "green"),
    "ongoing": ("◐", "green"),
    "scheduled": ("○", "cyan"),
    "expected": ("◌", "cyan"),
    "proposed": ("◇", "cyan"),
    "called_off": ("✕", "red"),
    "alleged": ("?", "yellow"),
    "denied": ("≠", "magenta"),
}


_WIDEST = 60  # characters to which the cells of a column are padded in a pipe


class Column(Struct, frozen=True):
    """A column of a table.  `wraps` says that its cells may take several lines."""

    title: str
    align: Literal["left", "right"] = "left"
    wraps: bool = False
    least: int | None = None
    most: int | None = None


def status_words(status: str) -> str:
    """Return a status with its sign: "○ scheduled"."""
    sign, _ = SIGNS.get(status, ("·", ""))
    return f"{sign} {status.replace('_', ' ')}"


def status_style(status: str) -> str:
    """Return the colour of a status."""
    return SIGNS.get(status, ("", ""))[1]


def write_plain(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Write aligned text, two spaces between columns, a line a row."""
    lines = [[clean(cell) for cell in row] for row in rows]
    titles = [column.title for column in columns]
    widths = [min(_WIDEST, max(map(len, cells))) for cells in zip(titles, *lines, strict=True)]
    for line in (titles, *lines):
        cells = [
            cell.rjust(width) if column.align == "right" else cell.ljust(width)
            for cell, width, column in zip(line, widths, columns, strict=True)
        ]
        write("  ".join(cells).rstrip())


def write_table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Write a table: in a terminal as wide as it is, its wrapping columns in several lines."""
    if not is_terminal():
        write_plain(columns, rows)
        return
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - slow to load
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    cells = [[clean(cell) for cell in row] for row in rows]
    for at, column in enumerate(columns):
        # What does not wrap keeps its width, so that nothing of it is cut off.
        longest = max(map(len, (column.title, *(row[at] for row in cells))))
        table.add_column(
            column.title,
            justify=column.align,
            no_wrap=not column.wraps,
            overflow="fold",
            ratio=1 if column.wraps and column.most is None else None,
            min_width=column.least if column.wraps else longest,
            max_width=column.most,
        )
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    Console(file=sys.stdout, highlight=False, markup=False).print(table)


def write_sheet(sections: Iterable[tuple[str, Sequence[tuple[str, str]]]]) -> None:
    """Write sections of labelled values, each under its heading."""
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    person = is_terminal()
    console = Console(file=sys.stdout, highlight=False, markup=False)
    for number, (heading, pairs) in enumerate(sections):
        if number:
            write("")
        if heading:
            console.print(Text(clean(heading), style="bold"), soft_wrap=not person)
        if not person:
            width = max((len(label) for label, _ in pairs), default=0)
            for label, value in pairs:
                write(f"  {label.ljust(width)}  {clean(value)}".rstrip())
            continue
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(no_wrap=True, style="dim")
        grid.add_column(overflow="fold")
        for label, value in pairs:
            grid.add_row(Text("  " + label), Text(clean(value)))
        console.print(grid)
