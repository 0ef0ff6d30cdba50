"""The progress bar: on standard error, and only where a person watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from parley.cli.terminal import clean, say

if TYPE_CHECKING:
    from parley.engine import Progress

_LONGEST_NAME = 30


class Watch:
    """Shows how far a run is, and what it says in between.

    `tell` is to be handed each `Progress`, `say` each line for the user.
    """

    def __init__(
        self, tell: Callable[[Progress], None] | None, say_: Callable[[str], None]
    ) -> None:
        self.tell = tell
        self.say = say_


@contextmanager
def watching(*, quiet: bool, verbose: bool) -> Iterator[Watch]:
    """Show a bar while the block runs, unless nobody looks or nobody wants it."""
    if quiet or not sys.stderr.isatty():
        yield Watch(_Names(say).tell if verbose and not quiet else None, say)
        return
    from rich import progress as bars  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415

    console = Console(stderr=True, highlight=False, markup=False)
    columns = (
        bars.TextColumn("{task.description}", markup=False),
        bars.BarColumn(bar_width=20),
        bars.TaskProgressColumn(),
        bars.TextColumn("{task.fields[note]}", markup=False),
        bars.TimeElapsedColumn(),
    )
    with bars.Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=None, note="")
        names = _Names(lambda text: console.print(clean(text), soft_wrap=True))

        def tell(progress: Progress) -> None:
            if verbose:
                names.tell(progress)
            name = (progress.source or "").rpartition("/")[2]
            if len(name) > _LONGEST_NAME:
                name = "…" + name[1 - _LONGEST_NAME :]
            bar.update(
                task,
                description=progress.phase,
                total=None if progress.share is None else 1.0,
                completed=progress.share or 0.0,
                note=clean(f"{progress.reports:,} reports, {progress.added:,} new  {name}"),
            )

        yield Watch(tell, names.say)


class _Names:
    """Says the name of each report and what became of it."""

    def __init__(self, say_: Callable[[str], None]) -> None:
        self.say = say_

    def tell(self, progress: Progress) -> None:
        if progress.outcome:
            self.say(f"{progress.source}: {progress.outcome}")
