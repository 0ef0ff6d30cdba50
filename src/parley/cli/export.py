"""`parley export`: the record for other programs."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.cli.options import DEFAULT_RECORD, RecordOption
from parley.cli.output import write_bytes
from parley.cli.terminal import write_json
from parley.errors import ParleyError

EXAMPLES = (
    "parley export --format jsonl -o record.jsonl",
    "parley export | jq -r 'select(.kind == \"event\") | .summary'",
    "parley export --schema",
)


def export(
    *,
    record: RecordOption = DEFAULT_RECORD,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="The format: jsonl.")
    ] = "jsonl",
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file, not to standard output."
        ),
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a line instead.")
    ] = False,
) -> None:
    """Write the record in a form for other programs.

    jsonl is JSON Lines: one JSON object a line, of kind report, event or link.  A file
    given with -o appears when it is whole; if anything fails, what was there stays.
    """
    from pathlib import Path  # noqa: PLC0415

    from parley.export import FORMATS, line_schema  # noqa: PLC0415 - slow to load
    from parley.record import Record  # noqa: PLC0415 - slow to load

    if schema:
        write_json(line_schema())
        return
    if format not in FORMATS:
        raise typer.BadParameter(f"no format {format!r}; there is {', '.join(FORMATS)}")
    with Record.open(record, read_only=True) as opened:
        if (
            output
            and Path(output).exists()
            and "://" not in record
            and Path(output).samefile(record)
        ):
            raise ParleyError(f"{output}: this is the record itself; give another file with -o")
        write_bytes(FORMATS[format].write(opened), to=output)
