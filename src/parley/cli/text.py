"""`parley text`: a report's text, exactly as it was decoded."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from parley.cli.options import DEFAULT_RECORD, RecordOption
from parley.cli.output import write_bytes

EXAMPLES = (
    "parley text brussels-round.txt",
    "parley text r_4f2a --span 120:184",
)


def text(
    *,
    report: Annotated[
        str,
        typer.Argument(
            metavar="REPORT", help="The report's id, its first characters, or its file's name."
        ),
    ],
    record: RecordOption = DEFAULT_RECORD,
    span: Annotated[
        str | None,
        typer.Option(metavar="START:END", help="Only these characters, END not included."),
    ] = None,
) -> None:
    """Write the text of a report.

    All offsets of the record count in it, code points from 0.  It is UTF-8, with nothing
    added or taken away, not even at the end of a line; so that what a mention says can be
    held to it.
    """
    from parley.record import Record  # noqa: PLC0415 - slow to load

    if not report.strip():
        raise typer.BadParameter("no report is named", param_hint="'REPORT'")
    start, end = _span(span) if span is not None else (0, None)
    with Record.open(record, read_only=True) as opened:
        whole = opened.report(report).text
    if end is not None and end > len(whole):
        raise typer.BadParameter(
            f"{span} ends after the text, which has {len(whole):,} characters",
            param_hint="'--span'",
        )
    write_bytes([whole[start:end].encode()], to=None)


def _span(span: str) -> tuple[int, int]:
    found = re.fullmatch(r"([0-9]{1,12}):([0-9]{1,12})", span.strip(), re.ASCII)
    if found is None or int(found[1]) > int(found[2]):
        raise typer.BadParameter(
            f"{span!r} is no span; write START:END, as 120:184", param_hint="'--span'"
        )
    return int(found[1]), int(found[2])
