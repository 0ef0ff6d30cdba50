"""Which day a happening is of, where its sentence tells several, and who is of a delegation."""

from __future__ import annotations

from datetime import date

import pytest
from coded import DAY, Bench

# The day of the report, what it says, a type, and the first and last day of it there.
TOLD = [
    # The day at the head of a log's entry is none to come, though it is told in the present.
    (
        "2003-12-02",
        "1 Dec Soldiers leave the camp at Gao.",
        "RETREAT",
        ("2003-12-01", "2003-12-01"),
    ),
    # The day behind what somebody is accused of is of the deed, not of the charge.
    (
        "2024-06-26",
        "He accused UNITA of shelling Huambo airport on Tuesday night.",
        "ASSAULT",
        ("2024-06-25", "2024-06-25"),
    ),
    (
        "2024-06-26",
        "He accused UNITA of shelling Huambo airport on Tuesday night.",
        "ACCUSE",
        ("2024-06-26", "2024-06-26"),
    ),
    # How those who were killed came to harm is of their day.
    (
        "2024-06-26",
        "On 20 June three soldiers were killed and five wounded when their car hit a mine in Gao.",
        "ASSAULT",
        ("2024-06-20", "2024-06-20"),
    ),
    # The day from which a truce is to hold is not that on which it was agreed.
    (
        "2024-06-26",
        "On Tuesday Peru and Ecuador agreed to a ceasefire that takes effect on Friday.",
        "AGREE",
        ("2024-06-25", "2024-06-25"),
    ),
    (
        "2024-06-26",
        "Peru and Ecuador agreed on a truce from 1 July.",
        "AGREE",
        ("2024-06-26", "2024-06-26"),
    ),
    # What has begun was agreed by then.
    (
        "2024-06-26",
        "Peru and Ecuador agreed on a truce that began on 21 June.",
        "AGREE",
        ("2024-06-21", "2024-06-21"),
    ),
    # The day of the clause that says how an accord came about, not of its breaking down.
    (
        "2024-06-26",
        "The ceasefire that China had stitched together in January broke down on Tuesday.",
        "AGREE",
        ("2024-01-01", "2024-01-31"),
    ),
    # What something else came two days after, on the day that it has itself.
    (
        "2024-06-26",
        "The armies exchanged fire on Tuesday, two days after Peru and Ecuador signed an accord on "
        "June 23.",
        "AGREE",
        ("2024-06-23", "2024-06-23"),
    ),
    # A plan that was kept on another day.
    (
        "2024-06-26",
        "The talks that Qatar had planned for Monday with Peru and Chile were held on Tuesday.",
        "CONSULT",
        ("2024-06-25", "2024-06-25"),
    ),
    # A day that stands before its clause, and how long what is told there took.
    (
        "2024-06-26",
        "Peru and Chile edged closer on Sunday, when they spent three hours at a table in Doha.",
        "CONSULT",
        ("2024-06-23", "2024-06-23"),
    ),
    # "Since" is of the war, and the year is the war's: it did not go on from then on.
    (
        "2024-06-26",
        "It was the deadliest clash since last year's war.",
        "ASSAULT",
        ("2023-01-01", "2023-12-31"),
    ),
    # Two days told in one breath.
    (
        "2024-01-12",
        "Peru and Chile met on Wednesday and Thursday.",
        "CONSULT",
        ("2024-01-10", "2024-01-11"),
    ),
    # What is protested against lies behind; the town's fall is no autumn.
    (
        "2025-01-28",
        "Demonstrators angry against the fall of Goma attacked embassies in Kinshasa on Monday.",
        "ASSAULT",
        ("2025-01-27", "2025-01-27"),
    ),
    # What is accepted, not what is proposed; and the day counted back from it.
    (
        "2023-09-20",
        "Peru accepted a ceasefire proposed by Chile today, two days after Bolivia unleashed an "
        "assault on the border.",
        "AGREE",
        ("2023-09-20", "2023-09-20"),
    ),
    (
        "2023-09-20",
        "Peru accepted a ceasefire proposed by Chile today, two days after Bolivia unleashed an "
        "assault on the border.",
        "ASSAULT",
        ("2023-09-18", "2023-09-18"),
    ),
]


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case[1][:60])
def test_the_day_is_the_happening_s_own(
    bench: Bench, case: tuple[str, str, str, tuple[str, str]]
) -> None:
    """Of the happenings of the type that have a day, all have the day that a reader gives them."""
    written, text, kind, days = case
    whens = [
        m.when
        for m in bench.code(text, given=date.fromisoformat(written)).mentions
        if m.type == kind and m.when is not None
    ]
    assert {(f"{when.start}", f"{when.end}") for when in whens} == {days}


def test_who_leads_a_delegation_takes_part(bench: Bench) -> None:
    """One meeting: "A delegation led by X met rebels" is of X and the rebels."""
    text = "A delegation headed by President Salva Kiir held talks with rebels on Friday."
    (meeting,) = bench.code(text, given=date.fromisoformat("2024-01-13")).mentions
    assert {(p.name, p.role) for p in meeting.participants} == {
        ("South Sudan", "actor"),
        ("rebels", "actor"),
    }
    assert [person.name for p in meeting.participants for person in p.people] == ["Salva Kiir"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The attempt at a summit of Peru and Chile on 7 June was cancelled.", "called_off"),
        ("Talks between Peru and Chile were not held on Monday.", "called_off"),
        (
            "A summit of Peru and Chile, which Spain had hoped to host in May, never came about.",
            "called_off",
        ),
        ("Talks between Peru and Chile were held on Monday.", "happened"),
    ],
)
def test_a_meeting_that_was_not_held_was_called_off(bench: Bench, text: str, status: str) -> None:
    """The outlet that says so denies no claim: nobody met."""
    assert {
        m.status
        for m in bench.code(text, given=date.fromisoformat("2024-06-26")).mentions
        if m.type == "CONSULT"
    } == {status}


def test_who_hears_shots_fires_none(bench: Bench) -> None:
    """Neighbours are no attackers, and those at a funeral hold no talks."""
    (heard,) = bench.code("Neighbours heard four shots on Monday night.").mentions
    assert heard.participants == ()
    assert not bench.code("Hundreds attended the funeral of the victims on Monday.").mentions


def test_whoever_is_put_on_a_list_is_sanctioned(bench: Bench) -> None:
    """The list and its owner are no recipients."""
    text = "The European Union put two Rwandan commanders on its sanctions list on Monday."
    (told,) = bench.code(text).mentions
    assert told.type == "SANCTION"
    assert [(p.name, p.role) for p in told.participants] == [
        ("European Union", "actor"),
        ("Rwanda", "recipient"),
    ]


def test_what_is_said_in_the_present_is_said_as_the_report_is_written(bench: Bench) -> None:
    """'The ministry denies it': on the day of the report, not on that of the deed it denies."""
    coded = bench.code(
        "Mali denies the reports. No soldier was killed in the clash near Gao on 12 March."
    )
    (denial,) = coded.told("REJECT")
    assert denial.when is not None
    assert denial.when.start == DAY


def test_the_day_of_a_dateline_is_no_deeds(bench: Bench) -> None:
    """'Belgrade, 1 April - ... yesterday attacked': the attack is of yesterday."""
    text = "Belgrade, 1 April - Peru yesterday attacked the army of Chile at Arica."
    (attack,) = bench.code(text, given=date(2024, 4, 1)).told("ASSAULT")
    assert attack.when is not None
    assert attack.when.start == date(2024, 3, 31)
