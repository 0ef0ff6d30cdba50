"""`parley add`: an analyst codes what a report tells and no coder found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.corrections import opened, tell, values_of
from parley.cli.options import (
    DEFAULT_RECORD,
    ByOption,
    JsonOption,
    RecordOption,
    TypeChoice,
    WhyOption,
    analyst,
)
from parley.errors import Refused

if TYPE_CHECKING:
    from parley.model import Report

EXAMPLES = (
    "parley add monday.txt --words 'exchanged prisoners' --type COOPERATE",
    "parley add monday.txt --words 'will meet' --type CONSULT -s status=scheduled",
)


def add(
    *,
    report: Annotated[
        str, typer.Argument(metavar="REPORT", help="The report's id, source or file name.")
    ],
    type: Annotated[
        TypeChoice,
        typer.Option("--type", case_sensitive=False, metavar="TYPE", help="Its type (CONSULT)."),
    ],
    words: Annotated[
        str | None,
        typer.Option("--words", metavar="WORDS", help="The report's words that tell it."),
    ] = None,
    span: Annotated[
        str | None,
        typer.Option(
            "--span", metavar="START-END", help="Where they stand in its text, in their place."
        ),
    ] = None,
    set: Annotated[
        list[str] | None,
        typer.Option(
            "--set", "-s", metavar="FIELD=VALUE", help="A field's value, as in edit; repeatable."
        ),
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
    by: ByOption = "",
    why: WhyOption = None,
    json: JsonOption = False,
) -> None:
    """Code an event that no coder found.

    It stands on the words of a report that tell it.  Its status is happened where none is set.
    What other reports tell of it joins it; what its own report tells besides stays apart.
    """
    from parley.engine import add_event  # noqa: PLC0415 - slow to load

    values = {"type": type.value, **values_of(set or [])}
    with opened(record) as found:
        start, end = place_of(found.report(report), words, span)
        done = add_event(
            found, report, start=start, end=end, values=values, by=analyst(by), why=why
        )
    tell(done, json=json)


def place_of(report: Report, words: str | None, span: str | None) -> tuple[int, int]:
    """Return where in a report's text something is told; raise the error of wrong usage."""
    if (words is None) == (span is None):
        raise typer.BadParameter("give the words that tell it, or where they stand, one of both")
    if span is not None:
        found = re.fullmatch(r"(\d+)-(\d+)", span.strip())
        if found is None:
            raise typer.BadParameter(f"{span!r}: write START-END", param_hint="'--span'")
        return int(found[1]), int(found[2])
    from parley.engine import find_words  # noqa: PLC0415 - slow to load

    try:
        return find_words(report, words or "")
    except Refused as error:
        raise typer.BadParameter(str(error), param_hint="'--words'") from error
