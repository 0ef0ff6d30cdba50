"""What later reports say of an agreement's provisions."""

from __future__ import annotations

from tellings import ARDEN, Page, both, day, party

from parley.merging import Merged, merge, told_of_provisions
from parley.model import Event, LinkCue, Relation


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
