"""`parley check`: whether a record holds."""

from __future__ import annotations

import os

import typer

from parley.cli.options import DEFAULT_RECORD, JsonOption, QuietOption, RecordOption
from parley.cli.terminal import clean, many, say, write, write_json

EXAMPLES = ("parley check", "parley check --record yemen.db --json")


def check(
    *,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Check that a record holds.

    A line is printed for each thing that does not, and the exit status is then 1.  Every
    report has the text that it was read with, every span says what it is said to, nothing
    refers to what is not there, the full-text index has all that it should, and every
    correction still knows what it is about (else it is told as orphaned).
    """
    from parley.record import Record  # noqa: PLC0415 - slow to load

    # SQLite compares its full-text index with the table only where it might write.
    writable = "://" in record or os.access(record, os.W_OK)
    found = 0
    lines: list[str] = []
    with Record.open(record, read_only=not writable) as opened:
        for fault in opened.faults():
            found += 1
            if json:
                lines.append(fault)
            else:
                write(clean(fault))
        sizes = opened.sizes()
    if json:
        write_json(lines)
    if not found and not quiet:
        told = ", ".join(many(number, name[:-1]) for name, number in sizes.items())
        say(f"all holds: {told}")
    if not writable and not quiet:
        say("the record is read-only: its full-text index was not looked at")
    if found:
        raise typer.Exit(1)
