"""`parley diff`: a record beside a data set of armed conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli import tables
from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption, day
from parley.cli.terminal import many, say, write_json

if TYPE_CHECKING:
    from parley.views import Lone

_COLUMNS = (
    tables.Column("where"),
    tables.Column("day"),
    tables.Column("here"),
    tables.Column("there"),
    tables.Column("dead here", align="right"),
    tables.Column("dead there", align="right"),
    tables.Column("differs by", align="right"),
    tables.Column("what"),
)

EXAMPLES = (
    "parley diff --against acled.csv",
    "parley diff --against ucdp.csv --since 2023-01-01 --until 2023-06-30",
)


def diff(
    *,
    against: Annotated[
        str, typer.Option(metavar="CSV", help="ACLED's or UCDP GED's file, as it is downloaded.")
    ],
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Only what went on at this day or later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="Only what went on at this day or earlier.")
    ] = None,
    days: Annotated[
        int, typer.Option(metavar="DAYS", min=0, max=366, help="How far apart one may be dated.")
    ] = 3,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Line the record's fighting up with a data set.

    An incident of one is one of the other where day, place and parties fit.  Printed are
    those that both have, with the dead by either and by how far the data set lies outside
    of what the reports claim; then those only here, and those only there.
    """
    from parley.record import Record  # noqa: PLC0415 - slow to load
    from parley.views import line_up  # noqa: PLC0415

    first, last = day(since) if since else None, day(until) if until else None
    if first is not None and last is not None and last < first:
        raise typer.BadParameter(
            f"{until} lies before {since}; give the earlier day to --since",
            param_hint="'--until'",
        )
    with Record.open(record, read_only=True) as opened:
        found = line_up(opened, against, days=days, since=first, until=last)
    if json:
        write_json(found)
        return
    rows: list[tuple[str, ...]] = [
        (
            "both",
            str(pair.day or ""),
            pair.event,
            pair.theirs,
            _figure(pair.low, pair.high),
            "" if pair.dead is None else str(pair.dead),
            "" if pair.difference is None else f"{pair.difference:+d}",
            pair.summary,
        )
        for pair in found.both
    ]
    rows += [_row("here", one) for one in found.only_here]
    rows += [_row("there", one) for one in found.only_there]
    tables.write_plain(_COLUMNS, rows)
    say(
        f"{len(found.both)} in both, {len(found.only_here)} only here, "
        f"{len(found.only_there)} only in {found.dataset}"
        + (f"; {many(found.passed_over, 'row')} of it are no violence" * bool(found.passed_over))
    )


def _row(where: str, one: Lone) -> tuple[str, ...]:
    dead = _figure(one.low, one.high)
    here = where == "here"
    return (
        where,
        str(one.day or ""),
        one.id if here else "",
        "" if here else one.id,
        dead if here else "",
        "" if here else dead,
        "",
        one.summary,
    )


def _figure(low: int | None, high: int | None) -> str:
    if low is None or high is None or low == high:
        return str(low if low is not None else "" if high is None else high)
    return f"{low}-{high}"
