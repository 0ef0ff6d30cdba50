"""Readings that are near at hand and wrong."""

from __future__ import annotations

import pytest
from coded import Bench


def test_neither_side_met(bench: Bench) -> None:
    """What neither of two did is denied, though no verb is negated."""
    done = bench.code("Neither Kenya nor Uganda has attacked the island.")
    assert {mention.status for mention in done.mentions} <= {"denied"}


def test_no_one_is_not_one(bench: Bench) -> None:
    """Nobody is counted where no one was killed."""
    done = bench.code("No one was killed in the attack on the Kenyan embassy in Kampala.")
    assert not [count for mention in done.mentions for count in mention.counts]


def test_a_condition_with_to_is_no_plan(bench: Bench) -> None:
    """A condition ("if X were to attack") puts no attack ahead."""
    done = bench.code("If Kenya were to attack Uganda, the region would suffer.")
    assert not done.told("ASSAULT")


def test_who_gives_the_toll_did_nothing(bench: Bench) -> None:
    """Officials who put a death toll at a number attacked nobody; the number is read."""
    done = bench.code("Officials put the death toll from Tuesday's bombing in Kampala at 52.")
    actors = [p.name for m in done.mentions for p in m.participants if p.role == "actor"]
    assert actors == []
    assert 52 in [count.best for mention in done.mentions for count in mention.counts]


def test_a_source_is_no_victim(bench: Bench) -> None:
    """Who is named by "according to" is not on the receiving side."""
    done = bench.code("Rebels killed 40 villagers in Kenya, according to the United Nations.")
    (mention,) = done.told("ASSAULT")
    assert "United Nations" not in [p.name for p in mention.participants]
    assert [source.name for source in mention.attribution] == ["United Nations"]


def test_a_mediator_is_no_place(bench: Bench) -> None:
    """Talks brokered by Egypt are held where the report says, not in Egypt."""
    done = bench.code("Kenya and Uganda held talks brokered by Egypt in Manama on Monday.")
    (mention,) = done.told("CONSULT")
    assert [place.name for place in mention.where] == ["Manama"]


@pytest.mark.parametrize(
    "text", ["Two convoys met on the road at dusk.", "The army captured the key town."]
)
def test_things_meet_nobody_and_count_nobody(bench: Bench, text: str) -> None:
    """Convoys hold no talks, and a captured town is no captive."""
    done = bench.code(text)
    assert not done.told("CONSULT")
    assert not [count for mention in done.mentions for count in mention.counts]


def test_a_denial_reaches_no_further_than_its_sentence(bench: Bench) -> None:
    """A clause that a semicolon parts from a denial is not denied."""
    done = bench.code(
        "The Kenyan government has accepted the invitation of Uganda; it denied that an air "
        "strike had killed 50 people."
    )
    assert [mention.status for mention in done.told("AGREE")] == ["happened"]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels took up arms in 1996, and over 13,000 people have been killed in the insurgency.",
        "Talks are aimed at ending a conflict in which more than 13,000 people have died.",
        "The war has killed 60,000 people.",
        "Some 200 people were killed in five years of war.",
    ],
)
def test_the_dead_of_a_whole_war_are_of_no_day(bench: Bench, text: str) -> None:
    """Whom a war killed in all its time is recalled, and not dated by the report."""
    dead = [m for m in bench.code(text).told("ASSAULT") if m.counts]
    assert dead
    assert all(mention.when is None and mention.background for mention in dead)


def test_the_dead_of_a_day_of_war_are_of_that_day(bench: Bench) -> None:
    """A day that is told counts, whatever the war."""
    (mention,) = bench.code("Rebels killed two soldiers in the war on Sunday.").told("ASSAULT")
    assert mention.when is not None
    assert mention.when.precision == "day"
    assert not mention.background


def test_who_finds_the_dead_did_not_kill_them(bench: Bench) -> None:
    """Bodies that are found tell of a killing, not of who did it."""
    done = bench.code("Kenyan police found the bodies of three men near Kampala on Monday.")
    (mention,) = done.told("ASSAULT")
    assert not [p for p in mention.participants if p.role == "actor"]


def test_what_talks_are_over_is_not_where_they_are(bench: Bench) -> None:
    """Talks over the violence in a town are held elsewhere."""
    done = bench.code(
        "Kenya and Uganda will meet in Nairobi on Monday over the violence in Kampala."
    )
    assert [place.name for m in done.told("CONSULT") for place in m.where] == ["Nairobi"]


def test_talks_that_were_to_open_promise_nothing(bench: Bench) -> None:
    """'To open' is no readiness."""
    assert not bench.code("Talks were to open on Saturday in Nairobi.").told("AGREE")


@pytest.mark.parametrize(
    ("text", "attacked"),
    [
        ("A suicide bomber crashed into the gate of a hotel in Kampala, killing 15 people.", True),
        ("Gunmen crashed a lorry into a checkpoint in Kampala and shot dead two guards.", True),
        ("A military helicopter crashed near Kampala, killing four soldiers.", False),
        ("A bus crashed into the gate of a hotel in Kampala, killing 15 people.", False),
    ],
)
def test_who_crashes_into_a_gate_may_mean_to(bench: Bench, text: str, attacked: bool) -> None:
    """An attacker's crash is an attack, a driver's an accident."""
    assert bool(bench.code(text).told("ASSAULT")) == attacked
