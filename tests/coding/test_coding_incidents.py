"""Reports of local incidents: their headlines, their days, and what was called off."""

from __future__ import annotations

from datetime import date

import pytest
from coded import Bench


@pytest.mark.parametrize(
    ("headline", "role", "name"),
    [
        ("Man shot dead on Maple Street", "victim", "man"),
        ("Soldier hacked to death near barracks", "victim", "soldier"),
        ("Two convoys of villagers ambushed", "recipient", "villagers"),
        ("Suspect charged with murder", "recipient", "suspect"),
        ("Gunmen kill four", "actor", "gunmen"),
        ("Police fired at marchers", "actor", "police"),
    ],
)
def test_a_headline_leaves_its_auxiliary_out(
    bench: Bench, headline: str, role: str, name: str
) -> None:
    """A participle alone is done to whom the headline names first; a finite verb by him."""
    done = bench.code(f"{headline}\n\nThe mayor was informed of it at noon in the town hall.")
    told = [(p.role, p.name.lower()) for m in done.mentions for p in m.participants]
    assert (role, name) in told


@pytest.mark.parametrize(
    ("text", "actor", "victim"),
    [
        ("Suspected militants shot dead three soldiers near Bajaur on Friday.",
         "militants", "soldiers"),
        ("Gunmen shot dead seven labourers in Quetta on Friday.", "gunmen", "labourers"),
        ("Bandits beat to death a farmer on Sunday.", "bandits", "farmer"),
        ("Militants killed three soldiers near Gao on Friday.", "militants", "soldiers"),
    ],
)  # fmt: skip
def test_who_shoots_dead_is_not_the_dead(bench: Bench, text: str, actor: str, victim: str) -> None:
    """With an object the subject did it, day or no day; a place near by is not who was hit."""
    (mention,) = bench.code(text).told("ASSAULT")
    told = {(p.role, p.name.lower()) for p in mention.participants}
    assert told == {("actor", actor), ("victim", victim)}


def test_an_age_is_no_toll(bench: Bench) -> None:
    """The number behind a person's comma is an age, and counts nobody."""
    done = bench.code("Girl, 16, dies of wounds\n\nA girl of 16 died in Harwick on Tuesday.")
    assert not [c for m in done.mentions for c in m.counts if c.best == 16]


@pytest.mark.parametrize(
    ("text", "type_", "day"),
    [
        # The day hangs on the second of two verbs that tell one toll.
        ("Seven people were killed and more than 70 wounded on Wednesday when a motorcycle loaded "
         "with explosives went off outside the police station in Tumaco.", "ASSAULT", 13),
        # ... on the verb of saying behind it.
        ("Government aircraft bombed a post of the rebels near Laiza on Monday, rebels said.",
         "ASSAULT", 11),
        # ... on the clause above, or below, that goes on as it happens.
        ("A party turned deadly Saturday night when someone shot into the crowd.", "ASSAULT", 9),
        ("A woman died when cylinders filled with nails flew over the wall on Tuesday.",
         "ASSAULT", 12),
        # ... on a clause in the present, of which a day of the past cannot be.
        ("Gunmen attacked the hotel where federal police stay on the avenue late on Sunday.",
         "ASSAULT", 10),
    ],
)  # fmt: skip
def test_the_day_is_found_wherever_the_parse_hangs_it(
    bench: Bench, text: str, type_: str, day: int
) -> None:
    """A day of the sentence dates the deed, though the parse has it under another word."""
    done = bench.code(text)
    when = next(m.when for m in done.told(type_) if m.when is not None)
    assert (when.start.day, when.basis) == (day, "told")


@pytest.mark.parametrize(
    "text",
    [
        "Police on Thursday arrested a man at the bar where a student had been killed on Monday.",
        "Rebels on Thursday burnt the village that the army had taken on Monday.",
    ],
)
def test_a_day_of_something_else_dates_nothing(bench: Bench, text: str) -> None:
    """A day of what went before stays with that."""
    done = bench.code(text)
    first = min(done.mentions, key=lambda m: m.trigger)
    assert first.when is not None
    assert first.when.start == date(2024, 3, 14)


def test_a_toll_of_two_days_is_of_both(bench: Bench) -> None:
    """Who is counted over two days died on one or the other."""
    done = bench.code("Six civilians were killed in Kyaukme on Tuesday and Wednesday.")
    (mention,) = done.told("ASSAULT")
    assert mention.when is not None
    assert (mention.when.start, mention.when.end) == (date(2024, 3, 12), date(2024, 3, 13))


@pytest.mark.parametrize(
    ("text", "status", "day", "place"),
    [
        ("A meeting between the two sides planned for 20 March in Geneva had been called off, a "
         "diplomat said.", "called_off", date(2024, 3, 20), "Geneva"),
        ("Talks between Peru and Ecuador scheduled for Monday in Lima have been put off.",
         "called_off", date(2024, 3, 18), "Lima"),
    ],
)  # fmt: skip
def test_what_was_planned_keeps_its_day(
    bench: Bench, text: str, status: str, day: date, place: str
) -> None:
    """The day and the place of a plan are those of the meeting, held or called off."""
    done = bench.code(text)
    mention = done.told("CONSULT")[0]
    assert mention.status == status
    assert mention.when is not None
    assert mention.when.start == day
    assert place in [where.name for where in mention.where]


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("A man was stabbed on Bancroft Street on Tuesday.", "Bancroft Street", "point"),
        ("Two men were shot at a Dorr Street car wash on Monday.", "Dorr Street", "point"),
        ("Three students died in Tuesday's Maple Street shooting.", "Maple Street", "point"),
        ("Three boys were wounded near Plainview High School on Monday.", "Plainview High School",
         "point"),
        ("Gunmen killed a grocer in the Machilwal sector on Monday.", "Machilwal", "area"),
        ("Rebels raided the village of Masawal near Kampala on Monday.", "Masawal", "city"),
        ("Ten people died in a raid on Masawal, a village near Kampala.", "Masawal", "city"),
    ],
)  # fmt: skip
def test_places_without_a_gazetteer(bench: Bench, text: str, name: str, precision: str) -> None:
    """A street, a building or a quarter is a place by the words of its name."""
    done = bench.code(text)
    told = [(p.name, p.precision, p.lat) for m in done.told("ASSAULT") for p in m.where]
    assert (name, precision, None) in told


@pytest.mark.parametrize(
    "text",
    [
        "A man who was shot on Monday died at Mercy Hospital on Tuesday.",
        "The victim of Monday's shooting died in Wishaw General Hospital.",
        "Soldiers shot a man named John Street on Monday.",
    ],
)
def test_what_is_no_scene(bench: Bench, text: str) -> None:
    """The hospital where somebody died and the name that somebody bears are no scenes."""
    done = bench.code(text)
    assert not [place for mention in done.mentions for place in mention.where]


LEAD = "A man was shot dead outside a bar in Kampala on Tuesday, police said."


@pytest.mark.parametrize(
    "follow",
    [
        " Two others were wounded.",
        "\n\nTwo women were injured in the leg.",
        "\n\nThe gunman opened fire from a car.",
    ],
)
def test_a_sentence_takes_the_place_of_its_story(bench: Bench, follow: str) -> None:
    """What a report goes on to tell of the same day happened where the rest did."""
    done = bench.code(LEAD + follow)
    last = max(done.told("ASSAULT"), key=lambda m: m.trigger)
    assert [place.name for place in last.where] == ["Kampala"]
    assert last.where[0].evidence


@pytest.mark.parametrize(
    "follow",
    [
        # another day; a plan
        "\n\nFive men were killed on Saturday.",
        "\n\nStudents will protest on Friday.",
    ],
)
def test_a_place_is_not_handed_on_where_it_may_be_another(bench: Bench, follow: str) -> None:
    """Nothing of another day takes the story's place, and nothing that is planned."""
    done = bench.code(LEAD + follow)
    last = max(done.mentions, key=lambda m: m.trigger)
    assert not last.where


def test_of_two_places_the_one_told_last_goes_on(bench: Bench) -> None:
    """What follows an attack in another town was there, and not where the story began."""
    follow = "\n\nRebels bombed a market in Gulu on Tuesday.\n\nTwo others were wounded."
    last = max(bench.code(LEAD + follow).mentions, key=lambda m: m.trigger)
    assert [place.name for place in last.where] == ["Gulu"]


def test_a_province_tells_which_of_two_towns(bench: Bench) -> None:
    """A province of which the gazetteer has a part of the name decides between namesakes."""
    (raid,) = bench.code(
        "Philippine planes bombed the town of Payao in Zamboanga Sibugay province on Friday."
    ).told("ASSAULT")
    (payao, province) = raid.where
    assert (payao.name, payao.lat) == ("Payao", pytest.approx(7.6, abs=0.1))
    assert (province.name, province.lat) == ("Zamboanga Sibugay", None)


def test_a_village_is_of_the_country_that_is_told_of(bench: Bench) -> None:
    """A small town of the name in a country of which nothing is said is not the one."""
    done = bench.code("Gunmen killed nine women near Chai in Cabo Delgado, Mozambique, on Friday.")
    countries = {place.country for mention in done.mentions for place in mention.where}
    parties = {party.country for mention in done.mentions for party in mention.participants}
    assert "TUR" not in countries | parties


def test_some_of_the_soldiers_in_a_town_are_soldiers(bench: Bench) -> None:
    """Whom a number is of is who was hurt, not the town that they were in."""
    (attack,) = bench.code("Rebels killed three of the soldiers in Gao on Friday.").told("ASSAULT")
    assert [p.name for p in attack.participants if p.role == "victim"] == ["soldiers"]
