"""Which deeds keep a point of an agreement, though no report says so."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace
from tellings import Page, both, day

from parley.merging import merge, told_of_provisions
from parley.model import EventType, Participant, Provision

POINTS = {
    "Arden is to free 16 men who were taken in May": "detainees",
    "its army is to pull back from the villages of Tolm and Sarn": "withdrawal",
    "lorries of flour are let into the valley": "aid",
    "neither side is to move troops into the Mirna gorge": "security",
}


def followed(
    type_: EventType,
    mode: str | None,
    text: str,
    on: str,
    who: Sequence[Participant] = both()[:1],
) -> dict[int, list[str]]:
    """Merge an agreement of 9 November 2031 and a deed; return what is told of which point."""
    signed, later = Page("signed", "2031-11-10"), Page("later", on)
    told = signed.tell(
        "AGREE",
        "Arden and Belmar signed an agreement in Quell",
        when=day("2031-11-09"),
        who=both("signatory"),
    )
    points = tuple(Provision(text=text, topics=(topic,)) for text, topic in POINTS.items())
    later.tell(type_, text, when=day(on), who=who, mode=mode)
    merged = merge(
        [replace(told, provisions=points), *later.mentions],
        reports={page.id: page.report() for page in (signed, later)},
    )
    agreement = next(event for event in merged.events if event.provisions)
    found = told_of_provisions(agreement, merged.links)
    return {point: [link.relation for link in links] for point, links in found.items()}


@pytest.mark.parametrize(
    ("type_", "mode", "text", "point"),
    [
        # By the number of those who are let go.
        ("RETREAT", "release", "Sixteen captives walked out of the jail of Arden", 0),
        # By the place.
        ("RETREAT", "withdraw", "Engineers of Arden left their post in Sarn", 1),
        # By what is brought, whoever brings it.
        ("AID", None, "The first lorries in a year rolled in from Arden", 2),
    ],
)
def test_a_deed_of_the_kind_of_a_point_keeps_it(
    type_: EventType, mode: str | None, text: str, point: int
) -> None:
    """What is done is of the point's kind, and one thing that it is done to is the point's."""
    assert followed(type_, mode, text, "2031-11-20") == {point: ["implements"]}


def test_what_one_side_is_to_do_the_other_does_not_keep() -> None:
    """Rebels who leave a village do not keep a point by which the army is to."""
    rebels = Participant(name="Rebels of Arden", kind="armed_group", country=None, role="actor")
    text = "Rebels left the village of Sarn"
    assert followed("RETREAT", "withdraw", text, "2031-11-20", who=(rebels,)) == {}


def test_troops_where_none_may_go_break_a_point() -> None:
    """A deployment breaks the point that forbids it, and keeps none."""
    text = "Two companies of Arden moved into the Mirna gorge"
    assert followed("MOBILIZE", "troops", text, "2031-11-20") == {3: ["violates"]}


@pytest.mark.parametrize(
    ("type_", "mode", "text", "on"),
    [
        # Others are let go, and not so many.
        ("RETREAT", "release", "Rebels of Arden let a pilot go", "2031-11-20"),
        # Half a year later another lorry is no news of the agreement.
        ("AID", None, "Lorries rolled in from Arden", "2032-06-20"),
    ],
)
def test_a_deed_of_the_kind_alone_keeps_nothing(
    type_: EventType, mode: str | None, text: str, on: str
) -> None:
    """The kind of a deed alone does not make it one that was agreed."""
    assert followed(type_, mode, text, on) == {}
