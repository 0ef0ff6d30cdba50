"""`parley brief`: a week or a month on a page."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from parley.cli.asking import Asked, filtered
from parley.cli.folding import AllOption, folded
from parley.cli.options import DEFAULT_RECORD, RecordOption, day
from parley.cli.output import write_bytes
from parley.cli.showing import reading
from parley.cli.terminal import write_json

if TYPE_CHECKING:
    from parley.record import Record

EXAMPLES = (
    "parley brief --month 2023-05",
    "parley brief --from 2023-05-14 --to 2023-05-21 --party Armenia",
    "parley brief --week 2023-05-18 --format html -o brief.html",
)


@filtered(paging=False)
def brief(
    *,
    asked: Asked,
    record: RecordOption = DEFAULT_RECORD,
    week: Annotated[
        str | None, typer.Option(metavar="DAY", help="The week, from Monday, of this day.")
    ] = None,
    month: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="This month.")] = None,
    format: Annotated[
        Literal["markdown", "html", "json"],
        typer.Option("--format", "-f", help="How to write it."),
    ] = "markdown",
    everything: AllOption = False,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file, not to standard output."
        ),
    ] = None,
) -> None:
    """Write a week or a month on a page.

    It is the month of the last report, unless told.  Every sentence is made of what was
    coded and ends in numbers, which lead to the reports' own words.  Claims stand apart
    from facts; no figures are added up.  Thin events, of which hardly anything is known, are
    left out unless --all asks for them; JSON has them all.
    """
    from parley.views.brief import show_brief  # noqa: PLC0415 - slow to load
    from parley.views.pages import as_html, as_markdown  # noqa: PLC0415

    with reading(record) as opened:
        first, last = _days(opened, asked, week=week, month=month)
        filters = folded(asked.filters, everything=everything or format == "json")
        made = show_brief(opened, since=first, until=last, filters=filters)
    if format == "json":
        write_json(made)
        return
    page = as_markdown(made) if format == "markdown" else as_html(made)
    write_bytes([page.encode("utf-8", "replace")], to=output)


def _days(
    record: Record, asked: Asked, *, week: str | None, month: str | None
) -> tuple[date, date]:
    """Return the first and the last day."""
    from parley.record.finding import last_day  # noqa: PLC0415 - slow to load

    since, until = asked.filters.since, asked.filters.until
    if sum((week is not None, month is not None, since is not None or until is not None)) > 1:
        raise typer.BadParameter("give --week, --month, or --from and --to, not several of them")
    if (since is None) != (until is None):
        raise typer.BadParameter("give both --from and --to, or --week or --month")
    if since is not None and until is not None:
        return since, until
    if week is not None:
        any_day = day(week)
        monday = any_day - timedelta(days=any_day.weekday())
        return monday, monday + timedelta(days=6)
    start = _month(month) if month is not None else last_day(record) or date.today()
    return start.replace(day=1), start.replace(day=monthrange(start.year, start.month)[1])


def _month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()
    except ValueError as error:
        raise typer.BadParameter(
            f"{text!r} is no month; write YYYY-MM, as 2023-05", param_hint="'--month'"
        ) from error
