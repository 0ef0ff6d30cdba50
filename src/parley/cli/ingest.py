"""`parley ingest`: reports in, events kept."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.cluster import gather, is_run, scatter
from parley.cli.ingestion import run, summary
from parley.cli.options import (
    DEFAULT_RECORD,
    JsonOption,
    OwnProjectOption,
    QuietOption,
    RecordOption,
    VerboseOption,
    take_project,
)
from parley.cli.terminal import say, write_json
from parley.learnt import DEFAULT_CODER

if TYPE_CHECKING:
    from parley.merging import Weights

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

LinkedOption = Annotated[
    bool,
    typer.Option(
        "--linked", help="Of a feed, read the pages that its entries link to in their place."
    ),
]
TimeoutOption = Annotated[
    float,
    typer.Option(metavar="SECONDS", min=1, max=86_400, help="How long one web address may take."),
]
MaxSizeOption = Annotated[
    float,
    typer.Option(metavar="MB", min=0.001, max=100_000, help="How large one web address may be."),
]
AllowPrivateOption = Annotated[
    bool,
    typer.Option("--allow-private", help="Fetch from this machine and from private networks too."),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        max=1000,
        help="How many processes code the reports; one a core where not given.",
    ),
]
MemoryOption = Annotated[
    float | None,
    typer.Option(
        metavar="MB",
        min=1,
        help="How much memory they may take together; what is free where not given.",
    ),
]
NoCacheOption = Annotated[
    bool,
    typer.Option(
        "--no-cache", help="Keep nothing of what was parsed for the next run, nor use it."
    ),
]
EngineOption = Annotated[
    Engine,
    typer.Option("--engine", help="Where the steps run: here, or on a cluster by Spark."),
]
MasterOption = Annotated[
    str | None,
    typer.Option(
        "--master", metavar="URL", help="The cluster, with --engine spark; else this machine."
    ),
]
OutOption = Annotated[
    str | None,
    typer.Option(
        "--out", metavar="DIR", help="Where the tables go, with --engine spark: a new folder."
    ),
]
CoderOption = Annotated[
    CoderChoice,
    typer.Option(
        "--coder", help="What codes: rules and learnt models together, or the rules alone."
    ),
]
WeightsOption = Annotated[
    str | None,
    typer.Option(
        "--weights",
        metavar="FILE",
        help="Merge by these weights from now on, as parley learn writes them; shipped: by "
        "Parley's own again.",
    ),
]
PathsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH...",
        show_default=False,
        help="Files, folders and web addresses; - is standard input.",
    ),
]

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
    paths: PathsArgument = None,
    record: RecordOption = DEFAULT_RECORD,
    project: OwnProjectOption = None,
    linked: LinkedOption = False,
    timeout: TimeoutOption = 60,
    max_size: MaxSizeOption = 50,
    allow_private: AllowPrivateOption = False,
    workers: WorkersOption = None,
    memory: MemoryOption = None,
    no_cache: NoCacheOption = False,
    engine: EngineOption = Engine.local,
    master: MasterOption = None,
    out: OutOption = None,
    coder: CoderOption = _CODER,
    weights: WeightsOption = None,
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
    _refuse_mixed(
        engine, of_cluster=bool(master or out), of_machine=bool(workers or memory), weights=weights
    )
    if engine is Engine.spark:
        scatter(paths, master or "local[*]", out, coder=coder.value, json=json, quiet=quiet)
        return
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


def _refuse_mixed(
    engine: Engine, *, of_cluster: bool, of_machine: bool, weights: str | None
) -> None:
    """Refuse the options of the one engine where the other runs."""
    if engine is not Engine.spark:
        if of_cluster:
            raise typer.BadParameter(
                "they go with --engine spark", param_hint="'--master' and '--out'"
            )
        return
    if weights:
        raise typer.BadParameter(
            "a cluster merges by Parley's own; give them when its tables are taken in",
            param_hint="'--weights'",
        )
    if of_machine:
        raise typer.BadParameter(
            "they go with one machine; Spark has its own settings",
            param_hint="'--workers' and '--memory'",
        )


def read_chosen(weights: str | None) -> Weights | None:
    """Return the weights that a user named: of a file, or Parley's own by "shipped"."""
    if weights is None:
        return None
    from parley.merging import read_weights, shipped_weights  # noqa: PLC0415 - slow to load

    return shipped_weights() if weights == SHIPPED else read_weights(Path(weights))
