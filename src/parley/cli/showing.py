"""What the commands of views have in common: how a page of rows is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parley.cli.terminal import clean, say, write, write_json

if TYPE_CHECKING:
    from parley.record import Record
    from parley.record.finding import Page
    from parley.views import Quote, TimelineRow

LinesOption = Annotated[
    bool, typer.Option("--jsonl", help="Print JSON Lines, a row a line, and nothing else.")
]
_LONGEST_QUOTE = 220


@contextmanager
def reading(record: str) -> Iterator[Record]:
    """Open a record, as it is now, to be read; say so at the end where a merge is to come."""
    from parley.record import Record  # noqa: PLC0415 - slow to load

    with Record.open(record, read_only=True) as whole, whole.snapshot() as opened:
        yield opened
        if opened.unmerged:
            say(
                f"parley: {record}: the last ingest was cut off, some reports are not in these "
                f"events yet; run parley ingest again"
            )


def write_data(rows: Sequence[Any], *, json: bool, jsonl: bool, whole: object = None) -> bool:
    """Write rows for a program, if one asked; `whole` is what --json prints instead."""
    if jsonl:
        import msgspec  # noqa: PLC0415

        for row in rows:
            write(msgspec.json.encode(row).decode())
    elif json:
        write_json(rows if whole is None else whole)
    return json or jsonl


def say_more(page: Page[Any], noun: str, plural: str | None = None) -> None:
    """Say which part of all rows was shown, where it was not all, and how to see on."""
    several = plural or f"{noun}s"
    if not page.total:
        say(f"no {several}")
        return
    if not page.rows:
        say(f"no {several} after the first {page.offset:,}; there are {page.total:,} in all")
        return
    end = page.offset + len(page.rows)
    if page.offset or end < page.total:
        more = f"; --offset {end} goes on" if end < page.total else ""
        say(f"{page.offset + 1:,} to {end:,} of {page.total:,} {several}{more}")


def quoted(quote: Quote) -> str:
    """Return a quote with where it stands: “...” [outlet, 5 May 2023]."""
    text = clean(quote.text)
    if len(text) > _LONGEST_QUOTE:
        text = text[: _LONGEST_QUOTE - 1].rstrip() + "…"
    by = f", quoting {listed(quote.by)}" if quote.by else ""
    return f"“{text}” [{clean(quote.outlet)}, {quote.written}{by}]"


def told(row: TimelineRow) -> str:
    """Return an event in a line: date, summary, status where it is no plain fact, id."""
    status = "" if row.status == "happened" else f", {row.status.replace('_', ' ')}"
    return f"{row.date}: {row.summary} ({row.short_id}{status})"


def listed(names: Sequence[str], *, most: int = 6) -> str:
    """Return "A", "A and B", "A, B and 3 more"."""
    shown = list(names[:most])
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def spell(low: int, best: int, high: int) -> str:
    """Return three figures: "12 (10 to 15)", "12" where all are one."""
    return f"{best:,}" if low == high == best else f"{best:,} ({low:,} to {high:,})"
