"""Agreements that are named as known, and meetings of several days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from coded import DAY, Bench

from parley.model import Mention

MONDAY = DAY - timedelta(days=DAY.weekday())


def agreements(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the agreements among mentions."""
    return [mention for mention in mentions if mention.type == "AGREE"]


@pytest.mark.parametrize(
    "text",
    [
        "Chad released 12 Libyan prisoners on Monday under the agreement.",
        "Chad withdrew its troops from Libya on Monday in line with the accord.",
        "Chadian troops shelled a Libyan village on Monday in breach of the truce.",
        "Chadian troops broke the ceasefire with Libya on Monday by shelling a village.",
        "As agreed last month, Chad released 12 Libyan prisoners on Monday.",
    ],
)
def test_an_agreement_that_is_kept_or_broken_is_no_news(bench: Bench, text: str) -> None:
    """What is named as known is recalled: it is not of the day on which it is kept or broken."""
    found = agreements(bench.code(text).mentions)
    assert found
    for mention in found:
        assert mention.known
        assert mention.background
        assert mention.when is None or (mention.when.end or date.max) < MONDAY


def test_the_day_of_an_accord_is_its_own(bench: Bench) -> None:
    """'The agreement of 3 March' is of that day, not of the day on which it was kept."""
    text = "Chad released 12 Libyan prisoners on Monday under the agreement of 3 March 2024."
    found = agreements(bench.code(text).mentions)
    assert [mention.when and mention.when.start for mention in found] == [date(2024, 3, 3)]


def test_it_is_the_one_that_the_report_tells_as_made(bench: Bench) -> None:
    """'The deal' has the parties and the day of the one told before, whoever keeps it."""
    text = (
        "Peru and Ecuador signed a peace deal in Lima on Monday. Under the deal, an aid agency "
        "delivered food to Loja."
    )
    made, named = agreements(bench.code(text).mentions)
    assert named.when == made.when
    assert not named.known
    assert {p.name for p in named.participants} == {"Peru", "Ecuador"}


@pytest.mark.parametrize(
    "text",
    [
        "Peru and Ecuador signed the agreement in Lima on Monday.",
        "Peru and Ecuador reached a truce on Monday.",
        "The truce between Peru and Ecuador was signed on Monday.",
    ],
)
def test_the_making_of_an_agreement_is_news(bench: Bench, text: str) -> None:
    """What is signed or reached is made on that day, definite or not."""
    found = agreements(bench.code(text).mentions)
    assert [m.when and m.when.start for m in found] == [MONDAY]
    assert not any(mention.known for mention in found)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Two-day talks between Peru and Ecuador ended in Lima on Monday.", (-1, 0)),
        ("Peru and Ecuador opened two days of talks in Lima on Monday.", (0, 1)),
        ("Three days of talks between Peru and Ecuador came to an end on Monday.", (-2, 0)),
    ],
)
def test_talks_of_several_days_have_all_of_them(
    bench: Bench, text: str, days: tuple[int, int]
) -> None:
    """The day on which talks of a told length began or ended tells the others."""
    (mention,) = (m for m in bench.code(text).mentions if m.type == "CONSULT")
    assert mention.when is not None
    assert mention.when.end is not None
    told = (mention.when.start - MONDAY).days, (mention.when.end - MONDAY).days
    assert told == days


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The talks between Peru and Ecuador are due to start on 30 May.", "scheduled"),
        (
            "The talks between Peru and Ecuador had been due to start on Monday but were "
            "postponed.",
            "called_off",
        ),
    ],
)
def test_what_is_due_is_ahead_or_fell_through(bench: Bench, text: str, status: str) -> None:
    """Talks that are due are scheduled; had they been due, they were called off."""
    assert {m.status for m in bench.code(text).mentions if m.type == "CONSULT"} == {status}


def test_who_meets_with_others_as_mediator_is_one(bench: Bench) -> None:
    """'With Norway as mediator' makes Norway no side of the talks."""
    text = "Peru and Ecuador opened talks in Lima on Monday with Norway as mediator."
    roles = {p.name: p.role for m in bench.code(text).mentions for p in m.participants}
    assert roles == {"Peru": "actor", "Ecuador": "actor", "Norway": "mediator"}


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Peru and Ecuador were postponed on Monday after an ambush that killed "
        "nine soldiers.",
        "Peru suspended talks with Ecuador on Monday over the killing of two monks.",
        "Talks between Peru and Ecuador were put off on Monday because of a raid that killed six "
        "soldiers.",
    ],
)
def test_what_something_came_after_is_not_of_its_day(bench: Bench, text: str) -> None:
    """Violence that talks were put off after was on a day before, which nobody tells."""
    assert [m.when for m in bench.code(text).mentions if m.type == "ASSAULT"] == [None]


def test_the_dead_of_an_attack_are_of_its_day(bench: Bench) -> None:
    """'Two were killed on Monday after gunmen opened fire' is one happening."""
    text = "Two soldiers were killed in Lima on Thursday after gunmen opened fire on a bus."
    days = {m.when and m.when.start for m in bench.code(text).mentions if m.type == "ASSAULT"}
    assert days == {DAY - timedelta(days=1)}


def test_a_truce_is_of_the_day_on_which_it_took_effect(bench: Bench) -> None:
    """'A ceasefire between X and Y, which took effect on Thursday' is of Thursday."""
    text = (
        "A ceasefire between Peru and the Shining Path, which took effect on Thursday, was "
        "holding, the army said."
    )
    days = {m.when and m.when.start for m in agreements(bench.code(text).mentions)}
    assert days == {DAY - timedelta(days=1)}


NAMED_BY_DAY = [
    "Chad said on Monday that it stands by the Ceasefire Agreement of 22 February 2014 with Libya.",
    "Chad on Monday accused Libya of violating the ceasefire agreement of February 22, 2014.",
    "The war between Chad and Libya was ended by the tripartite statement of 22 February 2014.",
    "Chad vowed on Monday to respect the peace accord of 22 February 2014 with Libya.",
    "The war between Chad and Libya was stopped by a truce on February 22, 2014.",
]


@pytest.mark.parametrize("text", NAMED_BY_DAY)
def test_an_agreement_that_is_named_by_its_day_is_of_that_day(bench: Bench, text: str) -> None:
    """Whatever is said, promised or done of it: it was made on the day that names it."""
    days = [m.when.start for m in agreements(bench.code(text).mentions) if m.when is not None]
    assert date(2014, 2, 22) in days


def test_what_is_asked_for_under_an_old_treaty_is_not_as_old(bench: Bench) -> None:
    """What follows the name of an agreement in its paragraph is no recollection of its year."""
    done = bench.code(
        "Chad asked France on Monday to defend the border under a treaty of 1997. President Idriss "
        "Deby spoke by phone with French President Emmanuel Macron."
    )
    spoken = [m for m in done.mentions if m.type == "CONSULT"]
    assert spoken
    assert all(m.when is None or m.when.start.year != 1997 for m in spoken)


@pytest.mark.parametrize(
    "text",
    [
        "The truce between Chad and Libya collapsed on Monday.",
        "The ceasefire formally ended on Monday.",
        "The six-month truce expired on Monday.",
        "The peace accord unravelled on Monday.",
        "The truce that they had signed in May 2014 broke down on Monday.",
    ],
)
def test_an_agreement_that_is_no_more_is_not_made_that_day(bench: Bench, text: str) -> None:
    """Its end is a refusal of that day; the agreement itself is older."""
    mentions = bench.code(text).mentions
    assert [m.when.start for m in mentions if m.type == "REJECT" and m.when] == [MONDAY]
    assert all(m.when is None or m.when.start < MONDAY for m in agreements(mentions))


def test_a_truce_that_ends_a_war_has_not_ended(bench: Bench) -> None:
    """What has an object ends that, be it taken for a measure of time."""
    text = "The truce ended two months of fighting between Chad and Libya on Monday."
    assert not [m for m in bench.code(text).mentions if m.type == "REJECT"]


def test_who_signs_a_truce_makes_one(bench: Bench) -> None:
    """A verb that has an event noun for its object has that noun's manner, too."""
    [made] = agreements(bench.code("Chad and Libya signed a truce on Monday.").mentions)
    assert made.mode == "ceasefire"


def test_an_old_treaty_is_not_between_those_who_fight_now(bench: Bench) -> None:
    """Whose an agreement is that is named by its year alone, the report's rivals do not say."""
    done = bench.code(
        "Chadian and Libyan troops clashed near Aouzou on Monday. Chad asked France to defend its "
        "land under a treaty of 1976."
    )
    [treaty] = agreements(done.mentions)
    assert treaty.when is not None
    assert treaty.when.start.year == 1976
    assert "Libya" not in {party.name for party in treaty.participants}


@pytest.mark.parametrize("text", ["Chad accused Libya of shelling a camp of its own accord."])
def test_what_is_done_of_ones_own_accord_is_no_agreement(bench: Bench, text: str) -> None:
    """A figure of speech agrees on nothing."""
    assert not agreements(bench.code(text).mentions)
