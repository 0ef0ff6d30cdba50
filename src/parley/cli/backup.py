"""`parley backup`: a copy of a record, while it is in use."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.cli.options import DEFAULT_RECORD, QuietOption, RecordOption
from parley.cli.terminal import say

EXAMPLES = (
    "parley backup monday.db",
    "parley backup copy.db --record postgresql://desk@server/yemen",
)


def backup(
    *,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The copy; it is a record too.")],
    record: RecordOption = DEFAULT_RECORD,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    quiet: QuietOption = False,
) -> None:
    """Copy the record to a file, as it is at this moment.

    Others may read and write it meanwhile.  The copy is a record in one file, also of a
    record in PostgreSQL; it appears when it is whole.
    """
    from parley.record import Record  # noqa: PLC0415 - slow to load

    with Record.open(record, read_only=True) as opened:
        opened.back_up(file, replace=force)
    if not quiet:
        say(f"{file}: a copy of {record}")
