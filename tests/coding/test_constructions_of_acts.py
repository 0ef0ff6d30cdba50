"""Who did what to whom, in the constructions in which the press tells it, and what tells nothing.

A line of `constructions/sides.tsv`, `acts.tsv` and `words.tsv` has what is told before, a sentence
and one happening that a reader takes from it; the first lines name the columns.  A party is
written as its country's code where it is a state, else as a part of its name in small letters;
`/` parts what is as good, `+` several parties, `?` stands where nothing is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from coded import Bench

from parley.model import Mention, Participant

_FOLDER = Path(__file__).parent / "constructions"
_WRITTEN = date(2015, 6, 10)
# What is told before: nothing, of a state and its rebels, of a state that no list has; so of a
# second pair each.
_BEFORE = {
    "none": "ACCRA, June 10, 2015 (Wire) - ",
    "rebels": (
        "VOINJAMA, Liberia, June 10, 2015 (Wire) - The government of Liberia and the United Front "
        "for the Liberation of Lofa (UFLL), a rebel group, have been at war since March.\n\n"
    ),
    "unknown": (
        "MARAN, Zambaria, June 10, 2015 (Wire) - Zambaria's government has been fighting the "
        "Movement for a Free Ozuri in the eastern province of Ozuri for three years.\n\n"
    ),
    "movement": (
        "LUANDA, June 10, 2015 (Wire) - The government of Angola and the rebel movement UNITA have "
        "been at war for most of the time since 1975.\n\n"
    ),
    "highlands": (
        "PORT ELDRA, Corvanna, June 10, 2015 (Wire) - The government of Corvanna has been fighting "
        "the Tamsin Liberation Army (TLA), a rebel group, in the highlands since 2009.\n\n"
    ),
}
_BOTH = " & "
_REAL = ("happened", "ongoing", "alleged")


def rows(name: str) -> list[list[str]]:
    """Return the columns of each line of a table."""
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def told(bench: Bench, before: str, text: str) -> Iterator[Mention]:
    """Yield what a sentence tells behind what was told before."""
    lead = _BEFORE[before]
    for mention in bench.code(f"{lead}{text}\n", given=_WRITTEN).mentions:
        if mention.trigger[0] >= len(lead):
            yield mention


def is_called(party: Participant, asked: str) -> bool:
    """Tell whether a party is a state of that code, or has that in its name."""
    if asked.isupper():
        return party.country == asked and party.kind not in ("armed_group", "population")
    names = (party.name, *(person.name for person in party.people))
    return any(asked in name.lower() for name in names)


def are(parties: Iterable[Participant], asked: str) -> bool:
    """Tell whether these are the parties that are asked, each of them and no other."""
    left = list(parties)
    if asked == "?":
        return True
    for one in () if asked == "nobody" else asked.split("+"):
        found = [p for p in left if any(is_called(p, name) for name in one.split("/"))]
        if not found and "?" not in one.split("/"):
            return False
        left = [party for party in left if party not in found]
    return not left


def fits(mention: Mention, row: list[str]) -> bool:
    """Tell whether a mention is the happening that a line asks."""
    _, _, types, statuses, day, doers, sufferers, place, count = row
    start = f"{mention.when.start}" if mention.when is not None else ""
    acting = [p for p in mention.participants if p.role in ("actor", "signatory")]
    suffering = [p for p in mention.participants if p.role in ("recipient", "victim")]
    if _BOTH in doers:
        sides = are([*acting, *suffering], doers.replace(_BOTH, "+"))
    else:
        sides = are(acting, doers) and are(suffering, sufferers)
    what, _, figure = count.partition("=")
    counted = [(c.what, each) for c in mention.counts for each in (c.low, c.best, c.high)]
    return (
        mention.type in types.split("/")
        and mention.status in statuses.split("/")
        and (day == "?" or start.startswith(f"2015-{day}"))
        and sides
        and (place == "?" or any(place in where.name for where in mention.where))
        and (count == "?" or (what, int(figure)) in counted)
    )


@pytest.mark.parametrize("row", rows("sides.tsv"), ids=lambda row: row[1][:70])
def test_who_did_it_to_whom_is_told(bench: Bench, row: list[str]) -> None:
    """Rebels, fronts, armies, their units and spokesmen do and suffer as their sides."""
    mentions = list(told(bench, row[0], row[1]))
    assert any(fits(mention, row) for mention in mentions), mentions


@pytest.mark.parametrize("row", rows("acts.tsv"), ids=lambda row: row[1][:70])
def test_an_act_without_a_plain_verb_is_told(bench: Bench, row: list[str]) -> None:
    """Releases, returns, openings, withdrawals, recalls and sanctions have their day and sides."""
    mentions = list(told(bench, row[0], row[1]))
    assert any(fits(mention, row) for mention in mentions), mentions


@pytest.mark.parametrize("row", rows("words.tsv"), ids=lambda row: f"{row[2]} {row[1][:70]}")
def test_what_is_said_of_a_deed_is_told(bench: Bench, row: list[str]) -> None:
    """Who accuses, denies, asks, threatens or owns to it does, and the deed has its status."""
    mentions = list(told(bench, row[0], row[1]))
    assert any(fits(mention, row) for mention in mentions), mentions


@pytest.mark.parametrize("row", rows("nothing.tsv"), ids=lambda row: row[1][:70])
def test_what_is_no_event_is_not_told(bench: Bench, row: list[str]) -> None:
    """Plans, failures, conditions, idioms, sport, films and lasting states tell no such deed."""
    mentions = list(told(bench, row[0], row[1]))
    if row[2] == "none":
        assert not mentions
    else:
        never = row[2].removeprefix("!")
        assert not [m for m in mentions if m.type == never and m.status in _REAL]
