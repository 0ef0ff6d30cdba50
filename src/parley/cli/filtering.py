"""The options that say which events are meant, the same for every command that has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.options import StatusChoice, TypeChoice, day

if TYPE_CHECKING:
    from parley.record.finding import Filters, Near

TypeOption = Annotated[
    list[TypeChoice] | None,
    typer.Option(
        "--type",
        case_sensitive=False,
        metavar="TYPE",
        help="Only this type (CONSULT); may be repeated.",
    ),
]
StatusOption = Annotated[
    list[StatusChoice] | None,
    typer.Option(
        "--status",
        case_sensitive=False,
        metavar="STATUS",
        help="Only this status (scheduled); may be repeated.",
    ),
]
ModeOption = Annotated[
    list[str] | None,
    typer.Option("--mode", metavar="MODE", help="Only this mode (ceasefire); may be repeated."),
]
PartyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--party",
        metavar="NAME",
        help="Only where this party or person takes part; repeated: all of them.",
    ),
]
PlaceOption = Annotated[
    str | None, typer.Option("--place", metavar="NAME", help="Only events at this place.")
]
CountryOption = Annotated[
    str | None, typer.Option("--country", metavar="NAME", help="Only events in this country.")
]
NearOption = Annotated[
    str | None,
    typer.Option(
        "--near", metavar="LAT,LON[,KM]", help="Only around this point, 50 km unless said."
    ),
]
SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since", "--from", metavar="DAY", help="Only what went on at this day or later."
    ),
]
UntilOption = Annotated[
    str | None,
    typer.Option(
        "--until", "--to", metavar="DAY", help="Only what went on at this day or earlier."
    ),
]
SourceOption = Annotated[
    str | None,
    typer.Option(
        "--source", metavar="WORDS", help="Only what a report with this in its path tells."
    ),
]
OutletOption = Annotated[
    str | None, typer.Option("--outlet", metavar="NAME", help="Only what this outlet tells.")
]
TextOption = Annotated[
    str | None, typer.Option("--text", metavar="WORDS", help="Only events told in these words.")
]
MinSourcesOption = Annotated[
    int | None,
    typer.Option(
        "--min-sources",
        metavar="NUMBER",
        min=1,
        help="Only what so many independent sources tell.",
    ),
]
MinConfidenceOption = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        metavar="NUMBER",
        help="Only what is at least so likely, 0 to 1; not what was coded by rules alone.",
    ),
]
DisputedOption = Annotated[bool, typer.Option("--disputed", help="Only where the tellings differ.")]
CorrectedOption = Annotated[
    bool, typer.Option("--corrected", help="Only what a person has corrected.")
]


def filters_of(
    *,
    type: Sequence[TypeChoice] | None = None,
    status: Sequence[StatusChoice] | None = None,
    mode: Sequence[str] | None = None,
    party: Sequence[str] | None = None,
    place: str | None = None,
    country: str | None = None,
    near: str | None = None,
    since: str | None = None,
    until: str | None = None,
    source: str | None = None,
    outlet: str | None = None,
    text: str | None = None,
    min_sources: int | None = None,
    min_confidence: float | None = None,
    disputed: bool = False,
    corrected: bool = False,
) -> Filters:
    """Return the filters that these options make; raise the error of wrong usage."""
    from parley.errors import WrongFilter  # noqa: PLC0415
    from parley.record.finding import Filters  # noqa: PLC0415 - slow to load

    filters = Filters(
        type=tuple(choice.value for choice in type or ()),
        status=tuple(choice.value for choice in status or ()),
        mode=tuple(mode or ()),
        party=tuple(party or ()),
        place=place,
        country=country,
        near=point(near) if near is not None else None,
        since=day(since) if since is not None else None,
        until=day(until) if until is not None else None,
        source=source,
        outlet=outlet,
        text=text,
        min_sources=min_sources,
        min_confidence=min_confidence,
        disputed=disputed,
        corrected=corrected,
    )
    try:
        filters.check()
    except WrongFilter as error:
        raise typer.BadParameter(str(error)) from error
    return filters


def point(text: str) -> Near:
    """Return the point that was given as LAT,LON or LAT,LON,KM."""
    from parley.record.finding import Near  # noqa: PLC0415 - slow to load

    try:
        numbers = [float(part) for part in text.split(",")]
        if len(numbers) == 2:
            return Near(lat=numbers[0], lon=numbers[1])
        lat, lon, km = numbers
        return Near(lat=lat, lon=lon, km=km)
    except ValueError as error:
        raise typer.BadParameter(
            f"{text!r} is no point; write latitude,longitude and perhaps kilometres, "
            f"as 39.82,46.75,100"
        ) from error
