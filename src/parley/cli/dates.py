"""`parley dates`: the time expressions of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from parley.cli import tables
from parley.cli.options import day
from parley.cli.terminal import say, write

if TYPE_CHECKING:
    from parley.engine import TimesFound
    from parley.errors import InputError
    from parley.model import Time

_COLUMNS = (
    tables.Column("at", align="right"),
    tables.Column("text"),
    tables.Column("from"),
    tables.Column("to"),
    tables.Column("precision"),
    tables.Column("note"),
)


EXAMPLES = (
    "parley dates report.txt",
    "parley dates report.txt --given 2023-05-18 --format jsonl",
)


def dates(
    *,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A report; - is standard input.")],
    given: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="The day on which it was published, as YYYY-MM-DD."),
    ] = None,
    format: Annotated[
        Literal["table", "jsonl"], typer.Option("--format", "-f", help="How to print them.")
    ] = "table",
) -> None:
    """Print the dates in a report's text.

    Each time expression is shown with the days that it means.

    "on Friday" and its like are resolved against the day given, else against the date
    that the report has or that its own words prove.
    """
    from parley.engine import find_times  # noqa: PLC0415 - slow to load

    published = day(given) if given else None
    refused: list[InputError] = []
    for found in find_times([file], given=published, refuse=refused.append):
        if format == "jsonl":
            _write_lines(found)
        else:
            _write_table(found)
    for error in refused:
        say(f"parley: {error}")
    if refused:
        raise typer.Exit(1)


def _write_lines(found: TimesFound) -> None:
    import msgspec  # noqa: PLC0415

    for time in found.times:
        line: dict[str, Any] = {
            "start": time.start,
            "end": time.end,
            "text": time.text,
            "value_start": time.value_start,
            "value_end": time.value_end,
            "precision": time.precision,
            "source": found.report.source,
        }
        # What most expressions have not is written where they have it.
        if time.relation:
            line["relation"] = time.relation
        if time.recurring:
            line["recurring"] = True
        if time.duration is not None:
            line["duration"] = time.duration
        write(msgspec.json.encode(line).decode())


def _write_table(found: TimesFound) -> None:
    from parley.views import phrase_published  # noqa: PLC0415
    from parley.views.reports import phrase_reasoning  # noqa: PLC0415

    report = found.report
    say(
        f"{report.source}: written {phrase_published(report.published)} "
        f"({phrase_reasoning(report.published)})"
    )
    if not found.times:
        say("no time expressions")
        return
    rows = [
        (
            str(time.start),
            time.text,
            time.value_start.isoformat() if time.value_start else "",
            time.value_end.isoformat() if time.value_end else "",
            time.precision or "",
            _note(time, report.text),
        )
        for time in found.times
    ]
    tables.write_plain(_COLUMNS, rows)


def _note(time: Time, text: str) -> str:
    from parley.views.phrases import phrase_length  # noqa: PLC0415

    parts = []
    if time.recurring:
        parts.append("again and again")
    if time.duration is not None:
        parts.append(f"lasts {phrase_length(time.duration)}")
    if time.anchor:
        parts.append(f"{time.relation} “{text[slice(*time.anchor)]}”")
    elif time.relation:
        parts.append(time.relation)
    return ", ".join(parts)
