"""What `parley ingest` does with a cluster: reports scattered over it, its tables gathered."""

from __future__ import annotations

from pathlib import Path

import typer

from parley.cli.ingestion import removing_if_empty
from parley.cli.terminal import many, say, write_json
from parley.learnt import CoderName


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
