"""An ingest into a record from the command line, told on standard error as it goes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from parley.cli.bar import watching
from parley.cli.terminal import many
from parley.learnt import DEFAULT_CODER, CoderName

if TYPE_CHECKING:
    from parley.engine import Ingested
    from parley.merging import Weights
    from parley.reading import Fetching

_NOTICES = 3


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


def _silent(done: Ingested) -> str:
    """Return which of the new reports gave no event."""
    if not done.silent:
        return ""
    named = ", ".join(source.rpartition("/")[2] for source in done.silent_reports)
    more = done.silent - len(done.silent_reports)
    return f"no event in {named}{f' and {more:,} more' if more else ''}"


def summary(done: Ingested, where: str) -> str:
    """Return in a line what an ingest did."""
    parts = [
        f"{many(done.read, 'report')} read, {done.added:,} new",
        f"{done.uncoded:,} of them in another language, kept but not coded" if done.uncoded else "",
        _silent(done),
        f"{many(done.refused, 'refusal')}, named above" if done.refused else "",
        f"{where} has {many(done.events, 'event')} and {many(done.links, 'link')}"
        if "://" in where or Path(where).exists()
        else "no record was made",
    ]
    return "; ".join(part for part in parts if part)
