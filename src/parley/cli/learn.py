"""`parley learn`: weights for merging, learnt from what persons said of the record's events."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from parley.cli.terminal import clean, many, say, write, write_json
from parley.errors import Refused

if TYPE_CHECKING:
    from parley.engine import Taught
    from parley.merging import Held

EXAMPLES = (
    "parley learn --dry-run",
    "parley learn --record yemen.db --out yemen-weights.toml",
    "parley learn --record yemen.db --out yemen-weights.toml --force --seed 2",
)
_SHOWN = 20  # levels that a person reads of


def learn(
    *,
    record: RecordOption = DEFAULT_RECORD,
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="FILE", help="Where the weights go.")
    ] = "weights.toml",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be learnt, and write nothing.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write in the place of a file that is there.")
    ] = False,
    seed: Annotated[
        int, typer.Option("--seed", metavar="NUMBER", help="Of the lot by which pairs are drawn.")
    ] = 1,
    json: JsonOption = False,
) -> None:
    """Learn from your corrections what evidence weighs.

    Known are the events that persons merged, split, or confirmed as a whole: their tellings are
    one event, and those of two such events are two.  The weights begin with Parley's own and
    stay near them; what forbids two tellings to be one is never unlearnt.  They are kept only
    where they tell known pairs better that they have not seen.

    The record stays as it is: parley ingest --weights FILE merges it anew by them.
    """
    from parley.engine import learn_weights  # noqa: PLC0415 - slow to load
    from parley.merging import write_weights  # noqa: PLC0415 - slow to load
    from parley.record import Record  # noqa: PLC0415 - slow to load

    path = Path(out)
    if not dry_run and not force and path.exists():
        raise Refused(f"{out}: is there already; name another file, or take --force")
    with Record.open(record, read_only=True) as opened:
        taught = learn_weights(opened, seed=seed)
    if not dry_run:
        try:
            write_weights(taught.weights, path)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise Refused(f"{out}: cannot be written ({why}); name another file") from error
    if json:
        write_json(taught)
        return
    write(_page(taught))
    if dry_run:
        say("nothing was written (--dry-run)")
    else:
        say(f"{out} written; parley ingest --weights {out} merges the record anew by it")


def _page(taught: Taught) -> str:
    how = taught.weights.learnt
    assert how is not None and how.before is not None and how.after is not None
    lines = [
        f"{many(how.mentions, 'telling')}, {many(how.pairs, 'pair')} looked at; known: "
        f"{how.together:,} that are one event, {how.apart:,} that are two",
        f"told before: {_told(how.before)}",
        f"told now:    {_told(how.after)} (each pair by weights that were learnt without it)",
        "",
        *(
            f"{moved.before:+8.2f} -> {moved.now:+6.2f}  {clean(moved.level)} "
            f"({many(moved.seen, 'known pair')})"
            for moved in taught.moved[:_SHOWN]
        ),
    ]
    if len(taught.moved) > _SHOWN:
        lines.append(f"and {len(taught.moved) - _SHOWN} that moved less")
    return "\n".join(lines) + "\n"


def _told(held: Held) -> str:
    return (
        f"{held.together:.1%} of those that are one, {held.apart:.1%} of those that are two; "
        f"{held.loss:.3f} bits of doubt a pair"
    )
