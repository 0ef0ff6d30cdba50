"""Meetings and recalled happenings, each in the constructions in which the press tells it.

`constructions/meetings.tsv` and `recalled.tsv` have a sentence a line, and what a reader takes
from it; a `|` parts what is as good, or several parties.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from coded import Bench

from parley.model import Mention

_FOLDER = Path(__file__).parent / "constructions"
_WRITTEN = date(2015, 6, 10)
_LEAD = "ACCRA, June 10, 2015 (Wire) - "
_OLD = (
    "KHARTOUM, June 10, 2015 (Wire) - The government of Sudan and the Sudan People's Liberation "
    "Movement-North met on Tuesday in Addis Ababa.\n\n"
)
_STATES = {"SEN": "Senegal", "GMB": "Gambia", "NGA": "Nigeria", "GHA": "Ghana"}
_CONVENING = ("mediator", "host", "observer")


def rows(name: str) -> Iterator[list[str]]:
    """Yield the columns of each line of a table."""
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def names(mention: Mention, *, convening: bool) -> set[str]:
    """Return the parties of a meeting, or who convened it, by their states."""
    return {
        _STATES.get(party.country or "", party.name)
        for party in mention.participants
        if (party.role in _CONVENING) == convening
    }


@pytest.mark.parametrize("row", list(rows("meetings.tsv")), ids=lambda row: row[0][:70])
def test_a_meeting_is_told_whole(bench: Bench, row: list[str]) -> None:
    """A meeting has the status, day, parties, mediators and place of its sentence."""
    text, statuses, day, parties, convening, place = row
    met = bench.code(f"{_LEAD}{text}\n", given=_WRITTEN).told("CONSULT")
    if statuses == "-":
        assert not met
        return

    def fits(mention: Mention) -> bool:
        start = f"{mention.when.start}" if mention.when is not None else ""
        return (
            mention.status in statuses.split("|")
            and (day == "-" or start.startswith(day))
            and names(mention, convening=False) == set(parties.split("|"))
            and names(mention, convening=True) - {"Ghana"} == set(convening.split("|")) - {"-"}
            and (place == "-" or place in {where.name for where in mention.where})
        )

    assert any(map(fits, met)), met


@pytest.mark.parametrize("row", list(rows("recalled.tsv")), ids=lambda row: row[0][:70])
def test_what_is_recalled_has_its_type_and_day(bench: Bench, row: list[str]) -> None:
    """What a sentence recalls by its day is told of that day, and nothing else is."""
    text, types, day, never = row
    told = bench.code(f"{_OLD}{text}\n\nThe meeting was to end on Thursday.\n", given=_WRITTEN)
    here = [m for m in told.mentions if m.trigger[0] >= len(_OLD)]
    dated = [m for m in here if m.when is not None and f"{m.when.start}".startswith(day)]
    assert any(m.type in types.split("|") for m in (here if day == "-" else dated)), here
    assert never == "-" or all(m.type != never for m in dated)
