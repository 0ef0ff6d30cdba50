"""What later reports say of an agreement's provisions."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace
from tellings import ARDEN, Page, both, day, party

from parley.merging import Merged, merge, told_of_provisions
from parley.model import Event, EventType, LinkCue, Provision, Relation


def told(*deeds: tuple[Relation, str]) -> tuple[Merged, Event]:
    """Merge an agreement with two provisions and, a week later, deeds that keep or break it."""
    signed, later = Page("signed", "2031-11-10"), Page("later", "2031-11-20")
    signed.tell(
        "AGREE",
        "Arden and Belmar signed an agreement",
        when=day("2031-11-09"),
        who=both("signatory"),
        provisions=["to exchange all prisoners of war", "to withdraw troops from the valley"],
    )
    recalled = later.tell(
        "AGREE",
        "The agreement of November 9",
        when=day("2031-11-09"),
        who=both("signatory"),
        background=True,
    )
    for number, (relation, text) in enumerate(deeds):
        later.tell(
            "RETREAT" if relation == "implements" else "ASSAULT",
            text,
            when=day(f"2031-11-{18 + number}"),
            who=[party(ARDEN)],
            links=[LinkCue(relation=relation, mention=recalled.id)],
        )
    outcome = merge(
        [*signed.mentions, *later.mentions],
        reports={page.id: page.report() for page in (signed, later)},
    )
    return outcome, next(event for event in outcome.events if event.provisions)


def test_each_provision_has_what_is_said_of_it() -> None:
    """A withdrawal keeps one provision, the keeping back of prisoners breaks the other."""
    outcome, agreement = told(
        ("implements", "Arden began the withdrawal of its troops"),
        ("violates", "Arden shot two of the prisoners"),
    )
    found = told_of_provisions(agreement, outcome.links)
    assert {index: [link.relation for link in links] for index, links in found.items()} == {
        0: ["violates"],
        1: ["implements"],
    }


def test_what_fits_no_provision_is_of_the_agreement() -> None:
    """Shelling breaks the agreement as a whole; words that every deal has fit nothing."""
    outcome, agreement = told(("violates", "Arden shelled a town under the agreement with Belmar"))
    assert list(told_of_provisions(agreement, outcome.links)) == [-1]


def test_links_of_other_events_are_passed_over() -> None:
    """Without a link to the agreement nothing is told of its provisions."""
    _, agreement = told()
    other, _ = told(("violates", "Arden shot prisoners"))
    elsewhere = [link for link in other.links if link.to != agreement.id]
    assert told_of_provisions(agreement, elsewhere) == {}


def after(type_: EventType, text: str, on: str = "2031-11-18") -> list[Relation]:
    """Merge the agreement with a deed that another report tells in these words, tied to nothing."""
    signed, later = Page("signed", "2031-11-10"), Page("later", "2031-11-20")
    signed.tell(
        "AGREE",
        "Arden and Belmar signed an agreement",
        when=day("2031-11-09"),
        who=both("signatory"),
        provisions=[
            "the bridge of Dorn is opened to traders",
            "no guns are taken to the market",
            "the officers meet in Dorn every week",
            "to speed up the talks on the frontier in a meeting of ministers",
        ],
    )
    later.tell(type_, text, when=day(on), who=[party(ARDEN)])
    outcome = merge(
        [*signed.mentions, *later.mentions],
        reports={page.id: page.report() for page in (signed, later)},
    )
    return [link.relation for link in outcome.links]


@pytest.mark.parametrize(
    ("type_", "text", "relations"),
    [
        ("COOPERATE", "Arden reopened the bridge at Dorn for traders", ["implements"]),
        ("COERCE", "Arden closed the bridge of Dorn to all traders", []),
        ("ASSAULT", "Men of Arden brought guns to the market and fired", ["violates"]),
        ("RETREAT", "Arden took its guns from the market", []),
        ("COOPERATE", "Arden opened a school", []),
        ("CONSULT", "The officers of Arden met in Dorn", ["implements"]),
        ("CONSULT", "Ministers of Arden held talks on the frontier", []),
    ],
)
def test_a_deed_in_the_words_of_a_point_keeps_or_breaks_it(
    type_: EventType, text: str, relations: list[Relation]
) -> None:
    """Without a word of the agreement it does, but for what only shares a word with it."""
    assert after(type_, text) == relations


def test_a_deed_before_an_agreement_does_not_keep_it() -> None:
    """Nor does one that comes years later: by then it is done for another reason."""
    text = "Arden reopened the bridge at Dorn for traders"
    assert after("COOPERATE", text, on="2031-11-02") == []
    assert after("COOPERATE", text, on="2034-11-02") == []


def test_of_two_points_the_one_is_meant_of_which_more_is_told() -> None:
    """A deed with as many words of both is of the shorter: most of that is told."""
    outcome, agreement = told(("implements", "Arden withdrew troops and exchanged a list"))
    assert list(told_of_provisions(agreement, outcome.links)) == [1]


def test_a_deed_keeps_the_one_agreement_of_which_most_is_told() -> None:
    """Of two agreements whose points have its words it keeps the one that tells more of it."""
    pages = Page("old", "2031-10-10"), Page("new", "2031-11-10"), Page("later", "2031-11-20")
    old, new, later = pages
    for page, on, point in (
        (old, "2031-10-09", "the bridge of Dorn is opened to traders on market days"),
        (new, "2031-11-09", "the bridge is opened to all"),
    ):
        text = f"Arden and Belmar signed an agreement on {on}"
        page.tell("AGREE", text, when=day(on), who=both("signatory"), provisions=[point])
    text = "Arden reopened the bridge at Dorn for traders"
    later.tell("COOPERATE", text, when=day("2031-11-18"), who=[party(ARDEN)])
    outcome = merge(
        [mention for page in pages for mention in page.mentions],
        reports={page.id: page.report() for page in pages},
    )
    first = min((e for e in outcome.events if e.provisions), key=lambda event: str(event.when))
    assert [(link.relation, link.to) for link in outcome.links] == [("implements", first.id)]


def test_a_deed_is_rather_of_a_point_of_its_kind() -> None:
    """Guns brought to an officer are of the point on guns, not of that on officers in camps."""
    points = [("men gather in camps before officers of Arden", "monitoring")]
    points.append(("heavy weapons go into containers", "disarmament"))
    told_alone, told_with_deeds = _meant(
        "implements", "Officers of the camps took nine howitzers", points, mode="disarm"
    )
    assert (told_alone, told_with_deeds) == ([0], [1])


def test_an_attack_breaks_the_ceasefire_and_not_whom_it_names() -> None:
    """Fighters who clash break the ceasefire, though the next point names fighters."""
    points = [("a ceasefire from Tuesday", "ceasefire")]
    points.append(("the demobilisation of fighters", "disarmament"))
    told_alone, told_with_deeds = _meant(
        "violates", "Fighters of Arden clashed with Belmar", points, type="ASSAULT"
    )
    assert (told_alone, told_with_deeds) == ([1], [0])


def _meant(
    relation: Relation, text: str, points: Sequence[tuple[str, str]], **deed: str
) -> tuple[list[int], list[int]]:
    """Return of which points a link is, by its words alone and with the deed at hand."""
    outcome, agreement = told((relation, text))
    provisions = tuple(Provision(text=point, topics=(topic,)) for point, topic in points)
    agreement = replace(agreement, provisions=provisions)
    deeds = {event.id: replace(event, **deed) for event in outcome.events}
    return (
        list(told_of_provisions(agreement, outcome.links)),
        list(told_of_provisions(agreement, outcome.links, deeds)),
    )
