"""Meetings, violence, tolls, what is recalled: in the constructions in which the press tells it.

The tables in `constructions/` have a sentence a line, and what a reader takes from it; their
first lines name the columns.  A `|` parts what is as good, several parties, several figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


@pytest.mark.parametrize("row", list(rows("violence.tsv")), ids=lambda row: row[0][:70])
def test_violence_is_told_whole(bench: Bench, row: list[str]) -> None:
    """Violence has the status, day, doers, toll and place of its sentence."""
    text, statuses, day, doers, killed, wounded, place = row
    done = bench.code(f"{_LEAD}{text}\n", given=_WRITTEN)
    struck = [m for m in done.mentions if m.type in ("ASSAULT", "COERCE")]
    if statuses == "none":
        assert all(m.status not in ("happened", "ongoing", "alleged") for m in struck)
        return

    def fits(mention: Mention) -> bool:
        start = f"{mention.when.start}" if mention.when is not None else ""
        return (
            (statuses == "-" or mention.status in statuses.split("|"))
            and (day == "-" or start.startswith(day))
            and (doers == "-" or acting(mention) == set(doers.split("|")) - {"nobody"})
            and (killed == "-" or int(killed) in figures([mention], "killed"))
            and (wounded == "-" or int(wounded) in figures([mention], "wounded"))
            and (place == "-" or place in {where.name for where in mention.where})
        )

    assert any(map(fits, struck)), struck


@pytest.mark.parametrize("row", list(rows("tolls.tsv")), ids=lambda row: row[0][:70])
def test_a_toll_is_counted(bench: Bench, row: list[str]) -> None:
    """The figures of a sentence are counted as what they are, or their sum is."""
    text, killed, wounded = row
    mentions = bench.code(f"{_LEAD}{text}\n", given=_WRITTEN).mentions
    for what, asked in (("killed", killed), ("wounded", wounded)):
        found = figures(mentions, what)
        wanted = {int(figure) for figure in asked.split("|") if figure.isdigit()}
        if asked != "-":
            assert wanted <= found or sum(found) in wanted, found
            assert wanted or not found


def acting(mention: Mention) -> set[str]:
    """Return who does a deed: a state's forces by their state."""
    return {
        party.name if party.kind == "armed_group" else _STATES.get(party.country or "", party.name)
        for party in mention.participants
        if party.role == "actor"
    }


def figures(mentions: Iterable[Mention], what: str) -> set[int]:
    """Return the figures that mentions count as killed, or as wounded."""
    counts = [count for mention in mentions for count in mention.counts if count.what == what]
    return {figure for c in counts for figure in (c.low, c.best, c.high) if figure is not None}
