"""One word that tells of several happenings, each with its own place and day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from coded import Bench

from parley.model import EventType, Mention

# The day of the report, what it says, a type, and each place with its first and last day.
APART: list[tuple[str, str, EventType, dict[str, tuple[str, str]]]] = [
    (
        "2013-04-11",
        "Talks between Peru and Chile were held in Oslo last October and in Havana in November.",
        "CONSULT",
        {"Oslo": ("2012-10-01", "2012-10-31"), "Havana": ("2012-11-01", "2012-11-30")},
    ),
    (
        "2019-05-16",
        "Protesters marched in Khartoum on Monday, in Omdurman on Tuesday and in Kassala on "
        "Wednesday.",
        "PROTEST",
        {
            "Khartoum": ("2019-05-13", "2019-05-13"),
            "Omdurman": ("2019-05-14", "2019-05-14"),
            "Kassala": ("2019-05-15", "2019-05-15"),
        },
    ),
    (
        "2021-03-04",
        "Police arrested 30 people in Lima on Monday and 12 in Cusco on Wednesday.",
        "COERCE",
        {"Lima": ("2021-03-01", "2021-03-01"), "Cusco": ("2021-03-03", "2021-03-03")},
    ),
    (
        "2021-03-04",
        "Peru and Chile met in Mexico City on Monday and in Addis Ababa on Wednesday.",
        "CONSULT",
        {"Mexico City": ("2021-03-01",) * 2, "Addis Ababa": ("2021-03-03",) * 2},
    ),
]

# Told of one happening, or by two words: nothing is told apart.
ALONE: list[tuple[str, EventType]] = [
    ("Peru and Chile held talks in Geneva on Monday and Tuesday.", "CONSULT"),
    ("Clashes were reported in Goma, Sake and Bukavu on Monday.", "ASSAULT"),
    ("A bomb went off in Quetta on Sunday evening and wounded ten.", "ASSAULT"),
    ("Gunmen shot four people in Quetta on Sunday and fled to Karachi on Monday.", "ASSAULT"),
    ("The army shelled Goma on Monday, the mayor of Sake said on Tuesday.", "ASSAULT"),
    ("Police arrested 30 people in Lima on Monday and freed them in Cusco on Friday.", "COERCE"),
]


def told(mentions: Sequence[Mention], type_: EventType) -> dict[str, tuple[str, str]]:
    """Return place -> its days, of the mentions of a type."""
    return {
        place.name: (str(mention.when.start), str(mention.when.end))
        for mention in mentions
        if mention.type == type_ and mention.when is not None
        for place in mention.where
    }


@pytest.mark.parametrize("case", APART, ids=lambda case: case[1][:50])
def test_each_place_has_its_day(
    bench: Bench, case: tuple[str, str, EventType, dict[str, tuple[str, str]]]
) -> None:
    """A place beside a day, and another one beside another, are two happenings."""
    published, text, type_, wanted = case
    mentions = bench.code(text, given=date.fromisoformat(published)).mentions
    assert told(mentions, type_) == wanted
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.start <= mention.trigger[0] < mention.trigger[1] <= mention.end
    assert len({mention.id for mention in mentions}) == len(mentions)


def test_each_has_its_own_figure(bench: Bench) -> None:
    """The number behind "and" counts those of the second place."""
    text = "Police arrested 30 people in Lima on Monday and 12 in Cusco on Wednesday."
    mentions = bench.code(text, given=date(2021, 3, 4)).mentions
    figures = {m.where[0].name: [count.best for count in m.counts] for m in mentions if m.where}
    assert figures == {"Lima": [30], "Cusco": [12]}


def test_a_sum_is_not_told_apart(bench: Bench) -> None:
    """Of a toll over two days nobody can say whose it is: one telling holds both."""
    text = "Raids on Goma on Sunday and on Sake on Monday left ten people dead."
    mentions = bench.code(text, given=date(2021, 3, 4)).mentions
    tolls = [count.best for m in mentions for count in m.counts if count.what == "killed"]
    assert set(tolls) <= {10}
    assert len([m for m in mentions if m.counts and m.where]) <= 1


@pytest.mark.parametrize(("text", "type_"), ALONE, ids=lambda case: case[:40])
def test_one_happening_stays_one(bench: Bench, text: str, type_: EventType) -> None:
    """Two days of one town, two towns of one day, and what another verb tells."""
    mentions = bench.code(text, given=date(2021, 3, 4)).mentions
    days = {m.when.start for m in mentions if m.type == type_ and m.when and m.where}
    assert len(days) <= 1
