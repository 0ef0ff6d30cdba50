"""`parley reports`: what was read, when it was written, and why we think so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from parley.cli import tables
from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from parley.cli.terminal import many, say, write, write_json

if TYPE_CHECKING:
    from parley.views import ReportRow


EXAMPLES = (
    "parley reports",
    "parley reports --record yemen.db --json",
)


def reports(*, record: RecordOption = DEFAULT_RECORD, json: JsonOption = False) -> None:
    """Print the reports, and what dates each.

    "how" is given (with the report), metadata (of the page) or inferred (from what the
    text says), with how sure that is; "because" are the words of the report that say so.
    """
    from parley.record import Record  # noqa: PLC0415 - slow to load
    from parley.views import list_reports  # noqa: PLC0415

    with Record.open(record, read_only=True) as opened:
        rows = list_reports(opened)
        if json:
            write_json(list(rows))
            return
        found = False
        for row in rows:
            tables.write_sheet([(row.source, list(_pairs(row)))])
            write("")
            found = True
        if not found:
            say("no reports")


def _pairs(row: ReportRow) -> Iterator[tuple[str, str]]:
    yield "report", row.id
    if row.title:
        yield "title", row.title
    if row.outlet:
        yield "outlet", row.outlet
    if row.published:
        sure = f"{row.published.how}, {row.published.confidence:.0%} sure"
        yield "written", f"{row.date} ({sure})"
    else:
        yield "written", "unknown"
    yield "because", row.reasoning
    if not row.coded:
        yield "coded", f"no, it is in another language ({row.language})"
    else:
        yield (
            "tells",
            f"{many(row.events, 'event')}, {many(row.mentions, 'mention')}",
        )
