"""`parley compare`: how far two analysts who coded apart agree."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.cli import tables
from parley.cli.options import JsonOption
from parley.cli.terminal import many, say, write, write_json

_COLUMNS = (
    tables.Column("field"),
    tables.Column("alpha", align="right"),
    tables.Column("same", align="right"),
    tables.Column("of", align="right"),
)
_DIFFERENCES = (
    tables.Column("event"),
    tables.Column("counterpart"),
    tables.Column("field"),
    tables.Column("one"),
    tables.Column("other"),
)

EXAMPLES = ("parley compare ana.db ben.db", "parley compare ana.db ben.db --json")


def compare(
    *,
    one: Annotated[str, typer.Argument(metavar="RECORD", help="The one's record.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The other's record.")],
    json: JsonOption = False,
) -> None:
    """Compare two records of the same reports, coded apart.

    Prints how far they agree, a field at a time, as Krippendorff's alpha: 1 is full
    agreement, 0 what chance would give, - where it is not defined (as where all values
    are alike).  "found" is whether both have the event.  Then the list to adjudicate:
    every field on which the two differ.
    """
    from parley.record import Record  # noqa: PLC0415 - slow to load
    from parley.views import compare_records  # noqa: PLC0415

    with Record.open(one, read_only=True) as first, Record.open(other, read_only=True) as second:
        found = compare_records(first, second)
    if json:
        write_json(found)
        return
    tables.write_plain(
        _COLUMNS,
        [
            (
                field.field,
                "-" if field.alpha is None else f"{field.alpha:.3f}",
                str(field.same),
                str(field.compared),
            )
            for field in found.fields
        ],
    )
    if found.differences:
        write("")
        tables.write_plain(
            _DIFFERENCES,
            [
                (d.event or "-", d.counterpart or "-", d.field, d.one or "-", d.other or "-")
                for d in found.differences
            ],
        )
    say(
        f"{many(found.both, 'event')} in both, {found.only_one} only in {one}, "
        f"{found.only_other} only in {other}"
    )
