"""`parley ingest`: reports in, events kept."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.bar import watching
from parley.cli.options import (
    DEFAULT_RECORD,
    JsonOption,
    QuietOption,
    RecordOption,
    VerboseOption,
)
from parley.cli.terminal import many, say, write_json

if TYPE_CHECKING:
    from parley.engine import Ingested

_NOTICES = 3


EXAMPLES = (
    "parley ingest reports/",
    "parley ingest monday.txt tuesday.txt --record yemen.db",
    "cat scraped.jsonl | parley ingest -",
)


def ingest(
    *,
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files and folders; - is standard input."),
    ],
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Read reports into the record.

    Folders are read with all that is in them; a file is taken by what it holds: plain
    text, Markdown, or JSON Lines with a report a line (text, and where known id, url,
    title, outlet, date, language).  The record is made if there is none.  A report that
    it has already is left alone, so the same command may be run again at any time.

    What cannot be read is named on standard error, all else is read, and the exit
    status is 1.
    """
    done = run(paths, record, quiet=quiet, verbose=verbose)
    if json:
        write_json(done)
    elif not quiet:
        say(summary(done, record))
    if done.refused:
        raise typer.Exit(1)


def run(paths: list[str], where: str, *, quiet: bool, verbose: bool) -> Ingested:
    """Ingest paths into the record at `where`, telling on standard error how it goes."""
    from parley.engine import ingest as run_steps  # noqa: PLC0415 - slow to load
    from parley.record import Record  # noqa: PLC0415 - slow to load

    if verbose:
        logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
        logging.getLogger("parley").setLevel(logging.DEBUG)
    told = 0
    with (
        Record.open(where, create=True) as record,
        watching(quiet=quiet, verbose=verbose) as watch,
    ):

        def notice(text: str) -> None:
            nonlocal told
            told += 1
            if verbose or (told <= _NOTICES and not quiet):
                watch.say(f"parley: {text}")
            elif told == _NOTICES + 1 and not quiet:
                watch.say("parley: more reports are in other languages; -v names them all")

        return run_steps(
            record,
            paths,
            refuse=lambda error: watch.say(f"parley: {error}"),
            notice=notice,
            progress=watch.tell,
        )


def summary(done: Ingested, where: str) -> str:
    """Return in a line what an ingest did."""
    parts = [
        f"{many(done.read, 'report')} read, {done.added:,} new",
        f"{done.uncoded:,} of them in another language, kept but not coded" if done.uncoded else "",
        f"{many(done.refused, 'refusal')}, named above" if done.refused else "",
        f"{where} has {many(done.events, 'event')} and {many(done.links, 'link')}",
    ]
    return "; ".join(part for part in parts if part)
