"""Accords: an agreement that is named by its town is the one that was signed there."""

from __future__ import annotations

import pytest
from tellings import ARDEN, BELMAR, CORVIA, LUMEN, PORTO, Page, day, party, window

from parley.merging import merge
from parley.merging.accords import is_known_by_town

PARTIES = (party(ARDEN, "signatory"), party(BELMAR, "signatory"))
LAST_MONTH = window("2023-05-01", "2023-05-31", "month")


def _signed(town=LUMEN, on="2023-05-20"):
    page = Page(f"signed {town.name}", on)
    page.tell(
        "AGREE",
        f"Arden and Belmar signed a ceasefire agreement in {town.name} on Saturday",
        trigger="signed",
        salient=["ceasefire"],
        when=day(on),
        where=[town],
        who=PARTIES,
    )
    return page


def _named(words, trigger, *, town=LUMEN, when=None, on="2023-06-09"):
    """Return a report in which one who has no part in it speaks of an accord."""
    page = Page(f"{words} {town.name}", on)
    page.tell(
        "AGREE",
        words,
        trigger=trigger,
        when=when,
        where=[town],
        who=[party(CORVIA)],
        background=True,
        end="",
    )
    return page


def _events(*pages):
    outcome = merge(
        [mention for page in pages for mention in page.mentions],
        reports={page.id: page.report() for page in pages},
    )
    return sorted(len(event.mentions) for event in outcome.events)


@pytest.mark.parametrize(
    ("words", "trigger", "when"),
    [
        ("the Lumen agreement", "agreement", None),
        ("the Lumen peace accord", "accord", None),
        ("signed in Lumen last month", "signed", LAST_MONTH),
    ],
)
def test_it_is_the_one_signed_there(words, trigger, when) -> None:
    """Whoever else stands beside it, "the Lumen agreement" is what was signed in Lumen."""
    named = _named(words, trigger, when=when)
    assert is_known_by_town(named.mentions[0])
    assert _events(_signed(), named) == [2]


def test_who_speaks_of_it_is_no_party() -> None:
    """The event has those who signed, and not who is told to break it beside its name."""
    pages = [_signed(), _named("the Lumen agreement", "agreement")]
    told = [mention for page in pages for mention in page.mentions]
    (event,) = merge(told, reports={page.id: page.report() for page in pages}).events
    assert {participant.name for participant in event.participants} == {"Arden", "Belmar"}


@pytest.mark.parametrize(
    ("words", "trigger"),
    [
        ("the Porto Alto agreement", "agreement"),
        ("agreement was discussed at length in Porto Alto", "agreement"),
    ],
)
def test_it_is_none_of_another_town(words, trigger) -> None:
    """An accord of one town is not that of another, nor is what is only spoken of there."""
    assert _events(_signed(), _named(words, trigger, town=PORTO)) == [1, 1]


def test_it_is_none_that_comes_later_or_is_long_past() -> None:
    """What was signed after it was spoken of, or years before, is another accord of the town."""
    named = _named("the Lumen agreement", "agreement")
    assert _events(_signed(on="2023-06-20"), named) == [1, 1]
    assert _events(_signed(on="2019-05-20"), named) == [1, 1]


def test_a_town_where_it_is_spoken_of_names_none() -> None:
    """Only straight beside its noun, or after the word for signing, a town names an accord."""
    named = _named("the mediators in Lumen praised the agreement", "agreement")
    assert not is_known_by_town(named.mentions[0])
