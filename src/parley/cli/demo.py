"""`parley demo`: the whole way, on the reports that Parley ships."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from parley.cli.folding import say_folded
from parley.cli.ingestion import run, summary
from parley.cli.options import QuietOption
from parley.cli.terminal import say, write
from parley.cli.timeline import print_timeline
from parley.errors import ParleyError

_RECORD = "demo/parley.db"
_REPORTS = "sample-reports"


EXAMPLES = ("parley demo",)


def demo(
    *,
    record: Annotated[
        str, typer.Option("--record", metavar="FILE", help="Where the record is to lie.")
    ] = _RECORD,
    quiet: QuietOption = False,
) -> None:
    """Try all of it on the sample reports.

    Ingests the reports that Parley ships and prints their timeline.

    They are copied beside the record, to be looked at, edited and ingested again.  The
    outlets are invented, and the wording with them.
    """
    from parley.record import Record  # noqa: PLC0415 - slow to load
    from parley.record.finding import MOST_ROWS, Filters, Paging  # noqa: PLC0415
    from parley.views import by_date, show_timeline  # noqa: PLC0415

    folder = _copy_reports(record)
    done = run([str(folder)], record, quiet=quiet, verbose=False)
    if not quiet:
        say(summary(done, record))
    with Record.open(record, read_only=True) as opened:
        filters = Filters(thin=False)
        page = show_timeline(opened, filters, Paging(limit=MOST_ROWS))
        dates = list(by_date(page.rows))
        print_timeline(dates)
        say_folded(opened, filters, shown=page.total, way="parley timeline --all")
    write("")
    write(f"The record lies in {record}, the reports in {folder}.")
    first = next((row for group in dates for row in group.rows if row.reports > 1), None)
    option = f"--record {record}"
    if first:
        write(f"Next, an event with all that is said of it:  parley show {first.id} {option}")
    write(f"When was each report written, and why:       parley reports {option}")
    if done.refused:
        raise typer.Exit(1)


def _copy_reports(record: str) -> Path:
    """Copy the sample reports beside the record; leave those that are there alone."""
    from parley.sample import sample_paths  # noqa: PLC0415

    if "://" in record:
        raise typer.BadParameter("the demo's record is a file; name one with --record")
    folder = Path(record).parent / _REPORTS
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in sample_paths():
            if not (folder / path.name).exists():
                shutil.copyfile(path, folder / path.name)
    except OSError as error:
        raise ParleyError(
            f"{error.filename or folder}: {error.strerror or error}; name a record in a folder "
            f"that you may write with --record"
        ) from error
    return folder
