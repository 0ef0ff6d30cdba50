"""`parley ingest`: reports in, events kept."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.bar import watching
from parley.cli.options import (
    DEFAULT_RECORD,
    JsonOption,
    OwnProjectOption,
    QuietOption,
    RecordOption,
    VerboseOption,
    take_project,
)
from parley.cli.terminal import many, say, write_json
from parley.learnt import DEFAULT_CODER, CoderName

if TYPE_CHECKING:
    from parley.engine import Ingested
    from parley.merging import Weights
    from parley.reading import Fetching

_NOTICES = 3
SHIPPED = "shipped"


class Engine(StrEnum):
    """Where the steps run."""

    local = "local"
    spark = "spark"


class CoderChoice(StrEnum):
    """What codes the reports."""

    learnt = "learnt"
    rules = "rules"


_CODER = CoderChoice(DEFAULT_CODER)


EXAMPLES = (
    "parley ingest reports/",
    "parley ingest monday.txt tuesday.txt --record yemen.db",
    "cat scraped.jsonl | parley ingest -",
    "parley ingest https://example.org/feed.xml --record yemen.db",
    "parley ingest reports/ --project yemen.toml",
    "parley ingest archive/ --engine spark --out tables",
    "parley ingest tables --record yemen.db",
    "parley ingest --record yemen.db --weights yemen-weights.toml",
)


def ingest(
    *,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...",
            show_default=False,
            help="Files, folders and web addresses; - is standard input.",
        ),
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
    project: OwnProjectOption = None,
    linked: Annotated[
        bool,
        typer.Option(
            "--linked", help="Of a feed, read the pages that its entries link to in their place."
        ),
    ] = False,
    timeout: Annotated[
        float,
        typer.Option(
            metavar="SECONDS", min=1, max=86_400, help="How long one web address may take."
        ),
    ] = 60,
    max_size: Annotated[
        float,
        typer.Option(
            metavar="MB", min=0.001, max=100_000, help="How large one web address may be."
        ),
    ] = 50,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private", help="Fetch from this machine and from private networks too."
        ),
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            max=1000,
            help="How many processes code the reports; one a core where not given.",
        ),
    ] = None,
    memory: Annotated[
        float | None,
        typer.Option(
            metavar="MB",
            min=1,
            help="How much memory they may take together; what is free where not given.",
        ),
    ] = None,
    no_cache: Annotated[
        bool,
        typer.Option(
            "--no-cache", help="Keep nothing of what was parsed for the next run, nor use it."
        ),
    ] = False,
    engine: Annotated[
        Engine,
        typer.Option("--engine", help="Where the steps run: here, or on a cluster by Spark."),
    ] = Engine.local,
    master: Annotated[
        str | None,
        typer.Option(
            "--master", metavar="URL", help="The cluster, with --engine spark; else this machine."
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            "--out", metavar="DIR", help="Where the tables go, with --engine spark: a new folder."
        ),
    ] = None,
    coder: Annotated[
        CoderChoice,
        typer.Option(
            "--coder", help="What codes: rules and learnt models together, or the rules alone."
        ),
    ] = _CODER,
    weights: Annotated[
        str | None,
        typer.Option(
            "--weights",
            metavar="FILE",
            help="Merge by these weights from now on, as parley learn writes them; shipped: by "
            "Parley's own again.",
        ),
    ] = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Read reports into the record.

    Folders are read with all that is in them; a file is taken by what it holds: plain
    text, Markdown, HTML, web archives (WARC), RSS and Atom, e-mail, and CSV, Parquet or
    JSON Lines with a report a row (text, and where known id, url, title, outlet, date,
    language), packed (gzip, tar, zip) or not.  The record is made if there is none.  A report that
    it has already is left alone, so the same command may be run again at any time.

    A web address (http or https) is fetched, if its site's robots.txt allows it; a page
    or feed that has not changed since the last time is not sent again, so the same
    command may run every ten minutes.

    The names and verbs of a project file (parley.toml) are known beside Parley's own;
    what is in the record already stays as it was coded.

    Without the learnt models (--coder rules) events carry no confidence.  A report that was
    coded stays as it is, whatever the coder is now.

    All cores code, each process with some 700 MB of memory; a few reports are coded in one
    process.  Whatever their number, the record is the same.

    With other --weights than before all is merged anew, once; with them no PATH is needed.

    With --engine spark the same is done on a cluster, and comes out as tables of Parquet
    in the folder --out; that folder, read by parley ingest, goes into a record as it is.

    What cannot be read is named on standard error, all else is read, and the exit
    status is 1.
    """
    from parley.reading import Fetching  # noqa: PLC0415 - slow to load

    if project:
        take_project(project)
    if not paths and weights is None:
        raise typer.BadParameter("give what to read", param_hint="'PATH...'")
    paths = paths or []
    if engine is Engine.spark:
        if weights:
            raise typer.BadParameter(
                "a cluster merges by Parley's own; give them when its tables are taken in",
                param_hint="'--weights'",
            )
        if workers or memory:
            raise typer.BadParameter(
                "they go with one machine; Spark has its own settings",
                param_hint="'--workers' and '--memory'",
            )
        scatter(paths, master or "local[*]", out, coder=coder.value, json=json, quiet=quiet)
        return
    if master or out:
        raise typer.BadParameter("they go with --engine spark", param_hint="'--master' and '--out'")
    tables = [path for path in paths if is_run(path)]
    for path in tables:
        gather(path, record, json=json, quiet=quiet)
    paths = [path for path in paths if path not in tables]
    if tables and not paths and weights is None:
        return
    chosen = read_chosen(weights)
    fetching = Fetching(
        allow_private=allow_private,
        timeout=timeout,
        largest=int(max_size * 1_000_000),
        linked=linked,
    )
    done = run(
        paths,
        record,
        quiet=quiet,
        verbose=verbose,
        fetching=fetching,
        workers=workers,
        cache=not no_cache,
        memory=None if memory is None else int(memory * 1_000_000),
        coder=coder.value,
        weights=chosen,
    )
    if json:
        write_json(done)
    elif not quiet:
        say(summary(done, record))
    if done.refused:
        raise typer.Exit(1)


def read_chosen(weights: str | None) -> Weights | None:
    """Return the weights that a user named: of a file, or Parley's own by "shipped"."""
    if weights is None:
        return None
    from parley.merging import read_weights, shipped_weights  # noqa: PLC0415 - slow to load

    return shipped_weights() if weights == SHIPPED else read_weights(Path(weights))


def scatter(
    paths: list[str],
    master: str,
    out: str | None,
    *,
    coder: CoderName,
    json: bool,
    quiet: bool,
) -> None:
    """Ingest paths on a cluster into tables."""
    if out is None:
        raise typer.BadParameter("give the folder that the tables go to", param_hint="'--out'")
    from parley.engine import spark  # noqa: PLC0415 - slow to load

    done = spark.ingest(
        paths,
        master=master,
        out=out,
        coder=coder,
        refuse=lambda error: say(f"parley: {error}"),
        notice=lambda text: None if quiet else say(f"parley: {text}"),
        progress=lambda phase: None if quiet else say(f"parley: {phase} ..."),
    )
    if json:
        write_json(done)
    elif not quiet and not done.read:
        say("0 reports read; nothing was written that could be taken into a record")
    elif not quiet:
        say(
            f"{many(done.read, 'report')} read, {done.reports:,} kept; {out} has "
            f"{many(done.events, 'event')} and {many(done.links, 'link')}; "
            f"parley ingest {out} takes them into a record"
        )
    if done.refused:
        raise typer.Exit(1)


def is_run(path: str) -> bool:
    """Tell whether a path is a folder that a run on a cluster wrote to, or writes to still."""
    return any(Path(path, name).is_file() for name in ("made_by/_SUCCESS", "_stages/mark/_SUCCESS"))


def gather(path: str, where: str, *, json: bool, quiet: bool) -> None:
    """Take the tables of a run on a cluster into the record at `where`."""
    from parley.engine import spark  # noqa: PLC0415 - slow to load
    from parley.record import Record  # noqa: PLC0415 - slow to load

    made = "://" not in where and not Path(where).exists()
    with removing_if_empty(where, made=made), Record.open(where, create=True) as record:
        done = spark.take_in(record, path)
    if json:
        write_json(done)
    elif not quiet:
        say(
            f"{many(done.reports, 'report')} in {path}, {done.added:,} new; {where} has "
            f"{many(done.events, 'event')} and {many(done.links, 'link')}"
        )


def run(
    paths: list[str],
    where: str,
    *,
    quiet: bool,
    verbose: bool,
    fetching: Fetching | None = None,
    workers: int | None = 1,
    memory: int | None = None,
    cache: bool = True,
    coder: CoderName = DEFAULT_CODER,
    weights: Weights | None = None,
) -> Ingested:
    """Ingest paths into the record at `where`, telling on standard error how it goes."""
    from parley.engine import ingest as run_steps  # noqa: PLC0415 - slow to load
    from parley.record import Record  # noqa: PLC0415 - slow to load

    if verbose:
        logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
        logging.getLogger("parley").setLevel(logging.DEBUG)
    told = 0
    made = "://" not in where and not Path(where).exists()
    with (
        removing_if_empty(where, made=made),
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
            fetching=fetching,
            workers=workers,
            memory=memory,
            cache=cache,
            coder=coder,
            weights=weights,
        )


@contextmanager
def removing_if_empty(where: str, *, made: bool) -> Iterator[None]:
    """Take a record away again that this run made and that nothing was read into."""
    from parley.record import Record  # noqa: PLC0415 - slow to load

    try:
        yield
    finally:
        if made and Path(where).exists():
            with Record.open(where, read_only=True) as record:
                empty = record.sizes()["reports"] == 0
            if empty:
                for name in (where, f"{where}-wal", f"{where}-shm"):
                    Path(name).unlink(missing_ok=True)


def summary(done: Ingested, where: str) -> str:
    """Return in a line what an ingest did."""
    parts = [
        f"{many(done.read, 'report')} read, {done.added:,} new",
        f"{done.uncoded:,} of them in another language, kept but not coded" if done.uncoded else "",
        f"{many(done.refused, 'refusal')}, named above" if done.refused else "",
        f"{where} has {many(done.events, 'event')} and {many(done.links, 'link')}"
        if "://" in where or Path(where).exists()
        else "no record was made",
    ]
    return "; ".join(part for part in parts if part)
