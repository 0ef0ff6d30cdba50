"""`parley changes`: what changed, for a copy elsewhere to follow."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec
import typer

from parley.cli.options import DEFAULT_RECORD, RecordOption, day
from parley.cli.output import write_bytes

EXAMPLES = (
    "parley changes --since 0",
    "parley changes --since 1042 -o changes.jsonl",
    "parley changes --since 2023-05-19",
)


def changes(
    *,
    since: Annotated[
        str,
        typer.Option(
            "--since",
            metavar="REVISION-OR-DAY",
            help="Only what changed after this revision, or from this day (UTC) on.",
        ),
    ] = "0",
    record: RecordOption = DEFAULT_RECORD,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file."),
    ] = None,
) -> None:
    """Write what changed, for a copy elsewhere to follow.

    As JSON Lines, one report, event, link or correction a line.  Each thing stands once,
    as it is now ("action": "put", with its line of the JSON Lines export as "value"), or
    as gone; of an event that went into another "successor" is the other.  Lines are in
    the order of revisions: keep the last one, and ask for what came after it the next time.
    """
    from parley.record import Record  # noqa: PLC0415 - slow to load

    start = _start(since)
    with Record.open(record, read_only=True) as opened:
        encoder = msgspec.json.Encoder()
        latest = opened.latest
        if isinstance(start, int) and start > latest:
            raise typer.BadParameter(
                f"{start} is to come: the record is at revision {latest}", param_hint="'--since'"
            )
        lines = (encoder.encode(change) + b"\n" for change in opened.changes(since=start))
        write_bytes(lines, to=output)


def _start(text: str) -> int | date:
    if text.strip().isdecimal():
        return int(text)
    return day(text)
