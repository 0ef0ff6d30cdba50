"""One point of an agreement, told by several reports in words of their own, stands once."""

from __future__ import annotations

import pytest
from tellings import Page, both, day

from parley.merging import merge
from parley.model import Event, Provision

SAME = [
    ("The government will release 40 prisoners within ten days", "to release 40 prisoners"),
    ("RED will withdraw its fighters from the Kibira forest by 30 April",
     "the withdrawal of RED fighters from the Kibira forest"),
    ("the opening of corridors for aid", "the opening of corridors for aid workers"),
    ("both parties will observe a truce from April 12", "a truce starting on 12 April"),
    ("A joint verification mission headed by Ghana will be deployed by May 9",
     "a joint verification mission led by Ghana, to be in place by 9 May"),
]  # fmt: skip
APART = [
    ("The government will release 40 prisoners", "The government will release 60 prisoners"),
    ("The army will withdraw from the northern towns", "Rebels will withdraw from northern towns"),
    (
        "to allow patrols along the northern border",
        "not to allow patrols along the northern border",
    ),
    ("both parties will observe a truce from April 12", "both will hold elections from April 12"),
    ("the return of refugees to the valley", "the return of the airport in the capital"),
]


def _event(*pages: Page) -> Event:
    (event,) = merge(
        [mention for page in pages for mention in page.mentions],
        reports={page.id: page.report() for page in pages},
    ).events
    return event


def _agreed(*texts: str) -> tuple[Provision, ...]:
    pages = []
    for at, text in enumerate(texts):
        page = Page(f"report{at}", f"2023-05-{17 + at}")
        page.tell("AGREE", "Agreed", when=day("2023-05-16"), who=both(), provisions=[text])
        pages.append(page)
    return _event(*pages).provisions


@pytest.mark.parametrize(("one", "two"), SAME)
def test_one_point_in_two_wordings(one: str, two: str) -> None:
    """Two wordings of a point are one, in the longer words, whichever is printed first."""
    for texts in ((one, two), (two, one)):
        (found,) = _agreed(*texts)
        assert found.text == max(texts, key=len)
        assert found.mentions == (0, 1)


@pytest.mark.parametrize(("one", "two"), APART)
def test_two_points_alike(one: str, two: str) -> None:
    """A number, who is to act, a "not" and another matter set two points apart."""
    for texts in ((one, two), (two, one)):
        assert {found.text for found in _agreed(*texts)} == {one, two}


def test_points_of_one_report_are_their_own() -> None:
    """A report that lists two points in like words means two."""
    page = Page("one", "2023-05-17")
    page.tell(
        "AGREE",
        "Agreed",
        when=day("2023-05-16"),
        who=both(),
        provisions=[
            "to exchange wounded prisoners in May",
            "to exchange civilian prisoners in May",
        ],
    )
    event = _event(page)
    assert len(event.provisions) == 2
    assert [found.mentions for found in event.provisions] == [(0,), (0,)]
