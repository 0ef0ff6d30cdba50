"""What follows an incident and names it: the incident is told, and not of the later day."""

from __future__ import annotations

from datetime import date

import pytest
from coded import DAY, Bench

from parley.model import Mention


def _assault(bench: Bench, text: str, trigger: str) -> Mention:
    done = bench.code(text)
    found = [m for m in done.told("ASSAULT") if done.trigger(m) == trigger]
    assert found, [(m.type, done.trigger(m)) for m in done.mentions]
    return found[0]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Police arrested a man on Tuesday in connection with the killings of two brothers.",
         "killings"),
        ("Two charged in slaying of father of two\n\nThe court sat on Tuesday.", "slaying"),
        ("A teacher was charged on Tuesday in the death of her half-brother.", "death"),
        ("On Tuesday the minister visited the town where 12 people were shot dead.", "shot"),
        ("The funeral of Anna Ruiz, who was stabbed to death on Oak Street, took place on Tuesday.",
         "stabbed"),
        ("Women blocked the road on Tuesday to protest at the murder of 21 diners.", "murder"),
        ("Police on Tuesday named the woman killed at a motel as Mary Lopez.", "killed"),
        ("A man was arrested on Tuesday and charged with burning down the house in which Jane Doe "
         "died.", "died"),
    ],
)  # fmt: skip
def test_the_day_of_what_follows_is_not_the_incidents(
    bench: Bench, text: str, trigger: str
) -> None:
    """An arrest, a charge, a funeral, a visit name the incident, and lend it no day."""
    mention = _assault(bench, text, trigger)
    assert mention.status in ("happened", "alleged")
    assert mention.when is None or mention.when.start != date(2024, 3, 12)
    assert mention.when is None or mention.when.basis != "told"


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Police arrested a man on Tuesday over Sunday's shooting in Leeds.", "shooting", 10),
        ("Women met on Tuesday to mourn the killing of a family on Sunday.", "killing", 10),
        ("Police on Tuesday named the woman killed at a motel on Sunday.", "killed", 10),
        ("Police arrested 20 people on Sunday during clashes in Leeds.", "clashes", 10),
    ],
)
def test_the_incidents_own_day_stays(bench: Bench, text: str, trigger: str, day: int) -> None:
    """A day told of the incident itself, or one on which both happened, is the incident's."""
    when = _assault(bench, text, trigger).when
    assert when is not None
    assert when.start == date(2024, 3, day)


def test_an_arrest_lends_the_next_sentence_no_day(bench: Bench) -> None:
    """What is recalled beside an arrest that names it is not of the day of the arrest."""
    text = "Police arrested a man on Tuesday over the killing of a vendor. The vendor was stabbed."
    when = _assault(bench, text, "stabbed").when
    assert when is None or when.start != date(2024, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "A man who was wounded in Sunday's shooting died in hospital on Wednesday.",
        "Gunmen shot at a bus on Sunday.\n\nA driver succumbed to his wounds on Wednesday.",
        "A bomb killed four people on Sunday. The toll rose to six on Wednesday.",
    ],
)
def test_a_late_death_is_of_the_incidents_day(bench: Bench, text: str) -> None:
    """A death in hospital and a toll that grew belong to the incident before them."""
    days = {m.when.start for m in bench.code(text).told("ASSAULT") if m.when is not None}
    assert days == {date(2024, 3, 10)}


def test_a_death_without_an_incident_keeps_its_day(bench: Bench) -> None:
    """Where no incident is told, a death in hospital is of the day on which it came."""
    when = _assault(bench, "Two soldiers died of their wounds on Wednesday.", "died").when
    assert when is not None
    assert when.start == date(2024, 3, 13)


def test_clashes_without_day_or_place_are_told(bench: Bench) -> None:
    """What broke out is told, though nobody knows where."""
    assert bench.code("Clashes broke out again. Nobody knew where.").told("ASSAULT")


@pytest.mark.parametrize(
    "text",
    [
        "Detectives are looking into whether a shooting in Harwick on Sunday was a reprisal.",
        "The shooting in Harwick on Sunday may be revenge.",
        "The shooting in Harwick on Sunday does not appear to be connected with others.",
    ],
)
def test_what_is_asked_about_violence_takes_it_for_granted(bench: Bench, text: str) -> None:
    """A doubt about why or by whom is none about whether."""
    assert _assault(bench, text, "shooting").status == "happened"


@pytest.mark.parametrize(
    "text",
    [
        "The minister mourned the death of the poet on Monday.",
        "Police use the shooting range in Leeds.",
        "The film tells of the murder of a girl.",
        "Thousands marched over violence against women.",
        "He faces four counts of first-degree murder.",
        "The attack would be a mistake, the minister said.",
    ],
)
def test_what_only_sounds_like_an_incident_is_none(bench: Bench, text: str) -> None:
    """A death in bed, a sport, a film, a cause and a charge by its name tell no violence."""
    assert not [m for m in bench.code(text).told("ASSAULT") if m.status == "happened"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Gunmen killed four in Zinder on Tuesday. A cell claimed responsibility on Thursday.",
         date(2024, 3, 12)),
        ("The group claimed responsibility for Monday's bombing in a video on Wednesday.",
         date(2024, 3, 11)),
        ("The brigade last night claimed the ambush.", DAY),
    ],
)  # fmt: skip
def test_the_day_of_a_claim_is_not_that_of_the_attack(bench: Bench, text: str, day: date) -> None:
    """Who claims an attack does so later; the attack has its own day, or the story's."""
    claims = [m for m in bench.code(text).told("ASSAULT") if "claim" in m.text]
    assert {m.when.start for m in claims if m.when is not None} <= {day}


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed nine in Zinder on Tuesday. No group has claimed responsibility.",
        "A bomb killed nine in Zinder on Tuesday. Nobody immediately claimed the attack.",
    ],
)
def test_an_attack_that_nobody_claims_is_not_denied(bench: Bench, text: str) -> None:
    """That no group claims it says nothing of whether it took place."""
    assert {m.status for m in bench.code(text).told("ASSAULT")} == {"happened"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Raiders have killed two herders in Garissa, according to the police Tuesday.", DAY),
        ("Raiders killed two herders in Garissa on Tuesday, according to the police.",
         date(2024, 3, 12)),
        ("The mayor on Wednesday blamed a gang for the fire bomb that killed two herders.", DAY),
    ],
)  # fmt: skip
def test_the_day_of_a_source_is_not_that_of_the_deed(bench: Bench, text: str, day: date) -> None:
    """When the police told it, or the mayor blamed somebody, is later than what was done."""
    told = [m for m in bench.code(text).told("ASSAULT") if "kill" in m.text]
    assert {m.when.start for m in told if m.when is not None} == {day}


@pytest.mark.parametrize(
    "later",
    [
        "Kenyan police Cpl. Asha Noor was killed in the ambush.",
        "The gunmen shot two Kenyan policemen as they ran.",
    ],
)
def test_what_speaks_of_an_incident_as_told_has_its_day(bench: Bench, later: str) -> None:
    """Behind three paragraphs too, and whichever party it names."""
    text = (
        "Gunmen killed four Kenyan policemen near Mandera on Wednesday.\n\n"
        "The governor spoke of a black day.\n\nSchools were shut.\n\nShops were empty.\n\n" + later
    )
    *_, last = bench.code(text).told("ASSAULT")
    assert last.when is not None
    assert last.when.start == date(2024, 3, 13)


def test_a_number_that_has_risen_is_of_the_day_of_the_strike(bench: Bench) -> None:
    """The strike is dated further down, and the lead tells how many of its dead are counted now."""
    text = (
        "The number of people killed in an air strike on Mirwa has climbed to 60, medics said.\n\n"
        "Jets dropped bombs and later strafed the market of Mirwa on Tuesday."
    )
    days = {m.when.start for m in bench.code(text).told("ASSAULT") if m.when is not None}
    assert days == {date(2024, 3, 12)}


def test_the_noun_of_an_incident_told_has_its_day(bench: Bench) -> None:
    """'The ambush' is that of Tuesday, wherever in the report it is named again."""
    text = (
        "Gunmen shot dead two guards near Zinder on Tuesday.\n\nThe road is long.\n\n"
        "Traders are afraid.\n\nShops are shut.\n\nMost victims of the ambush were young."
    )
    told = [m for m in bench.code(text).told("ASSAULT") if "ambush" in m.text]
    assert {m.when.start for m in told if m.when is not None} <= {date(2024, 3, 12)}
