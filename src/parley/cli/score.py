"""`parley score`: a record measured against hand-coded events."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.cli import tables
from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from parley.cli.terminal import say, write_json

_COLUMNS = (
    tables.Column("measure"),
    tables.Column("share", align="right"),
    tables.Column("right", align="right"),
    tables.Column("of", align="right"),
)

EXAMPLES = (
    "parley score gold.jsonl yemen.db",
    "parley score gold.csv --record yemen.db --days 1 --json",
)


def score(
    *,
    gold: Annotated[str, typer.Argument(metavar="GOLD", help="The events, JSON Lines or CSV.")],
    measured: Annotated[
        str | None, typer.Argument(metavar="[RECORD]", help="The record, else that of --record.")
    ] = None,
    days: Annotated[
        int, typer.Option(metavar="DAYS", min=0, max=366, help="How far apart one may be dated.")
    ] = 3,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Measure a record against events that a person coded.

    GOLD has a line of JSON an event, with the keys of the export, or a row of CSV with the
    columns id, type, status, start, end, places, parties (semicolons between several) and
    killed.  An event is found where one of the record fits it by day, place, parties and
    type; the fields are measured of those found.  Only what GOLD gives is asked for.
    """
    from parley.record import Record  # noqa: PLC0415 - slow to load
    from parley.views import read_gold, score_record  # noqa: PLC0415

    wanted = read_gold(gold)
    with Record.open(measured or record, read_only=True) as opened:
        found = score_record(opened, wanted, days=days)
    if json:
        write_json(found)
        return
    shares = [
        ("precision", found.precision, found.found, found.events),
        ("recall", found.recall, found.found, found.gold),
        ("F1", found.f1, 2 * found.found, found.gold + found.events),
        *((part.measure, part.share, part.right, part.asked) for part in found.fields),
    ]
    tables.write_plain(
        _COLUMNS,
        [
            (measure, "-" if share is None else f"{share:.3f}", f"{right:g}", str(of))
            for measure, share, right, of in shares
        ],
    )
    if found.missed:
        say(f"missed: {', '.join(found.missed)}")
