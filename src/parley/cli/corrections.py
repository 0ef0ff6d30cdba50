"""What the commands that correct a record share: how they open it and what they tell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from parley.cli.terminal import say, write, write_json

if TYPE_CHECKING:
    from parley.engine import Done
    from parley.record import Record


@contextmanager
def opened(record: str) -> Iterator[Record]:
    """Open a record to be corrected."""
    from parley.record import Record  # noqa: PLC0415 - slow to load

    with Record.open(record) as found:
        yield found


def tell(done: Done, *, json: bool) -> None:
    """Say what was written, an entry of the log a line."""
    from parley.views import phrase_correction  # noqa: PLC0415 - slow to load

    if json:
        write_json(done)
        return
    if not done.corrections:
        say("nothing to correct: it says so already")
    for entry in done.corrections:
        write(f"{entry.event}  correction {entry.number}: {phrase_correction(entry)}")


def values_of(given: list[str]) -> dict[str, object]:
    """Return the fields and values of some FIELD=VALUE."""
    from parley.engine import read_value  # noqa: PLC0415 - slow to load

    found: dict[str, object] = {}
    for pair in given:
        field, equals, text = pair.partition("=")
        if not equals:
            raise typer.BadParameter(
                f"{pair!r}: write FIELD=VALUE, as status=denied", param_hint="'--set'"
            )
        found[field.strip()] = read_value(field.strip(), text)
    return found
