"""`parley talks`: who brought whom to the table, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli import tables
from parley.cli.asking import Asked, filtered
from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from parley.cli.showing import LinesOption, listed, quoted, reading, say_more, told, write_data
from parley.cli.terminal import many

if TYPE_CHECKING:
    from parley.views import Round, TalksTrack

EXAMPLES = (
    "parley talks",
    "parley talks --party Armenia --since 2023-01-01",
    "parley talks --rounds 20 --json",
)


@filtered
def talks(
    *,
    asked: Asked,
    record: RecordOption = DEFAULT_RECORD,
    rounds: Annotated[
        int, typer.Option(min=1, max=1000, metavar="N", help="So many talks of each track.")
    ] = 5,
    json: JsonOption = False,
    jsonl: LinesOption = False,
) -> None:
    """Print the talks by who mediated them.

    Each mediator has a track, and each host of two others between whom nobody mediates:
    the parties, the latest talks and where, what is linked to them or was agreed by the same
    parties on the same days, and what is still ahead.
    Talks with two mediators are in both tracks; `parley timeline --type CONSULT` has all
    talks, those without a mediator or a host too.
    """
    from parley.views import show_talks  # noqa: PLC0415 - slow to load

    with reading(record) as opened:
        page = show_talks(
            opened, asked.filters, asked.paging(10, all_rows=json or jsonl), rounds=rounds
        )
        if not write_data(page.rows, json=json, jsonl=jsonl):
            tables.write_sheet((_heading(track), list(_pairs(track))) for track in page.rows)
            say_more(page, "track")


def _heading(track: TalksTrack) -> str:
    return f"{track.mediator}: {many(track.talks, 'meeting')}"


def _pairs(track: TalksTrack) -> Iterator[tuple[str, str]]:
    if track.parties:
        yield "with", listed(track.parties)
    if track.called_off:
        yield "called off", f"{track.called_off:,}"
    for each in track.ahead:
        yield "ahead", _round(each)
    for each in track.rounds:
        yield "held" if each.row.status != "called_off" else "called off", _round(each)
        for outcome in each.outcomes:
            yield "", f"→ {outcome.because}: {told(outcome.row)}"


def _round(each: Round) -> str:
    return f"{told(each.row)} {quoted(each.quote)}"
