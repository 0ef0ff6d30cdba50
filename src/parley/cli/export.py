"""`parley export`: the record for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parley.cli.filtering import (
    CorrectedOption,
    CountryOption,
    DisputedOption,
    MinConfidenceOption,
    MinSourcesOption,
    ModeOption,
    NearOption,
    OutletOption,
    PartyOption,
    PlaceOption,
    SinceOption,
    SourceOption,
    StatusOption,
    TextOption,
    TypeOption,
    UntilOption,
    filters_of,
)
from parley.cli.options import DEFAULT_RECORD, RecordOption
from parley.cli.output import write_bytes
from parley.cli.terminal import say, write_json
from parley.errors import ParleyError

EXAMPLES = (
    "parley export -o record.jsonl",
    "parley export --bom --party Armenia --since 2023-05-01 -o armenia.csv",
    "parley export --type CONSULT -o talks.ics",
    "parley export | jq -r 'select(.kind == \"event\") | .summary'",
    "parley export --formats",
)


def export(
    *,
    record: RecordOption = DEFAULT_RECORD,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="The format; without it that of FILE's ending, else jsonl.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file, not to standard output."
        ),
    ] = None,
    bom: Annotated[
        bool,
        typer.Option("--bom", help="Begin CSV with the mark by which spreadsheets know UTF-8."),
    ] = False,
    type: TypeOption = None,
    status: StatusOption = None,
    mode: ModeOption = None,
    party: PartyOption = None,
    place: PlaceOption = None,
    country: CountryOption = None,
    near: NearOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    outlet: OutletOption = None,
    text: TextOption = None,
    min_sources: MinSourcesOption = None,
    min_confidence: MinConfidenceOption = None,
    disputed: DisputedOption = False,
    corrected: CorrectedOption = False,
    formats: Annotated[bool, typer.Option("--formats", help="List the formats instead.")] = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a line of jsonl instead.")
    ] = False,
) -> None:
    """Write the record for other programs, or some of its events.

    jsonl is the record itself: one JSON object a line, of kind report, event or link.
    The other formats are listed by --formats, and told of in docs/exports.md.  A file
    given with -o appears when it is whole; if anything fails, what was there stays.  What
    a format has no room for is said on standard error.
    """
    from parley.export import FORMATS, line_schema  # noqa: PLC0415 - slow to load
    from parley.record import Record  # noqa: PLC0415 - slow to load

    if schema:
        write_json(line_schema())
        return
    if formats:
        width = max(map(len, FORMATS))
        for name, known in FORMATS.items():
            typer.echo(f"{name:<{width}}  {known.says}")
        return
    chosen = FORMATS.get(format or _named_by(output))
    if chosen is None:
        raise typer.BadParameter(f"no format {format!r}; there is {', '.join(FORMATS)}")
    if bom and not chosen.media_type.startswith("text/csv"):
        raise typer.BadParameter(f"--bom is for CSV, {chosen.name} is none")
    filters = filters_of(
        type=type, status=status, mode=mode, party=party, place=place, country=country, near=near,
        since=since, until=until, source=source, outlet=outlet, text=text,
        min_sources=min_sources, min_confidence=min_confidence, disputed=disputed,
        corrected=corrected,
    )  # fmt: skip
    with Record.open(record, read_only=True) as opened:
        if output and _is_record(output, record):
            raise ParleyError(f"{output}: this is the record itself; give another file with -o")
        pieces = chosen.write(
            opened, filters=filters, bom=bom, notice=lambda said: say(f"parley: {said}")
        )
        write_bytes(pieces, to=output)


def _named_by(output: str | None) -> str:
    """Return the format that a file's name ends in, jsonl where it is none."""
    from parley.export import FORMATS  # noqa: PLC0415 - slow to load

    name = Path(output or "").name.lower()
    fitting = [known for known in FORMATS.values() if name.endswith(known.suffix)]
    return max(fitting, key=lambda known: len(known.suffix)).name if fitting else "jsonl"


def _is_record(output: str, record: str) -> bool:
    path = Path(output)
    return "://" not in record and path.exists() and path.samefile(record)
