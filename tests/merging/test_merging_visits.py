"""Who takes part in a meeting of which one report tells as a visit to the country that it is in."""

from __future__ import annotations

import pytest
from tellings import ARDEN, BELMAR, CORVIA, both, day, party

from parley.merging.taking_part import join_participants
from parley.model import Mention, Participant, Place, When

DAY = day("2031-05-14")
PORTO = Place(name="Porto Alto", country=CORVIA[1], lat=1.0, lon=2.0, precision="city")


def told(name: str, *who: Participant, mode: str | None = None, when: When = DAY) -> Mention:
    """Return a telling of the meeting in Porto Alto, a town of Corvia."""
    return Mention(
        id=f"m{name}",
        report=f"r{name}",
        start=0,
        end=4,
        text="They",
        trigger=(0, 4),
        type="CONSULT",
        mode=mode,
        status="happened",
        when=when,
        where=(PORTO,) if mode is None else (),
        participants=who,
    )


def names(*mentions: Mention) -> set[str]:
    """Return who takes part."""
    return {who.name for who in join_participants(mentions, direction="mutual")}


VISIT = told("visit", party(ARDEN), party(CORVIA, "recipient"), mode="visit")


def test_the_country_that_one_travels_to_is_no_party_to_the_meeting_of_two_others() -> None:
    """Arden and Belmar meet in a town of Corvia; "he would travel to Corvia" tells no third."""
    assert names(told("met", *both()), VISIT) == {ARDEN[0], BELMAR[0]}


@pytest.mark.parametrize(
    "others",
    [
        (told("met", party(ARDEN)),),
        (told("met", *both()), told("too", party(ARDEN), party(CORVIA))),
        (),
    ],
)
def test_who_is_visited_takes_part_where_another_says_so_or_nobody_else_does(
    others: tuple[Mention, ...],
) -> None:
    """A visit alone is to the country, and one that meets its guests is a party."""
    assert CORVIA[0] in names(*others, VISIT)
